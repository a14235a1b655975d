"""The chain that seals the audit. The database lets nobody change or remove a link."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.audit_event import AuditEvent
from models.base import Model


class AuditLink(Model):
    """One event, in the order in which they were sealed. The digest is over the event and the
    digest before, so that neither can be another, and none be left out."""

    __tablename__ = "audit_link"
    __table_args__ = (UniqueConstraint("event_id"),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """1, 2, 3 and so on, without a gap."""
    event_id: Mapped[UUID] = mapped_column(ForeignKey(AuditEvent.id))
    digest: Mapped[bytes]
