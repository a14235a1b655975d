"""What is written down is chained within a minute, whoever does it and whatever comes between."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.audit_chain import LATE_BY, SEALED_WITHIN, select_unsealed
from models.audit_event import AuditEvent
from models.values.audit import AuditAction, SearchedBy
from services.audit import sealing
from services.audit.breaks import Fault
from services.audit.chain import START, Head
from services.audit.recording import Deed, record
from services.audit.sealing import seal, seal_batch
from services.audit.verifying import check, verify
from tests.audited import ids, look_up, somebody
from tests.fakes import NOON

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def siti(ports):
    return somebody(ports)


def chained(ports):
    with ports.transactions.reading() as session:
        return list(session.scalars(text("select event_id from audit_link order by position")))


def test_events_are_sealed_in_the_order_in_which_they_happened(ports, siti, clock):
    look_up(ports, siti, 2)
    clock.advance(minutes=1)
    seal(ports)
    look_up(ports, siti, 2)
    seal(ports)
    seal(ports)
    assert chained(ports) == ids(ports)
    assert verify(ports).broken is None
    assert verify(ports).head.position == 4


def test_an_event_has_one_form_for_ever(ports, session):
    session.execute(text("set local timezone = 'Asia/Jakarta'; set local datestyle = 'german'"))
    event = AuditEvent(
        id=UUID(int=1),
        at=NOON,
        action=AuditAction.LOOKED_UP,
        source="10.0.0.1",
        searched_by=SearchedBy.NIK,
        searched_key=b"\x00\xff",
        details={"ü": [1, 2.50, None], "a": "'"},
    )
    session.add(event)
    session.flush()
    (row,) = session.execute(select_unsealed(None, 1)).all()
    assert {name: told for name, told in row._mapping.items() if told is not None} == {
        "id": "00000000-0000-0000-0000-000000000001",
        "at": "1795323600.000000",
        "action": "looked_up",
        "source": "10.0.0.1",
        "searched_by": "nik",
        "searched_key": "00ff",
        "details": """{"a": "'", "ü": [1, 2.5, null]}""",
    }


def test_an_audit_that_is_new_verifies(ports):
    seal(ports)
    verdict = verify(ports)
    assert (verdict.head, verdict.broken) == (START, None)


def test_one_that_turns_up_late_is_sealed_all_the_same(ports, siti, clock):
    look_up(ports, siti)
    seal(ports)
    clock.advance(seconds=-LATE_BY.value.total_seconds())
    look_up(ports, siti)
    clock.advance(seconds=LATE_BY.value.total_seconds())
    seal(ports)
    assert len(chained(ports)) == 2
    assert verify(ports).broken is None


def test_one_that_turns_up_later_than_that_is_not_and_raises_an_alarm(ports, siti, clock, caplog):
    look_up(ports, siti)
    seal(ports)
    late = LATE_BY.value + A_MOMENT
    clock.advance(seconds=-late.total_seconds())
    look_up(ports, siti)
    clock.advance(seconds=late.total_seconds())
    seal(ports)
    check(ports)
    assert (caplog.records[-1].levelno, caplog.records[-1].fault) == (
        logging.ERROR,
        Fault.NEVER_SEALED,
    )


def test_what_happened_while_no_worker_ran_is_sealed_however_long_that_was(ports, siti, clock):
    look_up(ports, siti)
    seal(ports)
    clock.advance(days=10)
    look_up(ports, siti)
    clock.advance(days=10)
    look_up(ports, siti)
    seal(ports)
    assert chained(ports) == ids(ports)


def test_a_clock_that_was_far_ahead_once_keeps_nothing_from_being_sealed(ports, siti, clock):
    clock.advance(days=100)
    look_up(ports, siti)
    seal(ports)
    clock.advance(days=-100)
    look_up(ports, siti)
    seal(ports)
    assert len(chained(ports)) == 2


def test_after_ten_minutes_without_a_seal_somebody_should_know(ports, siti, clock):
    look_up(ports, siti, 3)
    clock.time += SEALED_WITHIN.value
    assert verify(ports).broken is None
    clock.time += A_MOMENT
    found = verify(ports).broken
    assert (found.fault, found.event_id, found.many) == (Fault.NEVER_SEALED, ids(ports)[0], 3)


def test_however_many_wait_a_transaction_takes_a_batch_of_them(ports, siti, queries):
    with ports.transactions.begin() as session:
        for _ in range(2 * sealing.BATCH + 1):
            record(session, siti, Deed(action=AuditAction.SIGNED_IN), ports.clock.now())
    del queries[:]
    assert seal_batch(ports) == sealing.BATCH
    assert len([each for each in queries if each.startswith("SELECT")]) == 3
    assert len(chained(ports)) == sealing.BATCH
    seal(ports)
    assert len(chained(ports)) == 2 * sealing.BATCH + 1
    assert verify(ports).broken is None


def test_each_sealing_logs_the_head_in_the_form_that_is_expected_later(ports, siti, caplog):
    caplog.set_level(logging.INFO)
    look_up(ports, siti, 2)
    seal(ports)
    (told,) = [each for each in caplog.records if each.message == "the audit was sealed"]
    assert told.events == 2
    written_down = Head.parse(told.head)
    look_up(ports, siti)
    seal(ports)
    assert verify(ports, [written_down]).broken is None
    other = Head(written_down.position, bytes(32))
    assert verify(ports, [written_down, other]).broken.fault is Fault.OTHER_HEAD


def test_two_who_seal_at_once_make_one_chain(committed_ports):
    look_up(committed_ports, somebody(committed_ports), 30)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: seal(committed_ports), range(8)))
    seal(committed_ports)
    assert sorted(chained(committed_ports)) == sorted(ids(committed_ports))
    assert verify(committed_ports).broken is None


def test_an_event_whose_transaction_ends_after_others_were_sealed_is_sealed_next(
    committed_ports, clock
):
    siti = somebody(committed_ports)
    deed = Deed(action=AuditAction.SIGNED_IN)
    with committed_ports.transactions.begin() as slow:
        record(slow, siti, deed, clock.now())
        slow.flush()
        clock.advance(seconds=10)
        look_up(committed_ports, siti)
        seal(committed_ports)
        assert len(chained(committed_ports)) == 1
    seal(committed_ports)
    assert len(chained(committed_ports)) == 2
    assert verify(committed_ports).broken is None


@pytest.mark.parametrize("table", ["audit_event", "audit_link"])
@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("update {} set {} = {}", "permission denied"),
        ("delete from {}", "permission denied"),
        ("truncate {} cascade", "permission denied"),
        ("alter table {} disable trigger keep", "must be owner"),
        ("alter table {} disable trigger all", "must be owner"),
        ("drop trigger keep on {}", "must be owner"),
        ("drop table {} cascade", "must be owner"),
        ("set session_replication_role = replica", "permission denied"),
    ],
)
def test_the_application_can_take_nothing_back(connection, table, statement, refusal):
    column = "source" if table == "audit_event" else "digest"
    with pytest.raises(DBAPIError, match=refusal):
        connection.exec_driver_sql(statement.format(table, column, column))


@pytest.mark.parametrize("table", ["audit_event", "audit_link"])
@pytest.mark.parametrize(
    "statement", ["update {} set {} = {}", "delete from {}", "truncate {} cascade"]
)
def test_neither_does_the_owner_by_mistake(owner, table, statement):
    column = "source" if table == "audit_event" else "digest"
    with pytest.raises(DBAPIError, match="stays as it is"):
        owner.exec_driver_sql(statement.format(table, column, column))
