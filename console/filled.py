"""Reading a form by the schema that the API reads the same values by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from models.values.faults import Fault
from schemas.base import Schema
from services.errors import FieldFault, Invalid

_OF_THE_WHOLE = "_schema"


def read_by(schema: Schema, given: Mapping[str, str]) -> Any:
    """What the schema makes of the fields that are not empty.

    :raises Invalid: with the faults of every field.
    """
    try:
        return schema.load(given)
    except ma.ValidationError as error:
        raise Invalid(*_faults(error.messages)) from error


def _faults(messages: Any) -> Iterator[FieldFault]:
    for name, found in dict(messages).items():
        for fault in found:
            # What is wrong with the whole of it speaks of names that no page shows.
            if name != _OF_THE_WHOLE and isinstance(fault, Fault):
                yield FieldFault.of(f"/{name}", fault)
