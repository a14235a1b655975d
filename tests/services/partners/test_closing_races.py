"""An account is closed while a file of its drivers is being worked off: really committed, from two threads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from models.enrolment import Enrolment
from models.enrolment_batch import BatchStatus, EnrolmentBatch
from models.partner import Partner
from services.enrolment.draining import Drainer
from services.partners import accounts
from services.ports import Ports
from tests.batches import cells, framed, received
from tests.partners import partner


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


class Opening:
    """A vault that is asked for what is in a chunk, which is held by then."""

    def __init__(self, vault, begin):
        self.vault, self.begin = vault, begin

    def open_bytes(self, place, owner, sealed):
        self.begin()
        return self.vault.open_bytes(place, owner, sealed)

    def __getattr__(self, name):
        return getattr(self.vault, name)


def test_the_chunk_in_work_is_done_the_others_are_called_off_and_the_account_closed(
    ports, elsewhere
):
    with ports.transactions.begin() as session:
        ojek = partner(ports, session)
        batch_id = received(ports, session, ojek, framed([cells(1)]), framed([cells(2)]))
    closing = []

    def close():
        closing.append(elsewhere.start(lambda: accounts.close(ports, ojek.client_id)))

    assert Drainer(replace(ports, vault=Opening(ports.vault, close))).drain_one()
    closing[0].result(timeout=10)
    with ports.transactions.reading() as session:
        assert session.get_one(Partner, ojek.id).disabled_at is not None
        assert session.get_one(EnrolmentBatch, batch_id).status is BatchStatus.CANCELLED
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 1
