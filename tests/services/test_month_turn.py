"""Whatever was paid, told late, and told of when: what was told of cover is what cover was."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.coverage import status_at
from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName, turns
from models.policy import OFFERED_PERIODS
from models.spells import TooFarAhead
from models.values.jakarta import start_of_day
from models.values.month import Month
from models.values.plan import Plan
from services import billing, plan_choice
from services.month_turn import turn
from services.once import Once
from tests.fakes import NOON
from tests.models.paying import wib
from tests.paid_lives import PaidLife, status_told
from tests.payers import add_worker, at, pay

ACTIVATED, GRACE, LAPSED, RESTORED = CoverageEventName
LEAST = timedelta(microseconds=1)
NOTHING = timedelta(0)
EPOCH = datetime.fromisoformat("2026-11-15T03:00:00+00:00")


@pytest.fixture
def life(ports):
    return PaidLife(ports)


def turn_at(ports, clock, instant):
    with at(clock, instant):
        turn(ports)


def settle_at(life, clock, instant, count=1, paid_at=None):
    with at(clock, instant):
        life.settle(count, paid_at or instant)


def events(life):
    return [event for event, _ in life.told()]


def test_a_first_payment_activates(life, clock):
    settle_at(life, clock, NOON)
    assert life.told() == [(ACTIVATED, NOON)]


def test_who_has_not_paid_is_in_grace_from_the_first_instant_of_the_month(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2026, 12, 1, 0, 10))
    assert life.told()[1:] == [(GRACE, wib(2026, 12, 1))]


def test_who_has_paid_is_not(life, ports, clock):
    settle_at(life, clock, NOON, 2)
    turn_at(ports, clock, wib(2026, 12, 1, 0, 10))
    assert events(life) == [ACTIVATED]


def test_from_the_fourth_unpaid_month_on_the_membership_has_lapsed(life, ports, clock):
    settle_at(life, clock, NOON)
    for month in Month(2026, 12).span(4):
        turn_at(ports, clock, month.starts_at + timedelta(minutes=10))
    assert life.told()[1:] == [(GRACE, wib(2026, 12, 1)), (LAPSED, wib(2027, 3, 1))]


def test_a_clock_that_is_a_minute_fast_ends_nobody_s_cover(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2026, 12, 1, 0, 4))
    assert events(life) == [ACTIVATED]
    turn_at(ports, clock, wib(2026, 12, 1, 0, 5))
    assert events(life) == [ACTIVATED, GRACE]


def test_a_second_time_nothing_happens_and_one_look_is_enough(life, ports, clock, queries):
    settle_at(life, clock, NOON)
    clock.time = wib(2026, 12, 1, 0, 10)
    turn(ports)
    queries.clear()
    turn(ports)
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) == 1
    assert events(life) == [ACTIVATED, GRACE]


def test_three_days_late_is_soon_enough_for_who_has_paid_meanwhile(life, ports, clock):
    settle_at(life, clock, NOON)
    settle_at(life, clock, wib(2026, 12, 2, 8))
    turn_at(ports, clock, wib(2026, 12, 4))
    assert life.told()[1:] == [(GRACE, wib(2026, 12, 1)), (RESTORED, wib(2026, 12, 2, 8))]


def test_months_that_were_missed_are_made_up_for(life, ports, clock):
    settle_at(life, clock, NOON)
    other = PaidLife(ports)
    settle_at(other, clock, NOON, 3)
    turn_at(ports, clock, wib(2027, 5, 20))
    assert life.told()[1:] == [(GRACE, wib(2026, 12, 1)), (LAPSED, wib(2027, 3, 1))]
    assert other.told()[1:] == [(GRACE, wib(2027, 2, 1)), (LAPSED, wib(2027, 5, 1))]


def test_arrears_settled_in_part_are_no_end_of_cover(life, ports, clock):
    """December was paid for in January: as February begins there is nothing to end."""
    settle_at(life, clock, NOON)
    settle_at(life, clock, wib(2027, 1, 10))
    settle_at(life, clock, wib(2027, 2, 1, 0, 1))
    turn_at(ports, clock, wib(2027, 2, 1, 0, 10))
    assert events(life) == [ACTIVATED, GRACE]


def test_many_are_gone_through_a_few_at_a_time(ports, clock):
    lives = [PaidLife(ports) for _ in range(5)]
    for life in lives:
        settle_at(life, clock, NOON)
    clock.time = wib(2026, 12, 1, 0, 10)
    turn(ports, size=2)
    assert [events(life) for life in lives] == [[ACTIVATED, GRACE]] * 5


def test_a_clock_that_went_back_turns_the_months_again(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2027, 5, 20))
    late = PaidLife(ports)
    settle_at(late, clock, NOON)
    turn_at(ports, clock, wib(2026, 12, 1, 0, 10))
    assert events(late) == [ACTIVATED, GRACE]
    turn_at(ports, clock, wib(2027, 3, 1, 1))
    assert events(late) == [ACTIVATED, GRACE, LAPSED]


# Paid on the last of November for December, and told on the 2nd of December.
PAID_AT, TOLD_AT = wib(2026, 11, 30, 22), wib(2026, 12, 2, 9)


def test_what_a_bank_tells_late_but_before_the_month_is_told_of_makes_no_event(life, ports, clock):
    settle_at(life, clock, NOON)
    settle_at(life, clock, TOLD_AT, paid_at=PAID_AT)
    turn_at(ports, clock, wib(2026, 12, 4))
    assert events(life) == [ACTIVATED]


def test_told_after_that_the_gap_ends_where_it_began(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2026, 12, 1, 0, 10))
    settle_at(life, clock, TOLD_AT, paid_at=PAID_AT)
    first = wib(2026, 12, 1)
    assert life.told()[1:] == [(GRACE, first), (RESTORED, first)]


def test_a_month_that_has_begun_unpaid_since_is_told_of_at_once(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2026, 12, 1, 1))
    turn_at(ports, clock, wib(2027, 1, 1, 1))
    settle_at(life, clock, wib(2027, 1, 5), paid_at=PAID_AT)
    assert life.told()[3:] == [(GRACE, wib(2027, 1, 1))]


def test_a_lapse_may_turn_out_to_be_grace(life, ports, clock):
    settle_at(life, clock, NOON)
    turn_at(ports, clock, wib(2027, 3, 1, 1))
    settle_at(life, clock, wib(2027, 3, 2), paid_at=wib(2027, 2, 28))
    march = wib(2027, 3, 1)
    assert life.told()[2:] == [(LAPSED, march), (GRACE, march)]


def test_money_that_banks_tell_of_makes_the_same_events(ports, clock, connection):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay(ports, billing.issue(ports, worker, 1, Once()))
    clock.time = PAID_AT
    bill = billing.issue(ports, worker, 1, Once())
    turn_at(ports, clock, wib(2026, 12, 1, 0, 10))
    clock.time = TOLD_AT
    pay(ports, bill, at=PAID_AT)
    told = connection.execute(select(CoverageEvent.event)).scalars().all()
    assert sorted(told) == [ACTIVATED, GRACE, RESTORED]


counts = st.sampled_from(OFFERED_PERIODS.value)
days = st.integers(0, 200).map(lambda each: timedelta(days=each))
pauses = st.timedeltas(NOTHING, timedelta(days=200)) | days
delays = st.just(NOTHING) | st.timedeltas(NOTHING, timedelta(days=150))
steps = st.lists(
    st.tuples(st.just("turn"), pauses, counts, st.just(NOTHING), st.booleans())
    | st.tuples(st.just("pay"), pauses, counts, delays, st.booleans()),
    max_size=8,
)
starts = st.sampled_from([EPOCH, start_of_day(EPOCH.date())])
in_passing = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
thoroughly = settings(in_passing, max_examples=40)


def lived(ports, clock, start, lived_steps):
    """:param lived_steps: what happens, after which pause, for how many months, told how much
    later, and whether months are told of between paying and telling."""
    clock.time = start
    life = PaidLife(ports)
    for kind, pause, count, delay, between in lived_steps:
        clock.time += pause
        paid_at = clock.time
        if kind == "turn" or between:
            clock.time += delay
            turn(ports)
        clock.time = paid_at + delay
        if kind == "pay":
            try:
                life.settle(count, paid_at)
            except TooFarAhead:
                continue
    clock.time += timedelta(minutes=10)
    turn(ports)
    return life


def assert_the_story_is_true(life, start, until):
    paid, told = life.paid(), life.told()
    instants = {each.settled_at for each in paid} | {instant for _, instant in told}
    months = Month.at(start).span(Month.at(until).minus(Month.at(start)) + 1)
    instants |= {month.starts_at for month in months}
    for instant in instants:
        assert status_told(told, instant) is status_at(paid, instant), instant
        earlier = instant - LEAST
        assert status_told(told, earlier) is status_at(paid, earlier), instant
    happened = [(each.event, each.happened_at) for each in turns(paid, start - LEAST, until)]
    assert set(happened) <= set(told)


def in_a_world_of_its_own(connection, does):
    """An example leaves nothing behind for the next one."""
    with connection.begin_nested() as world:
        does()
        world.rollback()


@pytest.mark.parametrize("many", [in_passing, pytest.param(thoroughly, marks=pytest.mark.slow)])
def test_of_any_life_the_story_told_is_true(ports, clock, connection, many):
    @many
    @given(starts, steps)
    def holds(start, lived_steps):
        def whole():
            life = lived(ports, clock, start, lived_steps)
            assert_the_story_is_true(life, start, clock.time)

        in_a_world_of_its_own(connection, whole)

    holds()


@pytest.mark.parametrize("many", [in_passing, pytest.param(thoroughly, marks=pytest.mark.slow)])
def test_where_banks_tell_at_once_nothing_is_told_but_what_happened(ports, clock, connection, many):
    @many
    @given(starts, steps)
    def holds(start, lived_steps):
        def whole():
            prompt = [(kind, pause, count, NOTHING, b) for kind, pause, count, _, b in lived_steps]
            life = lived(ports, clock, start, prompt)
            happened = turns(life.paid(), start - LEAST, clock.time)
            assert life.told() == [(each.event, each.happened_at) for each in happened]

        in_a_world_of_its_own(connection, whole)

    holds()
