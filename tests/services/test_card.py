from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from models.identity_verdict import IdentityReason
from models.values.identity import IdentityStatus
from models.values.plan import Plan, Programme
from models.worker import Worker
from services import billing, card, coverage, identity_refusal, plan_choice
from services.card import NotCovered
from services.card_signing import CardSigner
from services.once import Once
from tests.clinic import verified
from tests.fakes import NOON
from tests.payers import add_worker, at, pay

JKK, JKM, JHT = Programme


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


@pytest.fixture
def covered(ports, worker):
    pay_for(ports, worker, 3)
    return worker


def pay_for(ports, worker, months):
    pay(ports, billing.issue(ports, worker, months, Once()))


def change(ports, worker, **columns):
    with ports.transactions.begin() as session:
        session.execute(update(Worker).where(Worker.id == worker.worker_id).values(**columns))


def checked(ports, shown):
    return verified(shown.card, {"keys": ports.cards.published_keys}, ports.clock.now())


def test_a_card_says_who_is_covered_by_what_and_for_how_long(ports, covered):
    shown = card.show(ports, covered)
    assert shown.member_number == coverage.show(ports, covered).member_number
    assert (shown.name, shown.programmes) == ("Siti A.", (JKK, JKM))
    assert shown.jkm_full_from == date(2027, 2, 22)
    assert shown.expires_at == NOON + timedelta(days=31)
    assert shown.expires_in == 31 * 24 * 60 * 60


def test_what_is_signed_is_what_is_shown_and_nothing_else(ports, covered):
    shown = card.show(ports, covered)
    assert checked(ports, shown) == {
        "iss": "jaring",
        "aud": "jaring:card",
        "sub": shown.member_number,
        "name": "Siti A.",
        "programmes": ["JKK", "JKM"],
        "jkm_full_from": "2027-02-22",
        "iat": int(NOON.timestamp()),
        "exp": int(shown.expires_at.timestamp()),
    }


def test_a_card_ends_with_the_last_protected_day(ports, worker, clock):
    pay_for(ports, worker, 1)
    clock.advance(milliseconds=500)
    shown = card.show(ports, worker)
    assert shown.expires_at == datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)
    assert clock.now() + timedelta(seconds=shown.expires_in) <= shown.expires_at


def test_a_card_from_the_first_moment_of_protection_on(ports, worker, clock):
    clock.time = NOON + timedelta(microseconds=999_999)
    pay_for(ports, worker, 1)
    assert checked(ports, card.show(ports, worker))["iat"] == int(NOON.timestamp())


def test_once_the_full_death_benefit_is_due_nothing_qualifies_it(ports, worker, clock):
    pay_for(ports, worker, 6)
    with at(clock, datetime(2027, 2, 21, 16, 59, 59, tzinfo=UTC)):
        assert card.show(ports, worker).jkm_full_from == date(2027, 2, 22)
    with at(clock, datetime(2027, 2, 21, 17, tzinfo=UTC)):
        shown = card.show(ports, worker)
        assert (shown.programmes, shown.jkm_full_from) == ((JKK, JKM), None)
        assert "jkm_full_from" not in checked(ports, shown)


def test_a_card_names_the_programmes_that_this_month_is_paid_for(ports, covered, clock):
    plan_choice.choose(ports, covered, Plan.COMPLETE)
    pay_for(ports, covered, 2)
    assert card.show(ports, covered).programmes == (JKK, JKM)
    with at(clock, datetime(2027, 2, 1, 3, tzinfo=UTC)):
        assert card.show(ports, covered).programmes == (JKK, JKM, JHT)


def test_a_card_ends_before_a_month_with_fewer_programmes(ports, worker):
    plan_choice.choose(ports, worker, Plan.COMPLETE)
    pay_for(ports, worker, 1)
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay_for(ports, worker, 3)
    shown = card.show(ports, worker)
    assert shown.programmes == (JKK, JKM, JHT)
    assert shown.expires_at == datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)


def test_there_is_no_card_before_protection_starts(ports, worker):
    with pytest.raises(NotCovered):
        card.show(ports, worker)
    billing.issue(ports, worker, 3, Once())
    with pytest.raises(NotCovered):
        card.show(ports, worker)


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(datetime(2027, 1, 31, 17, tzinfo=UTC), id="in grace"),
        pytest.param(datetime(2027, 4, 30, 16, 59, 59, tzinfo=UTC), id="at the end of grace"),
        pytest.param(datetime(2027, 4, 30, 17, tzinfo=UTC), id="lapsed"),
    ],
)
def test_there_is_no_card_once_protection_has_ended(ports, covered, clock, instant):
    clock.time = instant
    with pytest.raises(NotCovered):
        card.show(ports, covered)


def test_who_returns_has_a_card_again(ports, covered, clock):
    clock.time = datetime(2027, 3, 10, 3, tzinfo=UTC)
    pay_for(ports, covered, 2)
    assert card.show(ports, covered).expires_at == datetime(2027, 3, 31, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("status", [IdentityStatus.REFUSED, IdentityStatus.IN_REVIEW])
def test_whoever_is_covered_has_a_card_whatever_became_of_the_identity(ports, covered, status):
    """Past cover stands, and a card says no more than the cover does."""
    change(ports, covered, identity_status=status)
    assert card.show(ports, covered).programmes == (JKK, JKM)


@pytest.mark.parametrize(
    ("full_name", "name"),
    [
        ("Suharto", "Suharto"),
        ("I Gusti Ayu Putu Sri Dewi", "I D."),
        ("𝒮" * 100, "𝒮" * 24),
    ],
)
def test_the_name_is_a_first_name_and_an_initial(ports, covered, full_name, name):
    change(ports, covered, full_name=full_name)
    shown = card.show(ports, covered)
    assert shown.name == checked(ports, shown)["name"] == name


def test_everybody_has_a_card_of_their_own(ports, covered):
    other = add_worker(ports)
    with pytest.raises(NotCovered):
        card.show(ports, other)
    plan_choice.choose(ports, other, Plan.BASIC)
    pay_for(ports, other, 1)
    numbers = {card.show(ports, each).member_number for each in (covered, other)}
    assert len(numbers) == 2


def test_a_card_is_made_from_two_statements(ports, covered, queries):
    queries.clear()
    card.show(ports, covered)
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) == 2


def test_the_first_key_signs(ports, covered):
    [first] = ports.cards.keys
    newer = replace(first, kid="card-2")
    rotated = replace(ports, cards=CardSigner((newer, first)))
    assert checked(rotated, card.show(ports, covered))
    assert checked(rotated, card.show(rotated, covered))


def test_a_card_is_not_cut_short_by_a_month_that_was_taken_back(ports, covered, clock):
    identity_refusal.refuse(ports, covered.worker_id, IdentityReason.HELD_BY_ANOTHER)
    change(ports, covered, identity_status=IdentityStatus.VERIFIED, identity_reason=None)
    plan_choice.choose(ports, covered, Plan.COMPLETE)
    pay_for(ports, covered, 3)
    clock.time = datetime(2026, 12, 15, 2, tzinfo=UTC)
    assert card.show(ports, covered).expires_at == clock.now() + timedelta(days=31)
