"""One list, newest first, of what stands in several tables.

Every table's part is cut down to the worker, to the place that the list was read up to and to the
length of a page before the parts are put together: of a life of many years no more is taken than
a page from each table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Enum,
    Integer,
    Row,
    Select,
    SQLColumnExpression,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from models.columns import Instant, MonthColumn, RupiahColumn
from models.values.month import Month
from models.values.page import PageRequest, Place
from models.values.rupiah import Rupiah

Details = dict[str, Any]
Reader = Callable[[Any], Any]

WORKER_ID = bindparam("worker_id", type_=Uuid)
NOW = bindparam("now", type_=Instant)
_LIMIT = bindparam("limit", type_=Integer)
_BEFORE = tuple_(
    bindparam("before_at", type_=Instant),
    bindparam("before_rank", type_=Integer),
    bindparam("before_id", type_=Uuid),
)
_LAST_ID = UUID(int=(1 << 128) - 1)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The items of one kind. Whose they are, and that none is of the future, is seen to here.

    :param at: when it happened. :param id: no two of this kind have the same.
    :param worker_id: the column that says whose it is.
    :param where: which rows.
    :param details: what else is told, by name; read in the types of the columns.
    """

    kind: str
    at: SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None]
    id: SQLColumnExpression[UUID]
    worker_id: SQLColumnExpression[UUID] | SQLColumnExpression[UUID | None]
    where: tuple[SQLColumnExpression[bool], ...] = ()
    details: Mapping[str, SQLColumnExpression[Any]] = field(default_factory=dict)

    def page(self, rank: int) -> Select[*tuple[Any, ...]]:
        """As many as a page can hold, from behind the place on."""
        ranked = literal_column(str(rank), Integer)
        return (
            select(
                self.at.label("at"),
                ranked.label("rank"),
                self.id.label("id"),
                self._gathered.label("details"),
            )
            .where(
                self.worker_id == WORKER_ID,
                self.at <= NOW,
                # The database finds the instant in an index, and looks at the rest row by row.
                tuple_(self.at, ranked, self.id) < _BEFORE,
                *self.where,
            )
            .order_by(self.at.desc(), self.id.desc())
            .limit(_LIMIT)
        )

    @property
    def _gathered(self) -> ColumnElement[Any]:
        named = [part for name, value in self.details.items() for part in (_quoted(name), value)]
        return func.jsonb_build_object(*named, type_=JSONB)

    def read(self, details: Details) -> Details:
        return {name: self._readers[name](value) for name, value in details.items()}

    @cached_property
    def _readers(self) -> dict[str, Reader]:
        labelled: list[Any] = [each.label(name) for name, each in self.details.items()]
        columns: Select[*tuple[Any, ...]] = select(*labelled)
        return {name: _reader_of(each.type) for name, each in columns.selected_columns.items()}


class Item(NamedTuple):
    """One item of the list, and with its first three members its place in it."""

    at: datetime
    kind: str
    id: UUID
    details: Details

    @property
    def place(self) -> Place:
        return self[:3]


@dataclass(frozen=True)
class MergedList:
    """:param sources: of what happened at one instant, the later sources' is told as the newer."""

    sources: tuple[Source, ...]

    @cached_property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """Sent with ``parameters``; ``read`` makes an ``Item`` of each row."""
        pages = union_all(*(source.page(rank) for rank, source in enumerate(self.sources)))
        rows = pages.subquery("rows")
        newest_first = [rows.c[name].desc() for name in ("at", "rank", "id")]
        return select(rows).order_by(*newest_first).limit(_LIMIT)

    def parameters(self, worker_id: UUID, now: datetime, page: PageRequest) -> dict[str, object]:
        at, kind, before_id = page.after or (now, "", _LAST_ID)
        return {
            "worker_id": worker_id,
            "now": now,
            "limit": page.to_read,
            "before_at": at,
            "before_rank": self._ranks.get(kind, len(self.sources)),
            "before_id": before_id,
        }

    def read(self, row: Row[*tuple[Any, ...]]) -> Item:
        at, rank, item_id, details = row
        source = self.sources[rank]
        return Item(at, source.kind, item_id, source.read(details))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """What a place names is the kind: ranks change when a source is added."""
        return {source.kind: rank for rank, source in enumerate(self.sources)}


def _quoted(name: str) -> ColumnElement[str]:
    """A name of ours, written into the statement: the database does not guess types of values."""
    return literal_column(f"'{name}'")


def _reader_of(kind: TypeEngine[Any]) -> Reader:
    """From JSON back into the type of the column."""
    read = _present_reader_of(kind)
    return lambda value: None if value is None else read(value)


def _present_reader_of(kind: TypeEngine[Any]) -> Reader:
    match kind:
        case RupiahColumn():
            return Rupiah
        case MonthColumn():
            return lambda value: Month.of(date.fromisoformat(value))
        case Instant():
            return datetime.fromisoformat
        case Uuid():
            return UUID
        case Enum(enum_class=words) if words is not None:
            return words
        case ARRAY(item_type=each):
            read = _reader_of(each)
            return lambda values: tuple(read(value) for value in values)
    return lambda value: value
