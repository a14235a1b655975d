"""What is due is sent, tried again for three days, and held up by nobody else's trouble."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Lock

import pytest
from standardwebhooks import Webhook as Checker

from models.partner_event import PartnerEventName
from models.values.target_trouble import TargetTrouble
from models.webhook import DisabledReason, WebhookStatus
from models.webhook_delivery import DeliveryProgress
from services import partner_events
from services.once import Once
from services.ports import TargetAnswer
from services.webhooks import registering
from services.webhooks.delivering import AT_ONCE, HELD, deliver
from services.webhooks.routing import route
from tests.fakes import NOON
from tests.partners import calling
from tests.payers import add_worker
from tests.services.webhooks.conftest import URL
from tests.services.webhooks.working import all_of, change, live, work
from tests.ties import link

OK, BROKEN, GONE = (TargetAnswer(status=status) for status in (200, 500, 410))
SILENT = TargetAnswer(trouble=TargetTrouble.TIMED_OUT)


def test_what_is_sent_can_be_checked_with_the_secret_that_was_shown(ports, targets, hook, tried):
    delivery_id = tried()
    work(ports)
    ((url, body, headers),) = targets.sent
    assert url == URL
    assert delivery_id
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    checked = signed_headers_by(hook.secret, body, headers)
    assert checked == headers["webhook-signature"]


def test_a_success_is_the_end_of_it(ports, targets, tried, row):
    delivery_id = tried()
    work(ports)
    work(ports)
    told = row(delivery_id)
    assert (told.state, told.next_try_at) == (DeliveryProgress.DELIVERED, None)
    assert told.attempts == [{"at": NOON.isoformat(), "status": 200, "reason": None}]
    assert len(targets.sent) == 1


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [(BROKEN, 500, None), (TargetAnswer(status=302), 302, None), (SILENT, None, "timed_out")],
)
def test_a_failure_is_told_plainly_and_tried_again(
    ports, clock, targets, tried, row, answer, status, reason
):
    delivery_id = tried()
    targets.answers[URL] = answer
    work(ports)
    told = row(delivery_id)
    assert told.state is DeliveryProgress.QUEUED
    assert told.attempts == [{"at": NOON.isoformat(), "status": status, "reason": reason}]
    assert timedelta(seconds=5) <= told.next_try_at - NOON <= timedelta(seconds=6)
    targets.answers[URL] = OK
    clock.advance(seconds=6)
    work(ports)
    assert row(delivery_id).state is DeliveryProgress.DELIVERED


def test_every_try_sends_the_same_bytes_under_the_same_id_signed_anew(ports, clock, targets, tried):
    tried()
    targets.answers[URL] = BROKEN
    work(ports)
    clock.advance(minutes=1)
    work(ports)
    (_, first, before), (_, second, after) = targets.sent
    assert first == second
    assert before["webhook-id"] == after["webhook-id"]
    assert before["webhook-timestamp"] != after["webhook-timestamp"]
    assert before["webhook-signature"] != after["webhook-signature"]


def test_after_three_days_it_has_failed_and_the_webhook_is_switched_off(
    ports, clock, targets, tried, row, webhook, caplog
):
    delivery_id = tried()
    targets.answers[URL] = SILENT
    with caplog.at_level(logging.WARNING):
        live(ports, clock, NOON + timedelta(days=3, hours=18))
    assert len(targets.sent) == 10
    assert row(delivery_id).state is DeliveryProgress.FAILED
    assert webhook().disabled_reason is DisabledReason.FAILING
    assert [record.message for record in caplog.records] == ["a webhook was switched off"]
    assert URL not in caplog.text


def test_410_switches_it_off_at_once(ports, targets, tried, webhook):
    tried()
    targets.answers[URL] = GONE
    work(ports)
    assert (webhook().disabled_at, webhook().disabled_reason) == (NOON, DisabledReason.GONE)


def test_one_event_that_is_never_taken_does_not_switch_off_what_takes_others(
    ports, clock, targets, tried, row, webhook
):
    bad = str(row(tried()).event_id)
    targets.post = lambda url, body, headers: BROKEN if headers["webhook-id"] == bad else OK
    for day in range(1, 5):
        tried()
        live(ports, clock, NOON + timedelta(days=day))
    assert webhook().status is WebhookStatus.ACTIVE
    states = {each.state for each in all_of(ports)}
    assert states == {DeliveryProgress.DELIVERED, DeliveryProgress.FAILED}


def test_no_more_than_a_few_are_sent_to_one_webhook_at_once(ports, targets, tried):
    for _ in range(50):
        tried()
    lock, now_sending, most = Lock(), [], []

    def note(url):
        with lock:
            now_sending.append(url)
            most.append(len(now_sending))
        with lock:
            now_sending.pop()

    targets.before = note
    work(ports)
    assert len(targets.sent) == 50
    assert max(most) <= AT_ONCE


def test_a_turn_ends_and_what_is_left_comes_next_time(ports, targets, hook, tried):
    for _ in range(10):
        tried()
    deliver(ports, hook.id, turn=0)
    assert targets.sent == []
    work(ports)
    assert len(targets.sent) == 10


def test_what_a_killed_worker_had_taken_is_sent_again_under_the_same_id(
    ports, clock, targets, tried, row
):
    delivery_id = tried()

    class Killed(BaseException):
        pass

    def die(url):
        raise Killed

    targets.before = die
    route(ports)
    with pytest.raises(Killed):
        ports.jobs.work(ports)
    assert row(delivery_id).state is DeliveryProgress.QUEUED
    targets.before = lambda url: None
    clock.advance(seconds=HELD.total_seconds() - 1)
    deliver(ports, row(delivery_id).webhook_id)
    assert targets.sent == []
    clock.advance(seconds=1)
    deliver(ports, row(delivery_id).webhook_id)
    ((_, _, headers),) = targets.sent
    assert headers["webhook-id"] == str(row(delivery_id).event_id)


def test_one_that_is_taken_away_while_it_is_sent_leaves_nothing(
    ports, targets, ojek, hook, tried, webhook
):
    tried()
    targets.before = lambda url: registering.remove(ports, calling(ojek), hook.id)
    work(ports)
    assert webhook() is None
    assert all_of(ports) == []


def test_nothing_is_sent_while_it_is_switched_off_and_all_of_it_afterwards(
    ports, clock, targets, ojek, hook, tried
):
    tried()
    change(ports, ojek, hook, WebhookStatus.DISABLED)
    work(ports)
    assert targets.sent == []
    clock.advance(days=1)
    change(ports, ojek, hook, WebhookStatus.ACTIVE)
    work(ports)
    assert len(targets.sent) == 1


def test_to_switch_it_on_again_starts_the_three_days_anew(
    ports, clock, targets, ojek, hook, tried, webhook
):
    targets.answers[URL] = SILENT
    tried()
    live(ports, clock, NOON + timedelta(days=4))
    change(ports, ojek, hook, WebhookStatus.ACTIVE)
    tried()
    work(ports)
    assert webhook().status is WebhookStatus.ACTIVE


def test_for_a_day_after_a_change_both_secrets_sign(ports, clock, targets, ojek, hook, tried):
    new = registering.change_secret(ports, calling(ojek), hook.id, Once()).secret
    tried()
    work(ports)
    _, body, headers = targets.sent[-1]
    signatures = [signed_headers_by(secret, body, headers) for secret in (new, hook.secret)]
    assert headers["webhook-signature"] == " ".join(signatures)
    clock.advance(hours=24)
    tried()
    work(ports)
    _, body, headers = targets.sent[-1]
    assert headers["webhook-signature"] == signed_headers_by(new, body, headers)


def test_a_driver_s_confirmation_arrives(ports, session, ojek, targets, hook):
    driver = link(session, ojek, add_worker(ports).worker_id, NOON)
    partner_events.record(session, ojek.id, PartnerEventName.CONFIRMED, driver.id, NOON, NOON)
    session.flush()
    work(ports)
    assert [body for _, body, _ in targets.sent] == [
        b'{"type":"worker.confirmed","timestamp":"2026-11-22T05:00:00.000Z","data":{"worker_id":"%s",'
        b'"external_id":"%s"}}' % (str(driver.id).encode(), driver.external_id.encode())
    ]


def signed_headers_by(secret, body, headers):
    """What this secret signs of what was sent."""
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    return Checker(secret).sign(headers["webhook-id"], at, body.decode())
