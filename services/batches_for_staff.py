"""Our staff look at partners' files: how far they are, what was wrong with their rows, and whether
the registry knows their people. Nobody in them is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.batch_inspection import (
    TrialState,
    select_all_inspected,
    select_inspected,
    select_outcomes_with_faults,
    trial_state,
)
from models.batch_trial import TRIAL
from models.driver_faults import words_of
from models.enrolment_batch import BatchStatus
from models.policy import Policy
from models.values.audit import AuditAction
from models.values.page import Page, PageRequest
from models.values.plan import Plan
from models.values.words import Words
from services.audit.recording import Deed, record, record_refusal
from services.callers import StaffCaller
from services.enrolment import outcomes
from services.enrolment.batches import BatchNotFound, Standing
from services.errors import Conflict, DomainError
from services.links import batch_trial
from services.ports import Ports

MOST_CHUNKS = Policy(
    20,
    since=date(2026, 11, 25),
    basis="Of so many chunks with rejected rows, a hundred thousand rows, faults are counted: a "
    "quarter of a second's work. What is wrong with a file shows in its first thousands; of all "
    "its rows the partner's own results tell.",
)
_FIRST_ROWS = 5


class BatchNotPaused(Conflict):
    code = "batch-not-paused"
    title = Words("Pemeriksaan berkas tidak dijeda", "The checks of the batch are not paused")
    detail = Words(
        "Tidak ada yang perlu dilanjutkan. Muat ulang berkas ini untuk melihat keadaannya sekarang.",
        "There is nothing to resume. Load the batch again to see how it stands now.",
    )


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the registry said of a file's first people.

    :param checks: how many are the trial. :param most_not_found: more than these pause the file.
    """

    state: TrialState
    checks: int = TRIAL.value.checks
    most_not_found: int = TRIAL.value.most_not_found
    answered: int
    not_found: int
    paused_at: datetime | None
    resumed_at: datetime | None

    @property
    def said(self) -> Words:
        """The verdict in one sentence."""
        numbers = {
            "checks": self.checks,
            "most": self.most_not_found,
            "answered": self.answered,
            "not_found": self.not_found,
        }
        said = {name: Words(str(number), str(number)) for name, number in numbers.items()}
        return _SAID[self.state].with_(**said)


@dataclass(frozen=True, kw_only=True)
class StaffBatch(Standing):
    """:param partner: the name."""

    partner_id: UUID
    partner: str
    plan: Plan
    trial: Trial

    @property
    def paused(self) -> bool:
        return self.trial.state is TrialState.PAUSED


@dataclass(frozen=True, kw_only=True)
class FaultCount:
    """:param field: the name of the column; ``row`` is the whole row.
    :param first_rows: the numbers of the first few such rows in the file.
    """

    field: str
    code: str
    words: Words
    rows: int
    first_rows: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Faults:
    """Those most often met first.

    :param rejected_rows: in how many rejected rows they were counted.
    :param all_counted: whether these are all that were rejected so far. Not where there are more
        than are counted, nor once results are forgotten.
    """

    counts: Sequence[FaultCount] = ()
    rejected_rows: int = 0
    all_counted: bool = True


@dataclass(frozen=True, kw_only=True)
class Inspected:
    batch: StaffBatch
    faults: Faults


def listed(
    ports: Ports,
    officer: StaffCaller,
    page: PageRequest,
    *,
    partner_id: UUID | None = None,
    status: BatchStatus | None = None,
    paused: bool | None = None,
) -> Page[StaffBatch]:
    """All partners' files, newest first.

    :param paused: only those whose checks are paused, or only the others.
    """
    statement = select_all_inspected(
        after=page.after, limit=page.to_read, partner_id=partner_id, status=status, paused=paused
    )
    with ports.transactions.begin() as session:
        batches = [_batch(row) for row in session.execute(statement)]
        shown = Page.of(batches, page, lambda last: (last.created_at, last.id))
        counted = {"shown": len(shown.items)}
        deed = Deed(action=AuditAction.LISTED_BATCHES, about_id=partner_id, details=counted)
        record(session, officer, deed, ports.clock.now())
    return shown


def one(ports: Ports, officer: StaffCaller, batch_id: UUID) -> Inspected:
    """A file with what is wrong with its rows.

    :raises BatchNotFound: there is none under this id.
    """
    deed = Deed(action=AuditAction.VIEWED_BATCH, about_id=batch_id)
    with ports.transactions.begin() as session:
        batch = _found(session, batch_id)
        if batch is not None:
            faults = _faults(session, batch)
            record(session, officer, deed, ports.clock.now())
            return Inspected(batch=batch, faults=faults)
    raise _refused(ports, officer, deed, BatchNotFound())


def resume(ports: Ports, officer: StaffCaller, batch_id: UUID, note: str) -> StaffBatch:
    """Have the rest of a file checked, whatever the registry says of it.

    :param note: why; for the auditor.
    :raises BatchNotFound: there is none under this id.
    :raises BatchNotPaused: its checks are not paused.
    """
    deed = Deed(action=AuditAction.RESUMED_BATCH, about_id=batch_id, note=note)
    refusal: DomainError = BatchNotFound()
    with ports.transactions.begin() as session:
        if _found(session, batch_id) is not None:
            now = ports.clock.now()
            try:
                batch_trial.go_on(session, batch_id, now)
            except batch_trial.NotPaused:
                refusal = BatchNotPaused()
            else:
                record(session, officer, deed, now)
                return _batch(session.execute(select_inspected(batch_id)).one())
    raise _refused(ports, officer, deed, refusal)


def _refused(ports: Ports, officer: StaffCaller, deed: Deed, error: DomainError) -> DomainError:
    """On record, and to be raised."""
    record_refusal(ports, officer, deed, error)
    return error


def _found(session: Session, batch_id: UUID) -> StaffBatch | None:
    row = session.execute(select_inspected(batch_id)).one_or_none()
    return None if row is None else _batch(row)


def _batch(row: Any) -> StaffBatch:
    told = dict(row._mapping)
    paused_at, resumed_at = told["checks_paused_at"], told.pop("checks_resumed_at")
    answered = told.pop("checks_answered")
    state = trial_state(
        answered=answered, paused=paused_at is not None, resumed=resumed_at is not None
    )
    trial = Trial(
        state=state,
        answered=answered,
        not_found=told.pop("checks_not_found"),
        paused_at=paused_at,
        resumed_at=resumed_at,
    )
    return StaffBatch(trial=trial, **told)


@dataclass
class _Tally:
    rows: int = 0
    first_rows: list[int] = field(default_factory=list)

    def count(self, row: int) -> None:
        self.rows += 1
        if len(self.first_rows) < _FIRST_ROWS:
            self.first_rows.append(row)


def _faults(session: Session, batch: StaffBatch) -> Faults:
    tallies: dict[tuple[str, str], _Tally] = {}
    rejected = 0
    read = select_outcomes_with_faults(batch.id, chunks=MOST_CHUNKS.value)
    for first_row, written in session.execute(read):
        for row, outcome in enumerate(outcomes.read(written or b""), start=first_row):
            rejected += outcome.outcome == "rejected"
            for each in {(fault.field, fault.code) for fault in outcome.faults}:
                tallies.setdefault(each, _Tally()).count(row)
    return Faults(
        counts=sorted(_counts(tallies), key=lambda each: (-each.rows, each.field, each.code)),
        rejected_rows=rejected,
        all_counted=rejected == batch.rejected,
    )


def _counts(tallies: dict[tuple[str, str], _Tally]) -> list[FaultCount]:
    return [
        FaultCount(
            field=column,
            code=code,
            words=words_of(column, code),
            rows=tally.rows,
            first_rows=tally.first_rows,
        )
        for (column, code), tally in tallies.items()
    ]


_SAID = {
    TrialState.NOT_BEGUN: Words(
        "Belum ada orang dari berkas ini yang dijawab Dukcapil.",
        "The population registry has answered about nobody of this file yet.",
    ),
    TrialState.RUNNING: Words(
        "Dari {answered} orang pertama, {not_found} tidak ditemukan Dukcapil. Percobaan selesai "
        "setelah {checks} jawaban; lebih dari {most} yang tidak ditemukan menjeda berkas ini.",
        "Of the first {answered} people the population registry did not find {not_found}. The trial "
        "ends after {checks} answers; more than {most} not found pause the file.",
    ),
    TrialState.PASSED: Words(
        "Dari {checks} orang pertama, {not_found} tidak ditemukan Dukcapil: cukup sedikit, jadi "
        "semuanya diperiksa.",
        "Of the first {checks} people the population registry did not find {not_found}: few enough, "
        "so all of them are checked.",
    ),
    TrialState.PAUSED: Words(
        "Pemeriksaan dijeda: dari {answered} jawaban pertama, {not_found} orang tidak ditemukan "
        "Dukcapil, lebih dari {most} yang diperbolehkan. Tanyakan kepada mitra dari mana datanya "
        "sebelum melanjutkan.",
        "The checks are paused: of the first {answered} answers, {not_found} people were not found "
        "by the population registry, more than the {most} that are allowed. Ask the partner where "
        "the data comes from before you resume.",
    ),
    TrialState.RESUMED: Words(
        "Petugas melanjutkan pemeriksaan, walaupun {not_found} dari {answered} orang pertama tidak "
        "ditemukan Dukcapil.",
        "Staff let the checks go on, though {not_found} of the first {answered} people were not "
        "found by the population registry.",
    ),
}
