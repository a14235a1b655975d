"""What goes on while a large invoice is written: really committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models.collective_order import Order
from models.enrolment import Enrolment, Link
from services.collective import drawing_up
from services.database import build_engine
from services.links import own, shown
from services.ports import Ports
from services.transactions import DatabaseTransactions
from tests.banks import with_banks
from tests.elsewhere import Unhurried
from tests.fleets import NOVEMBER, Fleet
from tests.installation import fake_ports


@pytest.fixture
def ports(fresh_database, clock) -> Iterator[Ports]:
    engine = build_engine(fresh_database.url)
    yield with_banks(fake_ports(DatabaseTransactions(engine, lambda: None), clock))
    engine.dispose()


@pytest.fixture
def fleet(ports) -> Fleet:
    return Fleet.of(ports, 3)


def bill_while(ports, fleet, work):
    """For everybody; its lines stand and are not committed while something else is done."""
    order = Order(NOVEMBER, None)
    return drawing_up.issue(ports, fleet.caller, order, Unhurried(work))


def link_of(ports, fleet, name):
    of_name = select(Enrolment.id).where(Enrolment.external_id == name)
    with ports.transactions.reading() as session:
        return session.scalars(of_name.where(Enrolment.partner_id == fleet.partner.id)).one()


def test_its_drivers_confirm_and_end_their_links_meanwhile(ports, fleet):
    confirmed, ended, let_go = (link_of(ports, fleet, f"D-{n}") for n in (1, 2, 3))

    def decide():
        own.confirm(ports, fleet.drivers["D-1"], confirmed)
        own.end(ports, fleet.drivers["D-2"], ended)
        shown.end(ports, fleet.caller, let_go)

    assert bill_while(ports, fleet, decide).lines == 3
    stand = {
        each: shown.show(ports, fleet.caller, each).link for each in (confirmed, ended, let_go)
    }
    assert stand == {confirmed: Link.CONFIRMED, ended: Link.ENDED, let_go: Link.ENDED}
