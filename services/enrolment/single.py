"""A partner enrols one driver at once, while it takes them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.driver import Driver
from models.driver_faults import words_of
from models.driver_form import CellFault, DriverFaulty, Known, read_driver
from models.region import select_village_code
from models.values.faults import FaultyValue
from models.values.person_forms import VILLAGE_CODE
from models.values.plan import Plan
from services.callers import PartnerCaller
from services.enrolment import writing
from services.enrolment.outcomes import RowOutcome, Word
from services.enrolment.writing import Enrolling
from services.errors import FieldFault, Invalid
from services.once import Once
from services.ports import Ports
from services.prepared import driver_of

Cells = Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """:param worker_id: of the link, which is all that a partner learns of a worker's ids.
    :param ignored: names of the fields that differ from what is kept, and were not taken.
    """

    worker_id: UUID
    external_id: str
    outcome: Word
    ignored: tuple[str, ...]


def enrol(
    ports: Ports, caller: PartnerCaller, plan: Plan, cells: Cells, once: Once[Enrolled]
) -> Enrolled:
    """Enrol one driver, by the rules and with the outcomes of a file.

    The comparison with the population registry is asked for by those who pace them, within
    seconds: drivers who were sent by themselves come before those of files.

    :param cells: by the names of ``models.driver.COLUMNS``.
    :raises Invalid: values that cannot be, or that contradict a link there is; every fault at once.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        now = ports.clock.now()
        driver = _read(_known(ports, session, cells, now), cells)
        enrolling = Enrolling(caller.partner_id, plan, None, now)
        row = (None, driver.normal())
        [outcome] = writing.enrol(ports, driver_of(session), enrolling, [row])
        return once.remember(ports, session, _enrolled(driver, outcome))


def other_faults(ports: Ports, cells: Cells) -> list[FieldFault]:
    """What is wrong with those values that could be read, where others could not."""
    with ports.transactions.reading() as session:
        known = _known(ports, session, cells, ports.clock.now())
    try:
        read_driver(cells, known)
    except DriverFaulty as faulty:
        return [_placed(fault) for fault in faulty.faults if fault.field in cells]
    return []


def _read(known: Known, cells: Cells) -> Driver:
    try:
        return read_driver(cells, known)
    except DriverFaulty as faulty:
        raise Invalid(*map(_placed, faulty.faults)) from None


def _known(ports: Ports, session: Session, cells: Cells, now: datetime) -> Known:
    """What one driver is judged against: of all villages the one that is named."""
    return Known.at(now, _village(session, cells), ports.occupations, ports.consents)


def _village(session: Session, cells: Cells) -> frozenset[str]:
    try:
        code = VILLAGE_CODE.read(cells.get("village_code") or "")
    except FaultyValue:
        # Nothing that the database could be asked for.
        return frozenset()
    return frozenset(session.scalars(select_village_code(code)))


def _enrolled(driver: Driver, outcome: RowOutcome) -> Enrolled:
    if outcome.enrolment_id is None:
        raise Invalid(*map(_placed, outcome.faults))
    return Enrolled(
        worker_id=outcome.enrolment_id,
        external_id=driver.external_id,
        outcome=outcome.outcome,
        ignored=outcome.ignored,
    )


def _placed(fault: CellFault) -> FieldFault:
    return FieldFault(f"/{fault.field}", fault.code, words_of(fault.field, fault.code))
