"""What staff did, or tried to. The database lets nobody change or remove a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.staff import StaffAccount
from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from models.values.ids import new_id


class AuditEvent(Model):
    """One deed, however many rows it showed. Nothing personal of a worker is in it: whom it was
    about is an id, and what was searched for is a keyed digest."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_at", "at", "id"),
        Index("ix_audit_event_account_id", "account_id", "at"),
        Index(
            "ix_audit_event_worker_id", "worker_id", "at", postgresql_where="worker_id is not null"
        ),
        Index("ix_audit_event_action", "action", "at"),
        Index("ix_audit_event_refused", "at", "id", postgresql_where="refusal is not null"),
        Index(
            "ix_audit_event_searched_key",
            "searched_key",
            "at",
            postgresql_where="searched_key is not null",
        ),
        CheckConstraint("num_nonnulls(account_id, username, role) in (0, 3)", name="account"),
        CheckConstraint("num_nonnulls(searched_by, searched_key) in (0, 2)", name="searched"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    action: Mapped[AuditAction] = mapped_column(word_of(AuditAction))
    refusal: Mapped[str | None]
    """The code of the error with which it ended; None: it was done."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    """None: nobody of ours, such as a sign-in to an account that there is not; or whoever runs the
    installation, at its command line."""
    username: Mapped[str | None]
    role: Mapped[StaffRole | None] = mapped_column(word_of(StaffRole))
    """As of then."""
    session_id: Mapped[UUID | None]
    source: Mapped[str]
    """The network address it came from, or ``command line``."""
    reason: Mapped[AccessReason | None] = mapped_column(word_of(AccessReason))
    note: Mapped[str | None]
    searched_by: Mapped[SearchedBy | None] = mapped_column(word_of(SearchedBy))
    searched_key: Mapped[bytes | None]
    worker_id: Mapped[UUID | None]
    """No foreign key, as ``about_id``: it stays true whatever becomes of the row it names."""
    about_id: Mapped[UUID | None]
    """The review, request, batch, account or message that it was about."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Names of fields, counts, decisions: never a value of a worker's."""
