"""Wrong tries end in a wait, for names that do not exist too, and strangers keep nobody from their desk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.audit_event import AuditEvent
from models.staff_refusal import TRIES, TRIES_A_DAY, TRIES_WINDOW, StaffRefusal
from models.staff_session import SOURCE_KNOWN_FOR
from services.housekeeping import forget
from services.staff import accounts
from services.staff.lock_out import TooManyWrongTries
from services.staff.signing_in import StaffSignInRefused
from tests.newcomers import DESK, ELSEWHERE, Newcomer


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


def tries(siti, times, source=ELSEWHERE, **typed):
    for _ in range(times):
        with pytest.raises(StaffSignInRefused):
            siti.signs_in(source, **{"password": "wrong", **typed})


def locked(siti, source=ELSEWHERE, **typed):
    with pytest.raises(TooManyWrongTries) as told:
        siti.signs_in(source, **typed)
    return told.value


def spread(siti, clock, times, **typed):
    """As many tries in a row as a patient stranger makes, none of whose addresses is ever locked."""
    for number in range(times):
        tries(siti, 1, f"192.0.2.{number + 1}", **typed)
        clock.advance(minutes=4)


def test_the_sixth_try_waits_whatever_is_typed(siti, clock):
    tries(siti, TRIES.value)
    told = locked(siti)
    assert told.retry_after == TRIES_WINDOW.value
    assert told.details["locked_until"] == clock.now() + TRIES_WINDOW.value


def test_a_name_that_does_not_exist_is_locked_as_one_that_does(siti, clock):
    tries(siti, TRIES.value)
    tries(siti, TRIES.value, username="nobody")
    of_both = [locked(siti), locked(siti, username="nobody")]
    assert of_both[0].details == of_both[1].details


def test_waiting_is_enough_and_tries_meanwhile_do_not_prolong_it(siti, clock):
    tries(siti, TRIES.value)
    clock.advance(minutes=14, seconds=59)
    locked(siti)
    clock.advance(seconds=1)
    siti.signs_in(ELSEWHERE)


def test_right_tries_do_not_wipe_out_wrong_ones(siti):
    tries(siti, TRIES.value - 1)
    siti.signs_in(ELSEWHERE)
    tries(siti, 1)
    locked(siti)


def test_it_is_one_name_from_one_address(siti, ports):
    tries(siti, TRIES.value)
    siti.signs_in(DESK)
    Newcomer.of(ports).signs_in(ELSEWHERE)


def test_all_of_a_small_network_is_one_address(siti):
    tries(siti, TRIES.value, source="2001:db8:1:2::1")
    locked(siti, source="2001:db8:1:2:ffff::9")
    siti.signs_in("2001:db8:1:3::1")


def test_a_name_is_tried_so_often_a_day_however_many_addresses_somebody_has(siti, clock):
    began = clock.now()
    spread(siti, clock, TRIES_A_DAY.value)
    assert locked(siti).details["locked_until"] == began + timedelta(days=1)


def test_nor_can_a_name_that_does_not_exist_be_told_by_that(siti, clock):
    spread(siti, clock, TRIES_A_DAY.value, username="nobody")
    locked(siti, username="nobody")


def test_strangers_keep_nobody_from_their_desk(siti, clock):
    siti.signs_in(DESK)
    spread(siti, clock, TRIES_A_DAY.value)
    locked(siti, ELSEWHERE)
    siti.signs_in(DESK)


def test_a_desk_that_was_left_a_month_ago_is_as_strange_as_any(siti, clock):
    siti.signs_in(DESK)
    clock.advance(seconds=SOURCE_KNOWN_FOR.value.total_seconds())
    spread(siti, clock, TRIES_A_DAY.value)
    locked(siti, DESK)


def test_at_a_desk_there_are_no_more_tries_a_day_than_elsewhere(siti, clock):
    siti.signs_in(DESK)
    for _ in range(TRIES_A_DAY.value // TRIES.value):
        tries(siti, TRIES.value, DESK)
        clock.advance(minutes=15)
    assert locked(siti, DESK).retry_after > TRIES_WINDOW.value


def test_one_address_tries_no_more_than_so_many_names(ports, siti):
    siti.ports = replace(ports, staff_refusals_per_source_and_hour=8)
    for number in range(8):
        tries(siti, 1, username=f"nobody-{number}")
    locked(siti)
    siti.signs_in(DESK)


def test_a_reset_opens_an_account_again(ports, siti, clock):
    spread(siti, clock, TRIES_A_DAY.value)
    siti.given = accounts.reset(ports, None, siti.given.account.id)
    siti.signs_in(ELSEWHERE)


def test_the_try_that_locks_is_on_record_and_those_after_it_are_not(session, siti, clock):
    tries(siti, TRIES.value)
    for _ in range(3):
        locked(siti)
    told = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    refused = [each for each in told if each.refusal]
    assert len(refused) == TRIES.value
    until = (clock.now() + TRIES_WINDOW.value).isoformat()
    assert [each.details.get("locked_until") for each in refused] == [None] * 4 + [until]


def test_tries_are_forgotten_after_a_day(ports, session, siti, clock):
    tries(siti, 1)
    clock.advance(hours=23, minutes=59)
    forget(ports)
    count = select(func.count()).select_from(StaffRefusal)
    assert session.scalar(count) == 1
    clock.advance(minutes=1)
    forget(ports)
    assert session.scalar(count) == 0
