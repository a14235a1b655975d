"""An officer who asks from many windows at once: really committed, from threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.audit_pace import LOOK_UPS
from models.sought import Search
from models.values.access import AccessReason
from models.values.nik import Nik
from services.lookup import looking_up
from services.lookup.pacing import TooManyLooks
from services.ports import Ports
from tests.officers import officer

SEARCH = Search(by=Nik("3171010507930777"), reason=AccessReason.CALLER_ASKS)
PER_MINUTE = LOOK_UPS.value[0][0]
TOGETHER = 6


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def test_no_more_are_answered_than_one_after_the_other(ports):
    with ports.transactions.begin() as session:
        support = officer(ports, session)
    ready = Barrier(TOGETHER, timeout=10)

    def ask_on() -> int:
        ready.wait()
        answered = 0
        for _ in range(PER_MINUTE):
            try:
                looking_up.look_up(ports, support, SEARCH)
            except TooManyLooks:
                return answered
            answered += 1
        return answered

    with ThreadPoolExecutor(TOGETHER) as threads:
        windows = [threads.submit(ask_on) for _ in range(TOGETHER)]
        answered = sum(each.result(timeout=60) for each in windows)
    assert answered == PER_MINUTE
    with ports.transactions.reading() as session:
        refusals = session.scalars(select(AuditEvent.refusal)).all()
    assert refusals.count(None) == PER_MINUTE
    assert refusals.count("too-many-lookups") == 1
