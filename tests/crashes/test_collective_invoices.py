"""A partner's money is posted once for each driver, whoever dies in the middle of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import requests

from models.values.month import Month
from services.collective.settling import BATCH
from services.wiring import build_ports
from tests.crashes.trouble import rows
from tests.fleets import Fleet, books_balance
from tests.partners import bearer
from tests.phone_app import TAKEN
from tests.stack import Stack
from tests.waiting import until

pytestmark = pytest.mark.slow

# Enough for two parts.
DRIVERS = BATCH + 50
PATH = "/v1/partner/invoices"
POSTED = """
    select count(*), count(distinct worker_id), sum(amount), count(distinct settled_at)
    from contribution where partner_invoice_id = :id
"""
EVENTS = "select count(*) from partner_event where about = :id and event = 'invoice.paid'"


class Partner:
    """A platform over HTTP. Its drivers are written by hand: how they come in is not of interest."""

    def __init__(self, jaring: Stack) -> None:
        self.jaring, self.ports = jaring, build_ports(jaring.settings)
        self.fleet, self.months = Fleet.of(self.ports, DRIVERS), 0

    def bill(self) -> dict[str, Any]:
        """For the next month that nobody has paid."""
        month = Month.at(self.ports.clock.now()) + self.months
        self.months += 1
        return self.call("POST", "", json={"month": str(month), "all": True})

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        headers = bearer(self.ports, self.fleet.partner)
        url = f"{self.jaring.api}{PATH}{path}"
        answer = requests.request(method, url, headers=headers, timeout=60, **options)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    def pay(self, bill: dict[str, Any]) -> None:
        """At the bank, which asks for the amount, and tells until it is answered."""
        order = {
            "virtual_account_no": bill["virtual_account_no"],
            "payment_request_id": uuid4().hex,
            "external_id": str(uuid4().int)[:20],
        }
        until(lambda: self.jaring.mend() or self.told(order), seconds=120)

    def told(self, order: dict[str, Any]) -> bool:
        answer = requests.post(f"{self.jaring.sandbox}/bank/payments", json=order, timeout=60)
        if answer.status_code != 200:
            return False
        told = answer.json()
        # Asked again after it was taken, the bank is told that it is paid.
        payment, inquiry = told["payment"], told["inquiry"]
        return (payment or inquiry)["responseCode"] in (*TAKEN, "4042414")

    def status(self, bill: dict[str, Any]) -> str:
        status: str = self.call("GET", f"/{bill['id']}")["status"]
        return status


@pytest.fixture(scope="module")
def partner(jaring):
    partner = Partner(jaring)
    yield partner
    partner.ports.transactions.engine.dispose()


def assert_posted_once(partner: Partner, bill: dict[str, Any]) -> None:
    until(lambda: partner.jaring.mend() or is_paid(partner, bill), seconds=120)
    ((months, workers, total, instants),) = rows(partner.jaring, POSTED, id=bill["id"])
    assert (months, workers, total, instants) == (DRIVERS, DRIVERS, bill["amount"], 1)
    assert rows(partner.jaring, EVENTS, id=bill["id"]) == [(1,)]
    assert books_balance(partner.ports)


def is_paid(partner: Partner, bill: dict[str, Any]) -> bool:
    try:
        return partner.status(bill) == "paid"
    except requests.RequestException:
        return False


def test_through_the_bank_and_snap_every_driver_is_covered(partner):
    bill = partner.bill()
    assert (bill["lines"], bill["status"]) == (DRIVERS, "open")
    partner.pay(bill)
    assert_posted_once(partner, bill)
    page = partner.call("GET", f"/{bill['id']}/lines?limit=200")
    assert {line["status"] for line in page["items"]} == {"paid"}


@pytest.mark.parametrize("place", ["commit collective.settling.settle", "commit bank.payment.flag"])
def test_whoever_is_at_work_dies(jaring, partner, place):
    bill = partner.bill()
    with jaring.dying_at(place):
        partner.pay(bill)
    assert_posted_once(partner, bill)


def test_the_database_dies_in_the_middle(jaring, partner):
    bill = partner.bill()
    place = "commit collective.settling.settle"
    with jaring.dying_at(place, victim=jaring.postgres.process.pid):
        partner.pay(bill)
    assert_posted_once(partner, bill)
