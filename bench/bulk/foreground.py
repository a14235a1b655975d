"""People register one by one, while nothing else happens or while a file is worked off."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Event
from uuid import uuid4

from bench.bulk.stage import Stage

# In seconds, from one registration to the next.
CALM = 0.02
_NEVER = Event()
Form = tuple[str, bytes]


@dataclass(frozen=True)
class Waited:
    """Milliseconds, sorted."""

    answers: list[float]

    def percentile(self, percent: float) -> float:
        return self.answers[min(len(self.answers) - 1, int(len(self.answers) * percent / 100))]


def register(
    stage: Stage, forms: Iterator[Form], many: int, busy: Callable[[], bool] = lambda: True
) -> Waited:
    """One after the other over one connection, as long as it is busy."""
    connection = http.client.HTTPConnection("127.0.0.1", stage.web.port, timeout=60)
    waited = []
    for token, body in islice(forms, many):
        waited.append(_one(connection, token, body))
        if not busy():
            break
        _NEVER.wait(CALM)
    connection.close()
    return Waited(sorted(waited))


def _one(connection: http.client.HTTPConnection, token: str, body: bytes) -> float:
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
    }
    begun = time.perf_counter()
    connection.request("POST", "/v1/registrations", body, headers)
    answer = connection.getresponse()
    read = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"{answer.status} {read[:300]!r}")
    return (time.perf_counter() - begun) * 1000
