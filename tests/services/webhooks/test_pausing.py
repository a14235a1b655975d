"""A webhook that nothing gets through to is left in peace, but for what its partner asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.values.target_trouble import TargetTrouble
from models.webhook import WebhookStatus
from models.webhook_delivery import DeliveryProgress
from services.ports import TargetAnswer
from services.webhooks import deliveries
from tests.fakes import NOON
from tests.partners import calling
from tests.services.webhooks.conftest import URL
from tests.services.webhooks.working import MOVED_TO, all_of, change, ids_sent, live, move, work

OK, GONE = (TargetAnswer(status=status) for status in (200, 410))
SILENT = TargetAnswer(trouble=TargetTrouble.TIMED_OUT)


def test_a_dead_target_is_asked_now_and_then_and_not_once_per_event(
    ports, clock, targets, happened
):
    happened(100)
    targets.answers[URL] = SILENT
    live(ports, clock, NOON + timedelta(minutes=30))
    assert len(targets.sent) < 30


def test_when_it_is_back_everything_flows(ports, clock, targets, happened):
    happened(100)
    targets.answers[URL] = SILENT
    live(ports, clock, NOON + timedelta(minutes=30))
    targets.answers[URL] = OK
    live(ports, clock, NOON + timedelta(hours=3))
    assert {each.state for each in all_of(ports)} == {DeliveryProgress.DELIVERED}


class TestPaused:
    """Nothing gets through, and a hundred events wait."""

    @pytest.fixture(autouse=True)
    def down(self, ports, clock, targets, happened):
        happened(100)
        targets.answers[URL] = SILENT
        live(ports, clock, NOON + timedelta(minutes=30))
        targets.sent.clear()

    def test_what_is_asked_for_is_sent_at_once_and_what_waits_after_it(
        self, ports, targets, tried, row, webhook
    ):
        targets.answers[URL] = OK
        delivery_id = tried()
        work(ports)
        assert ids_sent(targets)[0] == str(row(delivery_id).event_id)
        assert row(delivery_id).state is DeliveryProgress.DELIVERED
        assert (webhook().failures, webhook().paused_until) == (0, None)
        assert len(targets.sent) > 50

    def test_so_is_what_is_to_be_sent_again(self, ports, ojek, targets, hook):
        failed = max(all_of(ports), key=lambda each: len(each.attempts))
        targets.answers[URL] = OK
        deliveries.redeliver(ports, calling(ojek), hook.id, failed.id)
        work(ports)
        assert ids_sent(targets)[0] == str(failed.event_id)

    def test_where_it_fails_too_the_partner_reads_why_and_the_rest_goes_on_waiting(
        self, ports, clock, targets, tried, row, webhook
    ):
        delivery_id = tried()
        for _ in range(3):
            work(ports)
            clock.advance(seconds=1)
        assert len(targets.sent) == 1
        assert [each["reason"] for each in row(delivery_id).attempts] == ["timed_out"]
        assert webhook().paused_until > clock.now()

    def test_a_round_that_is_under_way_and_fails_does_not_put_it_off(
        self, ports, clock, targets, tried, row, webhook
    ):
        asked = []

        def ask(url):
            targets.before = lambda url: None
            asked.append(tried())

        clock.time = webhook().paused_until
        targets.before = ask
        work(ports)
        targets.answers[URL] = OK
        work(ports)
        assert row(asked[0]).state is DeliveryProgress.DELIVERED

    def test_a_new_address_gets_what_waits_at_once(self, ports, ojek, targets, hook, webhook):
        move(ports, ojek, hook)
        work(ports)
        assert {url for url, _, _ in targets.sent} == {MOVED_TO}
        assert {each.state for each in all_of(ports)} == {DeliveryProgress.DELIVERED}

    def test_for_a_new_address_the_three_days_begin_anew(
        self, ports, clock, targets, ojek, hook, webhook
    ):
        targets.answers[MOVED_TO] = SILENT
        clock.time = webhook().failing_since + timedelta(days=3)
        move(ports, ojek, hook)
        work(ports)
        told = webhook()
        assert (told.status, told.failing_since) == (WebhookStatus.ACTIVE, clock.now())

    def test_the_same_address_given_once_more_changes_nothing(self, ports, ojek, hook, webhook):
        before = webhook()
        move(ports, ojek, hook, URL)
        told = webhook()
        assert (told.failing_since, told.paused_until) == (
            before.failing_since,
            before.paused_until,
        )

    def test_one_that_is_switched_off_is_not_switched_on_by_a_new_address(
        self, ports, ojek, hook, webhook
    ):
        change(ports, ojek, hook, WebhookStatus.DISABLED)
        move(ports, ojek, hook)
        assert webhook().status is WebhookStatus.DISABLED


def test_what_the_address_before_answers_says_nothing_about_the_new_one(
    ports, targets, ojek, hook, happened, webhook
):
    happened()
    targets.answers[URL] = GONE
    targets.before = lambda url: move(ports, ojek, hook)
    work(ports)
    assert [url for url, _, _ in targets.sent] == [URL]
    assert (webhook().status, webhook().failing_since) == (WebhookStatus.ACTIVE, None)
