"""What happens while a file arrives."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from models.enrolment_batch import BatchChunk, EnrolmentBatch
from models.values.plan import Plan
from services.enrolment import places
from services.enrolment.places import Offer, TooManyUploads
from services.enrolment.receiving import FileKind, Upload, receive
from services.errors import RequestInProgress
from services.partner_access import PartnerTokenRequired
from services.partners import accounts
from tests.driver_files import blocks, csv_of, drivers
from tests.partners import calling, partner


@pytest.fixture
def ojek(ports, session):
    made = partner(ports, session)
    session.commit()
    return made


@pytest.fixture
def caller(ojek):
    return calling(ojek)


def offer(key="k-1"):
    return Offer(Plan.BASIC, dry_run=False, key=key)


def csv_upload(arriving):
    return Upload(FileKind.CSV, gzipped=False, blocks=arriving, about=b"")


def counted(session):
    return tuple(
        session.scalar(select(func.count()).select_from(each))
        for each in (EnrolmentBatch, BatchChunk)
    )


def test_a_slow_file_shows_that_it_lives_between_two_chunks(ports, caller, session, clock):
    seen = []

    def arriving():
        for block in blocks(csv_of(drivers(50)), 1_000):
            clock.advance(seconds=9)
            seen.append(clock.now() - session.scalar(select(EnrolmentBatch.progress_at)))
            yield block

    receive(ports, caller, offer(), csv_upload(arriving()))
    assert max(seen).total_seconds() < 20


def test_a_receiver_that_was_given_up_hands_nothing_over(ports, caller, session, clock):
    """It fell silent, was taken for dead, and then goes on."""

    def arriving():
        first, *rest = blocks(csv_of(drivers(50)), 1_000)
        yield first
        clock.advance(seconds=60)
        places.remove_left_behind(ports)
        yield from rest

    with pytest.raises(RequestInProgress):
        receive(ports, caller, offer(), csv_upload(arriving()))
    assert counted(session) == (0, 0)
    assert ports.jobs.waiting == []


def test_an_account_that_is_closed_meanwhile_sends_nothing_any_more(ports, session, ojek, caller):
    def arriving():
        first, *rest = blocks(csv_of(drivers(50)), 1_000)
        yield first
        accounts.close(ports, ojek.client_id)
        yield from rest

    with pytest.raises(PartnerTokenRequired):
        receive(ports, caller, offer(), csv_upload(arriving()))
    assert counted(session) == (0, 0)
    assert ports.jobs.waiting == []


def test_what_breaks_off_in_whatever_way_leaves_nothing(ports, caller, session):
    def arriving():
        yield from blocks(csv_of(drivers(6_000)))
        assert counted(session) == (1, 1)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        receive(ports, caller, offer(), csv_upload(arriving()))
    assert counted(session) == (0, 0)


def begun_at_once(ports, keys):
    """How many of them got a place."""
    with ports.transactions.begin() as session:
        caller = calling(partner(ports, session))

    def begin(key):
        with suppress(TooManyUploads, RequestInProgress):
            return places.taken(ports, caller, offer(key))

    with ThreadPoolExecutor(len(keys)) as threads:
        return len([each for each in threads.map(begin, keys) if each])


def test_of_many_that_begin_together_two_have_a_place(committed_ports):
    assert begun_at_once(committed_ports, [f"k-{number}" for number in range(8)]) == 2


def test_of_many_that_send_the_same_at_once_one_is_taken(committed_ports):
    assert begun_at_once(committed_ports, ["k-1"] * 8) == 1
