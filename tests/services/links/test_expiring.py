"""Unclaimed and unpaid for 90 days: erased."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from models.enrolment import EndedBy
from models.phone_change_request import HOLD, PhoneChangeRequest, PhoneChangeStatus
from models.terms import ContributionTerms
from models.values.ids import new_id
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import Worker, select_worker, select_worker_to_change
from services import erasing
from services.links.expiring import expire
from services.phone_recovery import WANTED_PLACE
from tests.fleets import Fleet
from tests.payers import add_worker
from tests.services.test_erasing import BrokenFor
from tests.ties import add_partner, found, tie


@pytest.fixture
def partner(ports):
    return add_partner(ports)


@pytest.fixture
def driver(ports):
    """As a file leaves one."""
    return unclaimed(ports)


def unclaimed(ports):
    worker = add_worker(ports, claimed=False, consenting=False)
    with ports.transactions.begin() as session:
        session.add(
            ContributionTerms(
                worker_id=worker.worker_id,
                from_month=Month.at(ports.clock.now()),
                decided_at=ports.clock.now(),
                plan=Plan.BASIC,
                monthly_income=Rupiah(3_456_789),
                sector=Sector.OTHER,
            )
        )
    return worker


@pytest.fixture
def link(ports, partner, driver):
    return tie(ports, partner, driver)


def worker(ports, driver) -> Worker:
    with ports.transactions.reading() as session:
        return session.scalars(select_worker(driver.worker_id)).one()


def change(ports, driver, **values):
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker_to_change(driver.worker_id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def after(ports, clock, **time):
    clock.advance(**time)
    expire(ports)


def is_erased(ports, driver):
    return worker(ports, driver).erased_at is not None


def test_after_ninety_days_a_record_is_erased_with_its_terms_and_its_links(
    ports, clock, driver, link, connection
):
    after(ports, clock, days=90)
    gone = worker(ports, driver)
    assert (gone.erased_at, gone.phone_sealed, gone.village_code) == (clock.now(), None, None)
    ended = found(ports, link.id)
    assert (ended.ended_by, ended.ended_at) == (EndedBy.TIME, clock.now())
    assert (ended.external_id, ended.sent_digest, ended.sent_sealed) == (None, None, None)
    assert connection.scalars(select(ContributionTerms)).all() == []


def test_not_a_moment_before(ports, clock, driver, link):
    after(ports, clock, days=90, seconds=-1)
    assert not is_erased(ports, driver)


def test_they_count_from_the_last_enrolment_by_whichever_partner(ports, clock, driver, link):
    clock.advance(days=60)
    tie(ports, add_partner(ports, "Ojek Mereka"), driver)
    after(ports, clock, days=89)
    assert not is_erased(ports, driver)
    after(ports, clock, days=1)
    assert is_erased(ports, driver)


def test_of_one_whose_link_was_ended_too(ports, clock, driver, link):
    with ports.transactions.begin() as session:
        session.merge(link).end(EndedBy.PARTNER, clock.now())
    after(ports, clock, days=90)
    assert is_erased(ports, driver)
    assert found(ports, link.id).ended_by is EndedBy.PARTNER


@pytest.mark.parametrize("heard", ["claimed_at", "paid_through"])
def test_who_signed_in_or_was_paid_for_stays(ports, clock, driver, link, heard):
    change(ports, driver, **{heard: clock.now() if heard == "claimed_at" else Month(2026, 11)})
    after(ports, clock, days=400)
    assert not is_erased(ports, driver)
    assert found(ports, link.id).ended_at is None


def test_who_registered_by_themself_stays(ports, clock):
    own = add_worker(ports)
    after(ports, clock, days=400)
    assert not is_erased(ports, own)


def test_who_says_that_they_lost_the_phone_is_heard_first(ports, clock, driver, link):
    now, request_id = clock.now(), new_id()
    with ports.transactions.begin() as session:
        session.add(
            PhoneChangeRequest(
                id=request_id,
                worker_id=driver.worker_id,
                phone_key=b"another",
                phone_sealed=ports.vault.seal(WANTED_PLACE, request_id, "+6281355509876"),
                requested_at=now,
                hold_until=now + HOLD.value,
                status=PhoneChangeStatus.ON_HOLD,
            )
        )
    after(ports, clock, days=90)
    assert not is_erased(ports, driver)


def test_so_many_in_a_round_the_oldest_first(ports, clock, partner):
    drivers = []
    for n in range(3):
        drivers.append(unclaimed(ports))
        tie(ports, partner, drivers[-1], f"OK-{n}")
        clock.advance(minutes=1)
    clock.advance(days=90)
    expire(ports, size=2)
    assert [is_erased(ports, each) for each in drivers] == [True, True, False]
    expire(ports, size=2)
    assert is_erased(ports, drivers[2])


def test_doing_it_again_changes_nothing(ports, clock, driver, link):
    after(ports, clock, days=90)
    erased_at = clock.now()
    after(ports, clock, days=1)
    assert worker(ports, driver).erased_at == erased_at


def test_the_partner_may_enrol_the_same_person_anew(ports, clock, partner, driver, link):
    after(ports, clock, days=90)
    assert tie(ports, partner, unclaimed(ports)).external_id == link.external_id


def test_one_that_goes_wrong_keeps_nobody_else_waiting(ports, clock, partner, driver, link, caplog):
    clock.advance(minutes=1)
    other = unclaimed(ports)
    tie(ports, partner, other, "OK-2")
    clock.advance(days=90)
    broken = replace(ports, vault=BrokenFor(ports.vault, f"worker:{driver.worker_id}"))
    with caplog.at_level(logging.ERROR):
        expire(broken)
    noted = [each.worker_id for each in caplog.records if each.name == erasing.__name__]
    assert noted == [str(driver.worker_id)]
    assert (is_erased(ports, driver), is_erased(ports, other)) == (False, True)


def test_the_database_erases_the_terms_of_nobody_who_is_there(connection, driver):
    connection.execute(text("select erase_contribution_terms(:id)"), {"id": driver.worker_id})
    assert len(connection.scalars(select(ContributionTerms.id)).all()) == 1


class TestWhoIsBeingPaidFor:
    """A bill lives for a day, and it can be the ninetieth."""

    @pytest.fixture
    def fleet(self, ports, clock, driver):
        fleet = Fleet.of(ports)
        fleet.enrol("D-1", worker=driver)
        clock.advance(days=90)
        return fleet

    def test_stays_while_the_bill_can_be_paid(self, ports, clock, driver, fleet):
        assert fleet.bill("D-1", month=Month.at(ports.clock.now())).amount
        after(ports, clock, hours=1)
        assert not is_erased(ports, driver)

    def test_goes_when_it_was_not(self, ports, clock, driver, fleet):
        fleet.bill("D-1", month=Month.at(ports.clock.now()))
        after(ports, clock, days=2)
        assert is_erased(ports, driver)

    def test_stays_when_it_was(self, ports, clock, driver, fleet):
        fleet.pay(fleet.bill("D-1", month=Month.at(ports.clock.now())))
        after(ports, clock, days=2)
        assert not is_erased(ports, driver)
