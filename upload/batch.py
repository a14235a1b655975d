"""A file on the server: sending it, how far it is, and which of its rows were rejected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, Self
from urllib.parse import quote

import requests

from upload.connection import Call, Connection, growing
from upload.driver_file import DriverFile
from upload.refusals import CannotUpload

PATH = "/v1/partner/batches"
# Seconds between two looks at how far it is: a small file is done in less than one.
FIRST_LOOK, LATER_LOOKS = 0.1, 2.0
_BLOCK = 64 * 1024
_NDJSON, _CSV = "application/x-ndjson", "text/csv"

Sent = Callable[[int], None]
"""Told how many bytes of the file have gone out in all."""
Processed = Callable[["Batch"], None]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """:param replayed: the file was sent before, and this is what it became then.
    :param rows: None until all of the file is there.
    :param checks_paused_at: since when its people are not compared any more, as the server writes it.
    """

    id: str
    status: str
    replayed: bool = False
    rows: int | None = None
    processed: int = 0
    accepted: int = 0
    unchanged: int = 0
    rejected: int = 0
    not_processed: int = 0
    checks_paused_at: str | None = None

    @property
    def ended(self) -> bool:
        return self.status in ("completed", "cancelled", "failed")

    @property
    def completed(self) -> bool:
        return self.status == "completed"


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """One fault of one row.

    :param row: as the server counts them, from 1.
    :param column: empty where it is the whole row's.
    """

    row: int
    column: str
    code: str
    detail: str


def key_for(file: DriverFile, plan: str, another: str = "") -> str:
    """The ``Idempotency-Key``: the same for the same file and plan, so that a command which is run
    again after a lost answer finds the batch that it made.

    :param another: something new, to have the same file taken again.
    """
    parts = (file.sha_256.hex(), file.form, str(file.gzipped), plan, another)
    return f"upload-{hashlib.sha256(':'.join(parts).encode()).hexdigest()[:48]}"


def send(connection: Connection, file: DriverFile, plan: str, key: str, sent: Sent) -> Batch:
    """:raises Refused: the file as a whole cannot be taken.
    :raises CannotUpload: nobody took it.
    """
    headers = {
        "Content-Type": file.form.value,
        "Content-Digest": file.content_digest,
        "Idempotency-Key": key,
        **({"Content-Encoding": "gzip"} if file.gzipped else {}),
    }
    call = Call(
        method="POST",
        path=PATH,
        query={"plan": plan},
        headers=headers,
        body=partial(_Outgoing, file, sent),
    )
    document, said = connection.document(call)
    return _batch(document, replayed="Idempotency-Replayed" in said)


def watch(connection: Connection, batch: Batch, processed: Processed) -> Batch:
    """Look again and again until it has ended."""
    pauses = growing(FIRST_LOOK, LATER_LOOKS)
    while not batch.ended:
        connection.pause(next(pauses))
        call = Call(method="GET", path=f"{PATH}/{quote(batch.id, safe='')}")
        batch = _batch(connection.document(call)[0], replayed=batch.replayed)
        processed(batch)
    return batch


def read_rejections(
    connection: Connection, batch: Batch, read: Callable[[Iterator[Rejection]], Any]
) -> Any:
    """:param read: reads them as they arrive, in row order; anew if that breaks off."""

    def take(answer: requests.Response) -> Any:
        return read(each for line in answer.iter_lines() if line for each in _rejections(line))

    return connection.read(_results(batch, _NDJSON), take)


def save_rejected(connection: Connection, batch: Batch, file: IO[bytes]) -> None:
    """Write the rejected rows as CSV: to be mended, and sent as it is."""

    def take(answer: requests.Response) -> None:
        file.seek(0)
        file.truncate()
        for block in answer.iter_content(_BLOCK):
            file.write(block)

    connection.read(_results(batch, _CSV), take)


def _results(batch: Batch, media_type: str) -> Call:
    return Call(
        method="GET",
        path=f"{PATH}/{quote(batch.id, safe='')}/results",
        query={"outcome": "rejected"},
        headers={"Accept": media_type},
    )


def _rejections(line: bytes) -> Iterator[Rejection]:
    try:
        row = json.loads(line)
        for fault in row["errors"]:
            yield Rejection(
                row=int(row["row"]),
                column=str(fault.get("field") or ""),
                code=str(fault["code"]),
                detail=str(fault["detail"]),
            )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotUpload(
            "The server's results cannot be read: is it of another version?"
        ) from None


def _batch(document: Mapping[str, Any], *, replayed: bool) -> Batch:
    counts = ("rows", "processed", "accepted", "unchanged", "rejected", "not_processed")
    told = {name: document[name] for name in counts if isinstance(document.get(name), int)}
    paused_at = document.get("checks_paused_at")
    try:
        return Batch(
            id=str(document["id"]),
            status=str(document["status"]),
            replayed=replayed,
            checks_paused_at=None if paused_at is None else str(paused_at),
            **told,
        )
    except KeyError:
        raise CannotUpload(
            "The server's answer cannot be read: is it of another version?"
        ) from None


class _Outgoing:
    """A file from its beginning, which tells how much of it has been read."""

    def __init__(self, file: DriverFile, sent: Sent) -> None:
        self._size, self._sent = file.size, sent
        try:
            self._file = file.path.open("rb")
        except OSError as error:
            raise CannotUpload(f"{error.strerror}: {file.path}") from None
        sent(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        return iter(partial(self.read, _BLOCK), b"")

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._sent(self._file.tell())
        return block
