"""Files of drivers are worked off, chunk by chunk, by as many as there are to do it.

A chunk is held while it is worked on, and all that comes of it is committed at once: its drivers,
what became of each row, and that it is done. Whoever dies in the middle leaves a chunk as it was.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from models.batch_draining import (
    begin_batch,
    begin_chunk,
    complete_batches,
    finish_chunk,
    give_up_batch,
    give_up_chunks,
    select_chunk_to_do,
    select_next_chunk,
)
from models.partner_event import PartnerEventName
from services import partner_events
from services.enrolment import chunks, outcomes
from services.enrolment.judged_rows import JudgedRows, judged_rows
from services.enrolment.knowing import Knowing
from services.enrolment.outcomes import RowOutcome
from services.enrolment.writing import Enrolling, enrol
from services.jobs import Pauses
from services.ports import Ports
from services.prepared import driver_of

# (policy) Two minutes in all: longer than a database takes to come back, and what fails then will
# fail for ever.
MOST_TRIES = 8
PAUSES = Pauses(timedelta(seconds=1), timedelta(minutes=1))

_NOBODY = UUID(int=0)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chunk:
    """One that somebody has begun. ``tries`` counts this time."""

    batch_id: UUID
    number: int
    tries: int

    @property
    def told(self) -> dict[str, object]:
        """For a line in the log."""
        return {"batch_id": str(self.batch_id), "chunk": self.number, "attempt": self.tries}


@dataclass
class Drainer:
    """:param last: the partner whose turn it was last."""

    ports: Ports
    knowing: Knowing = field(init=False)
    last: UUID = _NOBODY

    def __post_init__(self) -> None:
        self.knowing = Knowing(self.ports)

    def drain_one(self) -> bool:
        """Do one chunk, and end its file if it was the last. False if none waits.

        A chunk that cannot be done keeps no other from being done: it waits, longer each time, and
        after some tries its file is given up.
        """
        chunk = self._begun()
        if chunk is None:
            complete(self.ports)
            return False
        if chunk.tries > MOST_TRIES:
            give_up(self.ports, chunk)
            return True
        try:
            self._do(chunk)
        except Exception as error:
            # The values of a row may stand in its message, which the log leaves out.
            log.warning("a chunk is tried again", extra=chunk.told, exc_info=error)
            return True
        complete(self.ports, chunk.batch_id)
        return True

    def _begun(self) -> Chunk | None:
        """The next chunk, its try counted before it is made: what kills the process counts too.

        Others leave it alone from now on: while it is being worked on because it is held, and
        between the two transactions because its time has not come.
        """
        now = self.ports.clock.now()
        with self.ports.transactions.begin() as session:
            row = session.execute(select_next_chunk(now, after=self.last)).one_or_none()
            if row is None:
                return None
            self.last = row.partner_id
            chunk = Chunk(row.batch_id, row.number, row.tries + 1)
            later = now + PAUSES.after(chunk.tries)
            session.execute(
                begin_chunk(chunk.batch_id, chunk.number, tries=chunk.tries, not_before=later)
            )
            if row.started_at is None:
                session.execute(begin_batch(chunk.batch_id, now))
        return chunk

    def _do(self, chunk: Chunk) -> None:
        now = self.ports.clock.now()
        with self.ports.transactions.begin() as session:
            statement = select_chunk_to_do(chunk.batch_id, chunk.number)
            to_do = session.execute(statement).one_or_none()
            if to_do is None:  # done by somebody else, or called off
                return
            frame = chunks.open(
                self.ports.vault, chunk.batch_id, chunk.number, to_do.content_sealed
            )
            judged = judged_rows(frame, self.knowing.known(session, now))
            became = _enrolled(self.ports, session, chunk, to_do, judged, now)
            rejected = frame.filter(_rejected(became))
            session.execute(
                finish_chunk(
                    chunk.batch_id,
                    chunk.number,
                    done_at=now,
                    outcomes=outcomes.write(became),
                    content_sealed=_sealed(self.ports, chunk, rejected),
                    **_counts(became),
                )
            )


def complete(ports: Ports, batch_id: UUID | None = None) -> None:
    """End the file, if nothing of it waits; or whatever files were left so by somebody who died
    between the last chunk and the end."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        for ended in session.execute(complete_batches(now, batch_id)).all():
            _tell_the_end(session, ended.partner_id, ended.id, now)


def give_up(ports: Ports, chunk: Chunk) -> None:
    """Do no more of a file. What was accepted stays, and its partner is told that this is the end."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        session.execute(give_up_chunks(chunk.batch_id, now))
        partner_id = session.scalar(give_up_batch(chunk.batch_id, now))
        if partner_id is not None:
            _tell_the_end(session, partner_id, chunk.batch_id, now)
    log.error("a file is given up: one of its chunks cannot be done", extra=chunk.told)


def _tell_the_end(session: Session, partner_id: UUID, batch_id: UUID, now: datetime) -> None:
    """Whoever waits for it reads in ``status`` how it ended. A file that the partner called off is
    not told of: the answer to that call was its end."""
    partner_events.record(
        session,
        partner_id,
        PartnerEventName.BATCH_COMPLETED,
        batch_id,
        happened_at=now,
        recorded_at=now,
    )


def _enrolled(
    ports: Ports,
    session: Session,
    chunk: Chunk,
    to_do: Any,
    judged: JudgedRows,
    now: datetime,
) -> list[RowOutcome]:
    """What becomes of every row, in their order."""
    enrolling = Enrolling(to_do.partner_id, to_do.plan, chunk.batch_id, now, to_do.dry_run)
    numbered = [(to_do.first_row + place, row) for place, row in judged.good]
    taken = enrol(ports, driver_of(session), enrolling, numbered)
    by_place = {place: RowOutcome("rejected", faults=why) for place, why in judged.faulty.items()}
    places = (place for place, _ in judged.good)
    by_place |= dict(zip(places, taken, strict=True))
    return [by_place[place] for place in range(to_do.rows)]


def _counts(became: Sequence[RowOutcome]) -> dict[str, int]:
    return {**Counter(str(each.outcome) for each in became)}


def _rejected(became: Sequence[RowOutcome]) -> pl.Series:
    return pl.Series([each.outcome == "rejected" for each in became], dtype=pl.Boolean)


def _sealed(ports: Ports, chunk: Chunk, rejected: pl.DataFrame) -> bytes | None:
    """The rejected rows, to be given back and mended."""
    if rejected.is_empty():
        return None
    return chunks.seal(ports.vault, chunk.batch_id, chunk.number, rejected)
