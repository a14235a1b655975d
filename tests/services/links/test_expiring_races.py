"""Something happens at the very moment at which a record is to be erased: really committed."""

from __future__ import annotations

import pytest

from models.worker import Worker, select_worker, select_worker_to_change
from services.links.expiring import expire
from services.ports import Ports
from tests.payers import add_worker
from tests.ties import add_partner, tie


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


@pytest.fixture
def driver(ports, clock):
    """Whose time has come."""
    driver = add_worker(ports, claimed=False, consenting=False)
    tie(ports, add_partner(ports), driver)
    clock.advance(days=90)
    return driver


def worker(ports, driver) -> Worker:
    with ports.transactions.reading() as session:
        return session.scalars(select_worker(driver.worker_id)).one()


def test_who_is_signing_in_is_not_waited_for_and_stays(ports, clock, driver):
    with ports.transactions.begin() as session:
        claimed = session.scalars(select_worker_to_change(driver.worker_id)).one()
        claimed.claimed_at = clock.now()
        session.flush()
        expire(ports)
    expire(ports)
    assert worker(ports, driver).erased_at is None


def test_whom_another_partner_enrols_just_now_stays(ports, clock, driver):
    another = add_partner(ports, "Ojek Mereka")
    with ports.transactions.begin() as session:
        again = tie(ports, another, add_worker(ports))
        # Before the transaction has ended nobody else can see it, but the row that it names is held.
        session.merge(again).worker_id = driver.worker_id
        session.flush()
        expire(ports)
        assert worker(ports, driver).erased_at is None
    expire(ports)
    assert worker(ports, driver).erased_at is None


def test_two_rounds_at_once_erase_once(ports, clock, driver):
    with ports.transactions.begin() as session:
        # As a round that is at it has it.
        session.scalars(select_worker_to_change(driver.worker_id)).one()
        expire(ports)
        assert worker(ports, driver).erased_at is None
    expire(ports)
    assert worker(ports, driver).erased_at == clock.now()
