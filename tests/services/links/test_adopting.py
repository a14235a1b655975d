"""Who was enrolled again after the tie had ended is who the registry says, if nobody signed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.enrolment import EndedBy, Enrolment
from models.values.identity import IdentityStatus
from services.links import check_pacing
from tests.enrolled import NAME, enrol, tie, worker
from tests.services.links.test_enrolment_identity import KnowsOnly
from tests.ties import add_partner

VERIFIED, PENDING = IdentityStatus.VERIFIED, IdentityStatus.PENDING
RIGHT = "Siti Aminah Putri"


@pytest.fixture
def ports(ports):
    """The registry knows one name."""
    return replace(ports, identity=KnowsOnly(RIGHT))


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


def check(ports):
    check_pacing.pace(ports)
    ports.jobs.work(ports)


def end(ports, enrolled):
    with ports.transactions.begin() as session:
        session.get_one(Enrolment, enrolled.id).end(EndedBy.PARTNER, ports.clock.now())


@pytest.mark.parametrize("compared", [False, True])
def test_a_record_that_its_partner_gave_up_takes_what_is_true(ports, ojek, compared):
    first = enrol(ports, ojek)
    if compared:
        check(ports)
    end(ports, first)
    again = tie(ports, ojek, first.began_with, sent_name=RIGHT)
    check(ports)
    record = worker(ports, first.began_with)
    assert again.enrolment.identity_status is VERIFIED
    assert (record.full_name, record.identity_status) == (RIGHT, VERIFIED)


def test_not_what_is_untrue(ports, ojek):
    first = enrol(ports, ojek)
    end(ports, first)
    tie(ports, ojek, first.began_with, sent_name="Siti Aminoh")
    check(ports)
    record = worker(ports, first.began_with)
    assert (record.full_name, record.identity_status) == (NAME, PENDING)


def test_not_while_another_partner_stands_behind_the_record(ports, ojek):
    first = enrol(ports, ojek)
    tie(ports, add_partner(ports, "Kurir Cepat"), first.began_with, sent_name=RIGHT)
    check(ports)
    assert worker(ports, first.began_with).full_name == NAME


def test_not_of_somebody_who_has_signed_in(ports, ojek):
    first = enrol(ports, ojek)
    end(ports, first)
    with ports.transactions.begin() as session:
        session.merge(worker(ports, first.began_with)).claimed_at = ports.clock.now()
    tie(ports, ojek, first.began_with, sent_name=RIGHT)
    check(ports)
    assert worker(ports, first.began_with).full_name == NAME
