"""Contribution months over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from models.values.month import InvalidMonth, Month
from schemas import faults
from schemas.fields import Field


class MonthField(Field):
    """A contribution month, ``YYYY-MM``."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
        "examples": ["2026-11"],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Month:
        if not isinstance(value, str):
            raise self.refuse(faults.NOT_A_MONTH)
        try:
            return Month.parse(value)
        except InvalidMonth as error:
            raise self.refuse(faults.NOT_A_MONTH) from error
