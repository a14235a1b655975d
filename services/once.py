"""Doing a request once, however often it is sent.

The key is held by the transaction that does the work, and the answer is kept by the same
transaction: either both exist or neither, and a request that died leaves nothing behind.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from models.answer import KEPT_FOR, keep_answer, lock_of, select_answer, try_to_hold
from models.values.ids import new_id
from services.errors import IdempotencyKeyReused, RequestInProgress
from services.ports import Ports
from services.prepared import Prepared, Row, Transaction, driver_of
from services.transactions import in_one_go
from services.vault import Vault

PLACE = "kept_answer.answer"
_HOLD, _KEPT, _KEEP = Prepared(try_to_hold()), Prepared(select_answer()), Prepared(keep_answer())

Result = TypeVar("Result")


@dataclass(frozen=True)
class Answer:
    """What was, or will be, sent back."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str]


class Replayed(Exception):
    """The work has been done before. ``answer`` is what was answered then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("replayed")
        self.answer = answer


class Once(Generic[Result]):
    """A request without an ``Idempotency-Key``: nothing is remembered."""

    def claim(self, ports: Ports, transaction: Transaction) -> None:
        """First thing in the transaction."""

    def claimed(self, ports: Ports, transaction: Transaction) -> AbstractContextManager[None]:
        """``claim`` when the block ends, in one go with what the block asks."""
        return in_one_go(transaction)

    def remember(self, ports: Ports, transaction: Transaction, result: Result) -> Result:
        """Last thing in the transaction."""
        return result


@dataclass(frozen=True)
class Keyed(Once[Result]):
    """A request with a key.

    :param owner: who the key belongs to, e.g. ``worker:<id>``.
    :param digest: of the method, path, query and body.
    :param answer_to: makes the answer from what the use case returns.
    """

    owner: str
    key: str
    digest: bytes
    answer_to: Callable[[Result], Answer]

    def claim(self, ports: Ports, transaction: Transaction) -> None:
        with self.claimed(ports, transaction):
            pass

    @contextmanager
    def claimed(self, ports: Ports, transaction: Transaction) -> Iterator[None]:
        """:raises Replayed: the same request was answered before.
        :raises RequestInProgress: the same request is being worked on.
        :raises IdempotencyKeyReused: the key belongs to another request.
        """
        owner, key = self._digests(ports.vault)
        connection = driver_of(transaction)
        with in_one_go(transaction):
            # Two statements: the second must see what the holder before us has written.
            held = _HOLD.send(connection, {"lock": lock_of(owner, key)})
            since = ports.clock.now() - KEPT_FOR
            kept = _KEPT.send(connection, {"owner": owner, "key": key, "since": since})
            yield
        if held.first() != (True,):
            raise RequestInProgress
        self._judge(ports.vault, kept.first())

    def _judge(self, vault: Vault, kept: Row | None) -> None:
        if kept is None:
            return
        row, digest, answer_sealed = kept
        if digest != self.digest:
            raise IdempotencyKeyReused
        raise Replayed(_read(vault.open(PLACE, row, answer_sealed)))

    def remember(self, ports: Ports, transaction: Transaction, result: Result) -> Result:
        owner, key = self._digests(ports.vault)
        row = new_id()
        kept = {
            "id": row,
            "owner": owner,
            "key": key,
            "request_digest": self.digest,
            "answer_sealed": ports.vault.seal(PLACE, row, _write(self.answer_to(result))),
            "kept_at": ports.clock.now(),
        }
        if isinstance(transaction, Session):
            transaction.flush()
        _KEEP.send(driver_of(transaction), kept)
        return result

    def _digests(self, vault: Vault) -> tuple[bytes, bytes]:
        return owner_digest(vault, self.owner), vault.digest("idempotency-key", self.key)


def owner_digest(vault: Vault, owner: str) -> bytes:
    """What stands for an owner where answers are kept."""
    return vault.digest("owner", owner)


def _write(answer: Answer) -> str:
    body = base64.b64encode(answer.body).decode()
    return json.dumps([answer.status, dict(answer.headers), body])


def _read(written: str) -> Answer:
    status, headers, body = json.loads(written)
    return Answer(status, base64.b64decode(body), headers)
