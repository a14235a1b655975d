"""How long the statements of a look-up take, as the service sends them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bench.ground import Ground
from bench.lookup.asking import Questions, Sought
from models.sought import MOST_MATCHES
from models.worker import select_worker
from services.lookup.searching import rows_of
from services.vault import Vault

ONE_ROW = "a row by its primary key"
_WARMING = 20


@dataclass
class Stopwatch:
    """Adds up what the statements of a block take: sent, worked out and fetched."""

    spent: float = 0.0
    _begun: float = field(default=0.0, init=False)

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def unwatch(self, engine: Engine) -> None:
        event.remove(engine, "before_cursor_execute", self._begin)
        event.remove(engine, "after_cursor_execute", self._end)

    def _begin(self, *_: Any) -> None:
        self._begun = time.perf_counter()

    def _end(self, *_: Any) -> None:
        self.spent += time.perf_counter() - self._begun


@dataclass
class Measured:
    """Seconds in the database of each look-up.

    :param first: when it was asked for the first time.
    :param best: the quickest of three, which tells what the statements cost and not what else the
        machine did meanwhile.
    :param found: how many workers, in all.
    """

    first: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    best: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def first_p95(self, name: str) -> float:
        return p95(self.first[name])

    def best_p95(self, name: str) -> float:
        return p95(self.best[name])

    def ratio(self, name: str) -> float:
        """To the read by the primary key."""
        return self.best_p95(name) / self.best_p95(ONE_ROW)


def p95(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    spent = sorted(seconds)
    return 1000 * spent[len(spent) * 95 // 100]


def measure(ground: Ground, asked: Questions) -> Measured:
    """Each key in turn, beside a read by the primary key, so that whatever else the machine does
    meets them all alike."""
    measured = Measured()
    with _watched(ground) as (session, watch):
        for _, look in _looks(ground.ports.vault, session, asked, range(_WARMING)):
            look()
        for name, look in _looks(ground.ports.vault, session, asked, range(len(asked.ids))):
            times = [_timed(watch, look) for _ in range(3)]
            measured.first[name].append(times[0][0])
            measured.best[name].append(min(spent for spent, _ in times))
            measured.found[name] += times[0][1]
            session.expunge_all()
    return measured


Look = Callable[[], int]


def _looks(
    vault: Vault, session: Session, asked: Questions, places: Iterable[int]
) -> Iterator[tuple[str, Look]]:
    for place in places:
        yield ONE_ROW, partial(_read_one, session, asked.ids[place])
        for key, sought in asked.by_key.items():
            yield key, partial(_look_up, vault, session, sought[place % len(sought)])


def _read_one(session: Session, worker_id: UUID) -> int:
    session.scalars(select_worker(worker_id)).one()
    return 1


def _look_up(vault: Vault, session: Session, sought: Sought) -> int:
    return len(rows_of(vault, session, sought, MOST_MATCHES).rows)


def _timed(watch: Stopwatch, look: Look) -> tuple[float, int]:
    """Seconds in the database, and how many were found."""
    watch.spent = 0.0
    found = look()
    return watch.spent, found


@contextmanager
def _watched(ground: Ground) -> Iterator[tuple[Session, Stopwatch]]:
    """A session on one connection, whose statements are prepared as they are in service."""
    with ground.ports.transactions.reading() as session:
        engine, watch = session.get_bind().engine, Stopwatch()
        watch.watch(engine)
        try:
            yield session, watch
        finally:
            watch.unwatch(engine)
