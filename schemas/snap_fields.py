"""Fields as SNAP BI writes them. A fault is one of two cases: missing, or of the wrong form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import marshmallow as ma

from models.values.jakarta import WIB
from models.values.rupiah import Rupiah
from models.values.text import readable
from schemas.fields import ErrorMessages, described
from schemas.snap_codes import FIELD_FORMAT, FIELD_MISSING, SnapCase

FAULTS: ErrorMessages = {
    "required": FIELD_MISSING,
    "null": FIELD_MISSING,
    "validator_failed": FIELD_FORMAT,
}
# Years of this century: a made-up one could not be turned into UTC.
_INSTANT = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
_VALUE = re.compile(r"[0-9]{1,16}(\.[0-9]{1,2})?")
_CURRENCY = "IDR"


class SnapField(ma.fields.Field[Any]):
    """A field whose errors are cases of SNAP's table."""

    published: ClassVar[Mapping[str, Any]] = {}
    default_error_messages: ErrorMessages = FAULTS

    def __init__(self, *, about: str | None = None, example: Any = None, **options: Any) -> None:
        told = {**self.published, **options.pop("metadata", {}), **described(about, example)}
        options.setdefault("allow_none", not options.get("required"))
        super().__init__(metadata=told, **options)

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **options: Any) -> Any:
        # Banks fill what they do not use with empty text.
        if value == "" and not self.required:
            return None
        return super().deserialize(value, attr, data, **options)

    def make_error(self, key: str, **details: Any) -> ma.ValidationError:
        return ma.ValidationError([self.error_messages[key]])

    def refuse(self, case: SnapCase = FIELD_FORMAT, inner: str | None = None) -> Exception:
        """:param inner: the name inside the object that is at fault."""
        return ma.ValidationError({inner: [case]} if inner else [case])


class SnapText(SnapField):
    """Text exactly as received: ids are echoed with their padding.

    :param pattern: a regular expression that all of it matches.
    """

    published: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def __init__(self, max_length: int, *, pattern: str | None = None, **options: Any) -> None:
        told: dict[str, Any] = {"maxLength": max_length}
        if pattern:
            told["pattern"] = f"^{pattern}$"
        super().__init__(metadata=told, **options)
        self.max_length = max_length
        self._pattern = re.compile(pattern) if pattern else None

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if not isinstance(value, str) or len(value) > self.max_length or not readable(value):
            raise self.refuse()
        if not value.strip():
            raise self.refuse(FIELD_MISSING)
        if self._pattern and not self._pattern.fullmatch(value):
            raise self.refuse()
        return value


class SnapInstant(SnapField):
    """``2026-11-22T14:00:00+07:00``, in any zone; Jakarta's when we write it."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "format": "date-time",
        "examples": ["2026-11-22T14:00:00+07:00"],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else instant_written(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> datetime:
        instant = read_instant(value) if isinstance(value, str) else None
        if instant is None:
            raise self.refuse(FIELD_MISSING if value == "" else FIELD_FORMAT)
        return instant


class SnapMoney(SnapField):
    """``{"value": "33600.00", "currency": "IDR"}``. Sen are read, since ``33600.50`` is an amount,
    if never the right one."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "value": {"type": "string", "pattern": "^[0-9]{1,16}(\\.[0-9]{1,2})?$"},
            "currency": {"type": "string", "enum": [_CURRENCY]},
        },
        "required": ["value", "currency"],
        "examples": [{"value": "33600.00", "currency": _CURRENCY}],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        if value is None:
            return None
        amount = Decimal(value.amount) if isinstance(value, Rupiah) else value
        return {"value": f"{amount:.2f}", "currency": _CURRENCY}

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **options: Any) -> Any:
        unused = isinstance(value, dict) and value.get("value") in (None, "")
        given = "" if unused and not self.required else value
        return super().deserialize(given, attr, data, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Decimal:
        if not isinstance(value, dict):
            raise self.refuse()
        for name in ("value", "currency"):
            if value.get(name) in (None, ""):
                raise self.refuse(FIELD_MISSING, name)
        amount, currency = value["value"], value["currency"]
        if not isinstance(amount, str) or not _VALUE.fullmatch(amount):
            raise self.refuse(FIELD_FORMAT, "value")
        if currency != _CURRENCY:
            raise self.refuse(FIELD_FORMAT, "currency")
        return Decimal(amount)


class SnapChannel(SnapField):
    """Where the payer stands, by the bank's number: digits, or text of digits. Not used."""

    published: ClassVar[Mapping[str, Any]] = {"type": ["integer", "string"], "examples": [6011]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if type(value) not in (int, str) or not re.fullmatch("[0-9]{1,10}", str(value)):
            raise self.refuse()
        return str(value)


class SnapWords(SnapField):
    """Words in both languages at once; only ever sent."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"english": {"type": "string"}, "indonesia": {"type": "string"}},
        "examples": [{"english": "Success", "indonesia": "Sukses"}],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return {"english": value.en, "indonesia": value.id}


def read_instant(text: str) -> datetime | None:
    """An instant as SNAP writes it, or nothing."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def instant_written(instant: datetime) -> str:
    return instant.astimezone(WIB).isoformat(timespec="seconds")
