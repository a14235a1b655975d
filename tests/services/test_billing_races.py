"""What happens at once: really committed, from several threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from models.invoice import InvoiceStatus
from models.values.page import PageRequest
from models.values.plan import Plan
from services import billing, coverage, invoices, ledger, plan_choice
from services.errors import DomainError, InvoiceNotOpen, InvoiceOpen
from services.once import Once
from services.ports import Ports
from tests.payers import add_worker, pay, pay_twice

ROUNDS = 5


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returns, or the error that it raises."""
    ready = Barrier(len(calls), timeout=10)

    def run(call: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return call()
        except DomainError as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as threads:
        return [each.result(timeout=30) for each in [threads.submit(run, c) for c in calls]]


def new_worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


def test_of_many_invoices_asked_for_at_once_one_is_made(ports):
    worker = new_worker(ports)
    answers = at_once(*[lambda: billing.issue(ports, worker, 1, Once())] * 6)
    made = [each for each in answers if isinstance(each, invoices.Bill)]
    refused = [each for each in answers if isinstance(each, InvoiceOpen)]
    assert (len(made), len(refused)) == (1, 5)
    assert {each.details["invoice_id"] for each in refused} == {made[0].id}
    assert len(invoices.listed(ports, worker, PageRequest()).items) == 1


def test_a_plan_changes_before_an_invoice_or_not_at_all(ports):
    for _ in range(ROUNDS):
        worker = new_worker(ports)
        bill, choice = at_once(
            lambda who=worker: billing.issue(ports, who, 1, Once()),
            lambda who=worker: plan_choice.choose(ports, who, Plan.COMPLETE),
        )
        refused = isinstance(choice, InvoiceOpen)
        assert bill.months[0].plan is (Plan.BASIC if refused else Plan.COMPLETE)
        assert coverage.show(ports, worker).plan is bill.months[0].plan


def test_an_invoice_is_cancelled_or_paid_never_both(ports):
    for _ in range(ROUNDS):
        worker = new_worker(ports)
        bill = billing.issue(ports, worker, 1, Once())
        cancelled, _ = at_once(
            lambda who=worker, which=bill: invoices.cancel(ports, who, which.id),
            lambda which=bill: pay(ports, which),
        )
        now = invoices.show(ports, worker, bill.id).status
        paid = isinstance(cancelled, InvoiceNotOpen)
        assert now is (InvoiceStatus.PAID if paid else InvoiceStatus.CANCELLED)
        assert (coverage.show(ports, worker).member_number is not None) is paid


def test_credit_is_used_once(ports, clock):
    worker = new_worker(ports)
    pay_twice(ports, clock, worker)
    answers = at_once(*[lambda: billing.issue(ports, worker, 1, Once())] * 4)
    by_credit = [each for each in answers if getattr(each, "status", None) is InvoiceStatus.PAID]
    assert len(by_credit) == 1
    assert ledger.unbalanced(ports) == []
