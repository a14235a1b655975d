"""Every fault of a form in one answer: those of the wire, and those that only a rule can find.

A form with an unreadable NIK and an unknown village would otherwise be refused twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import update_wrapper
from typing import Any, TypeVar

import marshmallow as ma
import orjson

from api.reading import Faulty, PlacedFault, Reader, query_of
from api.request import Request, current
from models.values.faults import Fault
from services.errors import FieldFault, Invalid

View = TypeVar("View", bound=Callable[..., Any])


def whole_form(other_faults: Callable[..., Iterable[FieldFault]]) -> Callable[[View], View]:
    """Stands above ``arguments`` and below what passes ``caller``.

    :param other_faults: what is wrong with the fields that could be read. It is called only
        when others could not, as ``other_faults(values)``, with ``caller`` if the view has one.
    """

    def decorator(view: Any) -> Any:
        reader: Reader = view.readers[0]

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            try:
                return view(*args, **kwargs)
            except Invalid as invalid:
                raise Faulty(
                    [_placed_in(reader.location, each) for each in invalid.faults]
                ) from None
            except Faulty as faulty:
                readable = readable_part(reader.schema, _sent(reader, current()))
                found = other_faults(readable, **kwargs)
                placed = (_placed_in(reader.location, fault) for fault in found)
                raise Faulty([*faulty.placed, *placed]) from None

        return update_wrapper(wrapper, view)

    return decorator


def _placed_in(location: str, fault: FieldFault) -> PlacedFault:
    """:param location: where the form came from: ``json`` or ``query``."""
    said = Fault(fault.code, fault.words)
    if location == "query":
        return PlacedFault("parameter", fault.pointer.removeprefix("/"), said)
    return PlacedFault("pointer", fault.pointer, said)


def _sent(reader: Reader, request: Request) -> Any:
    return query_of(request)[0] if reader.location == "query" else orjson.loads(request.body)


def readable_part(schema: ma.Schema, document: Any) -> Mapping[str, Any]:
    """The fields that have no fault, as values. A list with one bad entry is not among them."""
    try:
        loaded = schema.load(document)
    except ma.ValidationError as error:
        values, faulty = error.valid_data, error.messages
        if not isinstance(values, dict) or not isinstance(faulty, dict):
            return {}
        return {name: value for name, value in values.items() if name not in faulty}
    return loaded if isinstance(loaded, dict) else vars(loaded)
