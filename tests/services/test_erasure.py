"""Asking to be erased, what changes by it, and calling it off."""

from __future__ import annotations

from uuid import uuid4

import pytest

from models.erasure_request import ErasureStatus
from models.invoice import InvoiceStatus
from models.message import MessageKind
from models.next_step import NextStep
from models.values.month import Month
from models.values.page import PageRequest
from models.values.plan import Plan
from services import billing, coverage, erasing, erasure, notices, plan_choice
from services.erasure import ErasureDone, ErasureRequestNotFound, ErasureWaiting
from services.fresh_phone import OwnPhoneNeeded
from services.once import Once
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, join
from tests.banks import BankOutcome, Payer, flag, paid, with_banks
from tests.payers import pay
from tests.whole_lives import Life


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def life(client, ports):
    """Verified, with a plan."""
    life = Life.of(ports, join(client, ports))
    ports.jobs.work(ports)
    plan_choice.choose(ports, life.caller, Plan.BASIC)
    return life


def ask(client, life):
    return erasure.request(life.ports, life.caller, life.verify_phone(client), Once())


def cancel(life, request):
    return erasure.cancel(life.ports, life.caller, request.id)


def status_of(life, bill):
    return Payer(life.ports, life.caller).status(bill)


def billed(life, months=1):
    return billing.issue(life.ports, life.caller, months, Once())


class TestAsking:
    def test_it_waits(self, client, life, clock):
        request = ask(client, life)
        assert request.status is ErasureStatus.WAITING
        assert request.requested_at == clock.now()

    def test_it_waits_for_the_end_of_paid_cover(self, client, life):
        pay(life.ports, billed(life, 2))
        assert ask(client, life).not_before == Month(2026, 12).ends_at

    def test_the_worker_is_told(self, client, life, ports):
        ask(client, life)
        ports.jobs.work(ports)
        _, words, _ = list(ports.messages.sent.values())[-1]
        assert words == notices.WORDS[MessageKind.ERASURE_REQUESTED].id

    def test_the_phone_token_is_spent(self, client, life, ports, clock):
        token = life.verify_phone(client)
        request = erasure.request(ports, life.caller, token, Once())
        cancel(life, request)
        with pytest.raises(OwnPhoneNeeded):
            erasure.request(ports, life.caller, token, Once())

    def test_asked_again_it_is_the_same_request_with_the_same_token_or_none(
        self, client, life, ports
    ):
        token = life.verify_phone(client)
        first = erasure.request(ports, life.caller, token, Once())
        for shown in (token, "none"):
            again = erasure.request(ports, life.caller, shown, Once())
            assert (again.id, again.due_by) == (first.id, first.due_by)

    def test_without_a_fresh_phone_nothing_happens(self, life, ports):
        bill = billed(life)
        with pytest.raises(OwnPhoneNeeded):
            erasure.request(ports, life.caller, "none", Once())
        assert status_of(life, bill) is InvoiceStatus.OPEN
        assert erasure.listed(ports, life.caller, PageRequest()).items == []


class TestWhileItWaits:
    def test_the_open_invoice_is_called_off(self, client, life, clock):
        bill = billed(life)
        ask(client, life)
        assert status_of(life, bill) is InvoiceStatus.CANCELLED
        assert flag(life.ports, paid(bill, clock.now())) is BankOutcome.INACTIVE

    def test_one_that_has_expired_is_stored_so_and_a_late_flag_is_still_taken(
        self, client, life, clock
    ):
        bill, paid_at = billed(life), clock.now()
        clock.advance(hours=25)
        ask(client, life)
        assert status_of(life, bill) is InvoiceStatus.EXPIRED
        assert flag(life.ports, paid(bill, paid_at)) is BankOutcome.ACCEPTED

    def test_no_new_invoice_is_made(self, client, life):
        ask(client, life)
        with pytest.raises(ErasureWaiting):
            billed(life)

    def test_nothing_is_to_be_done(self, client, life, ports):
        request = ask(client, life)
        assert coverage.show(ports, life.caller).next_step is NextStep.NONE
        cancel(life, request)
        assert coverage.show(ports, life.caller).next_step is NextStep.PAY

    def test_cover_that_is_paid_for_runs_on(self, client, life, ports, clock):
        pay(ports, billed(life, 2))
        ask(client, life)
        clock.advance(days=30)
        erasing.carry_out(ports)
        assert coverage.show(ports, life.caller).status == "active"

    def test_the_plan_may_still_be_changed(self, client, life, ports):
        ask(client, life)
        assert plan_choice.choose(ports, life.caller, Plan.COMPLETE).plan is Plan.COMPLETE


class TestCallingItOff:
    def test_all_is_as_before(self, client, life, ports, clock):
        cancelled = cancel(life, ask(client, life))
        assert cancelled.status is ErasureStatus.CANCELLED
        clock.advance(days=10)
        erasing.carry_out(ports)
        assert billed(life).status is InvoiceStatus.OPEN

    def test_doing_it_again_changes_nothing(self, client, life, clock):
        request = ask(client, life)
        first = cancel(life, request).cancelled_at
        clock.advance(minutes=1)
        assert cancel(life, request).cancelled_at == first

    def test_it_can_be_asked_for_again(self, client, life):
        first = ask(client, life)
        cancel(life, first)
        assert ask(client, life).id != first.id

    def test_another_workers_is_not_there(self, client, life, ports):
        joined = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
        other = Life.of(ports, joined, ANOTHER_PHONE)
        request = ask(client, other)
        with pytest.raises(ErasureRequestNotFound):
            cancel(life, request)

    def test_one_that_was_never_made_is_not_there(self, life, ports):
        with pytest.raises(ErasureRequestNotFound):
            erasure.cancel(ports, life.caller, uuid4())

    def test_once_it_is_done_it_is_too_late(self, client, life, ports, clock):
        """The session was looked at a moment before."""
        request = ask(client, life)
        clock.advance(days=2)
        erasing.carry_out(ports)
        with pytest.raises(ErasureDone):
            cancel(life, request)


def test_requests_are_listed_a_page_at_a_time_newest_first(client, life, ports, clock):
    asked = []
    for _ in range(2):
        asked.append(ask(client, life))
        cancel(life, asked[-1])
        clock.advance(hours=1)
    first = erasure.listed(ports, life.caller, PageRequest(limit=1))
    rest = erasure.listed(ports, life.caller, PageRequest(limit=1, after=first.next_after))
    assert [each.id for each in (*first.items, *rest.items)] == [asked[1].id, asked[0].id]
    assert rest.next_after is None
