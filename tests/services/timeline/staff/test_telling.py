from datetime import date
from enum import Enum

import pytest
from sqlalchemy import ARRAY, Boolean, Integer, select
from sqlalchemy.dialects.postgresql import JSONB

from models.bank_call import BankOutcome
from models.columns import Instant, MonthColumn, RupiahColumn
from models.enrolment import EndedBy
from models.message import MessageKind
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.phone_change_request import PhoneChangeStatus
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.timeline.staff.record import SEALED
from models.timeline.staff.sources import STAFF_HAPPENINGS
from models.values.channel import DeliveryState
from models.values.identity import Element, Finding, IdentityStatus
from models.values.month import Month
from models.values.nik_review import NikNote
from models.values.rupiah import Rupiah
from models.values.words import Words
from services.timeline.staff import identity, invoices, messages, ties
from services.timeline.staff.telling import SENTENCES, tell
from tests.fakes import NOON
from tests.installation import CONSENTS

# Of which the first or last word of the enumeration is not for this kind.
CHOSEN = {
    "identity_check_answered": {"elements": [], "notes": [], "scores": None},
    "identity_decided": {"outcome": IdentityStatus.VERIFIED},
    "collective_billed": {"collective": CollectiveStatus.PAID, "line": LineStatus.PAID},
    "phone_change_closed": {"became": PhoneChangeStatus.OBJECTED},
    "payment_refused": {"answer": BankOutcome.WRONG_AMOUNT},
    "staff_action": {
        "fields": ["nik"],
        "decision": None,
        "awaits_second": None,
        "refusal": None,
    },
}


def details_of(happening):
    """Made up, in the types of the columns, as they come out of the shades."""
    columns = select(*(each.label(name) for name, each in happening.details.items()))
    made_up = {name: sample(each.type) for name, each in columns.selected_columns.items()}
    made_up |= {"protected_from": NOON, "protected_until": date(2026, 11, 30)}
    if made_up.pop(SEALED, None):
        made_up["phone_masked"] = "+62********890"
    return made_up | CHOSEN.get(happening.kind, {})


def sample(kind):
    match kind:
        case RupiahColumn():
            return Rupiah(33_600)
        case Boolean():
            return True
        case Integer():
            return 7
        case MonthColumn():
            return Month(2026, 11)
        case ARRAY():
            return tuple(Month(2026, 11).span(3))
        case Instant():
            return NOON
        case JSONB():
            return None
    words = getattr(kind, "enum_class", None)
    return next(iter(words)) if words else "{words}"


def test_there_are_words_for_every_kind_and_every_kind_is_told():
    kinds = {each.kind for each in STAFF_HAPPENINGS}
    assert set(SENTENCES) == kinds == {*TimelineKind, *StaffKind}


@pytest.mark.parametrize("happening", STAFF_HAPPENINGS, ids=lambda each: each.kind)
def test_every_sentence_is_filled_in_by_the_details_of_its_kind(happening):
    words = tell(happening.kind, details_of(happening), CONSENTS)
    for sentence in (words.id, words.en):
        assert "{" not in sentence.replace("{words}", "")
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence.startswith("{words}")


@pytest.mark.parametrize("happening", STAFF_HAPPENINGS, ids=lambda each: each.kind)
def test_staff_are_not_spoken_to_as_the_worker(happening):
    words = tell(happening.kind, details_of(happening), CONSENTS)
    assert "Anda" not in words.id
    assert " your " not in words.en


@pytest.mark.parametrize(
    ("told", "of"),
    [
        (identity.FINDINGS, Finding),
        (identity.ELEMENTS, Element),
        (identity.NOTES, NikNote),
        (identity.OUTCOMES, set(IdentityStatus) - {IdentityStatus.PENDING}),
        (invoices.LINES, LineStatus),
        (invoices.COLLECTIVE, set(CollectiveStatus) - {"paid", "empty"}),
        (messages.SUBJECTS, MessageKind),
        (messages.DELIVERIES, DeliveryState),
        (ties.ENDED, EndedBy),
    ],
)
def test_nothing_that_a_sentence_names_is_without_words(told: dict[Enum, Words], of):
    assert set(told) == set(of)


def test_what_somebody_wrote_is_said_as_it_is():
    [action] = [each for each in STAFF_HAPPENINGS if each.kind is StaffKind.STAFF_ACTION]
    details = details_of(action) | {"username": "{amount}{0}"}
    assert tell(action.kind, details, CONSENTS).id.startswith("{amount}{0} (")
