from sqlalchemy import func, select

from models.answer import KeptAnswer
from models.message import Message
from models.phone_verification import PhoneVerification
from models.sign_in import SignIn
from models.values.phone import PhoneNumber
from models.worker import Worker
from services.housekeeping import forget
from tests.api.joining import PHONE, join, start

KEPT = (KeptAnswer, PhoneVerification, Message, SignIn, Worker)


def counts(connection):
    return [connection.scalar(select(func.count()).select_from(table)) for table in KEPT]


def test_what_is_young_stays(client, ports, connection):
    join(client, ports, Idempotency_Key="k")
    forget(ports)
    assert counts(connection) == [1, 1, 1, 1, 1]


def test_kept_answers_go_after_a_day(client, ports, clock, connection):
    join(client, ports, Idempotency_Key="k")
    clock.advance(hours=24)
    forget(ports)
    assert counts(connection) == [0, 1, 1, 1, 1]


def test_verifications_go_after_a_month_with_their_messages(client, ports, clock, connection):
    join(client, ports)
    clock.advance(days=29)
    start(client)
    clock.advance(days=1)
    forget(ports)
    assert counts(connection) == [0, 1, 1, 1, 1]


def test_a_message_goes_together_with_the_one_that_followed_it_up(client, ports, clock, connection):
    ports.messages.refused.add(PhoneNumber.parse(PHONE))
    start(client)
    ports.jobs.work(ports)
    assert counts(connection)[2] == 2
    clock.advance(days=30)
    forget(ports)
    assert counts(connection) == [0] * 5


def test_sessions_go_when_nothing_can_renew_them(client, ports, clock, connection):
    token = join(client, ports)["refresh_token"]
    clock.advance(days=80)
    refreshed = client.post("/v1/sessions/refresh", json={"refresh_token": token})
    clock.advance(days=90)
    forget(ports)
    assert (refreshed.status_code, counts(connection)[3]) == (200, 1)
    clock.advance(seconds=30)
    forget(ports)
    assert counts(connection)[3] == 0


def test_forgetting_does_not_give_back_guesses_or_starts(client, ports, clock):
    for _ in range(3):
        start(client)
    clock.advance(minutes=59)
    forget(ports)
    assert start(client).status_code == 429
