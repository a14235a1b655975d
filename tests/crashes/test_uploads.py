"""Files of drivers over real connections: what breaks off, stalls or is killed leaves nothing, and
what is large takes no room."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import psutil
import pytest
import requests
from sqlalchemy import func, select

from models.driver import COLUMNS
from models.enrolment_batch import BatchChunk, BatchStatus, EnrolmentBatch
from services.enrolment import places
from services.wiring import build_ports
from tests.driver_files import csv_of, drivers
from tests.driver_rows import row
from tests.heavy_files import refused, taken
from tests.partners import bearer, partner
from tests.waiting import until

pytestmark = pytest.mark.slow

PATH = "/v1/partner/batches?plan=basic"
MOST_MEMORY, MOST_MEMORY_OF_BULK = 250_000_000, 200_000_000
_names = count(1)


class Sender:
    """A partner of its own, on its own machine."""

    def __init__(self, jaring):
        self.jaring, self.ports = jaring, build_ports(jaring.settings)
        with self.ports.transactions.begin() as session:
            self.partner = partner(self.ports, session, f"Sender {next(_names)}")

    def headers(self, key: str) -> dict[str, str]:
        about = {"Idempotency-Key": key, "Content-Type": "text/csv"}
        return bearer(self.ports, self.partner, **about)

    def post(self, data, key="k", **headers):
        told = self.headers(key) | headers
        return requests.post(self.jaring.api + PATH, data=data, headers=told, timeout=300)

    def begin(self, data: bytes, length: int) -> socket.socket:
        """Send a part of what is announced."""
        connection = socket.create_connection(("127.0.0.1", self.jaring.settings.port), 60)
        told = self.headers("k") | {"Host": "jaring", "Content-Length": str(length)}
        lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + data)
        return connection

    def kept(self) -> tuple[int, int]:
        """How many batches and chunks there are of this partner's."""
        with self.ports.transactions.reading() as session:
            mine = EnrolmentBatch.partner_id == self.partner.id
            batches = select(func.count()).select_from(EnrolmentBatch).where(mine)
            of_mine = select(EnrolmentBatch.id).where(mine)
            chunks = select(func.count()).where(BatchChunk.batch_id.in_(of_mine))
            return session.scalar(batches) or 0, session.scalar(chunks) or 0

    @property
    def all_done(self) -> bool:
        """Whether some files of this partner's were taken, and all of them are worked off."""
        with self.ports.transactions.reading() as session:
            mine = EnrolmentBatch.partner_id == self.partner.id
            statuses = session.scalars(select(EnrolmentBatch.status).where(mine)).all()
        return {*statuses} == {BatchStatus.COMPLETED}


@pytest.fixture
def sender(jaring):
    sender = Sender(jaring)
    yield sender
    sender.ports.transactions.engine.dispose()


# A whole chunk, and a part of the next one.
DATA = csv_of(drivers(7_000))


def test_a_connection_that_breaks_leaves_nothing_and_the_key_is_free(sender):
    with sender.begin(DATA[:-100_000], len(DATA)):
        until(lambda: sender.kept() == (1, 1))
        assert sender.post(DATA).json()["code"] == "request-in-progress"
    until(lambda: sender.kept() == (0, 0))
    assert sender.post(DATA).status_code == 202


def test_a_connection_that_stalls_is_given_up_and_told(sender):
    with sender.begin(DATA[:-100_000], len(DATA)) as connection:
        until(lambda: sender.kept() == (1, 1))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")
        assert sender.kept() == (0, 0)
        # The others are served, although it has not closed its end.
        for number in range(20):
            assert sender.post(DATA, f"k-{number}").status_code == 202


def test_a_fault_is_told_while_the_rest_is_still_sent(sender):
    data = DATA[:300_000] + b"\0" + DATA * 3
    answer = sender.post(data)
    assert (answer.status_code, answer.json()["code"]) == (422, "nul-character")
    assert sender.kept() == (0, 0)


def test_what_a_killed_receiver_left_is_removed(jaring, sender):
    connection = sender.begin(DATA[:-100_000], len(DATA))
    until(lambda: sender.kept() == (1, 1))
    for process in psutil.Process(jaring.processes["web"].pid).children(recursive=True):
        os.kill(process.pid, signal.SIGKILL)
    connection.close()
    jaring.wait_until_ready()
    assert sender.kept() == (1, 1)
    with sender.ports.transactions.begin() as session:
        for batch in session.scalars(
            select(EnrolmentBatch).where(EnrolmentBatch.partner_id == sender.partner.id)
        ):
            batch.progress_at -= timedelta(minutes=1)
    places.remove_left_behind(sender.ports)
    assert sender.kept() == (0, 0)
    until(lambda: sender.post(DATA).status_code == 202)


def test_whatever_is_sent_takes_little_room(jaring, sender):
    for name in ("web", "bulk"):
        jaring.restart(name)
    jaring.wait_until_ready()
    sent = [*taken(250).values(), *(file for file, _ in refused().values())]
    # Each several times: one of two processes receives it.
    keys = count()
    for media_type, data in [("text/csv", csv_of(drivers(9_000))), *sent] * 3:
        sender.post(data, f"k-{next(keys)}", **{"Content-Type": media_type})
    until(lambda: sender.all_done, seconds=300)
    assert most_memory(jaring) < MOST_MEMORY
    assert _peak(psutil.Process(jaring.processes["bulk"].pid)) < MOST_MEMORY_OF_BULK


def test_a_million_rows_take_no_more_room_than_a_few(jaring, sender):
    jaring.restart("web")
    jaring.wait_until_ready()
    digest = hashlib.sha256()
    for block in a_million_rows():
        digest.update(block)
    told = f"sha-256=:{b64encode(digest.digest()).decode()}:"
    answer = sender.post(a_million_rows(), **{"Content-Digest": told})
    assert answer.status_code == 202, answer.text
    assert answer.json()["rows"] == 1_000_000
    assert sender.kept() == (1, 250)
    most = most_memory(jaring)
    assert most < MOST_MEMORY
    with sender.ports.transactions.reading() as session:
        batch = session.get_one(EnrolmentBatch, answer.json()["id"])
        assert batch.status is BatchStatus.PROCESSING


def a_million_rows() -> Iterator[bytes]:
    yield ",".join(COLUMNS).encode() + b"\n"
    line = csv_of([row(external_id="D-ID", nik="NIK")]).splitlines(keepends=True)[1].decode()
    for start in range(0, 1_000_000, 1_000):
        numbers = range(start, start + 1_000)
        yield "".join(
            line.replace("ID", str(n), 1).replace("NIK", nik(n)) for n in numbers
        ).encode()


def nik(number: int) -> str:
    """Each of its own, and one that can be."""
    rest, serial = divmod(number, 9_000)
    return f"3273{rest % 80 + 1:02}{rest // 80 + 1:02}0793{serial + 1:04}"


def most_memory(jaring) -> int:
    """The most, in bytes, that any web process ever had resident."""
    processes = psutil.Process(jaring.processes["web"].pid).children(recursive=True)
    return max(map(_peak, processes))


def _peak(process: psutil.Process) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
