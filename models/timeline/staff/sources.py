"""Everything that the staff's timeline of a worker is made of."""

from collections.abc import Mapping

from models.merged_list import MergedList
from models.timeline import cover, erasing, joining, money, paid_by_partner, phone
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

_BY_TOPIC: tuple[tuple[Topic, Happening], ...] = (
    # Of what happens at one instant, what stands further down here is told as the later.
    (Topic.RECORD, record.REGISTERED),
    (Topic.RECORD, joining.CONSENT_GIVEN),
    (Topic.RECORD, joining.CONSENT_WITHDRAWN),
    (Topic.RECORD, joining.SESSION_STARTED),
    (Topic.RECORD, joining.SESSION_ENDED),
    (Topic.IDENTITY, identity.CHECK_SUPERSEDED),
    (Topic.IDENTITY, identity.CHECK_REQUESTED),
    (Topic.IDENTITY, identity.CHECK_ANSWERED),
    (Topic.MONEY, invoices.TERMS_CHOSEN),
    (Topic.PARTNERS, ties.PARTNER_ENROLLED),
    (Topic.PARTNERS, ties.PARTNER_CONFIRMED),
    (Topic.PARTNERS, ties.PARTNER_ENDED),
    (Topic.RECORD, record.ERASURE_REQUESTED),
    (Topic.RECORD, erasing.ERASURE_CANCELLED),
    (Topic.RECORD, record.PHONE_CHANGE_REQUESTED),
    (Topic.RECORD, record.PHONE_CHANGE_CLOSED),
    (Topic.RECORD, phone.PHONE_CHANGED),
    (Topic.MONEY, cover.LAPSED),
    (Topic.MONEY, cover.GRACE),
    (Topic.MONEY, invoices.INVOICE_MADE),
    (Topic.MONEY, invoices.INVOICE_CANCELLED),
    (Topic.MONEY, invoices.INVOICE_EXPIRED),
    (Topic.MONEY, collective.COLLECTIVE_BILLED),
    (Topic.MONEY, bank.BANK_INQUIRED),
    (Topic.MONEY, bank.BANK_CALL_REFUSED),
    (Topic.MONEY, bank.PAYMENT_REFUSED),
    (Topic.MONEY, bank.PAYMENT_RECEIVED),
    (Topic.MONEY, invoices.CREDIT_USED),
    (Topic.MONEY, invoices.MONTHS_PAID),
    (Topic.MONEY, paid_by_partner.MONTH_PAID_BY_PARTNER),
    (Topic.MONEY, cover.ACTIVATED),
    (Topic.MONEY, cover.RESTORED),
    (Topic.MONEY, invoices.INVOICE_SUPERSEDED),
    (Topic.MONEY, invoices.CREDIT_ADDED),
    (Topic.MONEY, bank.PAYMENT_REPEATED),
    (Topic.MONEY, bank.BANK_ASKED_STATUS),
    (Topic.MONEY, money.REFUND_OPENED),
    (Topic.MONEY, money.REFUND_PAID),
    (Topic.MONEY, paid_by_partner.PARTNER_MONTH_TAKEN_BACK),
    (Topic.MESSAGES, messages.MESSAGE_SENT),
    (Topic.MESSAGES, messages.CODE_SENT),
    (Topic.RECORD, record.ERASED),
    (Topic.STAFF, deeds.STAFF_ACTION),
)
STAFF_HAPPENINGS = tuple(happening for _, happening in _BY_TOPIC)
TOPICS: Mapping[str, Topic] = {happening.kind: topic for topic, happening in _BY_TOPIC}


def _about(topic: Topic) -> MergedList:
    return MergedList(tuple(happening for each, happening in _BY_TOPIC if each is topic))


EVERYTHING = MergedList(STAFF_HAPPENINGS)
BY_TOPIC: Mapping[Topic, MergedList] = {topic: _about(topic) for topic in Topic}
