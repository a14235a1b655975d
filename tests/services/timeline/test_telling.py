from datetime import date
from enum import Enum
from uuid import uuid4

import pytest
from sqlalchemy import ARRAY, Integer, select

from models.columns import Instant, MonthColumn, RupiahColumn
from models.message import MessageKind
from models.timeline.joining import CHECK_ANSWERED
from models.timeline.kind import TimelineKind
from models.timeline.money import REFUSALS
from models.timeline.sources import HAPPENINGS
from models.values.channel import Channel, DeliveryState
from models.values.identity import Element, Finding, IdentityStatus
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.words import Words
from services.timeline import joining, messages, money
from services.timeline.telling import SENTENCES, tell
from tests.fakes import NOON
from tests.installation import CONSENTS


def details_of(happening):
    """Made up, in the types of the columns."""
    columns = select(*(each.label(name) for name, each in happening.details.items()))
    made_up = {name: sample(each.type) for name, each in columns.selected_columns.items()}
    return made_up | dict.fromkeys(happening.derives, date(2026, 11, 30))


def sample(kind):
    match kind:
        case RupiahColumn() | Integer():
            return Rupiah(33_600)
        case MonthColumn():
            return Month(2026, 11)
        case ARRAY():
            return tuple(Month(2026, 11).span(3))
        case Instant():
            return NOON
    words = getattr(kind, "enum_class", None)
    return list(words)[-1] if words else "words"


def answered(outcome, finding=Finding.FOUND, **matched):
    elements = [{"name": name, "matched": each} for name, each in matched.items()]
    details = {"outcome": outcome, "finding": finding, "elements": elements}
    return tell(TimelineKind.IDENTITY_CHECK_ANSWERED, details, CONSENTS)


def test_there_are_words_for_every_kind():
    assert set(SENTENCES) == set(TimelineKind)


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda each: each.kind)
def test_every_sentence_is_filled_in_by_the_details_of_its_kind(happening):
    details = details_of(happening)
    if happening is CHECK_ANSWERED:
        details |= {"outcome": IdentityStatus.VERIFIED}
    if "reason" in details:
        details["reason"] = REFUSALS[0]
    words = tell(happening.kind, details, CONSENTS)
    for sentence in (words.id, words.en):
        assert "{" not in sentence
        assert sentence.endswith(".")
        assert sentence[0].isupper()


@pytest.mark.parametrize("element", [Element.NAME, Element.BIRTH_DATE, Element.SEX])
def test_what_differs_is_named(element):
    matched = {"name": True, "birth_date": True, "sex": True} | {element.value: False}
    words = answered(IdentityStatus.NEEDS_CORRECTION, **matched)
    assert [
        each
        for each in Element
        if each in joining.ELEMENTS and joining.ELEMENTS[each].id in words.id
    ] == [element]


def test_all_that_differs_is_named():
    words = answered(IdentityStatus.NEEDS_CORRECTION, name=False, birth_date=False, sex=True)
    assert words.en.endswith("the name and the birth date.")


def test_where_nothing_would_differ_any_more_it_is_still_told_that_something_did():
    words = answered(IdentityStatus.NEEDS_CORRECTION, name=True, birth_date=True, sex=True)
    assert words.en.endswith("differs from its records: your identity.")


@pytest.mark.parametrize(
    ("outcome", "finding"),
    [
        (IdentityStatus.NEEDS_CORRECTION, Finding.NOT_FOUND),
        (IdentityStatus.NEEDS_CORRECTION, Finding.INACTIVE),
        (IdentityStatus.REFUSED, Finding.DECEASED),
    ],
)
def test_what_the_registry_found_is_told(outcome, finding):
    assert answered(outcome, finding) == joining.NOT_VERIFIED[finding]


def test_whoever_is_with_our_staff_is_told_no_more_than_that():
    duplicate = answered(IdentityStatus.IN_REVIEW, Finding.DUPLICATE)
    assert answered(IdentityStatus.IN_REVIEW, Finding.FOUND) == duplicate


def test_a_document_is_called_by_its_title():
    given = {"document": "terms", "version": "2026-11"}
    assert (
        tell(TimelineKind.CONSENT_GIVEN, given, CONSENTS).en == "You agreed to “Terms of service”."
    )


def test_a_document_that_is_no_longer_kept_is_called_by_its_name():
    given = {"document": "terms", "version": "1999-01"}
    assert tell(TimelineKind.CONSENT_GIVEN, given, CONSENTS).en == "You agreed to “terms”."


def test_what_a_bank_writes_is_said_as_it_is():
    paid = {"amount": Rupiah(1), "paid_at": NOON, "bank_reference": "{amount}{0}"}
    words = tell(TimelineKind.PAYMENT_RECEIVED, paid, CONSENTS)
    assert words.en.endswith("The bank's reference: {amount}{0}.")


def test_a_payment_without_a_reference_names_none():
    paid = {"amount": Rupiah(8_400), "paid_at": NOON, "bank_reference": None}
    assert tell(TimelineKind.PAYMENT_RECEIVED, paid, CONSENTS) == Words(
        "Kami menerima Rp8.400 lewat bank, dibayar pada 22 November 2026, 12.00 WIB.",
        "We received Rp8,400 through a bank, paid on 22 November 2026, 12:00 WIB.",
    )


@pytest.mark.parametrize("state", DeliveryState)
def test_what_became_of_a_message_is_told(state):
    message = {
        "message": MessageKind.PHONE_CHANGED,
        "channel": Channel.SMS,
        "delivery": state,
        "invoice_id": uuid4(),
    }
    words = tell(TimelineKind.MESSAGE_SENT, message, CONSENTS)
    assert messages.SUBJECTS[MessageKind.PHONE_CHANGED].id in words.id
    assert "SMS" in words.id


@pytest.mark.parametrize(
    ("told", "of"),
    [
        (money.REFUSALS, REFUSALS),
        (messages.SUBJECTS, set(MessageKind) - {MessageKind.CODE}),
        (messages.CHANNELS, Channel),
        (messages.DELIVERIES, DeliveryState),
    ],
)
def test_nothing_that_a_sentence_names_is_without_words(told: dict[Enum, Words], of):
    assert set(told) == set(of)
