"""A worker's ties to partners as the worker sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from models.enrolment import Enrolment, Link
from models.partner import Partner
from models.partner_links import shares_cover


class Shared(StrEnum):
    """What a partner can see of a worker."""

    IDENTITY = "identity"
    """Whether what it sent agrees with the population registry."""
    MONTHS_PAID = "months_paid"
    """For how many months it has paid itself."""
    COVERAGE = "coverage"


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkerLink:
    id: UUID
    name: str
    """The partner's."""
    external_id: str | None
    """None once the worker is erased."""
    link: Link
    enrolled_at: datetime
    consent_version: str
    consented_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    shared: tuple[Shared, ...]

    @property
    def place(self) -> tuple[datetime, UUID]:
        return self.enrolled_at, self.id


def read_link(row: Sequence[Any]) -> WorkerLink:
    """A row of ``select_links``."""
    tie, name, shares = row
    return WorkerLink(
        id=tie.id,
        name=name,
        external_id=tie.external_id,
        link=tie.link,
        enrolled_at=tie.enrolled_at,
        consent_version=tie.consent_version,
        consented_at=tie.consented_at,
        confirmed_at=tie.confirmed_at,
        ended_at=tie.ended_at,
        shared=_shared(tie.link, shares),
    )


def _shared(link: Link, cover_too: bool) -> tuple[Shared, ...]:
    """Of a tie that has ended a partner learns nothing new."""
    if link is Link.ENDED:
        return ()
    known = (Shared.IDENTITY, Shared.MONTHS_PAID)
    return (*known, Shared.COVERAGE) if cover_too else known


def select_links(
    worker_id: UUID,
    documents: Iterable[str],
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int | None = None,
) -> Select[Enrolment, str, bool]:
    """Rows for ``read_link``, the newest first, from behind one of them on.

    :param documents: those that are required of a worker.
    """
    shares = shares_cover(Enrolment, documents, Enrolment.worker_id)
    statement = (
        select(Enrolment, Partner.name, shares)
        .join(Partner, Partner.id == Enrolment.partner_id)
        .where(Enrolment.worker_id == worker_id)
        .order_by(Enrolment.enrolled_at.desc(), Enrolment.id.desc())
        .limit(limit)
    )
    place = tuple_(Enrolment.enrolled_at, Enrolment.id)
    return statement if after is None else statement.where(place < after)


def select_link(
    link_id: UUID, worker_id: UUID, documents: Iterable[str]
) -> Select[Enrolment, str, bool]:
    return select_links(worker_id, documents).where(Enrolment.id == link_id)
