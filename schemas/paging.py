"""Pages of a list, and the cursors that lead from one to the next.

A cursor is the place of the last item, written so that nobody is tempted to make
one. It is not signed: a made-up one of the right shape only starts elsewhere in a
list that the caller may read anyway.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import marshmallow as ma
import orjson

from models.values.page import PageRequest, Place
from schemas import faults
from schemas.base import Schema
from schemas.fields import Field, WholeNumber

DEFAULT_LIMIT = 50
MOST = 200
_LONGEST = 300


def encoded(place: Place) -> str:
    """The cursor for a place made of texts, whole numbers, instants and UUIDs."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).rstrip(b"=").decode()


def _instant(written: Any) -> datetime:
    instant = datetime.fromisoformat(written)
    if instant.tzinfo is None:
        raise ValueError("an instant has an offset")
    return instant


def _whole(written: Any) -> int:
    if type(written) is not int or abs(written) >= 2**63:
        raise ValueError("a whole number that the database can hold")
    return written


def _text(written: Any) -> str:
    if not isinstance(written, str) or "\x00" in written:
        raise ValueError("text that the database can hold")
    return written


_READERS: Mapping[type, Callable[[Any], Any]] = {
    datetime: _instant,
    UUID: UUID,
    int: _whole,
    str: _text,
}


class CursorField(Field):
    """The place after which a page starts.

    :param kinds: the types that a place of this list is made of, in order.
    """

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "maxLength": _LONGEST,
        "description": "`next_cursor` of the page before, unchanged.",
    }

    def __init__(self, *kinds: type, **options: Any) -> None:
        self._readers = [_READERS[kind] for kind in kinds]
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Place:
        try:
            if not isinstance(value, str) or len(value) > _LONGEST:
                raise ValueError("not one of ours")
            padded = value + "=" * (-len(value) % 4)
            parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            return tuple(read(part) for read, part in zip(self._readers, parts, strict=True))
        except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
            raise self.refuse(faults.CURSOR) from error


class PageQuerySchema(Schema):
    """``limit`` and ``cursor``, together as ``page``. A list adds ``cursor`` itself,
    because only it knows what its places are made of."""

    limit = WholeNumber(
        1, MOST, written=True, load_default=DEFAULT_LIMIT, about="How many at most."
    )

    @ma.post_load
    def _as_page(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        page = PageRequest(limit=query.pop("limit"), after=query.pop("cursor", None))
        return query | {"page": page}


class NextCursor(Field):
    """Where the next page starts; null on the last one."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": ["string", "null"],
        "description": "Send it as `cursor` for the next page; null on the last.",
        "examples": [None],
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(attribute="next_after", dump_only=True, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else encoded(value)


class PageSchema(Schema):
    """One page. A list adds its ``items``."""

    next_cursor = NextCursor(required=True)
