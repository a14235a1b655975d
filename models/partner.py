"""Platforms that enrol their drivers, and the secrets by which they show who they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    Uuid,
    bindparam,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.values.ids import new_id
from models.values.payer import PayerKind


class Partner(Model):
    """``payer_kind`` decides the relief on what it pays for its drivers: whose money it is, is a
    property of the account and of no request."""

    __tablename__ = "partner"
    __table_args__ = (
        UniqueConstraint("name"),
        UniqueConstraint("client_id"),
        CheckConstraint("payer_kind <> 'self'", name="not_self"),
        CheckConstraint("messages_per_day >= 0 and checks_per_day >= 0", name="quotas"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    """As its drivers know it: it stands in their messages and in their access log."""
    client_id: Mapped[str]
    payer_kind: Mapped[PayerKind] = mapped_column(word_of(PayerKind))
    messages_per_day: Mapped[int]
    """How many drivers may be written to on one Jakarta day."""
    checks_per_day: Mapped[int]
    """How many may be compared with the population registry on one Jakarta day."""
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class PartnerSecret(Model):
    """At most two are good at a time, so that a partner can change over without a gap."""

    __tablename__ = "partner_secret"
    __table_args__ = (
        Index("ix_partner_secret_partner_id", "partner_id"),
        UniqueConstraint("digest"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    digest: Mapped[bytes]
    """Stands for the secret under our search key; the secret itself is shown once and kept
    nowhere."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


def select_good_secret() -> Select[UUID]:
    """The secret ``secret_id`` of the partner ``partner_id``, if it was not revoked and the account
    is open."""
    secret, partner = PartnerSecret.__table__.c, Partner.__table__.c
    return (
        select(secret.id)
        .join_from(PartnerSecret.__table__, Partner.__table__, partner.id == secret.partner_id)
        .where(
            secret.id == bindparam("secret_id", type_=Uuid),
            partner.id == bindparam("partner_id", type_=Uuid),
            secret.revoked_at.is_(None),
            partner.disabled_at.is_(None),
        )
    )


def select_shown_secret() -> Select[UUID, UUID, str]:
    """The good secret with this ``digest``: its id, its partner's id and ``client_id``."""
    secret, partner = PartnerSecret.__table__.c, Partner.__table__.c
    return (
        select(secret.id, partner.id, partner.client_id)
        .join_from(PartnerSecret.__table__, Partner.__table__, partner.id == secret.partner_id)
        .where(
            secret.digest == bindparam("digest", type_=LargeBinary),
            secret.revoked_at.is_(None),
            partner.disabled_at.is_(None),
        )
    )


def select_partners() -> Select[Partner]:
    """All accounts, closed ones too, the oldest first."""
    return select(Partner).order_by(Partner.created_at, Partner.id)


def select_partner_of_client(client_id: str) -> Select[Partner]:
    """Held, so that of two changes at once the later one sees the earlier. Rows that only name the
    partner can be written meanwhile: whoever works on a file of theirs has to end, to be waited for."""
    held = select(Partner).where(Partner.client_id == client_id)
    return held.with_for_update(key_share=True)


def select_good_secrets(partner_ids: Collection[UUID]) -> Select[PartnerSecret]:
    """Those of some partners that were not revoked, the oldest first."""
    return (
        select(PartnerSecret)
        .where(PartnerSecret.partner_id.in_(partner_ids), PartnerSecret.revoked_at.is_(None))
        .order_by(PartnerSecret.created_at, PartnerSecret.id)
    )
