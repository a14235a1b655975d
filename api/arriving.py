"""A body that is used while it arrives, however slowly, and given up when nothing comes.

A WSGI server's stream can only be waited for. So a thread of its own waits, and whoever uses the
body waits for the thread, which can be given up: it ends when the connection does.
"""

from __future__ import annotations

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import IO

from werkzeug.wsgi import get_input_stream

from api.bodies import PATIENCE
from api.refusals import Refusal
from api.request import Request
from models.file_limits import LONGEST_UPLOAD, SILENT_FOR
from models.values.words import Words
from services.enrolment.file_faults import CutShort

# A server's stream gives no part of what it was asked for: of a slow sender less is asked at once,
# so that what it does send is seen.
_SMALLEST, _LARGEST = 512, 64 * 1024
_QUICK, _SLOW = 0.5, 2.0  # seconds for one block
_BLOCKS_AHEAD = 8
_TRIES_TO_END = 0.5  # seconds between two looks at whether anybody still wants a block
_HEARING_OUT = 10.0  # seconds


class UploadStalled(Refusal):
    status = 408
    code = "upload-stalled"
    title = Words("Unggahan terhenti", "The upload stalled")
    detail = Words(
        "Terlalu lama tidak ada data yang sampai. Tidak ada yang disimpan: kirim ulang dengan "
        "Idempotency-Key yang sama.",
        "Nothing arrived for too long. Nothing was kept: send it again with the same "
        "Idempotency-Key.",
    )


class ArrivingBody:
    """The body of a request, a block at a time; a few are read ahead, and no more.

    :param patience: seconds without a block before it is given up.
    """

    def __init__(self, request: Request, *, patience: float = SILENT_FOR.total_seconds()) -> None:
        # Nobody else may wait for the stream: it could be for ever.
        request.body_is_read = True
        self._stream: IO[bytes] = get_input_stream(request.environ)
        self._missing = request.content_length
        self._patience = patience
        self._queue: Queue[bytes | BaseException] = Queue(_BLOCKS_AHEAD)
        self._given_up = Event()
        self._ended = False
        self._ends_at = monotonic() + LONGEST_UPLOAD.total_seconds()
        self._reader: Thread | None = None

    def blocks(self) -> Iterator[bytes]:
        """:raises UploadStalled: nothing came for too long, or it took too long in all.
        :raises CutShort: it ended before its length, or the connection broke."""
        while block := self._next(self._patience):
            yield block
            if monotonic() > self._ends_at:
                raise UploadStalled
        if self._missing:
            raise CutShort

    def hear_out(self) -> None:
        """Read on for a while after a fault: who is still sending cannot hear the answer."""
        left, until = PATIENCE, monotonic() + _HEARING_OUT
        try:
            while not self._ended and left > 0 and (wait := until - monotonic()) > 0:
                left -= len(self._next(min(wait, self._patience)))
        except (UploadStalled, CutShort):
            return

    def give_up(self) -> None:
        """Let the thread end."""
        self._given_up.set()

    def _next(self, patience: float) -> bytes:
        """The next block; none at the end."""
        if self._reader is None:
            self._reader = Thread(target=self._read, name="arriving body", daemon=True)
            self._reader.start()
        if self._ended:
            return b""
        try:
            block = self._queue.get(timeout=patience)
        except Empty:
            self._ended = True
            raise UploadStalled from None
        if isinstance(block, BaseException):
            self._ended = True
            raise CutShort from block
        self._ended = not block
        if self._missing is not None:
            self._missing -= len(block)
        return block

    def _read(self) -> None:
        size = _SMALLEST
        try:
            while not self._given_up.is_set():
                began = monotonic()
                block = self._stream.read(size)
                self._put(block)
                if not block:
                    return
                size = _next_size(size, monotonic() - began)
        except BaseException as error:
            self._put(error)

    def _put(self, block: bytes | BaseException) -> None:
        while not self._given_up.is_set():
            try:
                self._queue.put(block, timeout=_TRIES_TO_END)
            except Full:
                continue
            return


def _next_size(size: int, seconds: float) -> int:
    if seconds < _QUICK:
        return min(size * 2, _LARGEST)
    return max(size // 2, _SMALLEST) if seconds > _SLOW else size
