"""What staff read of one worker at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from models.erasure_request import ErasureRequest, ErasureStatus
from models.message import Message
from models.phone_change_request import PhoneChangeRequest, PhoneChangeStatus
from models.phone_verification import PhoneVerification
from models.policy import Policy
from models.refund import RefundCase
from models.region import District, Regency, Village
from models.values.channel import DeliveryState
from models.worker import Worker, select_worker

LATELY = Policy(
    timedelta(days=30),
    since=date(2026, 11, 25),
    basis="Whether a phone can be reached is told by the last month: numbers are handed on.",
)
_MOST_MESSAGES = 20


class CaseKind(StrEnum):
    """What somebody has to decide or do."""

    IDENTITY = "identity"
    PHONE_CHANGE = "phone_change"
    REFUND = "refund"
    ERASURE = "erasure"


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    kind: CaseKind
    id: UUID
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reaching:
    """Whether messages reach the phone: of the last month.

    :param state: of the latest.
    """

    state: DeliveryState | None
    sent_at: datetime | None
    delivered_at: datetime | None
    failed_at: datetime | None


def select_record(worker_id: UUID) -> Select[Worker]:
    """A worker with occupations and the village up to its province, where they are not erased."""
    path = (
        joinedload(Worker.village)
        .joinedload(Village.district)
        .joinedload(District.regency)
        .joinedload(Regency.province)
    )
    return select_worker(worker_id).options(selectinload(Worker.occupations), path)


def select_open_cases(worker_id: UUID) -> Select[str, UUID, datetime]:
    """Of phone changes, refunds and erasures, the oldest first."""
    phone_change = select(
        literal(CaseKind.PHONE_CHANGE).label("kind"),
        PhoneChangeRequest.id.label("id"),
        PhoneChangeRequest.requested_at.label("opened_at"),
    ).where(
        PhoneChangeRequest.worker_id == worker_id,
        PhoneChangeRequest.status == PhoneChangeStatus.ON_HOLD,
    )
    refund = select(literal(CaseKind.REFUND), RefundCase.id, RefundCase.opened_at).where(
        RefundCase.worker_id == worker_id, RefundCase.closed_at.is_(None)
    )
    erasure = select(
        literal(CaseKind.ERASURE), ErasureRequest.id, ErasureRequest.requested_at
    ).where(ErasureRequest.worker_id == worker_id, ErasureRequest.status == ErasureStatus.WAITING)
    cases = union_all(phone_change, refund, erasure).subquery()
    return select(cases.c.kind, cases.c.id, cases.c.opened_at).order_by(cases.c.opened_at)


def select_lately_sent(worker_id: UUID, phone_key: bytes | None, now: datetime) -> Select[Message]:
    """To a worker or to the phone they have, newest first."""
    since = now - LATELY.value
    notices = select(Message.id).where(Message.worker_id == worker_id, Message.queued_at > since)
    codes = (
        select(Message.id)
        .join(PhoneVerification, PhoneVerification.id == Message.verification_id)
        .where(PhoneVerification.phone_key == phone_key, Message.queued_at > since)
    )
    # Each by an index of its own, where one condition on both would read every message.
    sent = union_all(notices, codes).subquery()
    return (
        select(Message)
        .where(Message.id.in_(select(sent.c.id)))
        .order_by(Message.queued_at.desc(), Message.id.desc())
        .limit(_MOST_MESSAGES)
    )


def reaching(messages: Sequence[Message]) -> Reaching:
    """:param messages: newest first."""

    def latest(state: DeliveryState) -> datetime | None:
        return next((each.settled_at for each in messages if each.state is state), None)

    newest = messages[0] if messages else None
    return Reaching(
        state=newest.state if newest else None,
        sent_at=newest.queued_at if newest else None,
        delivered_at=latest(DeliveryState.DELIVERED),
        failed_at=latest(DeliveryState.FAILED),
    )
