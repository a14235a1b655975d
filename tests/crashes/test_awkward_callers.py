"""Callers whose bytes no client of ours would send, over real connections: they are answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import requests

pytestmark = pytest.mark.slow

PIECE = 64 * 1024
# The most that is heard out, a piece less.
LONGEST = 16 * 1024 * 1024 - PIECE


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/phone-verifications", 413), ("/v1/registrations", 401), ("/v1/nowhere", 404)],
)
def test_whoever_sends_sixteen_mebibytes_gets_the_answer(jaring, path, status, announced):
    body = b" " * LONGEST if announced else pieces()
    headers = {"Content-Type": "application/json"}
    answer = requests.post(jaring.api + path, data=body, headers=headers, timeout=30)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code == status


@pytest.mark.parametrize("path", [b"/v1/regions/\xff\xfe", b"/v1/regions/%00", b"//v1//me"])
@pytest.mark.parametrize("shown", [b"\xff\xfe", b", ,", b"Bearer"])
def test_raw_bytes_in_paths_and_headers_are_refused(jaring, path, shown):
    headers = (b"Host: jaring", b"Authorization: " + shown, b"X-Request-ID: \xff")
    lines = (b"GET " + path + b" HTTP/1.1", *headers, b"Connection: close", b"", b"")
    answer = sent(jaring, b"\r\n".join(lines))
    assert answer.startswith(b"HTTP/1.1 4")


def pieces() -> Iterator[bytes]:
    for _ in range(LONGEST // PIECE):
        yield b" " * PIECE


def sent(jaring, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", jaring.settings.port), 30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(PIECE), b""))
