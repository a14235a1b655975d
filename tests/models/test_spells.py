import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from models.coverage import CoverageStatus, coverage_at
from models.policy import GRACE_MONTHS, MONTHS_AHEAD, OFFERED_PERIODS
from models.spells import (
    TooFarAhead,
    change_counts_from,
    first_unpaid,
    months_due,
    months_to_settle,
    protection_of,
    spell_at,
)
from models.values.month import Month
from tests.models.paying import Paid, pay, wib
from tests.models.test_coverage_of_any_life import EPOCH, later, lives

NOVEMBER = Month(2026, 11)
FIRST_PAID_AT = wib(2026, 11, 22, 10)


def test_the_first_payment_starts_with_the_current_month():
    assert first_unpaid([], FIRST_PAID_AT) == NOVEMBER
    assert months_to_settle([], FIRST_PAID_AT, 3) == tuple(NOVEMBER.span(3))


def test_the_current_month_is_jakarta_s():
    assert first_unpaid([], wib(2026, 12, 1)) == Month(2026, 12)
    assert first_unpaid([], wib(2026, 11, 30, 23, 59)) == NOVEMBER


def test_whoever_is_covered_pays_on_from_the_last_paid_month():
    paid = pay([], FIRST_PAID_AT, 3)
    assert first_unpaid(paid, wib(2026, 12, 5)) == Month(2027, 2)


def test_arrears_come_first():
    paid = pay([], FIRST_PAID_AT, 1)
    assert months_to_settle(paid, wib(2027, 2, 28), 3) == tuple(Month(2026, 12).span(3))


def test_arrears_may_be_settled_in_part():
    paid = pay([], FIRST_PAID_AT, 1)
    paid = pay(paid, wib(2027, 2, 10), 2)
    assert first_unpaid(paid, wib(2027, 2, 11)) == Month(2027, 2)


def test_after_a_lapse_there_are_no_arrears():
    paid = pay([], FIRST_PAID_AT, 1)
    assert first_unpaid(paid, wib(2027, 3, 1)) == Month(2027, 3)


def test_paying_again_after_a_lapse_starts_another_spell():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2027, 3, 15), 2)
    spell = spell_at(paid, wib(2027, 3, 20))
    assert [p.month for p in spell.months] == [Month(2027, 3), Month(2027, 4)]


def test_what_was_settled_later_is_not_known_yet():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2026, 12, 20), 1)
    spell = spell_at(paid, wib(2026, 12, 19))
    assert spell is not None
    assert spell.paid_through == NOVEMBER
    assert spell_at(paid, wib(2026, 11, 22, 9, 59)) is None


def test_what_a_clock_ahead_of_ours_has_settled_is_not_to_be_paid_again():
    paid, a_minute_before = pay([], FIRST_PAID_AT, 1), wib(2026, 11, 22, 9, 59)
    assert first_unpaid(paid, a_minute_before) == NOVEMBER + 1
    assert change_counts_from(paid, a_minute_before) == NOVEMBER + 1


def test_the_order_of_the_rows_does_not_matter():
    paid = pay([], FIRST_PAID_AT, 6)
    assert spell_at(paid[::-1], FIRST_PAID_AT) == spell_at(paid, FIRST_PAID_AT)


def test_nobody_pays_further_than_twelve_months_ahead():
    paid = pay([], FIRST_PAID_AT, 1)
    at = wib(2026, 11, 23)
    assert months_to_settle(paid, at, 12)[-1] == Month(2027, 11)
    with pytest.raises(TooFarAhead):
        months_to_settle(pay(paid, at, 1), at, 12)


def test_arrears_do_not_count_as_ahead():
    paid = pay([], FIRST_PAID_AT, 1)
    assert months_to_settle(paid, wib(2027, 2, 1), 12)[-1] == Month(2027, 11)


@pytest.mark.parametrize(
    ("at", "counts_from"),
    [
        (wib(2026, 11, 30), Month(2027, 1)),
        (wib(2026, 12, 31), Month(2027, 1)),
        (wib(2027, 1, 1), Month(2027, 1)),
        (wib(2027, 3, 31), Month(2027, 3)),
        (wib(2027, 4, 1), Month(2027, 4)),
    ],
    ids=["prepaid", "last paid day", "first unpaid month", "end of grace", "lapsed"],
)
def test_a_change_never_reaches_arrears_or_paid_months(at, counts_from):
    assert change_counts_from(pay([], FIRST_PAID_AT, 2), at) == counts_from


def test_a_change_before_the_first_payment_counts_at_once():
    assert change_counts_from([], FIRST_PAID_AT) == NOVEMBER


def test_a_month_paid_for_in_advance_alone_begins_nothing_yet():
    assert spell_at([Paid(month=NOVEMBER + 1, settled_at=FIRST_PAID_AT)], FIRST_PAID_AT) is None


@pytest.mark.parametrize(
    ("settled_at", "protection"),
    [
        (wib(2026, 10, 20), (wib(2026, 11, 1), date(2026, 12, 31))),
        (FIRST_PAID_AT, (FIRST_PAID_AT, date(2026, 12, 31))),
        (wib(2026, 12, 1), (wib(2026, 12, 1), date(2026, 12, 31))),
        (wib(2026, 12, 10), (wib(2026, 12, 10), date(2026, 12, 31))),
        (wib(2027, 1, 1), None),
    ],
    ids=["ahead", "in the first month", "as it ends", "in the second month", "too late"],
)
def test_months_settled_together_protect_what_has_not_gone_by(settled_at, protection):
    assert protection_of([*NOVEMBER.span(2)], settled_at) == protection


def test_a_month_that_was_taken_back_counts_until_then():
    november, december = pay([], FIRST_PAID_AT, 2)
    taken_back = [november, replace(december, refunded_at=wib(2026, 11, 25))]
    assert first_unpaid(taken_back, wib(2026, 11, 24, 23, 59)) == Month(2027, 1)
    assert first_unpaid(taken_back, wib(2026, 11, 25)) == Month(2026, 12)


def test_a_month_that_was_taken_back_can_be_paid_again():
    november, december = pay([], FIRST_PAID_AT, 2)
    taken_back = [november, replace(december, refunded_at=wib(2026, 11, 25))]
    again = pay(taken_back, wib(2026, 11, 28), 1)
    spell = spell_at(again, wib(2026, 12, 1))
    assert [each.month for each in spell.months] == [NOVEMBER, Month(2026, 12)]


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (wib(2026, 11, 30), 1),
        (wib(2027, 1, 1), 1),
        (wib(2027, 2, 28), 2),
        (wib(2027, 3, 31), 3),
        (wib(2027, 4, 1), 1),
    ],
    ids=["prepaid", "one unpaid", "two", "three", "lapsed"],
)
def test_what_is_due_is_all_arrears_or_the_next_month(at, months):
    assert months_due(pay([], FIRST_PAID_AT, 2), at) == months
    assert months_due([], at) == 1


@given(lives, later)
def test_paying_what_is_due_protects(paid, after):
    at = max((each.settled_at for each in paid), default=EPOCH) + after
    with contextlib.suppress(TooFarAhead):
        assert coverage_at(pay(paid, at, months_due(paid, at)), at).status is CoverageStatus.ACTIVE


def test_policies_say_when_they_were_decided_and_why():
    for policy in (OFFERED_PERIODS, GRACE_MONTHS, MONTHS_AHEAD):
        assert policy.since
        assert policy.basis
