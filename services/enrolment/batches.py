"""A partner looks at its files, and calls them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.batch_standing import call_off, call_off_waiting, select_standing, select_standings
from models.enrolment_batch import BatchStatus
from models.values.page import Page, PageRequest
from models.values.words import Words
from services.callers import PartnerCaller
from services.errors import Conflict, NotFound
from services.ports import Ports


class BatchNotFound(NotFound):
    code = "batch-not-found"
    title = Words("Berkas tidak ditemukan", "No such batch")
    detail = Words("Lihat daftar berkas Anda.", "Look at the list of your batches.")


class BatchFinished(Conflict):
    code = "batch-finished"
    title = Words("Berkas sudah selesai", "The batch is finished")
    detail = Words(
        "Tidak ada lagi yang dapat dibatalkan. Lihat hasilnya.",
        "There is nothing left to call off. Look at its results.",
    )


class BatchArriving(Conflict):
    code = "batch-arriving"
    title = Words("Berkas masih diunggah", "The batch is still being uploaded")
    detail = Words(
        "Hentikan unggahannya: yang belum lengkap tidak disimpan.",
        "Stop the upload: what is not complete is not kept.",
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a file is. Once nothing is left to do, ``rows`` is the sum of ``accepted``,
    ``unchanged``, ``rejected`` and ``not_processed``; before, what is missing still waits.

    :param rows: while it is received, as many as have arrived.
    :param checks_paused_at: since when its people are not compared with the registry any more, which
        knew too few of the first: until our staff let it go on.
    """

    id: UUID
    status: BatchStatus
    dry_run: bool
    rows: int
    accepted: int
    unchanged: int
    rejected: int
    not_processed: int
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    checks_paused_at: datetime | None

    @property
    def processed(self) -> int:
        """How many rows have an outcome."""
        return self.accepted + self.unchanged + self.rejected


def listed(ports: Ports, caller: PartnerCaller, page: PageRequest) -> Page[Standing]:
    """A partner's files, newest first."""
    statement = select_standings(caller.partner_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        standings = [_standing(row) for row in session.execute(statement)]
    return Page.of(standings, page, lambda last: (last.created_at, last.id))


def show(ports: Ports, caller: PartnerCaller, batch_id: UUID) -> Standing:
    """:raises BatchNotFound: the partner has none under this id."""
    with ports.transactions.reading() as session:
        return _found(session, caller, batch_id)


def cancel(ports: Ports, caller: PartnerCaller, batch_id: UUID) -> Standing:
    """Do no more of it. What was accepted stays.

    :raises BatchNotFound: the partner has none under this id.
    :raises BatchFinished: nothing of it is left to do.
    :raises BatchArriving: it is not complete yet.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        session.execute(call_off_waiting(batch_id, now, partner_id=caller.partner_id))
        called_off = session.execute(call_off(batch_id, now, partner_id=caller.partner_id))
        standing = _found(session, caller, batch_id)
        if not _rows_touched(called_off):
            receiving = standing.status is BatchStatus.RECEIVING
            raise BatchArriving if receiving else BatchFinished
    return standing


def _found(session: Session, caller: PartnerCaller, batch_id: UUID) -> Standing:
    row = session.execute(select_standing(batch_id, partner_id=caller.partner_id)).one_or_none()
    if row is None:
        raise BatchNotFound
    return _standing(row)


def _standing(row: Any) -> Standing:
    return Standing(**row._mapping)


def _rows_touched(result: Any) -> int:
    return int(result.rowcount)
