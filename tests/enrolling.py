"""Drivers in normal form, as a partner may send them, and their enrolment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.driver import COLUMNS
from models.enrolment import Enrolment
from models.partner import Partner
from models.values.plan import Plan
from services.enrolment.outcomes import RowOutcome
from services.enrolment.writing import Enrolling, enrol
from services.ports import Ports
from services.prepared import driver_of

BUDI: dict[str, Any] = {
    "external_id": "D-1",
    "nik": "3171010201900001",
    "full_name": "Budi Santoso",
    "birth_place": "Jakarta",
    "birth_date": date(1990, 1, 2),
    "sex": "M",
    "mother_maiden_name": "Ratna Dewi",
    "phone": "+6281234567890",
    "address": "Jl. Kenanga 12",
    "village_code": "31.71.01.1001",
    "occupation_code": "TR01",
    "monthly_income": 3_500_000,
    "consent_version": "2026-11",
    "consented_at": datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
}


def row(**values: object) -> tuple[Any, ...]:
    """Budi, or somebody who differs from him in some values."""
    return tuple((BUDI | values)[column] for column in COLUMNS)


def driver(number: int, **values: object) -> tuple[Any, ...]:
    """One of many: each with a NIK, a phone and an id of their own."""
    own = {
        "external_id": f"D-{number}",
        "nik": f"317101020190{number:04}",
        "phone": f"+62812{number:08}",
    }
    return row(**{**own, **values})


def enrolling(ports: Ports, partner: Partner, **options: Any) -> Enrolling:
    chosen = {"plan": Plan.BASIC, "batch_id": None, "now": ports.clock.now(), **options}
    return Enrolling(partner_id=partner.id, **chosen)


def send(
    ports: Ports,
    session: Session,
    partner: Partner,
    *rows: tuple[Any, ...],
    numbered: bool = False,
    **options: Any,
) -> list[RowOutcome]:
    """Enrol them in the session's transaction."""
    given = [(number if numbered else None, each) for number, each in enumerate(rows, start=1)]
    return enrol(ports, driver_of(session), enrolling(ports, partner, **options), given)


def words(outcomes: list[RowOutcome]) -> list[str]:
    return [each.outcome for each in outcomes]


def codes(outcome: RowOutcome) -> set[str]:
    return {fault.code for fault in outcome.faults}


def the_id(outcome: RowOutcome) -> UUID:
    assert outcome.enrolment_id is not None
    return outcome.enrolment_id


def enrolment(session: Session, outcome: RowOutcome) -> Enrolment:
    """The tie that came of a row, as it stands now."""
    return session.get_one(Enrolment, the_id(outcome), populate_existing=True)
