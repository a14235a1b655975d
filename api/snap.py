"""The bank calls us: SNAP BI virtual accounts, Bank Indonesia's national open payment API."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from flask.views import MethodView

from api.bodies import read_json
from api.request import current
from api.smorest import Blueprint, ports
from api.snap_answers import PREFIX, answer, for_any_error
from api.snap_calls import BankRequest, header, signature, signed, timestamp
from api.snap_documents import described
from api.snap_strays import answer_strays
from models.bank_call import BankCall, BankOutcome, BankService
from models.bill import amounts_due
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.words import Words
from schemas.snap import (
    InquiryAnswerSchema,
    InquirySchema,
    PaymentAnswerSchema,
    PaymentSchema,
    StatusSchema,
    TokenRequestSchema,
    TokenSchema,
    read,
)
from schemas.snap_codes import SUCCESSFUL, VERDICTS, Verdict
from services.bank import access, inquiry, payment, status
from services.bank.calls import Call

blp = Blueprint("snap", __name__, url_prefix=PREFIX, description="Banks, by SNAP BI")
blp.register_error_handler(Exception, for_any_error)

TOKEN_REQUEST, TOKEN = TokenRequestSchema(), TokenSchema()
INQUIRY, INQUIRED = InquirySchema(), InquiryAnswerSchema()
PAYMENT, STATUS, FLAGGED = PaymentSchema(), StatusSchema(), PaymentAnswerSchema()


def init_app(app: Flask) -> None:
    """Answer in SNAP's shape where there is nothing, too."""
    answer_strays(app)


class BankView(MethodView):
    """What a bank calls: only ever with POST. ``api.snap_strays`` answers the rest."""

    provide_automatic_options = False


@blp.route("/access-token/b2b")
class AccessTokens(BankView):
    @described(blp, None, TOKEN_REQUEST, TOKEN, "X-CLIENT-KEY")
    def post(self) -> Response:
        """Get an access token

        `X-SIGNATURE` is base64 of SHA256withRSA over `clientKey|timestamp`. Codes: 2007300,
        4007300 (unreadable), 4007301 (form of a field), 4007302 (missing field), 4017300
        (signature, client or time), 5007300.
        """
        request = current()
        client_key = header(request, "X-CLIENT-KEY")
        written, sent_at = timestamp(request)
        document = read_json(request)
        asked = access.TokenRequest(
            client_key=client_key,
            timestamp=written,
            sent_at=sent_at,
            signature=signature(request),
        )
        granted = access.grant(ports(), asked)
        read(TOKEN_REQUEST, document)
        return answer(
            SUCCESSFUL,
            TOKEN,
            access_token=granted.access_token,
            token_type="Bearer",  # noqa: S106
            expires_in=str(granted.expires_in),
        )


@blp.route("/transfer-va/inquiry")
class Inquiries(BankView):
    @described(blp, BankService.INQUIRY, INQUIRY, INQUIRED)
    @signed(INQUIRY)
    def post(self, call: BankRequest) -> Response:
        """Ask what is to be paid

        Codes: 2002400; 4042412 (unknown), 4042414 (paid or superseded), 4042419 (expired or
        cancelled); 4092400 (`X-EXTERNAL-ID` used before on this Jakarta day); 4002400, 4002401,
        4002402, 4012400, 4012401, 5002400.
        """
        inquired = inquiry.inquire(ports(), call.bank, Call(**call.ids))
        verdict = VERDICTS[inquired.outcome]
        if inquired.outcome is BankOutcome.EXTERNAL_ID_REUSED:
            return answer(verdict.case)
        bill = {
            **call.fields,
            "name": inquired.name,
            **_payable(inquired),
            "inquiry_status": verdict.flag,
            "inquiry_reason": verdict.reason,
        }
        return answer(verdict.case, INQUIRED, bill=bill)


@blp.route("/transfer-va/payment")
class Payments(BankView):
    @described(blp, BankService.PAYMENT, PAYMENT, FLAGGED)
    @signed(PAYMENT)
    def post(self, call: BankRequest) -> Response:
        """Say that a bill has been paid

        `paymentRequestId` names the payment for ever: told again under any `X-EXTERNAL-ID` on any
        day, it gets the first result. Codes: 2002500; 4042512 (unknown), 4042513 (amount),
        4042514 (paid or superseded), 4042518 (told again under the same `X-EXTERNAL-ID` or with
        another amount: with the first result; or told of another bill: `paymentFlagStatus` is
        `01`, and that bill is not paid), 4042519 (expired or cancelled); 4092500 (`X-EXTERNAL-ID`
        of another call of this Jakarta day); 4002500, 4002501, 4002502, 4012500, 4012501, 5002500.
        """
        fields = call.fields
        flagged = payment.flag(
            ports(),
            call.bank,
            payment.PaymentFlag(
                **call.ids,
                payment_request_id=fields["payment_request_id"],
                amount=fields["amount"],
                total=fields.get("total"),
                transacted_at=fields["transacted_at"],
                reference_no=fields["reference_no"],
            ),
        )
        verdict = VERDICTS[flagged.outcome]
        if flagged.outcome is BankOutcome.EXTERNAL_ID_REUSED:
            return answer(verdict.case)
        return answer(
            verdict.case, FLAGGED, bill=_became(call, verdict, flagged.decision, flagged.name)
        )


@blp.route("/transfer-va/status")
class Statuses(BankView):
    @described(blp, BankService.STATUS, STATUS, FLAGGED)
    @signed(STATUS)
    def post(self, call: BankRequest) -> Response:
        """Ask what became of a payment

        `paymentFlagStatus` is `00` where the money was taken. Codes: 2002600; 4042612 (no such
        payment); 4092600; 4002600, 4002601, 4002602, 4012600, 4012601, 5002600.
        """
        question = status.StatusQuestion(
            **call.ids, payment_request_id=call.fields.get("payment_request_id")
        )
        told = status.tell(ports(), call.bank, question)
        verdict = VERDICTS[told.outcome]
        if told.outcome is BankOutcome.EXTERNAL_ID_REUSED:
            return answer(verdict.case)
        return answer(verdict.case, FLAGGED, bill=_became(call, verdict, told.decision, told.name))


def _payable(inquired: inquiry.Inquired) -> dict[str, Any]:
    """What is to be paid, if it can be paid. Words are of at most 18 characters, which is what SNAP
    has room for."""
    if inquired.invoice is not None:
        invoice = inquired.invoice
        return _due(invoice.amount, [_line(*each) for each in amounts_due(invoice)])
    if inquired.collective is not None:
        total = inquired.collective.amount
        words = Words("Iuran kolektif", "Collective dues")
        return _due(total, [{"name": words.id, "description": words, "amount": total}])
    return {}


def _due(total: Rupiah, details: list[dict[str, Any]]) -> dict[str, Any]:
    name = "BPJS Ketenagakerjaan BPU"
    return {"total": total, "details": details, "free_texts": [Words(name, name)]}


def _line(month: Month, amount: Rupiah) -> dict[str, Any]:
    words = Words(f"Iuran {month}", f"Dues {month}")
    return {"name": words.id, "description": words, "amount": amount}


def _became(
    call: BankRequest, verdict: Verdict, decision: BankCall | None, name: str | None
) -> dict[str, Any]:
    """The ids as received; amount, time and reference as they were decided upon.

    :param verdict: of this call; what counts for the payment is what was decided on it, if it was.
    """
    if decision is None:
        flag, reason = verdict.flag, verdict.reason
        return {**call.fields, "payment_flag_status": flag, "payment_flag_reason": reason}
    decided = VERDICTS[decision.outcome]
    return {
        **call.fields,
        "name": name,
        "payment_request_id": decision.payment_request_id,
        "amount": decision.amount,
        "total": decision.amount,
        "transacted_at": decision.transacted_at,
        "reference_no": decision.reference_no,
        "payment_flag_status": decided.flag,
        "payment_flag_reason": decided.reason,
    }
