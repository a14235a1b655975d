"""Whether a worker is covered, why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.choices import Choice, terms_for
from models.coverage import Coverage, CoverageStatus, ProgrammeCover, coverage_at, last_instant_of
from models.next_step import NextStep, Situation, next_step
from models.pricing import price
from models.standing import Standing, read, select_standing, select_standing_of_session
from models.values.identity import IdentityStatus
from models.values.jakarta import day_of
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.words import Words
from services.callers import SessionShown
from services.coverage_explanation import explain
from services.errors import SignInRequired
from services.ports import Ports
from services.prepared import Prepared, driver_of

_STANDING = Prepared(select_standing())
_STANDING_OF_SESSION = Prepared(select_standing_of_session())


@dataclass(frozen=True, slots=True)
class Arrears:
    """:param months: how many. :param amount: their price, each month at its own terms."""

    months: int
    amount: Rupiah


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageReport:
    """What ``GET /v1/me/coverage`` tells."""

    status: CoverageStatus
    member_number: str | None
    plan: Plan | None
    protected_from: datetime | None
    protected_until: date | None
    next_due_on: date | None
    credit: Rupiah
    arrears: Arrears
    programmes: tuple[ProgrammeCover, ...]
    explanation: Words
    next_step: NextStep
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """A worker's cover as of now, and what it was read from."""

    standing: Standing
    coverage: Coverage
    arrears: Arrears


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a worker has chosen, and should do next."""

    plan: Plan | None
    next_step: NextStep


def show(ports: Ports, caller: SessionShown, on: date | None = None) -> CoverageReport:
    """A worker's cover now, or at the end of a Jakarta day.

    About a day to come it assumes that nothing more is paid. The next step is always today's.

    :raises SignInRequired: the session was ended.
    """
    now = ports.clock.now()
    at = now if on is None else last_instant_of(on)
    row = ports.transactions.first(_STANDING_OF_SESSION, {**vars(caller), "at": at})
    if row is None:
        raise SignInRequired
    return _report(ports, read(row), at, now)


def report(ports: Ports, session: Session, worker_id: UUID) -> CoverageReport:
    """What ``GET /v1/me/coverage`` tells now. One statement, in the caller's transaction."""
    now = ports.clock.now()
    return _report(ports, standing_of(session, worker_id, now), now, now)


def _report(ports: Ports, standing: Standing, at: datetime, now: datetime) -> CoverageReport:
    coverage = coverage_at(standing.paid, at)
    # Now, everything that was chosen counts, even by the clock of a server ahead of this one.
    choices = standing.choices if at == now else standing.choices_by(at)
    arrears = _arrears(ports, choices, coverage)
    at_present = coverage if at == now else coverage_at(standing.paid, now)
    consents_given = _consents_given(ports, standing)
    return CoverageReport(
        status=coverage.status,
        member_number=standing.member_number,
        plan=coverage.plan or _chosen(choices),
        protected_from=coverage.protected_from,
        protected_until=coverage.protected_until,
        next_due_on=coverage.next_due_on if standing.may_pay else None,
        credit=standing.credit,
        arrears=arrears,
        programmes=coverage.programmes,
        explanation=explain(
            coverage,
            arrears=arrears.amount,
            today=day_of(now),
            verified=standing.identity is IdentityStatus.VERIFIED,
            leaving=standing.leaving,
            consents_given=consents_given,
        ),
        next_step=_next_step(standing, at_present, now, consents_given),
        as_of=at,
    )


def outlook(ports: Ports, session: Session, worker_id: UUID) -> Outlook:
    """What ``GET /v1/me`` tells about cover. One statement, in the caller's transaction."""
    now = ports.clock.now()
    standing = standing_of(session, worker_id, now)
    consents_given = _consents_given(ports, standing)
    step = _next_step(standing, coverage_at(standing.paid, now), now, consents_given)
    return Outlook(_chosen(standing.choices), step)


def present(ports: Ports, session: Session, worker_id: UUID) -> Present:
    """The same cover and arrears as ``GET /v1/me/coverage``, for whoever is told of them. One
    statement, in the caller's transaction."""
    now = ports.clock.now()
    standing = standing_of(session, worker_id, now)
    coverage = coverage_at(standing.paid, now)
    return Present(standing, coverage, _arrears(ports, standing.choices, coverage))


def standing_of(session: Session, worker_id: UUID, at: datetime) -> Standing:
    """What a worker's cover depends on. One statement, in the caller's transaction.

    :param at: for the credit; everything else is complete.
    """
    row = _STANDING.send(driver_of(session), {"worker_id": worker_id, "at": at}).first()
    if row is None:
        raise LookupError("no such worker")
    return read(row)


def _chosen(choices: Sequence[Choice]) -> Plan | None:
    """The plan decided on last."""
    return choices[-1].plan if choices else None


def _arrears(ports: Ports, choices: Sequence[Choice], coverage: Coverage) -> Arrears:
    months = coverage.unpaid_months
    amount = Rupiah.sum(
        price(ports.books.current, terms_for(month, choices), month, PayerKind.SELF).amount
        for month in months
    )
    return Arrears(len(months), amount)


def _consents_given(ports: Ports, standing: Standing) -> bool:
    """Whether everything required is agreed to, in its current version."""
    required = ((each.document, each.version) for each in ports.consents.required())
    return standing.consents.issuperset(required)


def _next_step(
    standing: Standing, coverage: Coverage, now: datetime, consents_given: bool
) -> NextStep:
    return next_step(
        Situation(
            identity=standing.identity,
            profile_complete=standing.profile_complete,
            consents_given=consents_given,
            plan_chosen=bool(standing.choices),
            invoice_open=standing.has_open_bill(now),
            coverage=coverage,
            leaving=standing.leaving,
        )
    )
