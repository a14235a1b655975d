"""Cases that wait for an officer, one of each kind."""

from __future__ import annotations

from uuid import UUID

from flask.testing import FlaskClient

from models.identity_verdict import IdentityReason
from models.phone_change_request import HOLD
from models.values.plan import Plan
from models.worker import select_worker_to_change
from services import billing, identity_refusal, plan_choice
from services.once import Once
from services.ports import Ports
from tests.api.joining import ANOTHER_PHONE, join
from tests.api.phone_changing import ask_from, asked, join_verified
from tests.fakes import FixedClock
from tests.payers import add_worker, pay


def two_with_one_nik(client: FlaskClient, ports: Ports) -> tuple[UUID, UUID]:
    """Who waits for staff, and who holds the NIK."""
    holder = join_verified(client, ports)
    other = {"full_name": "Sinta Lestari", "mother_maiden_name": "Nyai Ratih"}
    waiting = join(client, ports, phone=ANOTHER_PHONE, **other)
    ports.jobs.work(ports)
    return UUID(waiting["worker"]["id"]), UUID(holder["worker"]["id"])


def lost_phone(client: FlaskClient, ports: Ports) -> UUID:
    """Asked for a moment ago: whoever has the old number may still object."""
    joined = join_verified(client, ports)
    ask_from(client, ports)
    return UUID(asked(client, joined["access_token"])[0]["id"])


def end_hold(clock: FixedClock) -> None:
    clock.time += HOLD.value


def refund(ports: Ports) -> UUID:
    """Of two months that were paid in advance."""
    payer = add_worker(ports)
    plan_choice.choose(ports, payer, Plan.BASIC)
    pay(ports, billing.issue(ports, payer, 3, Once()))
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(payer.worker_id)).one()
        worker.full_name = "Rahmat Hidayat"
        case = identity_refusal.refuse_worker(
            session, worker, IdentityReason.DECEASED, ports.clock.now()
        )
        assert case is not None
        return case.id
