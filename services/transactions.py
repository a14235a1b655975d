"""Transactions on the database, and what is sent to it in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from services.prepared import Direct, Prepared, Row, Transaction, driver_of


@dataclass(frozen=True)
class DatabaseTransactions:
    """:param committed: called after each commit; the tests let the process die there."""

    engine: Engine
    committed: Callable[[], None]

    def __post_init__(self) -> None:
        writing = sessionmaker(self.engine, expire_on_commit=False)
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        object.__setattr__(self, "_writing", writing)
        object.__setattr__(self, "_reading", sessionmaker(alone, expire_on_commit=False))

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self._writing.begin() as session:  # type: ignore[attr-defined]
            yield session
        self.committed()

    def reading(self) -> AbstractContextManager[Session]:
        # One statement sees one state of the data, so it needs no BEGIN and no COMMIT:
        # that is two round trips less on every read.
        return cast(AbstractContextManager[Session], self._reading())  # type: ignore[attr-defined]

    @contextmanager
    def direct(self) -> Iterator[Direct]:
        with self._borrowed() as connection:
            try:
                with connection.pipeline() as pipeline:
                    connection.execute(b"BEGIN")
                    yield Direct(connection, pipeline)
                    connection.execute(b"COMMIT")
            except BaseException:
                with suppress(psycopg.Error):
                    connection.execute(b"ROLLBACK")
                raise
        self.committed()

    def first(self, prepared: Prepared, parameters: Mapping[str, object]) -> Row | None:
        with self._borrowed() as connection:
            return prepared.send(connection, parameters).first()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _borrowed(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection from the pool that begins no transaction by itself.

        A session around it would cost more than the asking.
        """
        borrowed = self.engine.raw_connection()
        connection = cast("psycopg.Connection[Any]", borrowed.driver_connection)
        try:
            connection.autocommit = True
            yield connection
        finally:
            if connection.info.transaction_status is TransactionStatus.IDLE:
                connection.autocommit = False
                borrowed.close()
            else:
                # Broken, or still at work: nobody else may get it.
                borrowed.invalidate()


@contextmanager
def in_one_go(transaction: Transaction) -> Iterator[None]:
    """Send the statements of the block without waiting for each one's answer.

    Their answers are there when the block ends, and not before. A broken constraint is raised
    then, as psycopg's own error.
    """
    if isinstance(transaction, Direct):
        yield
        transaction.pipeline.sync()
    else:
        with driver_of(transaction).pipeline():
            yield
