"""An officer has a message to a worker sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.message import MessageKind
from models.values.channel import Channel, DeliveryState
from services.callers import StaffCaller
from services.once import Once
from services.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Resent:
    """:param resent_of: the message that was sent first."""

    id: UUID
    resent_of: UUID
    kind: MessageKind
    channel: Channel
    state: DeliveryState
    queued_at: datetime


def resend(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    message_id: UUID,
    channel: Channel | None = None,
    note: str | None = None,
    once: Once[Resent] | None = None,
) -> Resent:
    """Send the same kind of message again, by a channel of choice or the same.

    :param note: why; for the auditor.
    :raises WorkerNotFound: there is none under this id.
    :raises MessageNotFound: the worker got none under this id.
    :raises MessageNotResendable: nothing is to be said any more; ``reason`` says why.
    :raises MessageWaiting: it was not sent yet.
    :raises ResentTooSoon: it was sent a moment ago.
    :raises ResentTooOften: the worker has had enough for a day.
    """
    raise NotImplementedError
