"""Every partner's files, as our staff look at them: counts and codes, and nothing of anybody in them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select, tuple_

from models.batch_standing import standings
from models.batch_trial import TRIAL
from models.check_pace import BatchChecks
from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from models.partner import Partner
from models.values.page import Place

_NEWEST_FIRST = (EnrolmentBatch.created_at, EnrolmentBatch.id)


class TrialState(StrEnum):
    """How the comparison of a file's first people stands: see ``models.batch_trial``."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    PASSED = "passed"
    PAUSED = "paused"
    RESUMED = "resumed"
    """Somebody let the rest be compared, whatever was found."""


def trial_state(*, answered: int, paused: bool, resumed: bool) -> TrialState:
    """:param answered: how many of the first ones the registry has answered."""
    if paused:
        return TrialState.PAUSED
    if resumed:
        return TrialState.RESUMED
    if answered >= TRIAL.value.checks:
        return TrialState.PASSED
    return TrialState.RUNNING if answered else TrialState.NOT_BEGUN


def select_inspected(batch_id: UUID) -> Select[*tuple[Any, ...]]:
    """One file, whoever's it is."""
    return _inspected().where(EnrolmentBatch.id == batch_id)


def select_all_inspected(
    *,
    after: Place | None,
    limit: int,
    partner_id: UUID | None = None,
    status: BatchStatus | None = None,
    paused: bool | None = None,
) -> Select[*tuple[Any, ...]]:
    """A page of all partners' files, newest first.

    :param paused: only those whose checks are paused, or only the others.
    """
    chosen = select(EnrolmentBatch.id).order_by(*(each.desc() for each in _NEWEST_FIRST))
    if after is not None:
        chosen = chosen.where(tuple_(*_NEWEST_FIRST) < after)
    if partner_id is not None:
        chosen = chosen.where(EnrolmentBatch.partner_id == partner_id)
    if status is not None:
        chosen = chosen.where(EnrolmentBatch.status == status)
    if paused is not None:
        is_paused = EnrolmentBatch.checks_paused_at.is_not(None)
        chosen = chosen.where(is_paused if paused else ~is_paused)
    # The page is cut first: chunks are counted of its files only.
    page = chosen.limit(limit).subquery()
    return (
        _inspected()
        .where(EnrolmentBatch.id.in_(select(page.c.id)))
        .order_by(*(each.desc() for each in _NEWEST_FIRST))
    )


def select_outcomes_with_faults(batch_id: UUID, *, chunks: int) -> Select[int, bytes | None]:
    """First row and outcomes of the first chunks of a file in which a row was rejected, in order."""
    return (
        select(BatchChunk.first_row, BatchChunk.outcomes)
        .where(
            BatchChunk.batch_id == batch_id,
            BatchChunk.state == ChunkState.DONE,
            BatchChunk.outcomes.is_not(None),
            BatchChunk.rejected > 0,
        )
        .order_by(BatchChunk.number)
        .limit(chunks)
    )


def _inspected() -> Select[*tuple[Any, ...]]:
    name = select(Partner.name).where(Partner.id == EnrolmentBatch.partner_id).scalar_subquery()
    return standings().add_columns(
        EnrolmentBatch.partner_id,
        name.label("partner"),
        EnrolmentBatch.plan,
        func.coalesce(_of_trial(BatchChecks.answered), 0).label("checks_answered"),
        func.coalesce(_of_trial(BatchChecks.not_found), 0).label("checks_not_found"),
        _of_trial(BatchChecks.resumed_at).label("checks_resumed_at"),
    )


def _of_trial(column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """None before the registry has answered about anybody."""
    return select(column).where(BatchChecks.batch_id == EnrolmentBatch.id).scalar_subquery()
