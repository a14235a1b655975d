"""``make bench``: how fast Jaring registers and answers, beside two yardsticks.

Who does what for each request:

- the bare view: reads the JSON, inserts one worker row; or selects one row by its key.
- ours: checks the form, reads what it depends on, spends the phone token, seals five fields,
  writes worker, occupations, consents, session, identity check, job and kept answer; or checks
  token and session, reads a worker's whole standing and says why they are covered.
- the twin: the same registration on FastAPI and pydantic, through the same use case.
- one row: form, token, sealing and search keys, then only the worker row (``bench.same_work``);
  by our web layer and by the twin's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from uuid import uuid4

from bench import report
from bench.contest import Contestant, compete
from bench.ground import Ground, ground
from bench.load import generator
from bench.people import covered_workers, registrations
from bench.serving import Application, Server, serving

ASYNC = ("--interface", "asgi", "--blocking-threads", "1")
APPLICATIONS = (
    Application("wsgi:app"),
    Application("bench.bare:app"),
    Application("bench.house:app"),
    Application("bench.twin:app", ASYNC),
)
ROUNDS = 9
REGISTRATIONS = 300
READS = 600
COVERED = 64


def main() -> None:
    with ground() as place, generator() as asking, serving(place, APPLICATIONS) as servers:
        ours, bare, house, twin = servers
        forms = registrations(place.ports)
        registering = [
            Contestant("bare view", bare, _registering(forms, "/v1/registrations")),
            Contestant("ours", ours, _registering(forms, "/v1/registrations")),
            Contestant("twin", twin, _registering(forms, "/whole")),
            Contestant("our web layer, one row", house, _registering(forms, "/v1/registrations")),
            Contestant("twin, one row", twin, _registering(forms, "/same")),
        ]
        reading = _readers(place, bare, ours)
        compete(registering, asking, place.database, rounds=ROUNDS, many=REGISTRATIONS)
        compete(reading, asking, place.database, rounds=ROUNDS, many=READS)
    print(report.written(registering, reading))


def _registering(form: Iterator[tuple[str, bytes]], path: str) -> Iterator[bytes]:
    return (_request("POST", path, token, body) for token, body in form)


def _readers(place: Ground, bare: Server, ours: Server) -> list[Contestant]:
    covered = covered_workers(place.ports, COVERED)
    plain = [_request("GET", f"/v1/workers/{caller.worker_id}", token) for caller, token in covered]
    whole = [_request("GET", "/v1/me/coverage", token) for _, token in covered]
    return [
        Contestant("bare view", bare, cycle(plain)),
        Contestant("ours", ours, cycle(whole)),
    ]


def _request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: application/json",
        f"Authorization: Bearer {token}",
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"Idempotency-Key: {uuid4()}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


if __name__ == "__main__":
    main()
