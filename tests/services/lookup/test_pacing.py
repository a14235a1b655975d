"""An officer looks at the pace of somebody who answers calls, and being quicker is on record once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.audit_pace import LOOK_UPS, REVEALS, VIEWS
from models.sought import NameAndDay, Search
from models.values.access import AccessReason
from models.values.audit import AuditAction
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.staff_fields import StaffField
from services.errors import Invalid
from services.lookup import looking_up, record_view, revealing
from services.lookup.errors import WorkerNotFound
from services.lookup.pacing import TooManyLooks, TooManyReveals, TooManyViews
from services.lookup.searching import digest_of
from tests.officers import officer
from tests.payers import add_worker

WHY = AccessReason.CALLER_ASKS
PER_MINUTE, PER_HOUR, PER_DAY = (count for count, _ in LOOK_UPS.value)


@pytest.fixture
def support(ports, session):
    return officer(ports, session)


def look_up(ports, officer):
    by = NameAndDay("Siti Aminah", date(1993, 7, 5))
    return looking_up.look_up(ports, officer, Search(by=by, reason=WHY))


def events(session, action=AuditAction.LOOKED_UP):
    return list(
        session.scalars(
            select(AuditEvent.refusal).where(AuditEvent.action == action).order_by(AuditEvent.id)
        )
    )


def test_so_many_look_ups_a_minute(ports, clock, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    clock.advance(seconds=20)
    with pytest.raises(TooManyLooks) as refused:
        look_up(ports, support)
    assert refused.value.retry_after == timedelta(seconds=40)
    clock.advance(seconds=40)
    look_up(ports, support)


def test_so_many_an_hour_however_evenly(ports, clock, support):
    for _ in range(PER_HOUR):
        look_up(ports, support)
        clock.advance(seconds=5)
    with pytest.raises(TooManyLooks) as refused:
        look_up(ports, support)
    assert refused.value.retry_after == timedelta(hours=1) - timedelta(seconds=5 * PER_HOUR)


def test_an_officer_does_not_slow_down_another(ports, session, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    look_up(ports, officer(ports, session))


def test_being_too_quick_is_on_record_once_until_they_have_waited(ports, session, clock, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    for _ in range(5):
        with pytest.raises(TooManyLooks):
            look_up(ports, support)
    assert events(session) == [None] * PER_MINUTE + ["too-many-lookups"]
    clock.advance(seconds=61)
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    for _ in range(5):
        with pytest.raises(TooManyLooks):
            look_up(ports, support)
    assert events(session) == ([None] * PER_MINUTE + ["too-many-lookups"]) * 2


def test_whom_somebody_who_was_too_quick_was_after_is_on_record(ports, session, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    another = Search(by=Nik("3171010507930777"), reason=WHY)
    with pytest.raises(TooManyLooks):
        looking_up.look_up(ports, support, another)
    refused = AuditEvent.refusal == "too-many-lookups"
    event = session.scalars(select(AuditEvent).where(refused)).one()
    sought = digest_of(ports.vault, another.by)
    assert (event.searched_by, event.searched_key) == (sought.by, sought.key)


def test_waiting_is_not_made_longer_by_trying(ports, clock, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    for _ in range(6):
        clock.advance(seconds=9)
        with pytest.raises(TooManyLooks):
            look_up(ports, support)
    clock.advance(seconds=6)
    look_up(ports, support)


def test_ids_that_are_made_up_are_counted_as_records_opened(ports, session, support):
    for _ in range(VIEWS.value[0][0]):
        with pytest.raises(WorkerNotFound):
            record_view.view(ports, support, new_id(), WHY)
    with pytest.raises(TooManyViews):
        record_view.view(ports, support, add_worker(ports).worker_id, WHY)
    assert set(events(session, AuditAction.VIEWED_WORKER)) == {
        "worker-not-found",
        "too-many-views",
    }


def test_reveals_are_counted_granted_or_not(ports, session, support):
    worker_id = add_worker(ports).worker_id
    for _ in range(REVEALS.value[0][0]):
        with pytest.raises(Invalid):
            revealing.reveal(ports, support, worker_id, [StaffField.NIK], WHY)
    with pytest.raises(TooManyReveals):
        revealing.reveal(ports, support, worker_id, [StaffField.PHONE], WHY)
    assert events(session, AuditAction.REVEALED)[-1] == "too-many-reveals"


def test_each_kind_of_look_is_counted_by_itself(ports, support):
    for _ in range(PER_MINUTE):
        look_up(ports, support)
    record_view.view(ports, support, add_worker(ports).worker_id, WHY)
