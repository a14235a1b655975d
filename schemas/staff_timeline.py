"""What has happened to a worker, as our staff are told it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from models.bank_call import BankOutcome, BankService
from models.enrolment import EndedBy
from models.identity_verdict import PASS_MARKS
from models.invoice import InvoiceStatus
from models.message import MessageKind
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.phone_change_request import PhoneChangeStatus
from models.timeline.kind import TimelineKind
from models.timeline.phone import ChangedBy
from models.timeline.staff.kind import StaffKind
from models.timeline.staff.sources import FIELDS, STAFF_HAPPENINGS
from models.timeline.staff.topic import Topic
from models.values.access import STAFF_REASONS, AccessReason, StaffRole
from models.values.audit import AuditAction
from models.values.channel import Channel, DeliveryState
from models.values.identity import Element, Finding, IdentityStatus
from models.values.nik_review import NikNote
from models.values.plan import Plan
from models.values.sector import Sector
from schemas.base import Schema
from schemas.fields import Choice, Day, Flag, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.snap_codes import SERVICES, VERDICTS
from schemas.speaking import WordsField
from schemas.staff_look import ReasonField

_VA = "988100731904526183"
_REFERENCE = "2026112200001234"
_MOST = 2**31 - 1


class SnapCodeField(Text):
    """The SNAP response code that a bank was answered: from the service and our answer."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else VERDICTS[value].case.code(SERVICES[obj["service"]])


def _kinds() -> str:
    """One line for each kind: what it means, and which details it has."""
    lines = []
    for happening in STAFF_HAPPENINGS:
        details = ", ".join(f"`{name}`" for name in happening.published) or "none"
        lines.append(f"- `{happening.kind}`: {happening.about} Details: {details}.")
    return "\n".join(["More kinds may come; show `text` for those that you do not know.", *lines])


class ScoredElementSchema(Schema):
    name = Choice(Element, required=True)
    score = WholeNumber(0, 100, required=True, example=92)
    pass_mark = WholeNumber(
        0,
        100,
        required=True,
        allow_none=True,
        example=PASS_MARKS[Element.NAME],
        about="The least that passes; null: it only informs a review.",
    )


class StaffTimelineDetailsSchema(Schema):
    """Those that the kind has; the others are absent. No name, NIK or address of anybody."""

    by_partner = Flag(example=False)
    document = Text(dump_only=True, example="terms")
    version = Text(dump_only=True, example="2026-11")
    erasure_request_id = Identifier()
    not_before = Instant(example="2026-12-31T17:00:00Z")
    due_by = Instant(example="2027-01-01T17:00:00Z")
    changed_by = Choice(ChangedBy)
    phone_change_id = Identifier()
    hold_until = Instant()
    became = Choice(PhoneChangeStatus)
    phone_masked = Text(dump_only=True, allow_none=True, example="+62********890")

    partner = Text(dump_only=True, allow_none=True, example="Ojek Kita", about="The name.")
    of_record = Flag(example=True)
    attempts = WholeNumber(0, _MOST, example=0)
    answered = Flag(example=True)
    superseded = Flag(example=False)
    outcome = Choice(IdentityStatus, allow_none=True, example="verified")
    finding = Choice(Finding, allow_none=True)
    response_code = Text(dump_only=True, allow_none=True, example="00", about="The registry's.")
    elements = Listed(
        Inner(ScoredElementSchema),
        allow_none=True,
        about="What was compared; null: not needed for this reason.",
    )
    notes = Listed(Choice(NikNote), allow_none=True)

    plan = Choice(Plan)
    sector = Choice(Sector)
    from_month = MonthField()
    invoice_id = Identifier(allow_none=True)
    virtual_account_no = Text(
        dump_only=True, allow_none=True, example=_VA, about="Masked while the invoice is open."
    )
    status = Choice(
        InvoiceStatus, allow_none=True, example="open", about="Of the invoice, as of now."
    )
    month = MonthField()
    months = Listed(MonthField(), about="In a row.")
    amount = RupiahField(maximum=10**16, allow_none=True, example=8_400)
    credit_used = RupiahField(example=0)
    expires_at = Instant(allow_none=True)
    closed_at = Instant(allow_none=True)
    inquiries = WholeNumber(0, _MOST, example=1)
    payment_calls = WholeNumber(0, _MOST, example=0)
    partner_invoice_id = Identifier()
    collective = Choice(CollectiveStatus, example="paid")
    line = Choice(LineStatus, example="paid")

    bank = Text(dump_only=True, example="BANK-A", about="By its client key.")
    service = Choice(BankService, allow_none=True, example="payment")
    answer = Choice(BankOutcome, allow_none=True, about="What the bank was told.")
    snap_code = SnapCodeField(
        attribute="answer", dump_only=True, allow_none=True, example="2002500", about="The same."
    )
    bank_external_id = Text(dump_only=True, allow_none=True, example="41807839")
    request_id = Text(dump_only=True, allow_none=True, example="20261122000123")
    payment_request_id = Text(dump_only=True, allow_none=True, example="5f3c1d")
    bank_reference = Text(dump_only=True, allow_none=True, example=_REFERENCE)
    amount_told = Text(dump_only=True, allow_none=True, example="8400.00")
    due = RupiahField(allow_none=True, example=8_400)
    transacted_at = Instant(allow_none=True)
    paid_at = Instant(allow_none=True)
    told_at = Instant()

    since = Instant()
    protected_from = Instant(allow_none=True)
    protected_until = Day(allow_none=True, example="2026-11-30", about="The last day.")

    link_id = Identifier()
    name = Text(dump_only=True, example="Ojek Kita", about="The platform's.")
    partner_id = Identifier()
    external_id = Text(
        dump_only=True, allow_none=True, example="DRV-000123", about="The platform's name for them."
    )
    batch_id = Identifier(allow_none=True)
    batch_row = WholeNumber(1, _MOST, allow_none=True, example=12)
    many_on_phone = Flag(example=False)
    ended_by = Choice(EndedBy)

    message_id = Identifier()
    message = Choice(MessageKind, example="reminder")
    channel = Choice(Channel)
    delivery = Choice(DeliveryState, example="delivered")
    settled_at = Instant(allow_none=True)
    follow_up = Identifier(allow_none=True)
    follows = Identifier(allow_none=True)
    resent_of = Identifier(allow_none=True)
    called_off = Flag(example=False)
    wrong_codes = WholeNumber(0, 5, example=0)
    confirmed_at = Instant(allow_none=True)

    action = Choice(AuditAction, example="revealed")
    username = Text(dump_only=True, allow_none=True, example="rina")
    role = Choice(StaffRole, allow_none=True, example="support")
    access_reason = Choice(
        (*STAFF_REASONS, AccessReason.PAYMENT),
        allow_none=True,
        about="As the officer gave it; `payment` is a case of money to be paid back.",
    )
    refusal = Text(dump_only=True, allow_none=True, example="too-many-reveals")
    about_id = Identifier(allow_none=True)
    fields_ = Listed(
        Text(dump_only=True, example="phone"),
        attribute="fields",
        data_key="fields",
        allow_none=True,
    )
    decision = Text(dump_only=True, allow_none=True, example="verify")
    awaits_second = Flag(
        allow_none=True,
        example=False,
        about="Of a decision: another officer has yet to confirm it, and nothing has changed by it.",
    )


_REFUSED = {
    "invoice_id": "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42",
    "virtual_account_no": _VA,
    "status": "expired",
    "bank": "BANK-A",
    "service": "payment",
    "answer": "inactive",
    "snap_code": "4042519",
    "bank_external_id": "41807839",
    "payment_request_id": "5f3c1d",
    "bank_reference": _REFERENCE,
    "amount": 8_400,
    "amount_told": "8400.00",
    "due": 8_400,
    "transacted_at": "2026-11-22T02:00:00Z",
    "paid_at": "2026-11-22T02:00:00Z",
    "expires_at": "2026-11-21T16:59:59Z",
    "closed_at": "2026-11-21T16:59:59Z",
}


class StaffTimelineEntrySchema(Schema):
    at = Instant(required=True)
    kind = Choice(
        [*TimelineKind, *StaffKind], required=True, example="payment_refused", about=_kinds()
    )
    topic = Choice(Topic, required=True, example="money")
    text = WordsField(
        required=True,
        example="DITOLAK: bank (BANK-A) memberi tahu bahwa Rp8.400 dibayar pada 22 November 2026, "
        "09.00 WIB untuk nomor 988100731904526183, referensi 2026112200001234, tetapi tagihannya "
        "sudah kedaluwarsa pada 21 November 2026, 23.59 WIB. Uangnya masih di bank; peserta "
        "memintanya kembali di sana dengan referensi itu.",
    )
    details = Inner(StaffTimelineDetailsSchema, required=True, example=_REFUSED)


class StaffTimelineQuerySchema(PageQuerySchema):
    reason = ReasonField()
    topic = Choice(Topic, about="Only what is about this.")
    cursor = CursorField(datetime, str, UUID)


class StaffTimelineSchema(PageSchema):
    items = Listed(Inner(StaffTimelineEntrySchema), required=True)
    withheld = Listed(
        Choice(sorted(FIELDS), example="open_invoice"),
        required=True,
        example=[],
        about="What the reason does not need, and is not told at all.",
    )
