"""Reminding beside itself: really committed, from threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.values.phone import PhoneNumber
from models.values.plan import Plan
from services import billing, plan_choice, reminder_invoices
from services.once import Once
from services.ports import Ports
from services.reminder_words import code_of
from services.reminders import remind
from tests.fakes import NOON
from tests.models.paying import wib
from tests.payers import add_worker, at, pay


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def covered(ports, number):
    with at(ports.clock, NOON):
        worker = add_worker(ports, reminded=True, phone=PhoneNumber(f"+62812345678{number:02}"))
        plan_choice.choose(ports, worker, Plan.BASIC)
        pay(ports, billing.issue(ports, worker, 2, Once()))
    return worker


def at_once(times, call):
    ready = Barrier(times, timeout=10)

    def run(_):
        ready.wait()
        return call()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_two_rounds_at_once_remind_everybody_once(ports, clock):
    for number in range(9):
        covered(ports, number)
    clock.time = wib(2026, 12, 24, 9)
    at_once(4, lambda: remind(ports, size=2))
    ports.jobs.work(ports)
    numbers = [to.e164 for to, _, _ in ports.messages.sent.values()]
    assert len(numbers) == len(set(numbers)) == 9


def test_a_code_that_is_sent_many_times_at_once_makes_one_invoice(ports, clock):
    worker = covered(ports, 0)
    clock.time = wib(2026, 12, 24, 9)
    remind(ports)
    code = code_of(ports, ports.jobs.waiting[0].message_id).text
    bills = at_once(6, lambda: reminder_invoices.invoice_for(ports, worker, code, Once()))
    assert len({each.id for each in bills}) == 1
