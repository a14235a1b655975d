"""Wrong tries at a partner's secret, so that they can be counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, Index, Select, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.values.ids import new_id

# (policy) A program that was given a wrong secret tries on for ever. A secret has 256 random bits,
# so nobody guesses one: what is limited is the work and the rows that wrong tries cost us.
PER_CLIENT = 20
CLIENT_WINDOW = timedelta(minutes=15)
SOURCE_WINDOW = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


class TokenRefusal(Model):
    """One wrong try. Of who tried, and at whose account, only keyed digests are kept."""

    __tablename__ = "token_refusal"
    __table_args__ = (
        Index("ix_token_refusal_client_key", "client_key", "refused_at"),
        Index("ix_token_refusal_source_key", "source_key", "refused_at"),
        Index("ix_token_refusal_refused_at", "refused_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_key: Mapped[bytes]
    """Stands for the ``client_id`` that was sent, whether or not there is such an account."""
    source_key: Mapped[bytes]
    """Stands for the caller's network address."""
    refused_at: Mapped[datetime]


def hold_client(client_key: bytes) -> Select[object]:
    """Let one wrong try at a time be counted. Released when the transaction ends."""
    return select(func.pg_advisory_xact_lock(int.from_bytes(client_key[:8], "big", signed=True)))


def select_nth_refusal_of(client_key: bytes, since: datetime, nth: int) -> Select[datetime]:
    """When the nth last wrong try at a ``client_id`` was made."""
    return _nth(nth).where(TokenRefusal.client_key == client_key, TokenRefusal.refused_at > since)


def select_nth_refusal_from(source_key: bytes, since: datetime, nth: int) -> Select[datetime]:
    """When the nth last wrong try from a network address was made."""
    return _nth(nth).where(TokenRefusal.source_key == source_key, TokenRefusal.refused_at > since)


def _nth(nth: int) -> Select[datetime]:
    newest_first = select(TokenRefusal.refused_at).order_by(TokenRefusal.refused_at.desc())
    return newest_first.offset(nth - 1).limit(1)


def forget_refusals(before: datetime) -> Delete:
    return delete(TokenRefusal).where(TokenRefusal.refused_at <= before)
