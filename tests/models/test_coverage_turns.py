"""When cover turns, for lives that are told in advance and for any other."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.coverage import CoverageStatus, status_at
from models.coverage_turns import (
    CoverageEventName,
    Turn,
    amends,
    months_to_turn,
    turn_at,
    turns,
    turns_since_payment,
)
from models.values.month import Month
from tests.models.paying import pay, wib
from tests.models.test_coverage_of_any_life import EPOCH, any_life, later, lives

ACTIVATED, GRACE, LAPSED, RESTORED = CoverageEventName
DAY, LEAST = timedelta(days=1), timedelta(microseconds=1)
FIRST_PAID_AT = wib(2026, 11, 22, 10)
NOVEMBER = pay([], FIRST_PAID_AT, 1)


def told(paid, until):
    return [(each.event, each.happened_at) for each in turns(paid, EPOCH, until)]


def test_who_never_pays_has_nothing_happen_to_them():
    assert told([], wib(2030, 1, 1)) == []


def test_cover_starts_with_a_payment_and_ends_as_a_month_begins():
    assert told(NOVEMBER, wib(2027, 3, 1)) == [
        (ACTIVATED, FIRST_PAID_AT),
        (GRACE, wib(2026, 12, 1)),
        (LAPSED, wib(2027, 3, 1)),
    ]


def test_a_month_begins_in_jakarta():
    assert told(NOVEMBER, wib(2026, 12, 1) - LEAST) == [(ACTIVATED, FIRST_PAID_AT)]


def test_settling_arrears_restores_and_settling_some_of_them_does_not():
    some = pay(NOVEMBER, wib(2027, 1, 5), 1)
    paid = pay(some, wib(2027, 1, 9), 1)
    assert told(paid, wib(2027, 1, 31))[1:] == [
        (GRACE, wib(2026, 12, 1)),
        (RESTORED, wib(2027, 1, 9)),
    ]


def test_who_settled_some_arrears_lapses_later():
    paid = pay(NOVEMBER, wib(2027, 1, 5), 1)
    assert told(paid, wib(2027, 4, 1))[-1] == (LAPSED, wib(2027, 4, 1))


def test_coming_back_after_a_lapse_restores_too():
    paid = pay(NOVEMBER, wib(2027, 6, 5), 1)
    assert told(paid, wib(2027, 7, 1))[-2:] == [
        (RESTORED, wib(2027, 6, 5)),
        (GRACE, wib(2027, 7, 1)),
    ]


def test_paying_on_in_time_is_no_event():
    paid = pay(NOVEMBER, wib(2026, 11, 30, 23, 59), 1)
    assert told(paid, wib(2026, 12, 31)) == [(ACTIVATED, FIRST_PAID_AT)]


def test_paying_in_the_very_instant_in_which_a_month_begins_leaves_no_gap():
    paid = pay(NOVEMBER, wib(2026, 12, 1), 1)
    assert told(paid, wib(2026, 12, 31)) == [(ACTIVATED, FIRST_PAID_AT)]


def test_a_payment_tells_of_the_months_that_began_unpaid_before_it():
    paid = pay(NOVEMBER, wib(2027, 6, 5), 1)
    happened = turns_since_payment(paid, wib(2027, 6, 5), wib(2027, 6, 5))
    assert [each.event for each in happened] == [GRACE, LAPSED, RESTORED]


def test_what_was_told_of_a_month_that_was_paid_in_time_is_amended_at_its_first_instant():
    december = wib(2026, 12, 1)
    paid = pay(NOVEMBER, wib(2026, 11, 30), 1)
    assert amends(paid, [Turn(GRACE, december)]) == [Turn(RESTORED, december)]


def test_a_lapse_that_was_none_becomes_grace():
    march = wib(2027, 3, 1)
    paid = pay(NOVEMBER, wib(2027, 2, 28), 1)
    assert amends(paid, [Turn(LAPSED, march)]) == [Turn(GRACE, march)]


def test_what_was_told_truly_stands():
    told = turns(NOVEMBER, EPOCH, wib(2027, 3, 1))
    assert amends(NOVEMBER, told) == []


@any_life
@given(lives, later)
def test_between_its_turns_cover_stays_what_the_last_one_says(paid, after):
    at = EPOCH + after
    happened = turns(paid, EPOCH - DAY, at)
    says = {
        ACTIVATED: CoverageStatus.ACTIVE,
        RESTORED: CoverageStatus.ACTIVE,
        GRACE: CoverageStatus.GRACE,
        LAPSED: CoverageStatus.LAPSED,
    }
    expected = says[happened[-1].event] if happened else CoverageStatus.NOT_STARTED
    assert status_at(paid, at) is expected


@any_life
@given(lives, later)
def test_one_event_happens_at_most_once_a_month(paid, after):
    happened = turns(paid, EPOCH - DAY, EPOCH + after)
    keys = [(each.event, Month.at(each.happened_at)) for each in happened]
    assert len(keys) == len(set(keys))


@any_life
@given(lives, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_it_turns_at_no_other_instants(paid, after):
    at = EPOCH + after
    if at != Month.at(at).starts_at and all(each.settled_at != at for each in paid):
        assert turn_at(paid, at) is None


@pytest.mark.parametrize(
    ("last", "first_unpaid", "now", "due"),
    [
        (None, None, wib(2027, 1, 15), []),
        (None, Month(2027, 2), wib(2027, 1, 15), []),
        (None, Month(2026, 11), wib(2027, 1, 15), ["2026-11", "2026-12", "2027-01"]),
        (Month(2027, 1), Month(2026, 11), wib(2027, 1, 15), []),
        (Month(2026, 10), None, wib(2027, 1, 15), ["2026-11", "2026-12", "2027-01"]),
        (Month(2026, 12), None, wib(2027, 1, 1, 0, 5) - LEAST, []),
        (Month(2026, 12), None, wib(2027, 1, 1, 0, 5), ["2027-01"]),
    ],
    ids=["nobody pays", "all paid ahead", "never ran", "ran", "ran long ago", "early", "in time"],
)
def test_every_month_that_was_not_told_of_is_due_a_few_minutes_after_it_begins(
    last, first_unpaid, now, due
):
    assert [str(each) for each in months_to_turn(last, first_unpaid, now)] == due
