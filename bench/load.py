"""A load generator in a process of its own: requests that are ready to send, over a few
connections that stay open, each sending its next one as soon as it has its answer."""

from __future__ import annotations

import multiprocessing
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from selectors import EVENT_READ, DefaultSelector

CONNECTIONS = 8
# On a machine that is busy with other things, a lap ends early rather than late.
LONGEST_LAP = 2.0
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Refused(Exception):
    """A server did not do what was asked: what is measured is not the work."""


@dataclass(frozen=True)
class Lap:
    """What one server did in one go.

    :param latencies: seconds from the first byte sent to the last one received, sorted.
    :param seconds: from the first request sent to the last answer received.
    :param generator_cpu: seconds of processor time that asking took.
    """

    latencies: Sequence[float]
    seconds: float
    generator_cpu: float

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        return self.latencies[
            min(len(self.latencies) - 1, int(len(self.latencies) * percent / 100))
        ]


class Generator:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def drive(self, port: int, requests: Sequence[bytes]) -> Lap:
        """Send the requests, all of them if there is time, and wait for the answers.

        :raises Refused: an answer was no 2xx.
        """
        self._pipe.send((port, requests))
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        lap: Lap = answer
        return lap


@contextmanager
def generator() -> Iterator[Generator]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    yield Generator(ours)
    ours.send(None)
    process.join()


def _serve(pipe: Connection) -> None:
    while (order := pipe.recv()) is not None:
        try:
            pipe.send(_drive(*order))
        except Exception as error:  # the process that asked tells what went wrong
            pipe.send(error)


def _drive(port: int, requests: Sequence[bytes]) -> Lap:
    waiting = iter(requests)
    latencies: list[float] = []
    with DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            selector.register(_Caller(port), EVENT_READ)
        started, cpu = time.perf_counter(), time.process_time()
        callers = [_Caller.of(key.fileobj) for key in selector.get_map().values()]
        for caller in callers:
            caller.ask(next(waiting))
        asked = len(callers)
        while len(latencies) < asked:
            for key, _ in selector.select():
                caller = _Caller.of(key.fileobj)
                latency = caller.hear()
                if latency is None:
                    continue
                latencies.append(latency)
                late = time.perf_counter() - started > LONGEST_LAP
                if not late and (request := next(waiting, None)) is not None:
                    caller.ask(request)
                    asked += 1
        ended, spent = time.perf_counter(), time.process_time() - cpu
        for caller in callers:
            caller.close()
    return Lap(sorted(latencies), ended - started, spent)


class _Caller:
    """One connection, and what has come of the answer to its last request."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answer = b""
        self._asked_at = 0.0

    @classmethod
    def of(cls, registered: object) -> _Caller:
        assert isinstance(registered, cls)
        return registered

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask(self, request: bytes) -> None:
        self._answer = b""
        self._asked_at = time.perf_counter()
        self._socket.sendall(request)

    def hear(self) -> float | None:
        """Read what has come; the seconds it took once the answer is complete."""
        received = self._socket.recv(65536)
        if not received:
            raise Refused("the server closed the connection")
        self._answer += received
        head, ended, body = self._answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not ended or length is None or len(body) < int(length[1]):
            return None
        if not head.startswith(b"HTTP/1.1 2"):
            raise Refused(f"{head!r} {body[:300]!r}")
        return time.perf_counter() - self._asked_at

    def close(self) -> None:
        self._socket.close()
