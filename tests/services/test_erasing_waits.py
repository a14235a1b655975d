"""What an erasure waits for: cover, money that is owed, and whoever may have lost the phone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.bank_call import BankOutcome
from models.contribution import select_contributions
from models.erasure_request import CARRIED_OUT_WITHIN, ErasureRequest, ErasureStatus
from models.identity_verdict import IdentityReason
from models.phone_change_request import HOLD, PhoneChangeRequest
from models.refund import select_refund_cases
from models.values.month import Month
from models.worker import Worker
from services import coverage, erasing, identity_refusal
from services.open_invoices import call_off
from tests import phone_deciding
from tests.api.joining import ANOTHER_PHONE, bearing, phone_token
from tests.api.phone_changing import OLD, ask_from, change, join_verified, told
from tests.banks import Payer, flag, paid, with_banks
from tests.fakes import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DECEMBER, JANUARY = Month(2026, 12).span(2)


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def access(client, ports):
    return join_verified(client, ports)["access_token"]


def ask(ports, payer):
    with ports.transactions.begin() as session:
        worker = session.get_one(Worker, payer.caller.worker_id)
        now = ports.clock.now()
        call_off(session, worker.id, now)
        session.add(ErasureRequest.of(worker, now))


def ask_by_phone(client, access, token):
    body = {"phone_token": token}
    answer = client.post("/v1/me/erasure-requests", json=body, headers=bearing(access))
    assert answer.status_code == 202, answer.json


def request(ports):
    """The only one."""
    with ports.transactions.reading() as session:
        return session.scalars(select(ErasureRequest)).one()


def refuse(ports, payer):
    return identity_refusal.refuse(ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)


class TestCover:
    def test_that_was_taken_back_is_not_waited_for(self, ports, clock, payer):
        flag(ports, paid(payer.billed(12), NOON))
        ask(ports, payer)
        refuse(ports, payer)
        with ports.transactions.begin() as session:
            [case] = session.scalars(select_refund_cases(payer.caller.worker_id))
            case.closed_at = clock.now()
        assert request(ports).not_before == DECEMBER.starts_at
        clock.time = DECEMBER.starts_at
        erasing.carry_out(ports)
        assert request(ports).status is ErasureStatus.DONE

    def test_by_money_that_is_told_of_late_is_waited_for(self, ports, clock, payer):
        bill = payer.billed(3)
        clock.time = bill.expires_at + MINUTE
        ask(ports, payer)
        flag(ports, paid(bill, NOON + MINUTE))
        assert request(ports).not_before == (JANUARY + 1).starts_at

    def test_ends_without_asking_for_more(self, ports, clock, payer):
        flag(ports, paid(payer.billed(1), NOON))
        ask(ports, payer)
        for moment in (NOON, DECEMBER.starts_at):
            clock.time = moment
            seen = coverage.show(ports, payer.caller)
            assert seen.next_due_on is None
            assert "bayar" not in seen.explanation.id.replace("membayar lagi", "")
            assert "dihapus" in seen.explanation.id


class TestMoney:
    def test_that_is_owed_is_paid_back_first(self, ports, clock, payer):
        flag(ports, paid(payer.billed(3), NOON))
        refuse(ports, payer)
        ask(ports, payer)
        clock.time = DECEMBER.starts_at + timedelta(days=20)
        erasing.carry_out(ports)
        waiting = request(ports)
        assert waiting.status is ErasureStatus.WAITING
        assert waiting.due_by == clock.now() + CARRIED_OUT_WITHIN.value

    @pytest.mark.parametrize("erased", [False, True])
    def test_that_a_bank_tells_of_late_is_taken_back_from_the_refusal_on(
        self, ports, clock, payer, erased
    ):
        clock.time = NOON + timedelta(days=6)
        bill = payer.billed(3)
        paid_at = clock.now() + MINUTE
        clock.time = bill.expires_at + MINUTE
        refuse(ports, payer)
        if erased:
            ask(ports, payer)
        clock.time = DECEMBER.starts_at + timedelta(days=3)
        erasing.carry_out(ports)
        assert flag(ports, paid(bill, paid_at)) is BankOutcome.ACCEPTED
        with ports.transactions.reading() as session:
            months = session.scalars(select_contributions(payer.caller.worker_id)).all()
        assert [each.month for each in months if each.refunded_at] == [DECEMBER, JANUARY]


class TestWhoMayHaveLostThePhone:
    def test_is_heard_by_staff_before_anything_is_gone(self, client, ports, clock, access):
        ask_by_phone(client, access, phone_token(client, ports))
        clock.time += HOUR
        ask_from(client, ports)
        clock.time += HOLD.value
        erasing.carry_out(ports)
        assert request(ports).status is ErasureStatus.WAITING
        with ports.transactions.reading() as session:
            claim = session.scalars(select(PhoneChangeRequest)).one()
        phone_deciding.reject(ports, claim.id)
        erasing.carry_out(ports)
        assert request(ports).status is ErasureStatus.DONE

    def test_has_three_days_from_the_change_of_number(self, client, ports, clock, access):
        changed_at = clock.now()
        change(client, access, phone_token(client, ports, ANOTHER_PHONE))
        clock.time += MINUTE
        ask_by_phone(client, access, phone_token(client, ports, ANOTHER_PHONE))
        assert request(ports).not_before == changed_at + HOLD.value

    def test_is_told_on_the_number_that_was_on_record_then(self, client, ports, access):
        token = phone_token(client, ports)
        told(ports)
        ports.messages.sent.clear()
        ask_by_phone(client, access, token)
        change(client, access, phone_token(client, ports, ANOTHER_PHONE))
        assert [to for to, words in told(ports) if "menghapus" in words] == [OLD]


def test_the_timeline_tells_of_the_request_and_that_it_was_called_off(client, ports, access):
    ask_by_phone(client, access, phone_token(client, ports))
    path = f"/v1/me/erasure-requests/{request(ports).id}/cancel"
    assert client.post(path, headers=bearing(access)).status_code == 200
    items = client.get("/v1/me/timeline", headers=bearing(access)).json["items"]
    told = [each for each in items if each["kind"].startswith("erasure")]
    assert [each["kind"] for each in told] == ["erasure_cancelled", "erasure_requested"]
    assert told[1]["details"]["not_before"] == "2026-11-24T05:00:00Z"
