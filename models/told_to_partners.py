"""What is told of a worker's cover, told to the partners with whom the worker shares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import CTE, Select, func, select
from sqlalchemy.dialects.postgresql import Insert, insert

from models.coverage_event import CoverageEvent, insert_rows
from models.enrolment import Enrolment
from models.partner_event import PartnerEvent

# What an INSERT of events of cover has to return.
TOLD = (
    CoverageEvent.worker_id,
    CoverageEvent.event,
    CoverageEvent.happened_at,
    CoverageEvent.recorded_at,
)


def tell_rows(rows: Sequence[Mapping[str, object]]) -> Select[int]:
    """Write what has turned, and pass it on.

    :param rows: at least one, each a ``models.coverage_event.row_of``.
    :returns: how many were not told before.
    """
    told = insert_rows(rows).returning(*TOLD).cte("told")
    return select(func.count()).select_from(told).add_cte(pass_on(told).cte("passed_on"))


def pass_on(told: CTE) -> Insert:
    """One event for each confirmed tie of those workers.

    In one statement with the INSERT: what is not written because it was told before, is not passed
    on either, and nothing is lost or passed on twice whoever is killed.

    :param told: an INSERT of ``CoverageEvent`` that returns ``TOLD``.
    """
    shared = (
        select(
            func.gen_random_uuid(),
            Enrolment.partner_id,
            told.c.event,
            Enrolment.id,
            told.c.happened_at,
            told.c.recorded_at,
        )
        .join_from(told, Enrolment, Enrolment.worker_id == told.c.worker_id)
        .where(Enrolment.confirmed_at.is_not(None), Enrolment.ended_at.is_(None))
    )
    columns = ["id", "partner_id", "event", "about", "happened_at", "recorded_at"]
    return insert(PartnerEvent).from_select(columns, shared, include_defaults=False)
