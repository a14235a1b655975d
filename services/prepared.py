"""Statements that are put into SQL once, and handed to the driver as they are.

For the paths that are asked most: there SQLAlchemy's part of the work (building a statement,
finding its SQL, making objects of the answer) costs several times the database's. The statements
are built in ``models`` like all others, with names where values will stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import psycopg
from sqlalchemy import ARRAY, Dialect, Insert, LargeBinary, Select, Update
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]
Converter = Callable[[Any], Any]

_DIALECT: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """:param statement: one whose values are ``bindparam``s, or the columns of an INSERT."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update) -> None:
        self._statement = statement

    def send(self, connection: psycopg.Connection[Any], parameters: Mapping[str, object]) -> Sent:
        """Send it; inside a pipeline without waiting for the answer.

        :raises psycopg.Error: the database refuses it.
        """
        sent = {name: self._converted(name, value) for name, value in parameters.items()}
        return Sent(connection.execute(self._sql, self._written_in | sent), self._readers)

    def _converted(self, name: str, value: object) -> object:
        convert = self._converters.get(name)
        return value if convert is None else convert(value)

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return self._statement.compile(dialect=_DIALECT)

    @cached_property
    def _sql(self) -> bytes:
        text = str(self._compiled)
        for bound, name in self._compiled.bind_names.items():
            # As text each byte takes two and is escaped: of thousands of keys that is felt.
            if _is_list_of_bytes(bound.type):
                text = text.replace(f"%({name})s", f"%({name})b")
        return text.encode()

    @cached_property
    def _written_in(self) -> dict[str, object]:
        """Values that the statement has of its own."""
        return {
            name: self._converted(name, bound.value)
            for bound, name in self._compiled.bind_names.items()
            if not bound.required
        }

    @cached_property
    def _converters(self) -> dict[str, Converter | None]:
        return {
            name: _own_type(bound.type).bind_processor(_DIALECT)
            for bound, name in self._compiled.bind_names.items()
        }

    @cached_property
    def _readers(self) -> tuple[Converter | None, ...]:
        statement = self._statement
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        return tuple(_own_type(each.type).result_processor(_DIALECT, None) for each in columns)


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement that is on its way. Inside a pipeline there is no answer yet."""

    cursor: psycopg.Cursor[Any]
    readers: tuple[Converter | None, ...]

    def first(self) -> Row | None:
        """The first row, in the types of its columns."""
        row = self.cursor.fetchone()
        return None if row is None else self._read(row)

    def all(self) -> list[Row]:
        return [self._read(row) for row in self.cursor.fetchall()]

    def _read(self, row: Row) -> Row:
        return tuple(
            value if read is None else read(value)
            for read, value in zip(self.readers, row, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Direct:
    """A transaction without a session around it: for prepared statements alone.

    All of it is one pipeline, which waits only where an answer is needed.
    """

    connection: psycopg.Connection[Any]
    pipeline: psycopg.Pipeline


Transaction = Session | Direct


def driver_of(transaction: Transaction) -> psycopg.Connection[Any]:
    """The driver's connection, in the transaction."""
    if isinstance(transaction, Direct):
        return transaction.connection
    pooled = transaction.connection().connection
    return cast("psycopg.Connection[Any]", pooled.driver_connection)


def _is_list_of_bytes(declared: TypeEngine[Any]) -> bool:
    return isinstance(declared, ARRAY) and isinstance(declared.item_type, LargeBinary)


def _own_type(declared: TypeEngine[Any]) -> TypeEngine[Any]:
    return declared.dialect_impl(_DIALECT)
