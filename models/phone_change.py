"""Each time that a worker's phone number was replaced by another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.phone_change_request import PhoneChangeRequest
from models.values.ids import new_id
from models.worker import Worker


class PhoneChange(Model):
    """Never changed or removed. It holds neither number: both were told, and the messages say where
    they went."""

    __tablename__ = "phone_change"
    __table_args__ = (Index("ix_phone_change_worker_id", "worker_id", "changed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey(PhoneChangeRequest.id))
    """What our staff approved. None: the worker changed it, signed in."""
    changed_at: Mapped[datetime]


def select_phone_changes(worker_id: UUID) -> Select[PhoneChange]:
    return (
        select(PhoneChange)
        .where(PhoneChange.worker_id == worker_id)
        .order_by(PhoneChange.changed_at)
    )


def select_last_change(worker_id: UUID) -> Select[datetime | None]:
    """When the number last became another."""
    return select(func.max(PhoneChange.changed_at, type_=PhoneChange.changed_at.type)).where(
        PhoneChange.worker_id == worker_id
    )
