"""Files of drivers are worked off."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, select

from models.batch_standing import select_standing
from models.enrolment import Enrolment
from models.enrolment_batch import BatchChunk, BatchStatus, EnrolmentBatch
from models.partner_event import PartnerEvent, PartnerEventName
from models.webhook_delivery import WebhookDelivery
from models.worker import Worker
from services.enrolment import batches, chunks, outcomes
from services.enrolment.draining import MOST_TRIES, Chunk, Drainer, complete, give_up
from services.once import Once
from services.partners import accounts
from services.vault import Vault
from services.webhooks import registering
from services.webhooks.routing import route
from tests.batches import cells, framed, received
from tests.partners import calling, partner
from tests.services.webhooks.conftest import URL


@pytest.fixture
def drainer(ports):
    return Drainer(ports)


def drain(drainer):
    """Everything that can be done now."""
    while drainer.drain_one():
        pass


def batch(session, batch_id):
    return session.get_one(EnrolmentBatch, batch_id, populate_existing=True)


def chunk(session, batch_id, number=0):
    return session.get_one(BatchChunk, (batch_id, number), populate_existing=True)


def standing(session, ojek, batch_id):
    return session.execute(select_standing(batch_id, partner_id=ojek.id)).one()


def became(session, batch_id, number=0):
    return outcomes.read(chunk(session, batch_id, number).outcomes)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def with_another_key(ports):
    """What was sealed cannot be opened: a fault that no row is to blame for."""
    return replace(ports, vault=Vault({"other": bytes(32)}, ports.vault.search_key))


def test_a_file_is_worked_off_and_ends(ports, session, ojek, drainer):
    one, two = framed([cells(1), cells(2)]), framed([cells(3)])
    batch_id = received(ports, session, ojek, one, two)
    drain(drainer)
    ended = batch(session, batch_id)
    assert (ended.status, ended.started_at, ended.completed_at) == (
        BatchStatus.COMPLETED,
        ports.clock.now(),
        ports.clock.now(),
    )
    assert [each.outcome for each in became(session, batch_id)] == ["accepted", "accepted"]
    rows = session.scalars(select(Enrolment.batch_row).order_by(Enrolment.batch_row)).all()
    assert rows == [1, 2, 3]


def test_the_partner_is_told_once_that_a_file_is_done(ports, session, ojek, drainer):
    batch_id = received(ports, session, ojek, framed([cells(1)]), framed([cells(2)]))
    drain(drainer)
    drain(drainer)
    [told] = session.scalars(select(PartnerEvent))
    assert (told.event, told.about, told.partner_id) == ("batch.completed", batch_id, ojek.id)


def test_every_row_has_one_outcome_in_its_place(ports, session, ojek, drainer):
    rows = [
        cells(1),
        cells(2, nik="3.17E+15", monthly_income="banyak"),
        cells(1),
        cells(3),
        cells(4, external_id="D-1"),
        cells(5),
    ]
    frame = framed(rows, repeated=[2], shapes={3: "too-few-cells"})
    batch_id = received(ports, session, ojek, frame)
    drain(drainer)
    told = became(session, batch_id)
    assert [each.outcome for each in told] == [
        "accepted",
        "rejected",
        "rejected",
        "rejected",
        "rejected",
        "accepted",
    ]
    assert [{fault.field for fault in each.faults} for each in told[1:5]] == [
        {"nik", "monthly_income"},
        {"nik"},
        {"row"},
        {"external_id"},
    ]
    counts = standing(session, ojek, batch_id)
    assert (counts.accepted, counts.rejected, counts.unchanged, counts.not_processed) == (
        2,
        4,
        0,
        0,
    )


def test_only_rejected_rows_are_kept(ports, session, ojek, drainer):
    rows = [cells(1), cells(2, sex="X"), cells(3)]
    batch_id = received(ports, session, ojek, framed(rows), framed([cells(4)]))
    drain(drainer)
    done = chunk(session, batch_id)
    kept = chunks.open(ports.vault, batch_id, 0, done.content_sealed)
    assert kept["external_id"].to_list() == ["D-2"]
    assert chunk(session, batch_id, 1).content_sealed is None


def test_a_repeated_row_has_its_other_faults_too(ports, session, ojek, drainer):
    frame = framed([cells(1), cells(1, sex="X")], repeated=[1])
    batch_id = received(ports, session, ojek, frame)
    drain(drainer)
    _, repeated = became(session, batch_id)
    assert {fault.field for fault in repeated.faults} == {"sex", "nik"}


def test_the_same_file_again_changes_nothing(ports, session, ojek, drainer):
    frame = framed([cells(1), cells(2)])
    first = received(ports, session, ojek, frame)
    drain(drainer)
    second = received(ports, session, ojek, frame)
    drain(drainer)
    assert standing(session, ojek, second).unchanged == 2
    ids = [[each.enrolment_id for each in became(session, each)] for each in (first, second)]
    assert ids[0] == ids[1]
    assert count(session, Worker) == 2


def test_a_dry_run_says_the_same_and_writes_nothing(ports, session, ojek, drainer):
    received(ports, session, ojek, framed([cells(1)]))
    drain(drainer)
    frame = framed([cells(1), cells(2), cells(3, sex="X")])
    batch_id = received(ports, session, ojek, frame, dry_run=True)
    drain(drainer)
    told = [each.outcome for each in became(session, batch_id)]
    assert told == ["unchanged", "accepted", "rejected"]
    assert batch(session, batch_id).status is BatchStatus.COMPLETED
    assert count(session, Worker) == 1


def test_files_and_partners_take_turns(ports, session, ojek, drainer):
    kurir = partner(ports, session, "Kurir Cepat")
    large = received(ports, session, ojek, *(framed([cells(n)]) for n in range(1, 5)))
    ports.clock.advance(seconds=1)
    small = received(ports, session, ojek, framed([cells(11)]))
    theirs = received(ports, session, kurir, framed([cells(21)]), framed([cells(22)]))
    for _ in range(5):
        drainer.drain_one()
    done = [standing(session, ojek, each).accepted for each in (large, small)]
    assert done == [2, 1]
    assert standing(session, kurir, theirs).accepted == 2


def test_what_arrives_still_is_left_alone(ports, session, ojek, drainer):
    batch_id = received(ports, session, ojek, framed([cells(1)]), status=BatchStatus.RECEIVING)
    assert not drainer.drain_one()
    assert chunk(session, batch_id).outcomes is None


def test_a_file_called_off_before_or_in_the_middle_counts_every_row(ports, session, ojek, drainer):
    batch_id = received(ports, session, ojek, framed([cells(1)]), framed([cells(2), cells(3)]))
    drainer.drain_one()
    batches.cancel(ports, calling(ojek), batch_id)
    drain(drainer)
    counts = standing(session, ojek, batch_id)
    assert (counts.accepted, counts.not_processed, counts.status) == (1, 2, BatchStatus.CANCELLED)
    assert session.scalars(select(PartnerEvent)).all() == []


def test_a_chunk_that_cannot_be_done_waits_longer_each_time(ports, session, ojek):
    batch_id = received(ports, session, ojek, framed([cells(1)]))
    broken = Drainer(with_another_key(ports))
    assert broken.drain_one()
    assert not broken.drain_one()
    ports.clock.advance(seconds=1)
    assert broken.drain_one()
    ports.clock.advance(seconds=1)
    assert not broken.drain_one()
    assert chunk(session, batch_id).tries == 2


def test_it_keeps_nobody_else_waiting(ports, session, ojek):
    first = received(ports, session, ojek, framed([cells(1)]))
    ports.clock.advance(seconds=1)
    second = received(ports, session, ojek, framed([cells(2)]))
    chunk(session, first).content_sealed = b"\x05other" + bytes(40)
    session.flush()
    drain(Drainer(ports))
    assert batch(session, second).status is BatchStatus.COMPLETED
    assert batch(session, first).status is BatchStatus.PROCESSING


def test_it_is_done_once_it_can_be(ports, session, ojek, drainer):
    batch_id = received(ports, session, ojek, framed([cells(1)]))
    Drainer(with_another_key(ports)).drain_one()
    ports.clock.advance(seconds=2)
    drain(drainer)
    assert standing(session, ojek, batch_id).accepted == 1


def test_after_some_tries_its_file_is_given_up(ports, session, ojek, caplog):
    good, bad = framed([cells(1)]), framed([cells(2), cells(3)])
    batch_id = received(ports, session, ojek, good, bad)
    chunk(session, batch_id, 1).content_sealed = b"\x05other" + bytes(40)
    session.flush()
    for _ in range(MOST_TRIES + 2):
        drain(Drainer(ports))
        ports.clock.advance(minutes=1)
    counts = standing(session, ojek, batch_id)
    assert (counts.status, counts.accepted, counts.not_processed) == (BatchStatus.FAILED, 1, 2)
    assert counts.completed_at is not None
    assert [each.levelname for each in caplog.records].count("ERROR") == 1


def test_of_a_file_that_is_given_up_the_partner_is_told_once_how_it_ended(
    ports, session, ojek, drainer
):
    hook = registering.register(ports, calling(ojek), URL, list(PartnerEventName), Once())
    batch_id = received(ports, session, ojek, framed([cells(1)]), framed([cells(2), cells(3)]))
    drainer.drain_one()
    for _ in range(2):  # two who both found that it cannot be done
        give_up(ports, Chunk(batch_id, 1, MOST_TRIES + 1))
    drain(drainer)
    route(ports)
    [delivery] = session.scalars(select(WebhookDelivery))
    told = orjson.loads(delivery.payload)
    assert (delivery.webhook_id, told["type"]) == (hook.id, "batch.completed")
    assert told["data"] == {
        "batch_id": str(batch_id),
        "status": "failed",
        "dry_run": False,
        "rows": 3,
        "accepted": 1,
        "unchanged": 0,
        "rejected": 0,
        "not_processed": 2,
    }


def test_whoever_dies_in_the_middle_is_counted(ports, session, ojek, drainer):
    """A chunk that kills the process would otherwise do so for ever."""
    batch_id = received(ports, session, ojek, framed([cells(1)]))
    drainer._begun()
    assert chunk(session, batch_id).tries == 1
    ports.clock.advance(seconds=1)
    drain(drainer)
    assert batch(session, batch_id).status is BatchStatus.COMPLETED


def test_a_file_left_between_its_last_chunk_and_its_end_is_ended(ports, session, ojek, drainer):
    batch_id = received(ports, session, ojek, framed([cells(1)]))
    drainer._do(drainer._begun())
    assert batch(session, batch_id).status is BatchStatus.PROCESSING
    ports.clock.advance(seconds=1)
    complete(ports)
    assert batch(session, batch_id).completed_at == ports.clock.now()


def test_consent_that_is_not_given_yet_is_judged_by_the_clock(ports, session, ojek, drainer):
    tomorrow = (ports.clock.now() + timedelta(days=1)).isoformat()
    batch_id = received(ports, session, ojek, framed([cells(1, consented_at=tomorrow)]))
    drain(drainer)
    assert became(session, batch_id)[0].outcome == "rejected"


def test_with_its_account_a_partner_s_files_end_and_those_of_others_go_on(
    ports, session, ojek, drainer
):
    kurir = partner(ports, session, "Kurir Cepat")
    batch_id = received(ports, session, ojek, framed([cells(1)]), framed([cells(2), cells(3)]))
    other = received(ports, session, kurir, framed([cells(4)]))
    session.flush()
    drainer.drain_one()
    accounts.close(ports, ojek.client_id)
    drain(drainer)
    ended = standing(session, ojek, batch_id)
    assert ended.status is BatchStatus.CANCELLED
    assert (ended.rows, ended.accepted, ended.not_processed) == (3, 1, 2)
    assert batch(session, other).status is BatchStatus.COMPLETED
