"""What happens while somebody is being erased: really committed, from two threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from models.erasure_request import ErasureRequest
from models.message import Message, MessageKind
from models.phone_verification import PhoneVerification
from models.sign_in import SignIn
from models.values.channel import Channel, DeliveryState
from models.values.nik import Nik
from models.worker import Worker, select_worker
from services import (
    erasing,
    erasure,
    messages,
    notices,
    phone_verification,
    profile_change,
    sign_in,
)
from services.callers import SignedIn, VerifiedPhone
from services.erasure import ErasureDone
from services.errors import SignInRefused, SignInRequired, VerificationNotFound
from services.once import Once
from services.person_on_record import NIK_PLACE
from services.ports import Delivery, DeliveryReports, Ports
from tests.elsewhere import Elsewhere, Unhurried
from tests.payers import add_worker


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


@pytest.fixture
def due(ports, clock) -> SignedIn:
    """A worker whose time has come."""
    caller = add_worker(ports)
    with ports.transactions.begin() as session:
        session.add(ErasureRequest.of(session.get_one(Worker, caller.worker_id), clock.now()))
    clock.advance(days=2)
    return caller


class Interrupted:
    """A vault that is asked in the middle of erasing, where something else begins."""

    def __init__(self, vault: Any, begin: Callable[[], None], at: str) -> None:
        self.vault, self.begin, self.at = vault, begin, at

    def digest(self, kind: str, told: str) -> bytes:
        if told.startswith(self.at):
            self.begin()
        return self.vault.digest(kind, told)


def erase_meanwhile(
    ports: Ports, elsewhere: Elsewhere, work: Callable[[], Any], at: str = "worker:"
) -> Future[Any]:
    """Somebody does something in the middle of it, and has to wait.

    :param at: what is about to be erased: by the ``worker:``, or by the ``phone:``.
    """
    started: list[Future[Any]] = []
    vault = Interrupted(ports.vault, lambda: started.append(elsewhere.start(work)), at)
    erasing.carry_out(replace(ports, vault=vault))
    return started[0]


def sign_in_of(ports: Ports, caller: SignedIn, once: Once) -> Any:
    """With the worker's own phone and NIK."""
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(caller.worker_id)).one()
        verification = confirmed(ports, worker.phone_key)
        session.add(verification)
    nik = Nik(ports.vault.open(NIK_PLACE, worker.id, worker.nik_sealed))
    phone = VerifiedPhone(verification.id, worker.phone_key)
    return lambda: sign_in.sign_in(ports, phone, nik, once)


def confirmed(ports: Ports, phone_key: bytes) -> PhoneVerification:
    now = ports.clock.now()
    return PhoneVerification(
        id=uuid4(),
        phone_key=phone_key,
        phone_sealed=b"sealed",
        prefix="+62812",
        source_key=b"source",
        language="en",
        channel=Channel.SMS,
        started_at=now,
        sent_at=now,
        expires_at=now + timedelta(minutes=5),
        confirmed_at=now,
    )


def sessions_of(ports: Ports, caller: SignedIn) -> int:
    with ports.transactions.reading() as session:
        count = select(func.count()).where(SignIn.worker_id == caller.worker_id)
        return session.scalars(count).one()


def is_erased(ports: Ports, caller: SignedIn) -> bool:
    with ports.transactions.reading() as session:
        return session.scalars(select_worker(caller.worker_id)).one().erased_at is not None


def test_whoever_signs_in_meanwhile_is_refused(ports, due, elsewhere):
    signing_in = erase_meanwhile(ports, elsewhere, sign_in_of(ports, due, Once()))
    with pytest.raises(SignInRefused):
        signing_in.result(timeout=10)
    assert (is_erased(ports, due), sessions_of(ports, due)) == (True, 0)


def test_a_session_that_was_opened_a_moment_before_goes_too(ports, due, elsewhere):
    erased: list[Future[Any]] = []
    begin = Unhurried(lambda: erased.append(elsewhere.start(lambda: erasing.carry_out(ports))))
    sign_in_of(ports, due, begin)()
    erased[0].result(timeout=10)
    assert (is_erased(ports, due), sessions_of(ports, due)) == (True, 0)


def test_a_code_that_is_typed_meanwhile_is_for_nothing_any_more(ports, due, elsewhere):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(due.worker_id)).one()
        verification = confirmed(ports, worker.phone_key)
        verification.confirmed_at = None
        session.add(verification)
    code = phone_verification.code_of(ports, verification.id)
    typing = erase_meanwhile(
        ports,
        elsewhere,
        lambda: phone_verification.confirm(ports, verification.id, code),
        at="phone:",
    )
    with pytest.raises(VerificationNotFound):
        typing.result(timeout=10)


def test_whoever_calls_it_off_meanwhile_comes_too_late(ports, due, elsewhere):
    with ports.transactions.reading() as session:
        request = session.scalars(select(ErasureRequest)).one()
    late = erase_meanwhile(ports, elsewhere, lambda: erasure.cancel(ports, due, request.id))
    with pytest.raises(ErasureDone):
        late.result(timeout=10)
    assert is_erased(ports, due)


def test_what_is_changed_meanwhile_is_not_written(ports, due, elsewhere):
    change = {"email": "siti@contoh.id"}
    late = erase_meanwhile(ports, elsewhere, lambda: profile_change.change(ports, due, change))
    with pytest.raises(SignInRequired):
        late.result(timeout=10)
    assert is_erased(ports, due)


@pytest.fixture
def notice(ports, due) -> Message:
    """On its way to them, by a channel that they do not have."""
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(due.worker_id)).one()
        queued = notices.queue(ports, session, worker, MessageKind.PHONE_CHANGED, ports.clock.now())
        ports.messages.refused.add(notices.phone_of(ports, worker))
    return queued


def messages_to(ports: Ports, caller: SignedIn) -> int:
    with ports.transactions.reading() as session:
        return session.scalar(select(func.count()).where(Message.worker_id == caller.worker_id))


def test_a_message_that_fails_meanwhile_is_followed_up_by_none(ports, due, notice, elsewhere):
    """What follows it up would name whom nothing may name any more."""
    failing = erase_meanwhile(ports, elsewhere, lambda: messages.send(ports, notice.id))
    failing.result(timeout=10)
    assert (is_erased(ports, due), messages_to(ports, due)) == (True, 0)


def test_nor_is_one_that_is_reported(ports, due, notice, elsewhere):
    failed = DeliveryReports(
        deliveries=(Delivery(key=notice.id, state=DeliveryState.FAILED),), position="1"
    )
    told = replace(ports, messages=Reporting(failed))
    failing = erase_meanwhile(ports, elsewhere, lambda: messages.collect_deliveries(told))
    failing.result(timeout=10)
    assert (is_erased(ports, due), messages_to(ports, due)) == (True, 0)


class Reporting:
    """A gateway with one page of reports."""

    def __init__(self, reports: DeliveryReports) -> None:
        self.reports = reports

    def deliveries(self, since: str | None) -> DeliveryReports:
        return replace(self.reports, deliveries=() if since else self.reports.deliveries)
