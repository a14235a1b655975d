"""Everything that the staff's timeline of a worker is made of."""

from collections.abc import Mapping
from functools import cache

from models.merged_list import MergedList
from models.timeline import cover, deciding, erasing, joining, money, paid_by_partner, phone
from models.timeline.happening import Happening
from models.timeline.staff import (
    bank,
    collective,
    deeds,
    identity,
    invoices,
    messages,
    record,
    ties,
)
from models.timeline.staff.topic import Topic
from models.values.staff_fields import StaffField

_TOLD: tuple[tuple[Topic, Happening, StaffField | None], ...] = (
    # Of what happens at one instant, what stands further down here is told as the later.
    (Topic.RECORD, record.REGISTERED, None),
    (Topic.RECORD, joining.CONSENT_GIVEN, StaffField.CONSENTS),
    (Topic.RECORD, joining.CONSENT_WITHDRAWN, StaffField.CONSENTS),
    (Topic.RECORD, joining.SESSION_STARTED, None),
    (Topic.RECORD, joining.SESSION_ENDED, None),
    (Topic.IDENTITY, identity.CHECK_SUPERSEDED, None),
    (Topic.IDENTITY, identity.CHECK_REQUESTED, None),
    (Topic.IDENTITY, identity.CHECK_ANSWERED, None),
    (Topic.IDENTITY, deciding.IDENTITY_DECIDED, None),
    (Topic.MONEY, invoices.TERMS_CHOSEN, StaffField.PLAN),
    (Topic.PARTNERS, ties.PARTNER_ENROLLED, StaffField.PARTNER_LINKS),
    (Topic.PARTNERS, ties.PARTNER_CONFIRMED, StaffField.PARTNER_LINKS),
    (Topic.PARTNERS, ties.PARTNER_ENDED, StaffField.PARTNER_LINKS),
    (Topic.RECORD, record.ERASURE_REQUESTED, None),
    (Topic.RECORD, erasing.ERASURE_CANCELLED, None),
    (Topic.RECORD, record.PHONE_CHANGE_REQUESTED, None),
    (Topic.RECORD, record.PHONE_CHANGE_CLOSED, None),
    (Topic.RECORD, phone.PHONE_CHANGED, None),
    (Topic.MONEY, cover.LAPSED, None),
    (Topic.MONEY, cover.GRACE, None),
    (Topic.MONEY, invoices.INVOICE_MADE, StaffField.OPEN_INVOICE),
    (Topic.MONEY, invoices.INVOICE_CANCELLED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, invoices.INVOICE_EXPIRED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, collective.COLLECTIVE_BILLED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.BANK_INQUIRED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.BANK_CALL_REFUSED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.PAYMENT_REFUSED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.PAYMENT_RECEIVED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, invoices.CREDIT_USED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, invoices.MONTHS_PAID, StaffField.OPEN_INVOICE),
    (Topic.MONEY, paid_by_partner.MONTH_PAID_BY_PARTNER, StaffField.OPEN_INVOICE),
    (Topic.MONEY, cover.ACTIVATED, None),
    (Topic.MONEY, cover.RESTORED, None),
    (Topic.MONEY, invoices.INVOICE_SUPERSEDED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, invoices.CREDIT_ADDED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.PAYMENT_REPEATED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, bank.BANK_ASKED_STATUS, StaffField.OPEN_INVOICE),
    (Topic.MONEY, money.REFUND_OPENED, StaffField.OPEN_INVOICE),
    (Topic.MONEY, money.REFUND_PAID, StaffField.OPEN_INVOICE),
    (Topic.MONEY, paid_by_partner.PARTNER_MONTH_TAKEN_BACK, StaffField.OPEN_INVOICE),
    (Topic.MESSAGES, messages.MESSAGE_SENT, None),
    (Topic.MESSAGES, messages.CODE_SENT, None),
    (Topic.RECORD, record.ERASED, None),
    (Topic.STAFF, deeds.STAFF_ACTION, None),
)
"""With the field of a record that tells of the same; none: it is told for every reason."""

STAFF_HAPPENINGS = tuple(happening for _, happening, _ in _TOLD)
TOPICS: Mapping[str, Topic] = {happening.kind: topic for topic, happening, _ in _TOLD}
FIELDS = frozenset(field for *_, field in _TOLD if field is not None)


def fields_of(topic: Topic | None) -> frozenset[StaffField]:
    """What a thread would tell of, if the reason needs it."""
    about = ((each, field) for each, _, field in _TOLD if topic in (None, each))
    return frozenset(field for _, field in about if field is not None)


@cache
def sources_of(topic: Topic | None, withheld: frozenset[StaffField]) -> MergedList:
    """:param topic: only what is about this.
    :param withheld: what the officer's reason does not need.
    """
    return MergedList(
        tuple(
            happening
            for about, happening, field in _TOLD
            if topic in (None, about) and field not in withheld
        )
    )
