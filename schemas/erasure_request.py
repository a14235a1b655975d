"""Asking to be erased."""

from datetime import datetime
from uuid import UUID

from models.erasure_request import ErasureStatus
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema


class ErasureOrderSchema(Schema):
    phone_token = Text(
        required=True,
        max_length=2000,
        example="eyJhbGciOiJIUzI1NiIs...",
        about="From confirming a code sent to the number on record, less than ten minutes ago. It "
        "is spent.",
    )


class ErasureRequestSchema(Schema):
    id = Identifier(required=True)
    status = Choice(
        ErasureStatus, required=True, about="`waiting`: it can be called off. `done`: gone."
    )
    requested_at = Instant(required=True)
    objection_until = Instant(
        required=True,
        example="2026-11-24T02:00:00Z",
        about="So long there is in any case to call it off: two days, or three from a change of "
        "number.",
    )
    not_before = Instant(
        required=True,
        example="2026-12-31T17:00:00Z",
        about="Nothing is erased before: there is time to call it off, and paid cover runs out.",
    )
    due_by = Instant(
        required=True,
        example="2027-01-01T17:00:00Z",
        about="By then everything is erased. It moves on while a request for another number is open "
        "or a refund is owed, and both dates move with the end of cover.",
    )
    cancelled_at = Instant(
        required=True,
        allow_none=True,
        about="Null unless called off.",
        metadata={"examples": [None]},
    )


class ErasureRequestsQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class ErasureRequestsSchema(PageSchema):
    items = Listed(Inner(ErasureRequestSchema), required=True)
