"""The copy that a worker takes of everything that is held about them."""

from models.bank_call import BankOutcome, BankService
from models.coverage_turns import CoverageEventName
from models.invoice import InvoiceStatus
from models.message import MessageKind
from models.values.access import AccessReason, Seen, Viewer
from models.values.channel import Channel, DeliveryState
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.sector import Sector
from models.values.words import Language
from schemas.base import Schema
from schemas.consent import ConsentSchema
from schemas.coverage import CoverageSchema
from schemas.erasure_request import ErasureRequestSchema
from schemas.exported_check import ExportedCheckSchema
from schemas.exported_decision import ExportedDecisionSchema, ExportedRequestSchema
from schemas.exported_partner import ExportedPartnerSchema
from schemas.fields import Choice, Day, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.phone_change import PhoneChangeSchema
from schemas.worker import WorkerSchema

_MANY = 2**31 - 1
_NULL = {"examples": [None]}
_VA = "988100731904526183"
_REFERENCE = "2026112200001234"


class ExportedWorkerSchema(WorkerSchema):
    """The record, with what ``GET /v1/me`` masks."""

    class Meta(WorkerSchema.Meta):
        exclude = ("nik_masked", "phone_masked")

    nik = Text(required=True, dump_only=True, example="3273014507930001")
    mother_maiden_name = Text(required=True, dump_only=True, allow_none=True, example="Ratna Dewi")
    phone = Text(required=True, dump_only=True, example="+6281234567890")
    referral_code = Text(required=True, dump_only=True, allow_none=True, example="DESA-LEBAKGEDE")
    language = Choice(Language, required=True, about="In which messages are written.")
    member_number = Text(
        required=True, dump_only=True, allow_none=True, example="48201937465", about="KPJ."
    )
    paid_through = MonthField(required=True, allow_none=True)


class ExportedChoiceSchema(Schema):
    from_month = MonthField(required=True, about="The first month for which it counts.")
    decided_at = Instant(required=True)
    plan = Choice(Plan, required=True)
    monthly_income = RupiahField(required=True, example=3_500_000)
    sector = Choice(Sector, required=True)


class ExportedPaymentSchema(Schema):
    id = Identifier(required=True)
    invoice_id = Identifier(required=True)
    amount = RupiahField(required=True)
    payment_request_id = Text(
        required=True, dump_only=True, example="5f3c1d", about="By which the bank knows it."
    )
    reference_no = Text(
        required=True, dump_only=True, allow_none=True, example=_REFERENCE, about="On your slip."
    )
    transacted_at = Instant(required=True, about="When the bank says that you paid.")
    received_at = Instant(required=True, about="When we heard of it.")


class ExportedPriceSchema(Schema):
    month = MonthField(required=True)
    plan = Choice(Plan, required=True)
    band = WholeNumber(1, 99, required=True, example=1)
    reference_income = RupiahField(required=True, example=1_000_000)
    sector = Choice(Sector, required=True)
    payer = Choice(PayerKind, required=True)
    jkk = RupiahField(required=True, example=5_000)
    jkm = RupiahField(required=True, example=3_400)
    jht = RupiahField(required=True, example=0)
    relief_rule = Text(
        required=True, dump_only=True, allow_none=True, example="pp50-2025-transport"
    )
    amount = RupiahField(required=True, example=8_400)


class ExportedInvoiceSchema(Schema):
    id = Identifier(required=True)
    virtual_account_no = Text(required=True, dump_only=True, example=_VA)
    status = Choice(InvoiceStatus, required=True, example="paid")
    rates_version = Text(required=True, dump_only=True, example="2025-12")
    amount = RupiahField(required=True, example=8_400)
    credit_used = RupiahField(required=True, example=0)
    created_at = Instant(required=True)
    expires_at = Instant(required=True)
    closed_at = Instant(
        required=True, allow_none=True, about="When it was paid, cancelled or superseded."
    )
    refunded_from = MonthField(
        required=True,
        allow_none=True,
        metadata=_NULL,
        about="The first of its months that will not begin, and is to be paid back.",
    )
    months = Listed(Inner(ExportedPriceSchema), required=True)


class ExportedMonthSchema(ExportedPriceSchema):
    settled_at = Instant(required=True, about="From when it protects.")
    invoice_id = Identifier(
        required=True, allow_none=True, about="Of `invoices`; null where a partner paid for it."
    )
    paid_by = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="Ojek Kita",
        about="The partner that paid for it; null where you did.",
    )
    payment_id = Identifier(
        required=True, allow_none=True, about="Null where credit alone paid for it."
    )
    refund_case_id = Identifier(
        required=True, allow_none=True, metadata=_NULL, about="Of `refund_cases`."
    )
    refunded_at = Instant(
        required=True,
        allow_none=True,
        metadata=_NULL,
        about="From when it does not count any more: it is to be paid back.",
    )


class ExportedPostingSchema(Schema):
    id = Identifier(required=True)
    posted_at = Instant(required=True)
    invoice_id = Identifier(required=True, allow_none=True)
    payment_id = Identifier(required=True, allow_none=True)
    refund_case_id = Identifier(required=True, allow_none=True, metadata=_NULL)
    received = RupiahField(required=True, example=8_400)
    settled = RupiahField(
        -RupiahField.MOST,
        required=True,
        example=8_400,
        about="Of it, for months; negative: those were taken back.",
    )
    credit = RupiahField(
        -RupiahField.MOST, required=True, example=0, about="Added to the credit; negative: used."
    )
    refund = RupiahField(required=True, example=0, about="Owed back to you.")


class ExportedBankCallSchema(Schema):
    service = Choice(BankService, required=True)
    outcome = Choice(BankOutcome, required=True, about="What the bank was told.")
    called_at = Instant(required=True)
    virtual_account_no = Text(required=True, dump_only=True, example=_VA)
    invoice_id = Identifier(required=True, allow_none=True)
    external_id = Text(
        required=True, dump_only=True, example="41807839", about="As the next two, the bank's own."
    )
    request_id = Text(required=True, dump_only=True, allow_none=True, example="20261122000123")
    payment_request_id = Text(required=True, dump_only=True, allow_none=True, example="5f3c1d")
    reference_no = Text(required=True, dump_only=True, allow_none=True, example=_REFERENCE)
    amount = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="8400.00",
        about="As the bank wrote it: Rupiah and sen.",
    )
    transacted_at = Instant(required=True, allow_none=True)


class ExportedMessageSchema(Schema):
    kind = Choice(MessageKind, required=True)
    channel = Choice(Channel, required=True)
    state = Choice(DeliveryState, required=True, example="delivered")
    recipient = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="+6281234567890",
        about="Null: the number on record when it was sent.",
    )
    queued_at = Instant(required=True)
    settled_at = Instant(required=True, allow_none=True, about="When `state` last changed.")


class ExportedReminderSchema(Schema):
    due_on = Day(required=True, example="2026-11-30", about="The last day on which to pay.")
    days = WholeNumber(-7, 80, required=True, example=-7, about="How many days from it.")
    called_off_at = Instant(
        required=True,
        allow_none=True,
        metadata=_NULL,
        about="When there was no reason to send it any more.",
    )


class ExportedEventSchema(Schema):
    event = Choice(CoverageEventName, required=True)
    month = MonthField(required=True)
    happened_at = Instant(required=True)
    recorded_at = Instant(required=True)


class ExportedVerificationSchema(Schema):
    started_at = Instant(required=True)
    sent_at = Instant(required=True, about="When the code was last sent.")
    expires_at = Instant(required=True)
    channel = Choice(Channel, required=True)
    language = Choice(Language, required=True)
    tries = WholeNumber(0, 5, required=True, example=1, about="How often a code was typed in.")
    wrong_niks = WholeNumber(
        0, 5, required=True, example=0, about="How often a NIK did not go with the number."
    )
    confirmed_at = Instant(required=True, allow_none=True)
    spent_at = Instant(required=True, allow_none=True)


class ExportedPhoneChangeSchema(Schema):
    id = Identifier(required=True)
    changed_at = Instant(required=True)
    request_id = Identifier(
        required=True,
        allow_none=True,
        about="Of `phone_change_requests`, if our staff changed it; null: you did.",
    )


class ExportedRefundSchema(Schema):
    id = Identifier(required=True)
    opened_at = Instant(required=True)
    amount = RupiahField(required=True, example=8_400)
    closed_at = Instant(
        required=True, allow_none=True, metadata=_NULL, about="When it was on its way back."
    )
    bank_reference = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="TRF-2026-11-30-7719",
        about="By which the bank knows the transfer.",
    )


class ExportedAccessSchema(Schema):
    at = Instant(required=True)
    viewer = Choice(Viewer, required=True, example="worker")
    name = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="support",
        about="Of staff the role, of a partner the name.",
    )
    reason = Choice(AccessReason, required=True, example="own_request")
    seen = Listed(Choice(Seen), required=True)


class ExportedSessionSchema(Schema):
    started_at = Instant(required=True)
    renewed_at = Instant(required=True, attribute="rotated_at")
    renewals = WholeNumber(0, _MANY, required=True, attribute="generation", example=0)
    ended_at = Instant(required=True, allow_none=True, metadata=_NULL)


class DataExportSchema(Schema):
    schema_version = WholeNumber(
        1, 1, required=True, example=1, about="Grows when a member changes its meaning or goes."
    )
    made_at = Instant(required=True)
    worker = Inner(ExportedWorkerSchema, required=True, about="Your record, in full.")
    consents = Listed(Inner(ConsentSchema), required=True)
    identity_checks = Listed(
        Inner(ExportedCheckSchema),
        required=True,
        about="Each time the population registry was asked about you.",
    )
    coverage = Inner(CoverageSchema, required=True, about="As of now.")
    plan_choices = Listed(Inner(ExportedChoiceSchema), required=True)
    invoices = Listed(Inner(ExportedInvoiceSchema), required=True)
    payments = Listed(Inner(ExportedPaymentSchema), required=True)
    paid_months = Listed(Inner(ExportedMonthSchema), required=True)
    ledger = Listed(
        Inner(ExportedPostingSchema),
        required=True,
        about="Where your money went: months, or credit.",
    )
    bank_calls = Listed(
        Inner(ExportedBankCallSchema),
        required=True,
        about="What banks asked and told us of your invoices.",
    )
    messages = Listed(
        Inner(ExportedMessageSchema),
        required=True,
        about="To you or to your number. Their words are kept nowhere.",
    )
    reminders = Listed(
        Inner(ExportedReminderSchema), required=True, about="To pay; each one's message is above."
    )
    coverage_events = Listed(
        Inner(ExportedEventSchema), required=True, about="When your cover began and ended."
    )
    phone_verifications = Listed(
        Inner(ExportedVerificationSchema), required=True, about="Of your number, by whomever."
    )
    phone_changes = Listed(Inner(ExportedPhoneChangeSchema), required=True)
    phone_change_requests = Listed(Inner(PhoneChangeSchema), required=True)
    refund_cases = Listed(
        Inner(ExportedRefundSchema), required=True, about="Money that is to be given back to you."
    )
    partners = Listed(
        Inner(ExportedPartnerSchema), required=True, about="Platforms that enrolled you."
    )
    sessions = Listed(Inner(ExportedSessionSchema), required=True)
    accesses = Listed(
        Inner(ExportedAccessSchema),
        required=True,
        about="Who saw your data, this copy included. `/v1/me/access-log` adds the registry and "
        "the banks.",
    )
    erasure_requests = Listed(Inner(ErasureRequestSchema), required=True)
    privacy_requests = Listed(
        Inner(ExportedRequestSchema),
        required=True,
        about="What else you asked for about your data, as far as our staff saw to it.",
    )
    decisions = Listed(
        Inner(ExportedDecisionSchema), required=True, about="What our staff decided about you."
    )
