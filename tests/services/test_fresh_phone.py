import pytest

from models.worker import select_worker
from services import fresh_phone
from services.fresh_phone import OwnPhoneNeeded
from tests.api.joining import ANOTHER_PHONE, NIK, bearing, join, phone_token


@pytest.fixture
def joined(client, ports):
    return join(client, ports)


def show(ports, joined, token):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(joined["worker"]["id"])).one()
        return fresh_phone.own(ports, session, worker, token)


def test_a_number_on_record_that_was_verified_a_moment_ago_is_fresh(client, ports, joined):
    assert show(ports, joined, phone_token(client, ports)).spent_at is None


def test_it_is_so_for_ten_minutes(client, ports, clock, joined):
    token = phone_token(client, ports)
    clock.advance(minutes=10, seconds=-1)
    assert show(ports, joined, token)
    clock.advance(seconds=1)
    with pytest.raises(OwnPhoneNeeded):
        show(ports, joined, token)


def test_another_number_is_not(client, ports, joined):
    with pytest.raises(OwnPhoneNeeded):
        show(ports, joined, phone_token(client, ports, ANOTHER_PHONE))


def test_one_that_was_spent_is_not(client, ports, joined):
    token = phone_token(client, ports)
    client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
    with pytest.raises(OwnPhoneNeeded):
        show(ports, joined, token)


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_another_kind_of_token_is_not(ports, joined, kind):
    with pytest.raises(OwnPhoneNeeded):
        show(ports, joined, joined[kind])


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "\x00"])
def test_what_is_no_token_is_not(ports, joined, token):
    with pytest.raises(OwnPhoneNeeded):
        show(ports, joined, token)
