"""Rows that name several workers are written in the order in which everybody holds several."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.data_access import DataAccess
from models.values.access import Access, AccessReason, Seen
from models.values.ids import id_of_day, new_id
from models.values.jakarta import day_of
from models.worker import select_workers_to_change
from services import access_log
from services.ports import Ports
from tests.payers import add_worker

LOOK = Access.by_partner("Ojek Kita", AccessReason.SHARING, Seen.COVERAGE)


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def ties_in_another_order(ports, workers):
    """Whose rows of the day do not come in the order of the workers."""
    day = day_of(ports.clock.now())
    while True:
        ties = {new_id(): each for each in workers}
        if [ties[each] for each in sorted(ties, key=lambda tie: id_of_day(tie, day))] != workers:
            return ties


def test_a_partner_that_looks_at_two_and_a_file_that_has_both_do_not_wait_in_a_circle(
    ports, elsewhere
):
    workers = sorted(add_worker(ports).worker_id for _ in range(2))
    seen, now = ties_in_another_order(ports, workers), ports.clock.now()

    def look():
        with ports.transactions.begin() as session:
            access_log.record_daily(session, seen, LOOK, now)

    with ports.transactions.begin() as session:
        session.execute(select_workers_to_change(workers[:1]))
        looking = elsewhere.start(look)
        session.execute(select_workers_to_change(workers[1:]))
    looking.result(timeout=10)
    with ports.transactions.reading() as session:
        assert session.scalar(select(func.count()).select_from(DataAccess)) == 2
