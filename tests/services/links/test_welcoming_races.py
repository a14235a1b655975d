"""Something happens to a driver at the very moment at which they are to be welcomed: really committed."""

from __future__ import annotations

import pytest

from models.worker import select_worker_to_change
from services.links.welcoming import welcome
from services.ports import Ports
from tests.payers import add_worker
from tests.ties import add_partner, found, tie


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def test_who_is_held_by_somebody_else_is_left_for_the_next_round(ports, clock):
    """Whoever holds a worker goes on to the ties: waiting for each other would end one of the two."""
    driver = add_worker(ports, claimed=False, consenting=False)
    enrolled = tie(ports, add_partner(ports), driver)
    with ports.transactions.begin() as session:
        session.scalars(select_worker_to_change(driver.worker_id)).one()
        welcome(ports)
        assert found(ports, enrolled.id).welcomed_at is None
    welcome(ports)
    assert found(ports, enrolled.id).welcomed_at == clock.now()
