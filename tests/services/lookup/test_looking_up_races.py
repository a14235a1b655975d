"""An officer who finds several workers while something happens to them: really committed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from models.sought import Search
from models.values.access import AccessReason
from models.values.nik import Nik
from models.worker import Worker, select_workers_to_change
from services.lookup import looking_up
from services.ports import Ports
from tests.officers import officer
from tests.payers import add_worker
from tests.waiting import WAITING, until

NIK = Nik("3171010507930777")


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def claim_the_nik(ports):
    worker_id = add_worker(ports).worker_id
    with ports.transactions.begin() as session:
        row = session.get_one(Worker, worker_id)
        row.nik_key = ports.vault.search_key_of(NIK)
        row.identity_status = "in_review"
    return worker_id


def waiting(ports):
    # Anew each time: in a transaction it is seen as it was at first.
    with ports.transactions.reading() as session:
        return session.scalar(text(WAITING))


def test_whoever_holds_one_of_them_gets_the_other(ports):
    """That they were found is written down in the order in which everybody holds several."""
    one, other = sorted(claim_the_nik(ports) for _ in range(2))
    with ports.transactions.begin() as session:
        support = officer(ports, session)
    search = Search(by=NIK, reason=AccessReason.CALLER_ASKS)
    with ThreadPoolExecutor(1) as threads:
        with ports.transactions.begin() as session:
            session.execute(text("set local lock_timeout = '2s'"))
            session.scalars(select_workers_to_change([one])).all()
            looking = threads.submit(looking_up.look_up, ports, support, search)
            until(lambda: waiting(ports))
            assert len(session.scalars(select_workers_to_change([other])).all()) == 1
        assert len(looking.result(timeout=30).matches) == 2
