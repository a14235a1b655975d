"""The turn of a month beside payments, and beside another one: really committed, from threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.coverage_turns import CoverageEventName
from services.month_turn import turn
from services.ports import Ports
from tests.fakes import NOON
from tests.models.paying import wib
from tests.paid_lives import PaidLife
from tests.payers import at

ACTIVATED, GRACE, LAPSED, RESTORED = CoverageEventName
FIRST, TOLD_AT = wib(2026, 12, 1), wib(2026, 12, 1, 0, 10)


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def covered_in_november(ports, many):
    lives = [PaidLife(ports) for _ in range(many)]
    with at(ports.clock, NOON):
        for life in lives:
            life.settle(1, NOON)
    return lives


def at_once(*calls):
    ready = Barrier(len(calls), timeout=10)

    def run(call):
        ready.wait()
        call()

    with ThreadPoolExecutor(len(calls)) as threads:
        for each in [threads.submit(run, call) for call in calls]:
            each.result(timeout=30)


def test_two_turns_at_once_tell_of_everybody_once(ports, clock):
    lives = covered_in_november(ports, 6)
    clock.time = TOLD_AT
    at_once(*[lambda: turn(ports, size=2)] * 4)
    assert [life.told()[1:] for life in lives] == [[(GRACE, FIRST)]] * 6


def test_what_a_bank_tells_meanwhile_is_told_truly_whoever_comes_first(ports, clock):
    lives = covered_in_november(ports, 6)
    clock.time = TOLD_AT
    paid_at = wib(2026, 11, 30, 22)
    at_once(
        lambda: turn(ports, size=2), *[lambda each=each: each.settle(1, paid_at) for each in lives]
    )
    for life in lives:
        assert life.told()[1:] in ([], [(GRACE, FIRST), (RESTORED, FIRST)])


def test_what_is_paid_meanwhile_is_told_once_each(ports, clock):
    lives = covered_in_november(ports, 6)
    clock.time = TOLD_AT
    at_once(
        lambda: turn(ports, size=2), *[lambda each=each: each.settle(1, TOLD_AT) for each in lives]
    )
    assert [life.told()[1:] for life in lives] == [[(GRACE, FIRST), (RESTORED, TOLD_AT)]] * 6
