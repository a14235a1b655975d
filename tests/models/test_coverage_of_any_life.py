"""What holds of cover whenever and however a worker pays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.coverage import CoverageStatus, coverage_at, coverage_on, last_instant_of
from models.policy import OFFERED_PERIODS
from models.spells import TooFarAhead, change_counts_from, first_unpaid, months_to_settle
from models.values.jakarta import day_of, start_of_day
from models.values.month import Month
from tests.models.paying import live, pay

NOT_STARTED, ACTIVE, GRACE, LAPSED = CoverageStatus
EPOCH = datetime(2026, 1, 15, tzinfo=UTC)

pauses = st.timedeltas(timedelta(0), timedelta(days=200)) | st.integers(0, 200).map(
    lambda days: timedelta(days=days)
)
counts = st.sampled_from(OFFERED_PERIODS.value)
# The first pause moves the start about; whole days end up at Jakarta's midnight too.
lives = st.builds(
    live,
    st.sampled_from([EPOCH, start_of_day(day_of(EPOCH))]),
    st.lists(st.tuples(pauses, counts), max_size=6),
)
later = st.timedeltas(timedelta(0), timedelta(days=900))
any_life = settings(max_examples=40)


def protected_at(paid, at):
    """By the intervals alone: some month was settled by then and has not ended."""
    return any(max(p.settled_at, p.month.starts_at) <= at < p.month.ends_at for p in paid)


@any_life
@given(lives, later)
def test_active_is_exactly_when_some_paid_month_protects(paid, after):
    at = EPOCH + after
    assert (coverage_at(paid, at).status is ACTIVE) == protected_at(paid, at)


@any_life
@given(lives, later)
def test_a_day_is_covered_as_its_last_instant_is(paid, after):
    day = day_of(EPOCH + after)
    coverage = coverage_on(paid, day)
    assert day_of(coverage.as_of) == day
    assert (coverage.status is ACTIVE) == protected_at(paid, last_instant_of(day))


@any_life
@given(lives, later)
def test_the_dates_shown_bound_the_protection(paid, after):
    at = EPOCH + after
    coverage = coverage_at(paid, at)
    if coverage.status is ACTIVE:
        assert coverage.protected_from <= at
        assert day_of(at) <= coverage.protected_until
        assert protected_at(paid, coverage.protected_from)
        assert not protected_at(paid, coverage.protected_from - timedelta(microseconds=1))
    elif coverage.status is not NOT_STARTED:
        assert coverage.protected_until < day_of(at)


@any_life
@given(lives, st.lists(later, min_size=2, max_size=8))
def test_without_payments_things_only_get_worse(paid, times):
    last = max((p.settled_at for p in paid), default=EPOCH)
    statuses = [coverage_at(paid, last + after).status for after in sorted(times)]
    order = [ACTIVE, GRACE, LAPSED] if paid else [NOT_STARTED]
    ranks = [order.index(status) for status in statuses]
    assert ranks == sorted(ranks)


@any_life
@given(lives, later, counts, later)
def test_paying_changes_nothing_about_the_past(paid, after, count, before):
    last = max((p.settled_at for p in paid), default=EPOCH)
    paying_at = last + after
    try:
        more = pay(paid, paying_at, count)
    except TooFarAhead:
        return
    asked = paying_at - before - timedelta(microseconds=1)
    assert coverage_at(more, asked) == coverage_at(paid, asked)


def take_back(paid, at):
    """What a refusal at an instant does to the months that have not begun."""
    return [replace(p, refunded_at=at) if p.month.starts_at > at else p for p in paid]


@any_life
@given(lives, later, later)
def test_taking_months_back_changes_nothing_about_the_past(paid, after, before):
    at = max((p.settled_at for p in paid), default=EPOCH) + after
    asked = at - before - timedelta(microseconds=1)
    assert coverage_at(take_back(paid, at), asked) == coverage_at(paid, asked)


@any_life
@given(lives, later, later)
def test_what_has_begun_protects_after_a_refusal_and_nothing_else(paid, after, then):
    at = max((p.settled_at for p in paid), default=EPOCH) + after
    left = take_back(paid, at)
    stand = [p for p in left if p.refunded_at is None]
    assert coverage_at(left, at + then) == coverage_at(stand, at + then)
    assert coverage_at(left, at).status == coverage_at(paid, at).status


@any_life
@given(lives, later, counts)
def test_settling_all_that_is_owed_protects_at_once(paid, after, count):
    at = max((p.settled_at for p in paid), default=EPOCH) + after
    owed = len(coverage_at(paid, at).unpaid_months)
    if count >= owed and first_unpaid(paid, at) <= Month.at(at):
        assert coverage_at(pay(paid, at, count), at).status is ACTIVE


@any_life
@given(lives)
def test_no_month_is_paid_twice_and_a_spell_has_no_holes(paid):
    months = [p.month for p in paid]
    assert len(set(months)) == len(months)
    assert months == sorted(months)
    gaps = [after.minus(before) for before, after in pairwise(months)]
    assert all(gap == 1 or gap > 3 for gap in gaps)


@any_life
@given(lives, later)
def test_the_next_month_to_pay_fits_the_status(paid, after):
    at = EPOCH + after
    paid = [each for each in paid if each.settled_at <= at]
    current, coverage = Month.at(at), coverage_at(paid, at)
    first = first_unpaid(paid, at)
    match coverage.status:
        case CoverageStatus.ACTIVE:
            assert first > current
        case CoverageStatus.GRACE:
            assert first == coverage.unpaid_months[0]
            assert coverage.unpaid_months[-1] == current
            assert 1 <= len(coverage.unpaid_months) <= 3
        case _:
            assert first == current
    assert change_counts_from(paid, at) == max(first, current)


@any_life
@given(lives, later, counts)
def test_nothing_is_settled_beyond_twelve_months_ahead(paid, after, count):
    at = EPOCH + after
    try:
        months = months_to_settle(paid, at, count)
    except TooFarAhead:
        assert first_unpaid(paid, at) + (count - 1) > Month.at(at) + 12
    else:
        assert len(months) == count
        assert months[-1] <= Month.at(at) + 12
