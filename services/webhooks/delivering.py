"""A webhook is sent what is due to it. Run by the worker, one job a webhook.

Some deliveries are taken in one transaction, sent outside of any, and what came of them is written
in another. Whoever is killed in between leaves them to be taken again: then one arrives twice, under
the same id, which is what the other side knows it by.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from models.webhook import (
    DisabledReason,
    Webhook,
    end_call,
    select_webhook_to_deliver,
    select_webhook_to_judge,
)
from models.webhook_delivery import DeliveryProgress, give_back, take_due, write_progress
from models.webhook_tries import is_given_up, next_try
from services.jobs import Pauses
from services.ports import Ports, TargetAnswer
from services.webhooks.signing import URL_PLACE, good_secrets, signed_headers

AT_ONCE = 8
"""How many are sent to one webhook at the same time."""
ROUND = 200
# In seconds. A turn begins nothing after its end, so that a worker that is told to stop can.
TURN = 8.0
# Longer than a turn and its last call may take.
HELD = timedelta(seconds=30)
# Of a webhook that nothing gets through to, one delivery is tried after each.
PROBING = Pauses(timedelta(seconds=5), timedelta(minutes=5))
GONE = 410
ATTEMPTS_KEPT = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    id: UUID
    event_id: UUID
    payload: str = field(repr=False)
    tries: int
    attempts: list[dict[str, Any]]


@dataclass(frozen=True)
class Tried:
    taken: Taken
    at: datetime
    answer: TargetAnswer

    @property
    def got_through(self) -> bool:
        status = self.answer.status
        return status is not None and 200 <= status < 300


@dataclass
class Round:
    """What was taken at once, and where it goes.

    :param ends: by the machine's own clock, in seconds; nothing is begun after it.
    """

    url: str = field(repr=False)
    good_secrets: Sequence[str] = field(repr=False)
    taken: Sequence[Taken]
    ends: float
    anything_failed: bool = False
    anything_got_through: bool = False

    @property
    def is_over(self) -> bool:
        """Also where nothing gets through: what failed is enough to know."""
        hopeless = self.anything_failed and not self.anything_got_through
        return hopeless or time.monotonic() >= self.ends


def deliver(ports: Ports, webhook_id: UUID, turn: float = TURN) -> None:
    """Send what is due until nothing is, nothing gets through, or the turn is over.

    :param turn: how long, in seconds. What is left then waits for the next call, behind other
        webhooks.
    """
    ends = time.monotonic() + turn
    with ThreadPoolExecutor(AT_ONCE) as senders:
        while sending := _take(ports, webhook_id, ends):
            tried = list(senders.map(partial(_try, ports, sending), sending.taken))
            _write(ports, webhook_id, sending, [each for each in tried if each is not None])
            if sending.is_over:
                break
    with ports.transactions.begin() as session:
        session.execute(end_call(webhook_id, ports.clock.now()))


def _take(ports: Ports, webhook_id: UUID, ends: float) -> Round | None:
    """None: nothing is due, or it is switched off, or paused and nothing was asked for.

    What the partner asked for goes first. So of a webhook that nothing gets through to it is the one
    that is tried: whoever has mended their side sees it arrive, and if not, why.
    """
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        webhook = session.scalar(select_webhook_to_deliver(webhook_id, now))
        if webhook is None:
            return None
        limit = 1 if webhook.failures else ROUND
        due = partial(take_due, webhook_id, now=now, until=now + HELD)
        asked_for = session.execute(due(asked_for=True, limit=limit)).all()
        left = 0 if webhook.is_paused(now) else limit - len(asked_for)
        others = session.execute(due(asked_for=False, limit=left)).all() if left else []
        taken = [Taken(*row) for row in (*asked_for, *others)]
    if not taken:
        return None
    url = _address(ports, webhook)
    return Round(url, good_secrets(ports.vault, webhook, now), taken, ends)


def _address(ports: Ports, webhook: Webhook) -> str:
    return ports.vault.open(URL_PLACE, webhook.id, webhook.url_sealed)


def _try(ports: Ports, sending: Round, taken: Taken) -> Tried | None:
    """None: it was not begun."""
    if sending.is_over:
        return None
    at = ports.clock.now()
    headers = signed_headers(taken.event_id, taken.payload, sending.good_secrets, at)
    tried = Tried(
        taken, at, ports.webhook_targets.post(sending.url, taken.payload.encode(), headers)
    )
    if tried.got_through:
        sending.anything_got_through = True
    else:
        sending.anything_failed = True
    return tried


def _write(ports: Ports, webhook_id: UUID, sending: Round, tried: Sequence[Tried]) -> None:
    begun = {each.taken.id for each in tried}
    left = [each.id for each in sending.taken if each.id not in begun]
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        # Before the deliveries: whoever takes a webhook away holds it first, too.
        webhook = session.scalar(select_webhook_to_judge(webhook_id))
        if tried:
            session.execute(write_progress(), [_progress(each, now) for each in tried])
        if left:
            session.execute(give_back(left, now))
        # Of another address that it has by now nothing was found out.
        if webhook is not None and _address(ports, webhook) == sending.url:
            _judge(webhook, tried, now)


def _progress(tried: Tried, now: datetime) -> dict[str, Any]:
    """What is written of one that was tried."""
    attempts = [*tried.taken.attempts, _attempt(tried)][-ATTEMPTS_KEPT:]
    told = {"this": tried.taken.id, "attempts": attempts}
    if tried.got_through:
        done = {"state": DeliveryProgress.DELIVERED, "tries": tried.taken.tries}
        return told | done | {"next_try_at": None}
    failed = tried.taken.tries + 1
    again_at = next_try(tried.taken.id, failed, now)
    state = DeliveryProgress.FAILED if again_at is None else DeliveryProgress.QUEUED
    return told | {"state": state, "tries": failed, "next_try_at": again_at}


def _attempt(tried: Tried) -> dict[str, Any]:
    trouble = tried.answer.trouble
    return {
        "at": tried.at.isoformat(),
        "status": tried.answer.status,
        "reason": None if trouble is None else trouble.value,
    }


def _judge(webhook: Webhook, tried: Sequence[Tried], now: datetime) -> None:
    """Whether a webhook is paused or switched off after what came of a round."""
    if any(each.got_through for each in tried):
        webhook.failures, webhook.failing_since, webhook.paused_until = 0, None, None
    elif tried:
        webhook.failures += 1
        webhook.failing_since = webhook.failing_since or now
        webhook.paused_until = now + PROBING.after(webhook.failures)
    if any(each.answer.status == GONE for each in tried):
        _switch_off(webhook, DisabledReason.GONE, now)
    elif is_given_up(webhook.failing_since, now):
        _switch_off(webhook, DisabledReason.FAILING, now)


def _switch_off(webhook: Webhook, reason: DisabledReason, now: datetime) -> None:
    if webhook.disabled_at is None:
        webhook.disable(reason, now)
        told = {"webhook": str(webhook.id), "partner": str(webhook.partner_id), "reason": reason}
        log.warning("a webhook was switched off", extra=told)
