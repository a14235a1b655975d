"""One success of every operation, in the order of a worker's life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from schemathesis.schemas import BaseSchema

from sandbox.clock import Clock, written
from sandbox.snap_client import new_id
from services.phone_verification import code_of
from tests.fakes import FixedClock
from tests.generated.signing import SignedByBank
from tests.generated.stages import MONTHS, Caller, People, Stage

OF_EVERY_CALL = ("Authorization", "X-PARTNER-ID")
FORM: dict[str, Any] = {
    "full_name": "Siti Aminah",
    "birth_place": "Jakarta",
    "birth_date": "1993-07-05",
    "sex": "F",
    "mother_maiden_name": "Ratna Dewi",
    "address": "Jl. Kenanga 12, RT 3/RW 4",
    "village_code": "31.71.01.1001",
    "occupations": [{"code": "TR01"}],
    "monthly_income": 900_000,
}


@dataclass
class Walk:
    """:param call: makes a call and validates the answer against the description.
    :param done: what has succeeded, as ``GET /v1/me``.
    """

    described: BaseSchema
    call: Callable[..., Any]
    people: People
    bank: SignedByBank
    done: set[str] = field(default_factory=set)

    def whole(self) -> None:
        self.look_around()
        self.join()
        self.pay()
        self.get_another_phone()
        self.take_data_along()
        self.pay_on()
        self.leave()

    def look_around(self) -> None:
        for path in ("/healthz", "/readyz", "/v1/plans", "/v1/regions", "/v1/occupations"):
            self.succeed("GET", path)
        self.succeed("GET", "/.well-known/jwks.json")
        self.succeed("GET", "/v1/regions/{code}", path_parameters={"code": "31.71"})
        self.succeed("GET", "/v1/regions/search", query={"q": "gambir"})
        asked = {"plan": "basic", "monthly_income": 900_000, "occupation": "TR01", "months": 3}
        self.succeed("GET", "/v1/plans/quote", query=asked)

    def join(self) -> None:
        phone = self.people.at(Stage.PHONE)
        self._verify_phone(phone)
        documents = self.succeed("GET", "/v1/consents")["items"]
        consents = [
            {"document": each["document"], "version": each["version"]} for each in documents
        ]
        form = FORM | {"nik": phone.nik.digits, "consents": consents}
        self.succeed("POST", "/v1/registrations", headers=phone.headers(), body=form)

    def pay(self) -> None:
        worker = self.people.at(Stage.VERIFIED)
        signed = worker.headers()
        chosen = {"plan": "complete", "monthly_income": 1_500_000}
        self.succeed("PUT", "/v1/me/plan", headers=signed, body=chosen)
        invoice = self._ask_for_invoice(signed)
        its = {"path_parameters": {"invoice_id": invoice["id"]}, "headers": signed}
        self.succeed("GET", "/v1/me/invoices/{invoice_id}", **its)
        self.succeed("POST", "/v1/me/invoices/{invoice_id}/cancel", **its)
        paid = self._ask_for_invoice(signed)
        self._pay_at_bank(paid)
        its["path_parameters"] = {"invoice_id": paid["id"]}
        self.succeed("GET", "/v1/me/invoices/{invoice_id}/receipt", **its)
        its["headers"] = signed | {"Accept": "application/pdf"}
        self.succeed("GET", "/v1/me/invoices/{invoice_id}/receipt", **its)
        for path in ("invoices", "coverage", "timeline", "access-log"):
            self.succeed("GET", f"/v1/me/{path}", headers=signed)
        for path in ("/v1/me/card", "/v1/me/card.svg", "/v1/me/card.png"):
            self.succeed("GET", path, headers=signed)

    def get_another_phone(self) -> None:
        worker = self.people.at(Stage.VERIFIED)
        claim = {"nik": worker.nik.digits}
        claim |= {name: FORM[name] for name in ("full_name", "birth_date")}
        elsewhere = self.people.at(Stage.PHONE)
        self.succeed("POST", "/v1/phone-changes", headers=elsewhere.headers(), body=claim)
        signed = worker.headers()
        [asked] = self.succeed("GET", "/v1/me/phone-changes", headers=signed)["items"]
        self.succeed(
            "POST",
            "/v1/me/phone-changes/{phone_change_id}/objection",
            path_parameters={"phone_change_id": asked["id"]},
            headers=signed,
        )
        new = {"phone_token": worker.phone_token()}
        self.succeed("PUT", "/v1/me/phone", headers=signed, body=new)

    def take_data_along(self) -> None:
        worker = self.people.at(Stage.PAID)
        signed, token = worker.headers(), worker.phone_token(worker.phone)
        shown = signed | {"X-Phone-Token": token}
        self.succeed("GET", "/v1/me/data-export", headers=shown)
        path = "/v1/me/erasure-requests"
        asked = self.succeed("POST", path, headers=signed, body={"phone_token": token})
        self.succeed("GET", path, headers=signed)
        it = {"path_parameters": {"erasure_request_id": asked["id"]}, "headers": signed}
        self.succeed("POST", path + "/{erasure_request_id}/cancel", **it)

    def pay_on(self) -> None:
        worker = self.people.at(Stage.PAID)
        its = {"path_parameters": {"reminder_code": worker.reminder_code}}
        path = "/v1/me/reminders/{reminder_code}/invoice"
        self.succeed("POST", path, headers=worker.headers(), **its)

    def leave(self) -> None:
        worker = self.people.at(Stage.FRESH)
        signed = worker.headers()
        self.succeed("GET", "/v1/me", headers=signed)
        self.succeed("PATCH", "/v1/me", headers=signed, body={"email": "siti@contoh.id"})
        mine = self.succeed("GET", "/v1/me/consents", headers=signed)["items"][0]
        accepted = {"document": mine["document"], "version": mine["version"]}
        self.succeed(
            "POST",
            "/v1/me/consents/{document}/withdrawal",
            path_parameters={"document": mine["document"]},
            headers=signed,
        )
        self.succeed("POST", "/v1/me/consents", headers=signed, body=accepted)
        pair = self.succeed(
            "POST",
            "/v1/sessions",
            headers={"Authorization": f"Bearer {worker.phone_token(worker.phone)}"},
            body={"nik": worker.nik.digits},
        )
        pair = self.succeed(
            "POST", "/v1/sessions/refresh", body={"refresh_token": pair["refresh_token"]}
        )
        self.succeed("DELETE", "/v1/sessions/current", headers=worker.headers())
        self.succeed("DELETE", "/v1/sessions", headers=worker.headers())

    def _verify_phone(self, phone: Caller) -> None:
        path = "/v1/phone-verifications"
        asked = {"phone": "0812-7000-0001", "channel": "whatsapp"}
        self.succeed("POST", path, body=asked)
        # Two minutes ago: it is early for another message otherwise.
        earlier = FixedClock(phone.ports.clock.now() - timedelta(minutes=2))
        phone = replace(phone, ports=replace(phone.ports, clock=earlier))
        started = phone.start_verification()
        it = {"path_parameters": {"verification_id": str(started)}}
        self.succeed("GET", path + "/{verification_id}", **it)
        self.succeed("POST", path + "/{verification_id}/resend", **it, body={"channel": "sms"})
        code = code_of(phone.ports, started)
        self.succeed("POST", path + "/{verification_id}/confirm", **it, body={"code": code})

    def _ask_for_invoice(self, signed: dict[str, str]) -> dict[str, Any]:
        return self.succeed("POST", "/v1/me/invoices", headers=signed, body={"months": MONTHS})

    def _pay_at_bank(self, invoice: dict[str, Any]) -> None:
        granted = {"grantType": "client_credentials"}
        self._tell("/access-token/b2b", granted, "X-CLIENT-KEY")
        bill = self.bank.ids_of(invoice["virtual_account_no"])
        self._tell("/transfer-va/inquiry", bill | {"inquiryRequestId": "1"})
        money = {"value": f"{invoice['amount']}.00", "currency": "IDR"}
        paid = {"paymentRequestId": "2", "paidAmount": money, "referenceNo": "3"}
        at = {"trxDateTime": written(Clock().now())}
        self._tell("/transfer-va/payment", bill | paid | at)
        self._tell("/transfer-va/status", bill | {"paymentRequestId": "2"})

    def _tell(self, path: str, body: dict[str, Any], *named: str) -> None:
        names = ("X-TIMESTAMP", "X-SIGNATURE", *(named or OF_EVERY_CALL))
        filled_in = dict.fromkeys(names, "filled in") | {"X-TIMESTAMP": written(Clock().now())}
        own = {} if named else {"X-EXTERNAL-ID": new_id(), "CHANNEL-ID": "95221"}
        self.succeed(
            "POST", "/snap/v1.0" + path, body=body, headers=filled_in | own, auth=self.bank
        )

    def succeed(
        self,
        method: str,
        path: str,
        *,
        auth: SignedByBank | None = None,
        media_type: str = "application/json",
        **parts: Any,
    ) -> Any:
        """What was answered, if that is JSON.

        :param media_type: of the body, if there is one.
        """
        operation = self.described[path][method]
        case = operation.Case(media_type=media_type if "body" in parts else None, **parts)
        response = self.call(case, **({"auth": auth} if auth else {}))
        assert response.status_code < 300, (operation.label, response.status_code, response.text)
        self.done.add(operation.label)
        is_json = response.headers.get("content-type", [""])[0] == "application/json"
        return response.json() if is_json else None
