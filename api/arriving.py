"""A body that is used while it arrives, however slowly, and given up when nothing comes.

A WSGI server's stream can only be waited for. So a thread of its own waits, and whoever uses the
body waits for the thread, which can be given up. It ends when the connection does. Until then the
request must not end either: granian stands still for good when a request ends while somebody waits
for its body. So the caller is answered, and told to close, and what remains of the request is that
it waits for this. How many may do so in one process is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import BoundedSemaphore, Event, Thread
from time import monotonic
from typing import IO

from werkzeug import Response
from werkzeug.wsgi import get_input_stream

from api.bodies import PATIENCE
from api.refusals import Refusal, ServiceUnavailable
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
_ENDING = 1.0  # seconds in which a thread ends that waits for nobody
# Half of a process's threads: the rest is there for everybody else, whoever stalls.
_lines = BoundedSemaphore(4)


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
    :raises ServiceUnavailable: too many bodies arrive at this process.
    """

    def __init__(self, request: Request, *, patience: float = SILENT_FOR.total_seconds()) -> None:
        if not _lines.acquire(blocking=False):
            raise ServiceUnavailable
        # Nobody else may wait for the stream: it could be for ever.
        request.body_is_read = True
        request.arriving = self
        self._stream: IO[bytes] = get_input_stream(request.environ)
        self._missing = request.content_length
        self._patience = patience
        self._queue: Queue[bytes | BaseException] = Queue(_BLOCKS_AHEAD)
        self._given_up = Event()
        self._ended = self._silent = False
        self._ends_at = monotonic() + LONGEST_UPLOAD.total_seconds()
        self._reader = Thread(target=self._read, name="arriving body", daemon=True)
        self._reader.start()

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

    def give_up(self) -> bool:
        """Read no further. False, if the caller has to close first."""
        self._given_up.set()
        self._reader.join(0 if self._silent else _ENDING)
        return not self._reader.is_alive()

    def until_closed(self, answer: bytes) -> Iterator[bytes]:
        """The answer, which then takes until the caller has closed."""
        yield answer
        self._reader.join()

    def _next(self, patience: float) -> bytes:
        """The next block; none at the end."""
        if self._ended:
            return b""
        try:
            block = self._queue.get(timeout=patience)
        except Empty:
            self._ended = self._silent = True
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
        finally:
            _lines.release()

    def _put(self, block: bytes | BaseException) -> None:
        while not self._given_up.is_set():
            try:
                self._queue.put(block, timeout=_TRIES_TO_END)
            except Full:
                continue
            return


def hold(request: Request, response: Response) -> None:
    """Let the answer take for as long as the body of its request is waited for."""
    if request.arriving is None or request.arriving.give_up():
        return
    answer = response.get_data()
    response.headers["Content-Length"] = str(len(answer))
    response.headers["Connection"] = "close"
    response.response = request.arriving.until_closed(answer)


def _next_size(size: int, seconds: float) -> int:
    if seconds < _QUICK:
        return min(size * 2, _LARGEST)
    return max(size // 2, _SMALLEST) if seconds > _SLOW else size
