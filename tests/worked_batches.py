"""Files of drivers that were worked on, by rules that a test can see through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.driver_form import CellFault
from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from services.enrolment import chunks, outcomes
from services.enrolment.outcomes import RowOutcome
from services.ports import Ports

Judge = Callable[[dict[str, object]], RowOutcome]


def judge(cells: dict[str, object]) -> RowOutcome:
    """Rejected, where there is no sex; accepted otherwise."""
    external_id = str(cells["external_id"])
    if cells["shape_fault"]:
        return RowOutcome("rejected", faults=(CellFault("row", str(cells["shape_fault"])),))
    if cells["repeated"]:
        return RowOutcome("rejected", faults=(CellFault("nik", "duplicate-in-file"),))
    if not cells["sex"]:
        faults = CellFault("sex", "required"), CellFault("nik", "serial-zero")
        return RowOutcome("rejected", external_id, faults=faults[:1])
    return RowOutcome("accepted", external_id, UUID(int=7))


def work_on(ports: Ports, session: Session, batch_id: UUID, *, chunk: int | None = None) -> None:
    """Judge the chunks that wait, or one of them; when none is left, the file is completed."""
    now = ports.clock.now()
    waiting = select(BatchChunk).where(
        BatchChunk.batch_id == batch_id, BatchChunk.state == ChunkState.WAITING
    )
    for each in session.scalars(waiting).all():
        if chunk is None or each.number == chunk:
            _judge_chunk(ports, each, now)
    session.flush()
    if not session.scalars(waiting).all():
        batch = session.get_one(EnrolmentBatch, batch_id)
        batch.status, batch.completed_at = BatchStatus.COMPLETED, now
        session.flush()


def _judge_chunk(ports: Ports, chunk: BatchChunk, now: datetime) -> None:
    assert chunk.content_sealed is not None
    frame = chunks.open(ports.vault, chunk.batch_id, chunk.number, chunk.content_sealed)
    judged = [judge(cells) for cells in frame.iter_rows(named=True)]
    rejected = frame.filter([each.outcome == "rejected" for each in judged])
    counts = Counter(each.outcome for each in judged)
    chunk.accepted, chunk.rejected = counts["accepted"], counts["rejected"]
    chunk.outcomes = outcomes.write(judged)
    chunk.content_sealed = chunks.seal(ports.vault, chunk.batch_id, chunk.number, rejected)
    chunk.state, chunk.done_at = ChunkState.DONE, now
