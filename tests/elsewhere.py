"""Something else that is done at the same time: really committed, from another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.once import Once
from tests.waiting import WAITING, until


class Elsewhere:
    """Another thread, whose work waits for what this one holds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.threads = ThreadPoolExecutor(1)

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        started = self.threads.submit(work)
        until(lambda: started.done() or self._waits())
        assert not started.done(), "it did not wait"
        return started

    def _waits(self) -> bool:
        with self.engine.connect() as connection:
            return bool(connection.scalar(text(WAITING)))


@contextmanager
def elsewhere_in(engine: Engine) -> Iterator[Elsewhere]:
    """Its work is over when the block ends."""
    elsewhere = Elsewhere(engine)
    with elsewhere.threads:
        yield elsewhere


class Unhurried(Once[Any]):
    """Does something else at the end of a use case, before it is committed."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work

    def remember(self, ports: Any, transaction: Session, result: Any) -> Any:
        transaction.flush()
        self.work()
        return result
