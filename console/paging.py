"""Which page of a list is asked for, as its address says."""

from __future__ import annotations

import marshmallow as ma
from flask import request

from api.refusals import NoSuchPlace
from models.values.page import PageRequest
from schemas.paging import CursorField

CURSOR = "after"


def page_asked(*kinds: type, limit: int) -> PageRequest:
    """:param kinds: what a place in the list is made of.
    :raises NoSuchPlace: no page of ours leads there.
    """
    cursor = request.args.get(CURSOR)
    if cursor is None:
        return PageRequest(limit=limit)
    try:
        return PageRequest(limit=limit, after=CursorField(*kinds).deserialize(cursor))
    except ma.ValidationError as error:
        raise NoSuchPlace from error
