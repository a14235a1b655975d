"""One driver, as a partner sends them by themself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from models.driver_columns import ABOUT, EXAMPLE
from models.driver_texts import MAY_BE_EMPTY, TEXTS
from models.values.person_forms import HIGHEST_INCOME
from models.values.plan import Plan
from schemas import faults
from schemas.base import Schema
from schemas.fields import BEYOND, Choice, Field, Identifier, Text
from schemas.nesting import Listed
from schemas.person_fields import NIK_AS_NUMBER


class CellField(Field):
    """A value as it stands in a file: text. What it means is judged by the rules for files.

    :param column: its name there.
    """

    published: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def __init__(self, column: str, **options: Any) -> None:
        may_be_empty = column in MAY_BE_EMPTY
        form = TEXTS.get(column)
        super().__init__(
            required=not may_be_empty,
            allow_none=may_be_empty,
            load_only=True,
            about=ABOUT[column].en,
            example=self.shown(EXAMPLE[column]),
            metadata={"maxLength": form.most} if form else {},
            **options,
        )

    def shown(self, cell: str) -> Any:
        return cell

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if not isinstance(value, str):
            raise self.refuse(faults.NOT_TEXT)
        return value


class NikCell(CellField):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if type(value) in (int, float):
            raise self.refuse(NIK_AS_NUMBER)
        return super()._deserialize(value, attr, data)


class IncomeCell(CellField):
    """Rupiah as a JSON number, or as text."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": HIGHEST_INCOME,
    }

    def shown(self, cell: str) -> Any:
        return int(cell)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if type(value) is float and abs(value) >= BEYOND:
            value = int(value)
        return (
            str(value) if type(value) in (int, float) else super()._deserialize(value, attr, data)
        )


class DriverSchema(Schema):
    external_id = CellField("external_id")
    nik = NikCell("nik")
    full_name = CellField("full_name")
    birth_place = CellField("birth_place")
    birth_date = CellField("birth_date")
    sex = CellField("sex")
    mother_maiden_name = CellField("mother_maiden_name")
    phone = CellField("phone")
    address = CellField("address")
    village_code = CellField("village_code")
    occupation_code = CellField("occupation_code")
    monthly_income = IncomeCell("monthly_income")
    consent_version = CellField("consent_version")
    consented_at = CellField("consented_at")


class EnrolQuerySchema(Schema):
    plan = Choice(Plan, required=True, about="`basic` is JKK and JKM, `complete` adds JHT.")


class EnrolledSchema(Schema):
    worker_id = Identifier(required=True, about="The `id` of your link to the worker.")
    external_id = Text(required=True, dump_only=True, example=EXAMPLE["external_id"])
    outcome = Text(
        required=True,
        dump_only=True,
        example="accepted",
        about="`accepted`, or `unchanged`: you have sent this driver before.",
    )
    ignored = Listed(
        Text(dump_only=True, example="full_name"),
        required=True,
        example=[],
        about="Fields whose values differ from what is kept, and were not taken over.",
    )
