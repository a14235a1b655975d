"""Who has taken up a case that staff decide, and what they decided."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, Update, func, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.policy import Policy
from models.staff import StaffAccount
from models.values.ids import new_id
from models.values.review import ReviewKind, Ruling
from models.worker import Worker

CLAIMED_FOR = Policy(
    timedelta(minutes=30),
    since=date(2026, 11, 25),
    basis="As long as a session may idle: a case takes ten minutes with the worker on the phone, and "
    "nobody waits for a colleague who has gone home.",
)


class Review(Model):
    """What officers do about one case, from the first claim to the decision.

    There is a case because of the row that it is about, not because of this one: see
    ``models.review_queue``. At most one of a case is open.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("uq_review_open", "about_id", unique=True, postgresql_where="closed_at is null"),
        Index("ix_review_worker_id", "worker_id", "closed_at"),
        CheckConstraint("num_nonnulls(claimed_by, claimed_until) in (0, 2)", name="claimed"),
        CheckConstraint("num_nonnulls(first_decision, first_by, first_at) in (0, 3)", name="first"),
        CheckConstraint("num_nonnulls(decision, decided_by) in (0, 2)", name="decided"),
        CheckConstraint("decision is null or closed_at is not null", name="closed"),
        CheckConstraint("first_by <> decided_by", name="two_officers"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[ReviewKind] = mapped_column(word_of(ReviewKind))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    about_id: Mapped[UUID]
    """The worker, the request for another number or the refund case that is decided about."""
    record: Mapped[bytes | None]
    """Stands for what was there to be judged when it was last claimed: what is decided is about that."""
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    claimed_until: Mapped[datetime | None]
    first_decision: Mapped[Ruling | None] = mapped_column(word_of(Ruling, "first_ruling"))
    """Waits for another officer."""
    first_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    first_at: Mapped[datetime | None]
    first_note: Mapped[str | None]
    displaces: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    """Who held the NIK, and is to hold it no more when this one is verified."""
    decision: Mapped[Ruling | None] = mapped_column(word_of(Ruling))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    note: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    """When it was decided, or there was nothing to decide any more."""

    def held_by(self, account_id: UUID, now: datetime) -> bool:
        return self.claimed_by == account_id and self.is_claimed(now)

    def is_claimed(self, now: datetime) -> bool:
        return self.claimed_until is not None and now < self.claimed_until

    def claim(self, account_id: UUID, record: bytes, now: datetime) -> None:
        """What was decided first about another record is void."""
        if self.record != record:
            self.forget_first()
        self.record, self.claimed_by = record, account_id
        self.claimed_until = now + CLAIMED_FOR.value

    def release(self) -> None:
        self.claimed_by, self.claimed_until = None, None

    def decide_first(
        self, decision: Ruling, account_id: UUID, note: str, displaces: UUID | None, now: datetime
    ) -> None:
        self.first_decision, self.first_by, self.first_at = decision, account_id, now
        self.first_note, self.displaces = note, displaces
        self.release()

    def forget_first(self) -> None:
        self.first_decision, self.first_by, self.first_at = None, None, None
        self.first_note, self.displaces = None, None

    def close(self, decision: Ruling, account_id: UUID, note: str, now: datetime) -> None:
        self.decision, self.decided_by, self.note, self.closed_at = decision, account_id, note, now
        self.release()


def open_unless_open(kind: ReviewKind, about_id: UUID, worker_id: UUID) -> Insert:
    """So that whoever claims a case first finds a row to hold."""
    row = {"id": new_id(), "kind": kind, "about_id": about_id, "worker_id": worker_id}
    return insert(Review).values(row).on_conflict_do_nothing()


def select_review(about_id: UUID) -> Select[Review]:
    """What is done about a case."""
    return select(Review).where(Review.about_id == about_id, Review.closed_at.is_(None))


def select_review_to_change(about_id: UUID) -> Select[Review]:
    """``select_review``, held and as it is now."""
    return select_review(about_id).with_for_update().execution_options(populate_existing=True)


def select_reviews_of(worker_id: UUID) -> Select[Review]:
    """Every one about a worker, in the order in which they were taken up."""
    return select(Review).where(Review.worker_id == worker_id).order_by(Review.id)


def select_given_back_at(worker_id: UUID) -> Select[datetime | None]:
    """When staff last gave a worker their corrections back."""
    return select(func.max(Review.closed_at)).where(
        Review.worker_id == worker_id, Review.decision == Ruling.NEEDS_CORRECTION
    )


def close_reviews_of(worker_id: UUID, now: datetime) -> Update:
    """There is nobody left to decide about."""
    return (
        update(Review)
        .where(Review.worker_id == worker_id, Review.closed_at.is_(None))
        .values(closed_at=now, claimed_by=None, claimed_until=None)
    )


def forget_notes_of(worker_id: UUID) -> Update:
    return update(Review).where(Review.worker_id == worker_id).values(first_note=None, note=None)


def select_username(account_id: UUID) -> Select[str]:
    return select(StaffAccount.username).where(StaffAccount.id == account_id)
