"""What is done in the background. A job carries ids only: queues are logged and kept."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID


class Job:
    """Base class. The fields of a job are its arguments."""

    name: ClassVar[str]
    queue: ClassVar[str]
    priority: ClassVar[int] = 0
    """Of those that wait in one queue, the highest goes first."""


@dataclass(frozen=True)
class SendMessage(Job):
    name = "send_message"
    queue = "messages"

    message_id: UUID


@dataclass(frozen=True)
class SendNotice(Job):
    """As ``SendMessage``, but nobody stands waiting for it with the phone in their hand."""

    name = "send_notice"
    queue = "notices"

    message_id: UUID


@dataclass(frozen=True)
class SendReminder(Job):
    """As ``SendNotice``, behind it: of these, thousands wait as a month ends."""

    name = "send_reminder"
    queue = "notices"
    priority = -1

    message_id: UUID


@dataclass(frozen=True)
class SendWelcome(Job):
    """As ``SendReminder``: hundreds wait while a partner's file is worked off."""

    name = "send_welcome"
    queue = "notices"
    priority = -1

    message_id: UUID


@dataclass(frozen=True)
class CheckIdentity(Job):
    name = "check_identity"
    queue = "identity"

    check_id: UUID


@dataclass(frozen=True)
class DrainBatches(Job):
    """Work on files of drivers until no chunk waits, beginning with this one."""

    name = "drain_batches"
    queue = "bulk"

    batch_id: UUID


@dataclass(frozen=True)
class CheckEnrolment(Job):
    """As ``CheckIdentity``, of what a partner sent: in a lane of its own, so that nobody who
    registers by themself waits behind a platform's thousands."""

    name = "check_enrolment"
    queue = "enrolment_identity"

    check_id: UUID


@dataclass(frozen=True)
class DeliverWebhook(Job):
    """Sends a webhook all that is due to it."""

    name = "deliver_webhook"
    queue = "webhooks"

    webhook_id: UUID


@dataclass(frozen=True)
class SettleCollectiveInvoice(Job):
    name = "settle_collective_invoice"
    queue = "collective"

    invoice_id: UUID


@dataclass(frozen=True)
class Pauses:
    """How long to wait before a job that met a dead end is tried again: growing, never giving up."""

    first: timedelta
    longest: timedelta

    def after(self, attempts: int) -> timedelta:
        """:param attempts: how often it has been tried, at least 1."""
        doubled: int = 2 ** min(attempts - 1, 20)
        return min(self.first * doubled, self.longest)
