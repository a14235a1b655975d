"""What a worker has agreed to."""

from datetime import datetime
from uuid import UUID

from schemas.base import Schema
from schemas.fields import Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema


class ConsentSchema(Schema):
    document = Text(required=True, dump_only=True, example="terms")
    version = Text(required=True, dump_only=True, example="2026-11")
    accepted_at = Instant(required=True)
    withdrawn_at = Instant(
        required=True, allow_none=True, about="Null while it holds.", metadata={"examples": [None]}
    )


class ConsentsQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class ConsentsSchema(PageSchema):
    items = Listed(Inner(ConsentSchema), required=True)
