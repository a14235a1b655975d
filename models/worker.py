"""Workers who put themselves on the register, and what they work as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Delete,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    Update,
    and_,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from models.base import Model
from models.columns import word_of
from models.occupation import Occupation
from models.region import District, Regency, Village
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.sex import Sex

MAX_OCCUPATIONS = 2  # (policy)

# What is erased of a worker, and what of it may have been missing before.
_ALWAYS_THERE = (
    "sex",
    "phone_key",
    "phone_sealed",
    "village_code",
    "monthly_income",
    "language",
)
_PERHAPS_THERE = (
    # A partner need not know these three of its drivers. Who registers by themself gives them.
    "birth_place",
    "mother_maiden_name_sealed",
    "address_sealed",
    "email_sealed",
    "postal_code",
    "kusuka_number",
    "referral_code",
    "identity_reason",
)
ERASED = (*_ALWAYS_THERE, *_PERHAPS_THERE)
# What is left of who is erased beside the numbers: whose membership and money it was. Where nobody ever
# signed in or paid there is neither, and this may go as well.
WHO = ("nik_key", "nik_sealed", "full_name", "birth_date")
_NOBODY_S = (
    f"num_nonnulls({', '.join(WHO)}) = 0"
    " and num_nonnulls(claimed_at, paid_through, member_number) = 0"
)
_COMPLETE_OR_ERASED = (
    f"case when erased_at is null then num_nulls({', '.join((*_ALWAYS_THERE, *WHO))}) = 0"
    f" else num_nonnulls({', '.join(ERASED)}) = 0 and identity_elements = '[]'"
    f" and (num_nulls({', '.join(WHO)}) = 0 or {_NOBODY_S}) end"
)


class Worker(Model):
    """A person on the register, or a claim to be one. One that nobody has signed in to yet was
    enrolled by a partner and is unclaimed.

    ``*_sealed`` columns are opened by the vault; ``*_key`` columns are found by it. A worker whose
    identity is verified holds the NIK, and the database lets one worker hold it.

    An erased worker holds it no more, and is there only so that membership and money have an
    owner; one that nobody signed in to or paid for, so that a tie has had another end. Nobody can
    sign in as one, so the columns that only they lack are typed as if none did.
    """

    __tablename__ = "worker"
    __table_args__ = (
        UniqueConstraint("registration_number"),
        UniqueConstraint("member_number"),
        UniqueConstraint("nik_key", "phone_key"),
        Index(
            "uq_worker_nik_holder",
            "nik_key",
            unique=True,
            postgresql_where="identity_status = 'verified' and erased_at is null",
        ),
        Index("ix_worker_phone_key", "phone_key"),
        Index(
            "ix_worker_unclaimed",
            "registered_at",
            postgresql_where="claimed_at is null and erased_at is null and paid_through is null",
        ),
        Index("ix_worker_paid_through", "paid_through", "id"),
        # With what is judged of each, so that the names of a birthday stand side by side: sixty rows
        # of a million, and four thousand of seventy.
        Index("ix_worker_birth_date", "birth_date", postgresql_include=["id", "full_name"]),
        Index(
            "ix_worker_with_staff",
            "identity_status",
            text("coalesce(identity_checked_at, registered_at)"),
            "id",
            postgresql_where="identity_status in ('in_review', 'refused') and erased_at is null",
        ),
        CheckConstraint("monthly_income >= 0", name="monthly_income"),
        CheckConstraint(_COMPLETE_OR_ERASED, name="complete_or_erased"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    registration_number: Mapped[str]
    registered_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    """When the person first signed in; at once for who registers by themself."""

    nik_key: Mapped[bytes] = mapped_column(nullable=True)
    nik_sealed: Mapped[bytes] = mapped_column(nullable=True)
    full_name: Mapped[str] = mapped_column(nullable=True)
    birth_place: Mapped[str | None]
    birth_date: Mapped[date] = mapped_column(nullable=True)
    sex: Mapped[Sex] = mapped_column(word_of(Sex), nullable=True)
    mother_maiden_name_sealed: Mapped[bytes | None]

    phone_key: Mapped[bytes] = mapped_column(nullable=True)
    phone_sealed: Mapped[bytes] = mapped_column(nullable=True)
    email_sealed: Mapped[bytes | None]
    address_sealed: Mapped[bytes | None]
    postal_code: Mapped[str | None]
    village_code: Mapped[str] = mapped_column(ForeignKey(Village.code), nullable=True)
    monthly_income: Mapped[Rupiah] = mapped_column(nullable=True)
    kusuka_number: Mapped[str | None]
    referral_code: Mapped[str | None]
    language: Mapped[str] = mapped_column(nullable=True)
    """The one in which they registered or last signed in: notices are written in it."""

    identity_status: Mapped[IdentityStatus] = mapped_column(
        word_of(IdentityStatus), default=IdentityStatus.PENDING
    )
    identity_reason: Mapped[str | None]
    identity_elements: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """``[{"name": ..., "matched": ...}]``, those that the worker may see."""
    identity_checked_at: Mapped[datetime | None]

    member_number: Mapped[str | None]
    paid_through: Mapped[Month | None]
    """The last paid month. Written in the payment's transaction, so that it can be searched."""
    erased_at: Mapped[datetime | None]

    occupations: Mapped[list[WorkerOccupation]] = relationship(
        lazy="raise", order_by="WorkerOccupation.position", cascade="all, delete-orphan"
    )
    village: Mapped[Village] = relationship(lazy="raise", viewonly=True)

    @property
    def birth_year(self) -> int | None:
        """None where nothing is left of who it was."""
        return self.birth_date.year if self.birth_date else None


class WorkerOccupation(Model):
    """The first one decides the sector. (policy)"""

    __tablename__ = "worker_occupation"
    __table_args__ = (
        CheckConstraint(f"position between 1 and {MAX_OCCUPATIONS}", name="position"),
    )

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey(Occupation.code))
    workplace: Mapped[str | None]
    hours_per_week: Mapped[int | None]


def select_worker(worker_id: UUID) -> Select[Worker]:
    return select(Worker).where(Worker.id == worker_id)


def select_worker_to_change(worker_id: UUID) -> Select[Worker]:
    """Held: whatever changes a worker's money, plan or identity waits its turn here. Nobody who
    has been erased meanwhile."""
    return (
        select_worker(worker_id)
        .where(Worker.erased_at.is_(None))
        .options(selectinload(Worker.occupations))
        .with_for_update()
    )


def select_profile(worker_id: UUID) -> Select[Worker]:
    """A worker with occupations and the village up to its province."""
    path = (
        joinedload(Worker.village, innerjoin=True)
        .joinedload(Village.district, innerjoin=True)
        .joinedload(District.regency, innerjoin=True)
        .joinedload(Regency.province, innerjoin=True)
    )
    return select_worker(worker_id).options(selectinload(Worker.occupations), path)


def select_claim_from(nik_key: bytes, phone_key: bytes) -> Select[Worker]:
    """Held: who signs in while the number is replaced does so before, and is signed out by it, or
    is not found under the old number any more."""
    return (
        select(Worker)
        .where(Worker.nik_key == nik_key, Worker.phone_key == phone_key)
        .with_for_update()
    )


def select_unclaimed_from(nik_key: bytes, phone_key: bytes) -> Select[UUID]:
    """The record with a NIK and a phone that nobody has signed in to yet."""
    return select(Worker.id).where(
        Worker.nik_key == nik_key, Worker.phone_key == phone_key, Worker.claimed_at.is_(None)
    )


def select_workers_to_change(worker_ids: Iterable[UUID]) -> Select[Worker]:
    """``select_worker_to_change`` for several at once. Everybody holds them in this order, so that
    no two wait for each other."""
    return (
        select(Worker)
        .where(Worker.id.in_(worker_ids), Worker.erased_at.is_(None))
        .order_by(Worker.id)
        .options(selectinload(Worker.occupations))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def select_workers_to_look_at(worker_ids: Iterable[UUID]) -> Select[Worker]:
    """Held against changes, not against others who look, and in the same order."""
    return (
        select(Worker)
        .where(Worker.id.in_(worker_ids))
        .order_by(Worker.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )


def select_holder(nik_key: bytes) -> Select[UUID]:
    """The worker who holds a NIK."""
    return select(Worker.id).where(
        Worker.nik_key == nik_key,
        Worker.identity_status == IdentityStatus.VERIFIED,
        Worker.erased_at.is_(None),
    )


def select_holder_to_change(nik_key: bytes) -> Select[Worker]:
    """The worker who holds a NIK, held."""
    holder = and_(
        Worker.nik_key == nik_key,
        Worker.identity_status == IdentityStatus.VERIFIED,
        Worker.erased_at.is_(None),
    )
    return select(Worker).where(holder).with_for_update()


def select_others_on(phone_key: bytes, *, worker_id: UUID) -> Select[UUID]:
    """Other workers with the same phone."""
    return select(Worker.id).where(Worker.phone_key == phone_key, Worker.id != worker_id)


def select_others_with(nik_key: bytes, *, worker_id: UUID, limit: int) -> Select[Worker]:
    """Other workers who hold or claim a NIK: who holds it first, then in the order in which they
    came."""
    return (
        select(Worker)
        .where(Worker.nik_key == nik_key, Worker.id != worker_id, Worker.erased_at.is_(None))
        .order_by(
            (Worker.identity_status == IdentityStatus.VERIFIED).desc(),
            Worker.registered_at,
            Worker.id,
        )
        .limit(limit)
    )


def count_others_on(phone_key: bytes, *, worker_id: UUID) -> Select[int]:
    """How many other workers have the same phone."""
    return select(func.count()).where(Worker.phone_key == phone_key, Worker.id != worker_id)


def erase_worker(worker_id: UUID, now: datetime) -> Update:
    """The occupations must have gone before."""
    gone = dict.fromkeys(ERASED)
    return (
        update(Worker)
        .where(Worker.id == worker_id)
        .values(**gone, identity_elements=[], erased_at=now)
    )


def forget_who_it_was(worker_id: UUID) -> Update:
    """Of one who is erased and never signed in, and of whom there is no money."""
    return update(Worker).where(Worker.id == worker_id).values(dict.fromkeys(WHO))


def forget_occupations(worker_id: UUID) -> Delete:
    return delete(WorkerOccupation).where(WorkerOccupation.worker_id == worker_id)
