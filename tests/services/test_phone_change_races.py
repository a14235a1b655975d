"""What happens at once: really committed, from several threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from api.app import create_app
from models.message import Message, MessageKind
from models.phone_change import PhoneChange
from models.phone_change_request import PhoneChangeRequest
from models.sign_in import SignIn
from models.values.review import Ruling
from services.phone_recovery import PhoneChangeNotOpen, WantedPhoneUsed
from services.ports import Ports
from services.reviews import claiming
from services.reviews.deciding import Decided
from tests import phone_deciding
from tests.api.joining import ANOTHER_PHONE, me, phone_token, refusal
from tests.api.phone_changing import (
    NEW,
    THIRD,
    THIRD_PHONE,
    ask,
    ask_from,
    asked,
    change,
    join_verified,
    object_to,
    sign_in,
    works,
)
from tests.cases import decide, reviewer
from tests.enrolled import enrol
from tests.installation import DEVELOPMENT
from tests.services.test_billing_races import at_once
from tests.ties import add_partner
from tests.waiting import until

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def engine(committed_engine):
    return committed_engine


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


@pytest.fixture
def app(ports):
    return create_app(DEVELOPMENT, ports)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def joined(client, ports):
    return join_verified(client, ports)


def counted(engine, *where):
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).where(*where))


def somebody_waits(engine):
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.scalar(text(WAITING))


def test_of_two_sessions_that_change_it_at_once_one_does_and_goes_on(app, client, ports, joined):
    """A thief and the owner: whoever comes first has ended the other's session."""
    other = sign_in(client, phone_token(client, ports)).json
    new, third = (phone_token(client, ports, phone) for phone in (ANOTHER_PHONE, THIRD_PHONE))
    answers = at_once(
        lambda: change(app.test_client(), joined["access_token"], new),
        lambda: change(app.test_client(), other["access_token"], third),
    )
    assert sorted(each.status_code for each in answers) == [200, 401]
    first = answers[0].status_code == 200
    winner = joined if first else other
    assert me(client, winner["access_token"])["phone_masked"] == (NEW if first else THIRD).masked
    assert [works(client, each) for each in (joined, other)] == [first, not first]


def test_a_request_that_is_repeated_while_it_runs_is_done_once(app, client, ports, engine, joined):
    new = phone_token(client, ports, ANOTHER_PHONE)
    again = [lambda: change(app.test_client(), joined["access_token"], new)] * 6
    answers = at_once(*again)
    assert {each.status_code for each in answers} == {200}
    assert len({each.data for each in answers}) == 1
    assert counted(engine, PhoneChange.id.is_not(None)) == 1


def test_who_signs_in_with_the_old_number_meanwhile_comes_too_late(
    app, client, ports, engine, joined
):
    """However the two overlap, no session of the old number is left but the one that goes on."""
    old, new = phone_token(client, ports), phone_token(client, ports, ANOTHER_PHONE)
    with ThreadPoolExecutor(1) as thread:
        meanwhile = []

        def sign_in_and_wait():
            if not meanwhile:
                meanwhile.append(thread.submit(sign_in, app.test_client(), old))
                until(lambda: somebody_waits(engine))

        ports.jobs.before = sign_in_and_wait
        assert change(client, joined["access_token"], new).status_code == 200
        assert refusal(meanwhile[0].result(timeout=30)) == (401, "sign-in-refused")
    assert counted(engine, SignIn.ended_at.is_(None)) == 1


def test_an_objection_or_a_decision_counts_never_both(app, client, ports, clock, engine, joined):
    ask_from(client, ports)
    clock.time += timedelta(hours=72)
    access = sign_in(client, phone_token(client, ports)).json["access_token"]
    [seen] = asked(client, access)
    objected, approved = at_once(
        lambda: object_to(app.test_client(), access, seen["id"]),
        lambda: phone_deciding.approve(ports, UUID(seen["id"])),
    )
    refused = isinstance(approved, PhoneChangeNotOpen)
    assert (objected.status_code == 200) is refused
    assert counted(engine, PhoneChange.id.is_not(None)) == (0 if refused else 1)


def test_whoever_signs_in_to_what_a_platform_enrolled_while_it_is_approved_finds_one_record(
    app, client, ports, clock, engine
):
    """They have both rows held one after the other: the record is claimed first, and then in the
    way, or is part of the worker's by then."""
    rina = reviewer(ports)
    enrolled = enrol(ports, add_partner(ports), phone=ANOTHER_PHONE, name="Sti Aminh")
    joined = join_verified(client, ports)
    ask_from(client, ports)
    [seen] = asked(client, joined["access_token"])
    clock.time += timedelta(hours=72)
    new = phone_token(client, ports, ANOTHER_PHONE)
    case = UUID(seen["id"])
    claiming.claim(ports, rina, case)
    decided, signed_in = at_once(
        lambda: decide(ports, rina, case, Ruling.APPROVE),
        lambda: sign_in(app.test_client(), new),
    )
    approved = not isinstance(decided, WantedPhoneUsed)
    assert isinstance(decided, Decided) is approved
    assert signed_in.status_code in ((201, 401) if approved else (201,))
    assert (str(enrolled.worker.id) == joined["worker"]["id"]) is approved
    assert (enrolled.record.erased_at is not None) is approved


def test_of_many_who_ask_at_once_three_are_heard(app, client, ports, engine, joined):
    tokens = [phone_token(client, ports, f"0817-000-{number:05}") for number in range(8)]
    answers = at_once(*[lambda token=each: ask(app.test_client(), token) for each in tokens])
    assert {each.status_code for each in answers} == {202}
    assert counted(engine, PhoneChangeRequest.id.is_not(None)) == 3
    assert counted(engine, Message.kind == MessageKind.PHONE_CHANGE_REQUESTED) == 3


def test_one_token_asks_once(app, client, ports, engine, joined):
    token = phone_token(client, ports, ANOTHER_PHONE)
    answers = at_once(*[lambda: ask(app.test_client(), token)] * 6)
    assert sorted(each.status_code for each in answers) == [202, *[401] * 5]
    assert counted(engine, PhoneChangeRequest.id.is_not(None)) == 1
