"""Which version of which document a worker accepted, and whether they took it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Insert,
    Select,
    SQLColumnExpression,
    Update,
    Uuid,
    exists,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, aliased, mapped_column
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from models.base import Model
from models.columns import Instant
from models.enrolment import Enrolment
from models.values.ids import new_id
from models.worker import Worker


class WorkerConsent(Model):
    """Never changed but by a withdrawal: the rows are the evidence (UU 27/2022, article 24)."""

    __tablename__ = "worker_consent"
    __table_args__ = (
        Index(
            "uq_worker_consent_given",
            "worker_id",
            "document",
            "version",
            unique=True,
            postgresql_where="withdrawn_at is null",
        ),
        Index("ix_worker_consent_worker_id", "worker_id", "accepted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    document: Mapped[str]
    version: Mapped[str]
    accepted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    def of_another(self, worker_id: UUID) -> WorkerConsent:
        """The same under another record of the same person."""
        return WorkerConsent(
            id=new_id(),
            worker_id=worker_id,
            document=self.document,
            version=self.version,
            accepted_at=self.accepted_at,
            withdrawn_at=self.withdrawn_at,
        )


def select_given(worker_id: UUID) -> Select[WorkerConsent]:
    """The consents that stand."""
    return select(WorkerConsent).where(
        WorkerConsent.worker_id == worker_id, WorkerConsent.withdrawn_at.is_(None)
    )


def insert_consents(
    worker_id: UUID, accepted: Iterable[tuple[str, str]], accepted_at: datetime
) -> Insert:
    """:param accepted: documents and their versions."""
    return insert(WorkerConsent).values(
        [
            {
                "id": new_id(),
                "worker_id": worker_id,
                "document": document,
                "version": version,
                "accepted_at": accepted_at,
            }
            for document, version in accepted
        ]
    )


def accept_once(
    worker_id: UUID, document: str, version: str, accepted_at: datetime
) -> postgresql.Insert:
    """Nothing is added where the same consent stands already."""
    given = {
        "id": new_id(),
        "worker_id": worker_id,
        "document": document,
        "version": version,
        "accepted_at": accepted_at,
    }
    return postgresql.insert(WorkerConsent).values(given).on_conflict_do_nothing()


def select_standing(worker_id: UUID, document: str, version: str) -> Select[WorkerConsent]:
    """The consent to one version that stands."""
    return select_given(worker_id).where(
        WorkerConsent.document == document, WorkerConsent.version == version
    )


def took_back(
    worker_id: SQLColumnExpression[UUID], documents: Iterable[str]
) -> ColumnElement[bool]:
    """Whether a worker withdrew their consent to one of these documents and gave none since.

    Who was never asked, because a partner enrolled them, has taken nothing back unless they say so:
    ``withdraw_as_told`` then leaves a row.
    """
    stands = aliased(WorkerConsent)
    return exists().where(
        WorkerConsent.worker_id == worker_id,
        WorkerConsent.document.in_(list(documents)),
        WorkerConsent.withdrawn_at.is_not(None),
        ~exists().where(
            stands.worker_id == WorkerConsent.worker_id,
            stands.document == WorkerConsent.document,
            stands.withdrawn_at.is_(None),
        ),
    )


def took_back_any(worker_id: UUID, documents: Iterable[str]) -> Select[bool]:
    """``took_back`` of one worker."""
    return select(took_back(literal(worker_id, Uuid), documents))


def withdraw_all(worker_id: UUID, document: str, now: datetime) -> ReturningUpdate[UUID]:
    """Every version of a document that the worker's consent stands for. Gives their ids."""
    of_document = WorkerConsent.document == document
    return withdraw_everything(worker_id, now).where(of_document).returning(WorkerConsent.id)


def withdraw_everything(worker_id: UUID, now: datetime, *, until: datetime | None = None) -> Update:
    """:param until: nothing that was given after this."""
    standing = update(WorkerConsent).where(
        WorkerConsent.worker_id == worker_id, WorkerConsent.withdrawn_at.is_(None)
    )
    if until is not None:
        standing = standing.where(WorkerConsent.accepted_at <= until)
    return standing.values(withdrawn_at=now)


def withdraw_as_told(worker_id: UUID, document: str, now: datetime) -> ReturningInsert[UUID]:
    """Of whoever agreed to a document with a partner, and was never asked by us: write down what
    the partner told of last, taken back. Gives the id, where there is such a consent.

    A later one that only a partner tells of does not speak against what the person says themself.
    """
    asked = exists().where(WorkerConsent.worker_id == worker_id, WorkerConsent.document == document)
    columns = {
        "id": literal(new_id(), Uuid),
        "worker_id": Enrolment.worker_id,
        "document": literal(document),
        "version": Enrolment.consent_version,
        "accepted_at": Enrolment.consented_at,
        "withdrawn_at": literal(now, Instant),
    }
    told = (
        select(*columns.values())
        .where(Enrolment.worker_id == worker_id, ~asked)
        .order_by(Enrolment.consented_at.desc(), Enrolment.id.desc())
        .limit(1)
    )
    return insert(WorkerConsent).from_select(list(columns), told).returning(WorkerConsent.id)


def select_last_consent(worker_id: UUID, document: str) -> Select[WorkerConsent]:
    """The last one given to any version of a document, withdrawn or not."""
    return (
        select(WorkerConsent)
        .where(WorkerConsent.worker_id == worker_id, WorkerConsent.document == document)
        .order_by(WorkerConsent.accepted_at.desc(), WorkerConsent.version.desc())
        .limit(1)
    )


def select_consents(
    worker_id: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int | None = None
) -> Select[WorkerConsent]:
    """What a worker ever gave, oldest first, from behind one of them on."""
    place = tuple_(WorkerConsent.accepted_at, WorkerConsent.id)
    statement = (
        select(WorkerConsent)
        .where(WorkerConsent.worker_id == worker_id)
        .order_by(WorkerConsent.accepted_at, WorkerConsent.id)
        .limit(limit)
    )
    return statement if after is None else statement.where(place > after)
