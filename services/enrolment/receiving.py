"""Taking a file of drivers in: all of it is here, sealed and safe, before the partner is told so.

The file is never held whole. It is divided into chunks while it arrives, and each is committed
under a batch that nobody works on yet. Only when the last byte is here and everything about the
file as a whole is well, the batch is handed over; otherwise it goes with all its chunks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import polars as pl

from models.batch_receiving import complete_receipt, hold_account, keep_chunk, note_progress
from models.file_limits import MOST_BYTES, MOST_ROWS, TOUCHED_EVERY
from services.callers import PartnerCaller
from services.enrolment import chunks, csv_rows, ndjson_rows, places, sheet_rows
from services.enrolment.batches import Standing, show
from services.enrolment.content_digest import Digesting
from services.enrolment.decoding import decoded, lines
from services.enrolment.file_faults import FileTooLarge, NoRows, TooManyRows, WrongDigest
from services.enrolment.places import Offer, ReceivedBefore
from services.enrolment.repeats import SeenNiks
from services.errors import IdempotencyKeyReused, RequestInProgress
from services.jobs import DrainBatches
from services.partner_access import PartnerTokenRequired
from services.ports import Ports


class FileKind(StrEnum):
    CSV = "csv"
    NDJSON = "ndjson"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Upload:
    """A file on its way.

    :param blocks: the bytes as they arrive. Raises, where they end too early.
    :param about: what makes it the same request beside its bytes: method, path and query.
    :param digests: what its sender says that the bytes add up to, by algorithm.
    """

    kind: FileKind
    gzipped: bool
    blocks: Iterable[bytes] = field(repr=False)
    about: bytes = field(repr=False)
    digests: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """:param again: it was here already, under the same key."""

    batch: Standing
    again: bool


def receive(ports: Ports, caller: PartnerCaller, offer: Offer, upload: Upload) -> Received:
    """Take a file in, once for its key.

    :raises Unreadable, TooLarge, Invalid: something is wrong with the file as a whole.
    :raises RequestInProgress, TooManyUploads: see ``places.taken``.
    :raises IdempotencyKeyReused: the key belongs to another file.
    :raises PartnerTokenRequired: the account was closed meanwhile.
    """
    place = places.taken(ports, caller, offer)
    arriving = _Arriving(upload)
    if isinstance(place, ReceivedBefore):
        arriving.hear_out()
        if arriving.request_digest != place.request_digest:
            raise IdempotencyKeyReused
        return Received(show(ports, caller, place.batch_id), again=True)
    with _removed_if_it_fails(ports, place):
        _take_in(ports, caller, place, arriving)
    return Received(show(ports, caller, place), again=False)


class _Arriving:
    """An upload, and what its bytes add up to so far."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self._digesting = Digesting(upload.digests)

    def frames(self, seen: Callable[[], None]) -> Iterator[pl.DataFrame]:
        """:param seen: called for each block of bytes."""
        blocks = decoded(self._blocks(seen), gzipped=self.upload.gzipped)
        match self.upload.kind:
            case FileKind.XLSX:
                return sheet_rows.frames(blocks)
            case FileKind.NDJSON:
                return ndjson_rows.frames(lines(blocks))
        return csv_rows.frames(lines(blocks))

    def hear_out(self) -> None:
        for _ in self._blocks(lambda: None):
            pass

    def _blocks(self, seen: Callable[[], None]) -> Iterator[bytes]:
        left = MOST_BYTES
        for block in self._digesting.passing(self.upload.blocks):
            left -= len(block)
            if left < 0:
                raise FileTooLarge
            seen()
            yield block

    @property
    def agrees(self) -> bool:
        return self._digesting.agrees

    @property
    def request_digest(self) -> bytes:
        return hashlib.sha256(self.upload.about + self._digesting.sha_256).digest()


@contextmanager
def _removed_if_it_fails(ports: Ports, batch_id: UUID) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with ports.transactions.begin() as session:
            places.remove(session, [batch_id])
        raise


def _take_in(ports: Ports, caller: PartnerCaller, batch_id: UUID, arriving: _Arriving) -> None:
    keeping = _Keeping(ports, caller.partner_id, batch_id)
    niks = SeenNiks()
    for frame in arriving.frames(keeping.still_arriving):
        keeping.keep(niks.marked(frame))
    if not arriving.agrees:
        raise WrongDigest
    if not keeping.rows:
        raise NoRows
    keeping.hand_over(arriving.request_digest)


class _Keeping:
    """The chunks of one file."""

    def __init__(self, ports: Ports, partner_id: UUID, batch_id: UUID) -> None:
        self._ports, self._partner_id, self._batch_id = ports, partner_id, batch_id
        self._number = 0
        self.rows = 0
        self._noted_at = ports.clock.now()

    def still_arriving(self) -> None:
        """A slow file shows that it lives between two chunks, too."""
        now = self._ports.clock.now()
        if now - self._noted_at >= TOUCHED_EVERY:
            with self._ports.transactions.begin() as session:
                self._noted(session.execute(note_progress(self._batch_id, now)), now)

    def keep(self, frame: pl.DataFrame) -> None:
        first_row = self.rows + 1
        self.rows += frame.height
        if self.rows > MOST_ROWS:
            raise TooManyRows
        sealed = chunks.seal(self._ports.vault, self._batch_id, self._number, frame)
        now = self._ports.clock.now()
        with self._ports.transactions.begin() as session:
            self._noted(session.execute(note_progress(self._batch_id, now)), now)
            session.execute(
                keep_chunk(
                    self._batch_id,
                    self._number,
                    first_row=first_row,
                    rows=frame.height,
                    sealed=sealed,
                )
            )
        self._number += 1

    def hand_over(self, request_digest: bytes) -> None:
        """From here on the file is the worker's.

        :raises PartnerTokenRequired: who closes an account calls its files off, but not what is
            still arriving.
        :raises RequestInProgress: the file was given up.
        """
        now = self._ports.clock.now()
        statement = complete_receipt(
            self._batch_id, now, rows=self.rows, request_digest=request_digest
        )
        with self._ports.transactions.begin() as session:
            if session.execute(hold_account(self._partner_id)).scalar_one() is not None:
                raise PartnerTokenRequired
            self._noted(session.execute(statement), now)
            self._ports.jobs.defer(session, DrainBatches(self._batch_id))

    def _noted(self, result: object, now: datetime) -> None:
        if getattr(result, "rowcount", 0) != 1:
            # It fell silent for so long that it was given up, and may be sent again by now.
            raise RequestInProgress
        self._noted_at = now
