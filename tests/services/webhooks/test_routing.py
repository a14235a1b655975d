"""Events go to the webhooks that want them, told in ids, each once."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select

from models.consent import withdraw_everything
from models.enrolment import EndedBy
from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from models.invoice import InvoiceStatus
from models.partner_event import PartnerEvent, PartnerEventName
from models.partner_invoice import PartnerInvoice
from models.values.ids import new_id
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.webhook import WebhookStatus
from models.webhook_delivery import WebhookDelivery
from services import partner_events
from services.jobs import DeliverWebhook
from services.webhooks import registering
from services.webhooks.routing import route
from tests.fakes import NOON
from tests.partners import calling, partner
from tests.payers import add_worker
from tests.services.webhooks.conftest import URL
from tests.ties import link

CONFIRMED = PartnerEventName.CONFIRMED


@pytest.fixture
def happen(session, ojek):
    def happening(event, about, to=ojek, at=NOON):
        partner_events.record(session, to.id, event, about, at, NOON)
        session.flush()

    return happening


@pytest.fixture
def driver(ports, session, ojek):
    return link(session, ojek, add_worker(ports).worker_id, NOON)


@pytest.fixture
def delivered(sessions):
    """What waits for a webhook."""

    def looking(hook=None):
        statement = select(WebhookDelivery)
        if hook is not None:
            statement = statement.where(WebhookDelivery.webhook_id == hook.id)
        with sessions() as session:
            return session.scalars(statement).all()

    return looking


def told(deliveries):
    return [orjson.loads(each.payload) for each in deliveries]


def test_an_event_about_a_driver_names_the_tie_and_the_partner_s_own_name_for_them(
    ports, happen, hooked, driver, delivered
):
    hook = hooked()
    happen(CONFIRMED, driver.id, at=NOON - timedelta(minutes=3))
    route(ports)
    assert told(delivered(hook)) == [
        {
            "type": "worker.confirmed",
            "timestamp": "2026-11-22T04:57:00.000Z",
            "data": {"worker_id": str(driver.id), "external_id": driver.external_id},
        }
    ]


def test_of_a_batch_the_counts_are_told(ports, session, ojek, happen, hooked, delivered):
    hook, batch = hooked(), completed_batch(session, ojek)
    happen(PartnerEventName.BATCH_COMPLETED, batch.id)
    route(ports)
    (payload,) = told(delivered(hook))
    assert payload["data"] == {
        "batch_id": str(batch.id),
        "status": "completed",
        "dry_run": False,
        "rows": 20,
        "accepted": 8,
        "unchanged": 6,
        "rejected": 4,
        "not_processed": 2,
    }


def test_of_an_invoice_the_id_is_told(ports, session, ojek, happen, hooked, delivered):
    hook, invoice_id = hooked(), invoice(session, ojek).id
    happen(PartnerEventName.INVOICE_PAID, invoice_id)
    route(ports)
    assert told(delivered(hook))[0]["data"] == {"invoice_id": str(invoice_id)}


def test_every_webhook_that_wants_it_is_told_under_the_same_id(
    ports, happen, hooked, driver, delivered
):
    wanting = [hooked(), hooked(events=[CONFIRMED])]
    other = hooked(events=[PartnerEventName.INVOICE_PAID])
    happen(CONFIRMED, driver.id)
    route(ports)
    told_of = [each for hook in wanting for each in delivered(hook)]
    assert len(told_of) == 2
    assert len({each.event_id for each in told_of}) == 1
    assert len({each.payload for each in told_of}) == 1
    assert delivered(other) == []


def test_another_partner_is_told_nothing(ports, session, happen, hooked, driver, delivered):
    theirs = hooked(of=partner(ports, session, "Kurir Kita"))
    happen(CONFIRMED, driver.id)
    route(ports)
    assert delivered(theirs) == []


@pytest.mark.parametrize(
    "event", [CONFIRMED, PartnerEventName.BATCH_COMPLETED, PartnerEventName.INVOICE_PAID]
)
def test_what_is_about_somebody_else_s_is_told_to_nobody(
    ports, session, ojek, happen, hooked, driver, delivered, event
):
    other = partner(ports, session, "Kurir Kita")
    about = {
        CONFIRMED: driver,
        PartnerEventName.BATCH_COMPLETED: completed_batch(session, ojek),
        PartnerEventName.INVOICE_PAID: invoice(session, ojek),
    }
    hooked(of=other)
    happen(event, about[event].id, to=other)
    route(ports)
    assert delivered() == []


def test_of_cover_nothing_is_told_once_the_worker_has_ended_the_tie(
    ports, session, happen, hooked, driver, delivered
):
    hooked()
    happen(PartnerEventName.COVERAGE_LAPSED, driver.id)
    driver.end(EndedBy.WORKER, NOON)
    session.flush()
    route(ports)
    assert delivered() == []


def test_of_cover_nothing_is_told_while_a_required_consent_is_taken_back(
    ports, session, happen, hooked, driver, delivered
):
    hooked()
    session.execute(withdraw_everything(driver.worker_id, NOON))
    happen(PartnerEventName.COVERAGE_LAPSED, driver.id)
    happen(CONFIRMED, driver.id)
    route(ports)
    assert [each["type"] for each in told(delivered())] == [CONFIRMED]


def test_a_second_time_nothing_is_left_to_hand_on(ports, happen, hooked, driver, delivered):
    hooked()
    for _ in range(5):
        happen(CONFIRMED, driver.id)
    route(ports, size=2)
    route(ports, size=2)
    assert len(delivered()) == 5


def test_who_has_no_webhook_is_not_told_later_of_what_happened_before(
    ports, sessions, happen, hooked, driver, delivered
):
    happen(CONFIRMED, driver.id)
    route(ports)
    hooked()
    route(ports)
    assert delivered() == []
    with sessions() as session:
        assert session.scalars(select(PartnerEvent)).one().routed_at == NOON


def test_one_that_is_switched_off_is_handed_nothing(ports, ojek, happen, hooked, driver, delivered):
    hook = hooked()
    off = {"status": WebhookStatus.DISABLED}
    registering.change(ports, calling(ojek), hook.id, off)
    happen(CONFIRMED, driver.id)
    route(ports)
    assert delivered() == []


def test_a_closed_account_is_handed_nothing(
    ports, session, ojek, happen, hooked, driver, delivered
):
    hooked()
    ojek.disabled_at = NOON
    session.flush()
    happen(CONFIRMED, driver.id)
    route(ports)
    assert delivered() == []


def test_one_job_is_asked_for_per_webhook_however_many_events_wait(ports, happen, hooked, driver):
    hook = hooked()
    for _ in range(3):
        happen(CONFIRMED, driver.id)
    route(ports)
    route(ports)
    assert ports.jobs.waiting == [DeliverWebhook(hook.id)]


def test_a_job_that_never_came_to_its_end_is_asked_for_again(ports, clock, happen, hooked, driver):
    hook = hooked()
    happen(CONFIRMED, driver.id)
    route(ports)
    clock.advance(minutes=11)
    route(ports)
    assert ports.jobs.waiting == [DeliverWebhook(hook.id)] * 2


def test_of_one_partner_two_are_at_work_at_a_time_and_each_gets_its_turn(
    ports, clock, happen, hooked, driver
):
    hooks = [hooked() for _ in range(5)]
    happen(CONFIRMED, driver.id)
    turns = []
    for _ in range(3):
        clock.advance(seconds=1)
        route(ports)
        turns.append({job.webhook_id for job in ports.jobs.waiting})
        ports.jobs.work(ports)
    assert [len(turn) for turn in turns] == [2, 2, 1]
    assert set().union(*turns) == {hook.id for hook in hooks}


def test_a_partner_with_slow_webhooks_leaves_room_for_others(
    ports, session, happen, hooked, driver
):
    other = partner(ports, session, "Kurir Kita")
    theirs = link(session, other, add_worker(ports).worker_id, NOON)
    slow = [hooked() for _ in range(5)]
    happen(CONFIRMED, driver.id)
    route(ports)
    quick = hooked(of=other)
    happen(CONFIRMED, theirs.id, to=other)
    route(ports)
    called = [job.webhook_id for job in ports.jobs.waiting]
    assert len(called) == 3
    assert called[-1] == quick.id
    assert set(called[:2]) <= {hook.id for hook in slow}


def test_a_hundred_events_cost_as_many_statements_as_one(ports, happen, hooked, driver, queries):
    hooked()
    happen(CONFIRMED, driver.id)
    queries.clear()
    route(ports)
    alone = len(queries)
    ports.jobs.work(ports)
    for _ in range(100):
        happen(CONFIRMED, driver.id)
    queries.clear()
    route(ports)
    assert len(queries) <= alone


def test_no_payload_tells_who_somebody_is(ports, happen, hooked, driver, delivered):
    hooked()
    for event in PartnerEventName:
        happen(event, driver.id)
    route(ports)
    keys = {name for payload in told(delivered()) for name in payload["data"]}
    assert keys <= {"worker_id", "external_id", "invoice_id"}
    assert URL not in str(told(delivered()))


def invoice(session, of):
    """One that has been paid."""
    made = PartnerInvoice(
        id=new_id(),
        partner_id=of.id,
        virtual_account_no=f"9881{new_id().int % 10**14:014}",
        month=Month(2026, 11),
        status=InvoiceStatus.PAID,
        rates_version="2026-11",
        lines=1,
        left_out=0,
        more=False,
        amount=Rupiah(8_400),
        credit_used=Rupiah(0),
        created_at=NOON,
        expires_at=NOON + timedelta(days=1),
        closed_at=NOON,
    )
    session.add(made)
    session.flush()
    return made


def completed_batch(session, of):
    batch = EnrolmentBatch(
        id=new_id(),
        partner_id=of.id,
        status=BatchStatus.COMPLETED,
        dry_run=False,
        plan=Plan.BASIC,
        created_at=NOON,
        progress_at=NOON,
        received_at=NOON,
        rows=20,
        completed_at=NOON,
    )
    session.add(batch)
    session.flush()
    session.add_all(chunk(batch, number) for number in range(2))
    session.flush()
    return batch


def chunk(batch, number):
    return BatchChunk(
        batch_id=batch.id,
        number=number,
        first_row=number * 10 + 1,
        rows=10,
        state=ChunkState.DONE,
        accepted=4,
        unchanged=3,
        rejected=2,
        not_processed=1,
        done_at=NOON,
    )
