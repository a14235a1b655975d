"""What has happened to a worker."""

from datetime import datetime
from uuid import UUID

from models.enrolment import EndedBy
from models.message import MessageKind
from models.phone_change_request import PhoneChangeStatus
from models.timeline.kind import TimelineKind
from models.timeline.money import REFUSALS
from models.timeline.phone import ChangedBy
from models.timeline.sources import HAPPENINGS
from models.values.channel import Channel, DeliveryState
from models.values.identity import IdentityStatus
from models.values.plan import Plan
from models.values.sector import Sector
from schemas.base import Schema
from schemas.fields import Choice, Day, Identifier, Instant, RupiahField, Text
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField
from schemas.worker import ElementSchema

_OUTCOMES = [each for each in IdentityStatus if each is not IdentityStatus.PENDING]
_CLOSED = [
    PhoneChangeStatus.OBJECTED,
    PhoneChangeStatus.SUPERSEDED,
    PhoneChangeStatus.APPROVED,
    PhoneChangeStatus.REJECTED,
]
_NOTICES = [each for each in MessageKind if each is not MessageKind.CODE]


def _kinds() -> str:
    """One line for each kind: what it means, and which details it has."""
    lines = []
    for happening in HAPPENINGS:
        details = ", ".join(f"`{name}`" for name in happening.published) or "none"
        lines.append(f"- `{happening.kind}`: {happening.about} Details: {details}.")
    return "\n".join(["More kinds may come; show `text` for those that you do not know.", *lines])


class TimelineDetailsSchema(Schema):
    """Those that the kind has; the others are absent."""

    registration_number = Text(dump_only=True, example="572018463917")
    document = Text(dump_only=True, example="terms")
    version = Text(dump_only=True, example="2026-11")
    outcome = Choice(_OUTCOMES)
    elements = Listed(Inner(ElementSchema), about="What was compared, as on the worker's record.")
    plan = Choice(Plan)
    monthly_income = RupiahField(example=3_500_000)
    sector = Choice(Sector)
    from_month = MonthField()
    link_id = Identifier(about="Of `/v1/me/partners`.")
    name = Text(dump_only=True, example="Ojek Kita", about="The platform's.")
    ended_by = Choice(EndedBy)
    erasure_request_id = Identifier(about="Of `/v1/me/erasure-requests`.")
    not_before = Instant(example="2026-12-31T17:00:00Z")
    changed_by = Choice(ChangedBy)
    phone_change_id = Identifier(about="Of `/v1/me/phone-changes/{id}`.")
    hold_until = Instant()
    became = Choice(_CLOSED)
    invoice_id = Identifier(about="Of `/v1/me/invoices/{id}`.")
    month = MonthField(about="Which had begun, or was paid.")
    since = Instant()
    months = Listed(MonthField(), about="In a row.")
    partner = Text(dump_only=True, example="Ojek Kita", about="The name of the one who paid.")
    amount = RupiahField(maximum=10**16, example=8_400)
    credit_used = RupiahField(example=0)
    expires_at = Instant()
    bank_reference = Text(dump_only=True, allow_none=True, example="2026112200001234")
    paid_at = Instant(about="When the bank says that it took the money.")
    reason = Choice(REFUSALS, about="Why it was refused.")
    protected_from = Instant(allow_none=True)
    protected_until = Day(allow_none=True, example="2026-11-30", about="The last day.")
    message = Choice(_NOTICES)
    channel = Choice(Channel)
    delivery = Choice(DeliveryState)


_PAID = {
    "invoice_id": "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42",
    "months": ["2026-11"],
    "amount": 8_400,
    "protected_from": "2026-11-22T02:00:00Z",
    "protected_until": "2026-11-30",
}


class TimelineEntrySchema(Schema):
    at = Instant(required=True)
    kind = Choice(TimelineKind, required=True, example="months_paid", about=_kinds())
    text = WordsField(
        required=True,
        example="Iuran November 2026 lunas, dan melindungi Anda mulai 22 November 2026, 09.00 WIB "
        "sampai 30 November 2026.",
    )
    details = Inner(TimelineDetailsSchema, required=True, example=_PAID)


class TimelineQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, str, UUID)


class TimelineSchema(PageSchema):
    items = Listed(Inner(TimelineEntrySchema), required=True)
