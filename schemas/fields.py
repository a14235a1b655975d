"""Fields that carry our values over the wire.

Each tells the published description what it accepts, and refuses the rest with a
fault that says what to do. ``example`` and ``about`` go into the description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import marshmallow as ma

from models.values import faults as value_faults
from models.values.faults import Fault, FaultyValue
from models.values.readings import TextForm, read_day, read_instant
from models.values.rupiah import Rupiah
from models.values.text import trimmed
from schemas import faults

# Python refuses to read more than 4,300 digits.
_WHOLE = re.compile(r"-?[0-9]{1,4000}")
# A whole number beyond 64 bits comes out of JSON as a float. It is beyond every bound of ours.
BEYOND = 2**63
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"


Value = TypeVar("Value")

# Any object may stand where marshmallow expects a sentence.
ErrorMessages = dict[str, Any]
FAULTS: ErrorMessages = {
    "required": value_faults.REQUIRED,
    "null": faults.NULL,
    "validator_failed": faults.INVALID,
}


class Field(ma.fields.Field[Any]):
    """A field whose errors are faults.

    :param about: one sentence for the published description.
    :param example: a value as it looks on the wire.
    """

    published: ClassVar[Mapping[str, Any]] = {}
    default_error_messages: ErrorMessages = FAULTS

    def __init__(
        self,
        *,
        about: str | None = None,
        example: Any = None,
        metadata: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        told = {**self.published, **(metadata or {}), **described(about, example)}
        super().__init__(metadata=told, **options)

    def make_error(self, key: str, **details: Any) -> ma.ValidationError:
        # In a list: marshmallow joins what several validators say.
        return ma.ValidationError([self.error_messages[key]])

    def refuse(self, fault: Fault, **details: Any) -> ma.ValidationError:
        return ma.ValidationError([fault.with_(**details) if details else fault])

    def reading(
        self, read: Callable[[str], Value], value: Any, otherwise: Fault = faults.NOT_TEXT
    ) -> Value:
        """What one of our rules makes of text.

        :param otherwise: what to say of anything else.
        """
        if not isinstance(value, str):
            raise self.refuse(otherwise)
        try:
            return read(value)
        except FaultyValue as error:
            raise self.refuse(error.fault) from error


def described(about: str | None, example: Any = None) -> dict[str, Any]:
    """The members of a published description that are given."""
    told: dict[str, Any] = {} if about is None else {"description": about}
    return told if example is None else told | {"examples": [example]}


class Text(Field):
    """Text that people type, without the spaces around it.

    :param max_length: counted, like all else is judged, when the spaces around are off.
    :param lines: whether it may hold line breaks.
    :param pattern: a regular expression that all of it matches.
    :param refusal: what to say of text that does not, or that is too short or too long for it.
    """

    published: ClassVar[Mapping[str, Any]] = {"type": "string"}
    named: ClassVar[Fault | None] = None

    def __init__(
        self,
        *,
        min_length: int = 1,
        max_length: int = 200,
        lines: bool = False,
        pattern: str | None = None,
        refusal: Fault | None = None,
        **options: Any,
    ) -> None:
        # On purpose, not because of a default that is None.
        self.nullable = bool(options.get("allow_none"))
        told: dict[str, Any] = {}
        if not options.get("dump_only"):
            least = 0 if self.nullable else min_length
            told = {"minLength": least, "maxLength": max_length}
        if pattern:
            told["pattern"] = f"^({pattern})?$" if self.nullable else f"^{pattern}$"
        super().__init__(metadata=told, **options)
        self.form = TextForm(
            max_length,
            min_length,
            lines,
            self.named,
            re.compile(pattern) if pattern else None,
            refusal,
        )

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else str(value)

    def deserialize(
        self, value: Any, attr: str | None = None, data: Any = None, **options: Any
    ) -> Any:
        # Forms send nothing, or spaces, for what was left out.
        given = None if self.nullable and self._is_blank(value) else value
        return super().deserialize(given, attr, data, **options)

    def _is_blank(self, value: Any) -> bool:
        return isinstance(value, str) and not self.form.is_endless(value) and not trimmed(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        return self.read(value)

    def read(self, value: Any) -> str:
        """The text itself, or a validation error that says what is wrong with it."""
        return self.reading(self.form.read, value)


class EmailField(Text):
    def __init__(self, **options: Any) -> None:
        options.setdefault("example", "siti@contoh.id")
        super().__init__(max_length=254, pattern=_EMAIL, refusal=faults.NOT_AN_EMAIL, **options)


class PostalCodeField(Text):
    def __init__(self, **options: Any) -> None:
        options.setdefault("example", "40135")
        super().__init__(
            max_length=5,
            pattern="[0-9]{5}",
            refusal=faults.NOT_A_POSTAL_CODE,
            **options,
        )


class Identifier(Field):
    """A UUID, in its usual spelling only."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "format": "uuid",
        "examples": ["0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> UUID:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise self.refuse(faults.NOT_AN_ID)
        return UUID(value)


class WholeNumber(Field):
    """A whole number: 12, but not 12.0, "12" or true.

    :param written: it comes as text, as in a query string.
    """

    published: ClassVar[Mapping[str, Any]] = {"type": "integer"}

    def __init__(
        self, minimum: int, maximum: int, *, written: bool = False, **options: Any
    ) -> None:
        super().__init__(metadata={"minimum": minimum, "maximum": maximum}, **options)
        self.minimum, self.maximum, self.written = minimum, maximum, written

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        return self.read(value)

    def read(self, value: Any) -> int:
        number = self.whole(value)
        if number < self.minimum:
            raise self.refuse(value_faults.TOO_SMALL, minimum=self.minimum)
        if number > self.maximum:
            raise self.refuse(value_faults.TOO_LARGE, maximum=self.maximum)
        return number

    def whole(self, value: Any) -> int:
        """The number, however small or large; of one beyond 64 bits at least the sign is right."""
        if self.written and isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if type(value) is float and abs(value) >= BEYOND:
            value = BEYOND if value > 0 else -BEYOND
        if type(value) is not int:
            raise self.refuse(value_faults.NOT_WHOLE)
        return value


class RupiahField(WholeNumber):
    """Whole Rupiah, up to a thousand million million either way."""

    MOST = 10**15

    def __init__(self, minimum: int = 0, maximum: int = MOST, **options: Any) -> None:
        options.setdefault("example", 33_600)
        super().__init__(minimum, maximum, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else value.amount

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Rupiah:
        return Rupiah(self.read(value))


class Flag(Field):
    """true or false, and nothing that merely looks like it.

    :param written: it comes as text, as in a query string.
    """

    published: ClassVar[Mapping[str, Any]] = {"type": "boolean"}

    def __init__(self, *, written: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._readings = {"true": True, "false": False} if written else {}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in self._readings:
            return self._readings[value]
        raise self.refuse(faults.NOT_A_FLAG)


class Choice(Field):
    """One member of an enumeration, by its value.

    :param choices: the enumeration, or some of its members.
    """

    def __init__(self, choices: Iterable[Enum], **options: Any) -> None:
        self.by_value = {choice.value: choice for choice in choices}
        values: list[Any] = list(self.by_value)
        options.setdefault("example", values[0])
        kind = "integer" if isinstance(values[0], int) else "string"
        enum = [*values, None] if options.get("allow_none") else values
        super().__init__(metadata={"type": kind, "enum": enum}, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return value.value if isinstance(value, Enum) else value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        if isinstance(value, str | int) and value in self.by_value:
            return self.by_value[value]
        raise self.refuse(
            value_faults.NOT_A_CHOICE, choices=", ".join(str(value) for value in self.by_value)
        )


class Day(Field):
    """A calendar day, strictly ``YYYY-MM-DD``."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "format": "date",
        "examples": ["1990-08-17"],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> date:
        return self.reading(read_day, value, value_faults.NOT_A_DAY)


class Instant(Field):
    """A moment, answered in UTC: ``2026-11-22T02:00:00Z``."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "format": "date-time",
        "examples": ["2026-11-22T02:00:00Z"],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else written(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> datetime:
        return self.reading(read_instant, value, value_faults.NOT_AN_INSTANT)


def written(instant: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")[:-6] + "Z"
