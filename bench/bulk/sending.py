"""A partner sends a file over HTTP, and waits until it is completed."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import orjson

from bench.bulk.stage import Stage

LOOK = 0.05
_NEVER = Event()


class NotAsExpected(Exception):
    """The file did not end as it should: what is measured is not the work."""


@dataclass(frozen=True)
class Sent:
    """:param received_in: seconds from the first byte sent until it was taken in; ``seconds``
    until it was completed."""

    batch_id: UUID
    rows: int
    received_in: float
    seconds: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def send(stage: Stage, path: Path, *, good: int) -> Sent:
    """:param good: how many rows are to be accepted.
    :raises NotAsExpected: others were."""
    begun = time.perf_counter()
    batch_id = begin(stage, path)
    received_in = time.perf_counter() - begun
    batch = wait(stage, batch_id)
    seconds = time.perf_counter() - begun
    if batch["status"] != "completed" or batch["accepted"] != good:
        raise NotAsExpected(batch)
    return Sent(batch_id, batch["rows"], received_in, seconds)


def begin(stage: Stage, path: Path) -> UUID:
    """Send it, until it is answered that all of it is safe."""
    headers = {
        **stage.headers,
        "Content-Type": "text/csv",
        "Content-Length": str(path.stat().st_size),
        "Idempotency-Key": str(uuid4()),
    }
    with path.open("rb") as file:
        answer = _ask(stage, "POST", "/v1/partner/batches?plan=basic", headers, file)
    return UUID(answer["id"])


def wait(stage: Stage, batch_id: UUID) -> dict[str, Any]:
    while True:
        batch = standing(stage, batch_id)
        if batch["completed_at"] is not None:
            return batch
        _NEVER.wait(LOOK)


def standing(stage: Stage, batch_id: UUID) -> dict[str, Any]:
    return _ask(stage, "GET", f"/v1/partner/batches/{batch_id}", stage.headers)


def _ask(
    stage: Stage, method: str, path: str, headers: dict[str, str], body: Any = None
) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", stage.web.port, timeout=600)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        read = answer.read()
    finally:
        connection.close()
    if answer.status >= 300:
        raise NotAsExpected(answer.status, read[:500])
    told: dict[str, Any] = orjson.loads(read)
    return told
