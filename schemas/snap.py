"""What banks send and get. SNAP has many more fields; those that we do not know are left alone."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from schemas.snap_codes import FIELD_FORMAT, MALFORMED, SnapCase
from schemas.snap_fields import SnapChannel, SnapInstant, SnapMoney, SnapText, SnapWords

_LONGEST_ID = 128


class SnapFault(Exception):
    """The request cannot be accepted as it is written.

    :param field: which one, by its name on the wire, e.g. ``paidAmount.value``.
    """

    def __init__(self, case: SnapCase, field: str = "") -> None:
        super().__init__(case.digits)
        self.case, self.field = case, field


class SnapSchema(ma.Schema):
    class Meta:
        unknown = ma.EXCLUDE

    @ma.post_dump
    def leave_out_nothing(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A field that has nothing to say is not sent."""
        return {name: value for name, value in data.items() if value is not None}


class BillSchema(SnapSchema):
    """The three ids of a bill, exactly as received."""

    partner_service_id = SnapText(
        8,
        pattern=" *[0-9]{1,8}",
        required=True,
        data_key="partnerServiceId",
        about="The bank's number for us, padded with spaces in front to eight characters.",
        example="   88712",
    )
    customer_no = SnapText(
        20, pattern="[0-9]{1,20} *", required=True, data_key="customerNo", example="4831907526604"
    )
    virtual_account_no = SnapText(
        28,
        pattern=" *[0-9]{1,28} *",
        required=True,
        data_key="virtualAccountNo",
        about="`partnerServiceId` and `customerNo` joined.",
        example="   887124831907526604",
    )

    @ma.validates_schema
    def parts_agree(self, data: dict[str, Any], **_: Any) -> None:
        joined = data["partner_service_id"].strip() + data["customer_no"].strip()
        if data["virtual_account_no"].strip() != joined:
            raise ma.ValidationError({"virtualAccountNo": [FIELD_FORMAT]})


class InquirySchema(BillSchema):
    request_id = SnapText(
        _LONGEST_ID, required=True, data_key="inquiryRequestId", example="202611220000000001"
    )
    channel_code = SnapChannel(data_key="channelCode")
    trx_date_init = SnapInstant(data_key="trxDateInit")


class PaymentSchema(BillSchema):
    payment_request_id = SnapText(
        _LONGEST_ID,
        required=True,
        data_key="paymentRequestId",
        about="Names this payment for ever; repeats are answered with the first result.",
        example="202611220000000002",
    )
    channel_code = SnapChannel(data_key="channelCode")
    amount = SnapMoney(required=True, data_key="paidAmount")
    total = SnapMoney(data_key="totalAmount")
    transacted_at = SnapInstant(required=True, data_key="trxDateTime")
    reference_no = SnapText(64, required=True, data_key="referenceNo", example="20261122000123")
    flag_advise = SnapText(
        1,
        pattern="[YN]",
        data_key="flagAdvise",
        about="`Y`: the bank tells again what it has told before.",
        example="N",
    )


class StatusSchema(BillSchema):
    request_id = SnapText(_LONGEST_ID, data_key="inquiryRequestId", example="202611220000000003")
    payment_request_id = SnapText(
        _LONGEST_ID,
        data_key="paymentRequestId",
        about="Which payment; without it, the one that was taken for the bill.",
        example="202611220000000002",
    )


class TokenRequestSchema(SnapSchema):
    grant_type = SnapText(
        32,
        pattern="client_credentials",
        required=True,
        data_key="grantType",
        example="client_credentials",
    )


class AnswerSchema(SnapSchema):
    """What every answer carries, and the only thing that most refusals do."""

    response_code = SnapText(7, data_key="responseCode", example="2002400")
    response_message = SnapText(150, data_key="responseMessage", example="Successful")


class TokenSchema(AnswerSchema):
    access_token = SnapText(2048, data_key="accessToken", example="eyJ0eXAiOiJzbmFwK2p3dCJ9...")
    token_type = SnapText(10, data_key="tokenType", example="Bearer")
    expires_in = SnapText(10, data_key="expiresIn", about="Seconds.", example="900")


class BillDetailSchema(SnapSchema):
    name = SnapText(20, data_key="billName", example="Iuran 2026-11")
    description = SnapWords(
        data_key="billDescription",
        example={"english": "Dues 2026-11", "indonesia": "Iuran 2026-11"},
    )
    amount = SnapMoney(data_key="billAmount")


class ShownBillSchema(BillSchema):
    """A bill as the payer sees it: the name is masked, anybody can ask."""

    name = SnapText(255, data_key="virtualAccountName", example="S*** A***")
    request_id = SnapText(_LONGEST_ID, data_key="inquiryRequestId", example="202611220000000001")
    total = SnapMoney(data_key="totalAmount")
    details = ma.fields.List(ma.fields.Nested(BillDetailSchema), data_key="billDetails")
    free_texts = ma.fields.List(
        SnapWords(
            example={"english": "BPJS Ketenagakerjaan BPU", "indonesia": "BPJS Ketenagakerjaan BPU"}
        ),
        data_key="freeTexts",
    )
    inquiry_status = SnapText(2, data_key="inquiryStatus", example="00")
    inquiry_reason = SnapWords(data_key="inquiryReason")


class FlaggedBillSchema(BillSchema):
    """A payment, and what became of it."""

    name = SnapText(255, data_key="virtualAccountName", example="S*** A***")
    request_id = SnapText(_LONGEST_ID, data_key="inquiryRequestId", example="202611220000000003")
    payment_request_id = SnapText(
        _LONGEST_ID, data_key="paymentRequestId", example="202611220000000002"
    )
    amount = SnapMoney(data_key="paidAmount")
    total = SnapMoney(data_key="totalAmount")
    transacted_at = SnapInstant(data_key="trxDateTime")
    reference_no = SnapText(64, data_key="referenceNo", example="20261122000123")
    flag_advise = SnapText(1, data_key="flagAdvise", example="N")
    payment_flag_status = SnapText(2, data_key="paymentFlagStatus", example="00")
    payment_flag_reason = SnapWords(data_key="paymentFlagReason")


class InquiryAnswerSchema(AnswerSchema):
    bill = ma.fields.Nested(ShownBillSchema, data_key="virtualAccountData")


class PaymentAnswerSchema(AnswerSchema):
    bill = ma.fields.Nested(FlaggedBillSchema, data_key="virtualAccountData")


def read(schema: ma.Schema, document: Any) -> dict[str, Any]:
    """What a body says.

    :raises SnapFault: it is no object, or one of its fields is missing or of the wrong form;
        what is missing is told first, and one field at a time, as SNAP has it.
    """
    if not isinstance(document, dict):
        raise SnapFault(MALFORMED)
    try:
        fields: dict[str, Any] = schema.load(document)
    except ma.ValidationError as error:
        faults = sorted(_faults(error.messages, ""), key=lambda fault: -int(fault[0].digits))
        raise SnapFault(*faults[0]) from None
    return fields


def _faults(messages: Any, path: str) -> list[tuple[SnapCase, str]]:
    if isinstance(messages, dict):
        return [
            fault
            for name, inner in messages.items()
            for fault in _faults(inner, f"{path}.{name}" if path else str(name))
        ]
    return [(case, path) for case in messages]
