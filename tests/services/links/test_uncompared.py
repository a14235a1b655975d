"""What was sent of somebody else's record, and will never be compared, goes after its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.batch_trial import pause_checks
from models.enrolment import EndedBy, Enrolment
from models.expired_records import KEPT_UNCLAIMED
from services.links import batch_trial, check_pacing
from services.links.expiring import end_uncompared, expire
from services.partners import accounts
from tests.enrolled import file_of, tie
from tests.payers import add_worker
from tests.ties import add_partner

TIME = KEPT_UNCLAIMED.value


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


@pytest.fixture
def batch(ports, ojek):
    return file_of(ports, ojek)


@pytest.fixture
def driver(ports, ojek, batch):
    """Somebody who registered by themself, whom the partner calls by another name."""
    worker_id = add_worker(ports).worker_id
    return tie(ports, ojek, worker_id, batch=batch, sent_name="Siti Aminah Baru")


@pytest.fixture
def paused(ports, clock, batch, driver):
    """A while after it was enrolled."""
    clock.advance(days=1)
    with ports.transactions.begin() as session:
        session.execute(pause_checks(batch, clock.now()))


def after(ports, clock, time):
    clock.advance(seconds=time.total_seconds())
    expire(ports)
    end_uncompared(ports)


def stands(driver):
    tied = driver.enrolment
    return tied.ended_at is None and tied.sent_sealed is not None


def test_of_a_file_that_stays_paused_it_goes_with_the_tie(ports, clock, driver, paused):
    after(ports, clock, TIME)
    tied = driver.enrolment
    assert (tied.ended_by, tied.ended_at) == (EndedBy.TIME, clock.now())
    assert tied.sent_sealed is None
    assert driver.worker.erased_at is None
    assert driver.events == []


def test_not_a_moment_before(ports, clock, driver, paused):
    after(ports, clock, TIME - timedelta(seconds=1))
    assert stands(driver)


def test_of_one_that_was_let_go_on_it_is_still_compared(ports, clock, batch, driver, paused):
    batch_trial.resume(ports, batch)
    after(ports, clock, TIME)
    assert stands(driver)
    check_pacing.pace(ports)
    ports.jobs.work(ports)
    assert driver.events != []


def test_one_that_is_asked_about_already_gets_its_answer(ports, clock, batch, driver):
    check_pacing.pace(ports)
    with ports.transactions.begin() as session:
        session.execute(pause_checks(batch, clock.now()))
    after(ports, clock, TIME)
    assert stands(driver)


def test_whoever_agreed_to_the_tie_keeps_it(ports, clock, driver, paused):
    with ports.transactions.begin() as session:
        session.execute(update(Enrolment).values(confirmed_at=clock.now()))
    after(ports, clock, TIME)
    assert stands(driver)


@pytest.mark.parametrize("by_themself", [True, False])
def test_of_a_closed_account_nothing_waits_either(ports, clock, ojek, batch, by_themself):
    alone = None if by_themself else batch
    driver = tie(ports, ojek, add_worker(ports).worker_id, batch=alone, sent_name="Siti A.")
    accounts.close(ports, ojek.client_id)
    after(ports, clock, TIME)
    assert driver.enrolment.ended_by is EndedBy.TIME
    assert driver.enrolment.sent_sealed is None


def test_the_partner_may_send_them_again(ports, clock, ojek, driver, paused):
    after(ports, clock, TIME)
    anew = tie(ports, ojek, driver.worker.id, batch=file_of(ports, ojek), sent_name="Siti Aminah")
    check_pacing.pace(ports)
    ports.jobs.work(ports)
    assert anew.events != []


def test_so_many_in_a_round(ports, clock, ojek, batch, driver, paused):
    other = tie(ports, ojek, add_worker(ports).worker_id, batch=batch, sent_name="Budi")
    clock.advance(seconds=TIME.total_seconds())
    end_uncompared(ports, size=1)
    assert [stands(driver), stands(other)].count(True) == 1
    end_uncompared(ports, size=1)
    assert not stands(driver)
    assert not stands(other)
