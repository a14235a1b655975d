"""How value types are stored."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, Enum
from sqlalchemy.types import TypeDecorator

from models.values.month import Month
from models.values.rupiah import Rupiah


class RupiahColumn(TypeDecorator[Rupiah]):
    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Rupiah | None, dialect: Any) -> int | None:
        return None if value is None else value.amount

    def process_result_value(self, value: int | None, dialect: Any) -> Rupiah | None:
        return None if value is None else Rupiah(int(value))


class MonthColumn(TypeDecorator[Month]):
    """A month is stored as its first day."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: Month | None, dialect: Any) -> date | None:
        return None if value is None else value.first_day

    def process_result_value(self, value: date | None, dialect: Any) -> Month | None:
        return None if value is None else Month.of(value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime; naive ones are refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise TypeError("naive datetime")
        return value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


def word_of(words: type[StrEnum], name: str | None = None) -> Enum:
    """A column that holds one of a few words, kept as text with a CHECK.

    :param name: of the CHECK, where a table has two such columns.
    """
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name or words.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
