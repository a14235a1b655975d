"""What a partner's program meets, as a small HTTP server that can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

BATCH = "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"
SECRET = "jrg_made-up"
BASIC = base64.b64encode(f"jrc_1:{SECRET}".encode()).decode()

Reply = tuple[int, dict[str, str], bytes]
DROPPED: Reply = (0, {}, b"")
"""The connection ends without an answer."""


def problem(status: int, code: str, detail: str = "Do something.", **more: object) -> Reply:
    body = {"status": status, "code": code, "detail": detail, "request_id": "r-1", **more}
    headers = {"Content-Type": "application/problem+json"}
    if status in (429, 503):
        headers["Retry-After"] = "3"
    return status, headers, json.dumps(body).encode()


@dataclass
class Received:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass
class PartnerApi:
    """:param replies: given instead of what would be answered, one after the other, by path.
    :param statuses: what the batch is, each time that somebody looks; the last one stays.
    """

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    statuses: list[dict[str, object]] = field(default_factory=list)
    rejections: list[dict[str, object]] = field(default_factory=list)
    rejected_csv: bytes = b"external_id,nik,errors\n"
    received: list[Received] = field(default_factory=list)
    batches: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    expires_in: int = 900
    url: str = ""

    def reply(self, request: Received) -> Reply:
        self.received.append(request)
        waiting = self.replies.get(request.path, [])
        if waiting:
            return waiting.pop(0)
        if request.path == "/v1/oauth/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return problem(401, "partner-token-required")
        if request.method == "POST":
            return self._take(request)
        if request.path.endswith("/results"):
            return self._results(request)
        return self._json(200, self._batch())

    def _token(self, request: Received) -> Reply:
        if request.headers.get("authorization") != f"Basic {BASIC}":
            return self._json(401, {"error": "invalid_client", "error_description": "Check it."})
        self.tokens.append(f"token-{len(self.tokens)}")
        return self._json(200, {"access_token": self.tokens[-1], "expires_in": self.expires_in})

    def _take(self, request: Received) -> Reply:
        digest = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
        if request.headers["content-digest"] != f"sha-256=:{digest}:":
            return problem(422, "content-digest-mismatch")
        key = request.headers["idempotency-key"]
        replayed = key in self.batches
        self.batches.setdefault(key, BATCH)
        answer = {"id": self.batches[key], "status": "processing", "rows": None, "processed": 0}
        return self._json(202, answer, **({"Idempotency-Replayed": "true"} if replayed else {}))

    def _batch(self) -> dict[str, object]:
        told = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return {"id": BATCH, **told}

    def _results(self, request: Received) -> Reply:
        assert request.query == {"outcome": ["rejected"]}
        if request.headers["accept"] == "text/csv":
            return 200, {"Content-Type": "text/csv"}, self.rejected_csv
        lines = "".join(json.dumps(each) + "\n" for each in self.rejections)
        return 200, {"Content-Type": "application/x-ndjson"}, lines.encode()

    @staticmethod
    def _json(status: int, document: dict[str, object], **headers: str) -> Reply:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return status, {"Content-Type": "application/json", **told}, json.dumps(document).encode()

    def sent_to(self, path: str) -> list[Received]:
        return [each for each in self.received if each.path == path]


def status_of(status: str = "completed", **counts: int) -> dict[str, object]:
    """What is known of a batch."""
    told = dict.fromkeys(("accepted", "unchanged", "rejected", "not_processed"), 0) | counts
    return {"status": status, "rows": sum(told.values()), "processed": sum(told.values()), **told}


def rejection(row: int, *faults: tuple[str, str]) -> dict[str, object]:
    errors = [{"field": name, "code": code, "detail": f"Mend {code}."} for name, code in faults]
    return {"row": row, "external_id": None, "outcome": "rejected", "errors": errors}


@contextmanager
def served(api: PartnerApi) -> Iterator[PartnerApi]:
    """On loopback, while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(api.reply))
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(reply: Callable[[Received], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            request = Received(self.command, parts.path, parse_qs(parts.query), headers, body)
            status, answered, document = reply(request)
            self.close_connection = True
            if not status:
                return
            self.send_response(status)
            for name, value in {"Content-Length": str(len(document)), **answered}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, *_: object) -> None: ...

    return Handler
