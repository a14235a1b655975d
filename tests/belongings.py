"""One of everything that a partner can have, made as its calls make it."""

from __future__ import annotations

from uuid import UUID

from models.partner_event import PartnerEventName
from models.partner_links import Wanted
from models.values.ids import new_id
from models.values.month import Month
from models.values.page import PageRequest
from models.values.plan import Plan
from services.enrolment import receiving
from services.enrolment.places import Offer
from services.enrolment.receiving import FileKind, Upload
from services.links import shown
from services.once import Once
from services.webhooks import deliveries, registering
from tests.driver_files import blocks, csv_of, drivers
from tests.fleets import Fleet

NOWHERE = "https://hooks.ojek.example/jaring"


def belongings(fleet: Fleet, *, url: str = NOWHERE) -> dict[str, UUID]:
    """Their ids, by the names that they have in paths.

    :param fleet: with a driver, who is on the invoice.
    """
    webhook_id, delivery_id = _webhook(fleet, url)
    month = Month.at(fleet.ports.clock.now())
    return {
        "link_id": _link(fleet),
        "batch_id": _batch(fleet),
        "invoice_id": fleet.bill("D-1", month=month).id,
        "webhook_id": webhook_id,
        "delivery_id": delivery_id,
    }


def _link(fleet: Fleet) -> UUID:
    page = shown.listed(fleet.ports, fleet.caller, Wanted(), PageRequest(limit=1))
    link_id = page.items[0].id
    assert link_id is not None
    return link_id


def _batch(fleet: Fleet) -> UUID:
    offer = Offer(Plan.BASIC, dry_run=True, key=str(new_id()))
    upload = Upload(FileKind.CSV, False, blocks(csv_of(drivers(2))), b"POST")
    return receiving.receive(fleet.ports, fleet.caller, offer, upload).batch.id


def _webhook(fleet: Fleet, url: str) -> tuple[UUID, UUID]:
    """With something that is on its way to it."""
    every = list(PartnerEventName)
    webhook = registering.register(fleet.ports, fleet.caller, url, every, Once())
    sent = deliveries.test(fleet.ports, fleet.caller, webhook.id, Once())
    return webhook.id, sent.id
