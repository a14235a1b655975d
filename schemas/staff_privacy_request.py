"""What people ask about their data, and staff see to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import post_load

from models.values.privacy import NewRequest, PrivacyRequestKind
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.note import NoteField
from schemas.paging import CursorField, PageQuerySchema, PageSchema

_MOST = 2**53


class PrivacyRequestSchema(Schema):
    id = Identifier(required=True)
    kind = Choice(
        PrivacyRequestKind,
        required=True,
        about="`erasure` carries itself out. `withdrawal` in the app is honoured at once: see what "
        "else there is to end.",
    )
    worker_id = Identifier(required=True)
    registration_number = Text(required=True, dump_only=True, example="572018463917")
    requested_at = Instant(required=True)
    due_by = Instant(
        required=True,
        example="2026-11-25T02:00:00Z",
        about="3x24 hours after the request, however late it was entered; of an erasure that waits "
        "for longer, for cover that is paid for or something to be settled first, when it is done "
        "at the latest.",
    )
    due_in = WholeNumber(
        -_MOST,
        _MOST,
        required=True,
        example=172_800,
        about="In seconds; below zero, it is overdue by so many.",
    )
    entered_by = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="rina",
        about="The officer who wrote it down; null: asked for in the app.",
    )
    exported_at = Instant(
        required=True,
        allow_none=True,
        about="Of `export`: when the copy was made that is to be handed over.",
    )


class PrivacyRequestsQuerySchema(PageQuerySchema):
    kind = Choice(PrivacyRequestKind, about="Only requests of this kind.")
    cursor = CursorField(datetime, UUID)


class PrivacyRequestsSchema(PageSchema):
    items = Listed(Inner(PrivacyRequestSchema), required=True)


class NewRequestSchema(Schema):
    worker_id = Identifier(required=True)
    kind = Choice(PrivacyRequestKind, required=True)
    note = NoteField(required=True, about="How they asked, and how you know that it is them.")
    requested_at = Instant(about="When they asked; now, if left out.")

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> NewRequest:
        return NewRequest(**values)


class DoneSchema(Schema):
    note = NoteField(
        required=True,
        about="What was done, or why it was called off.",
        example="Copy handed over at the branch office, KTP seen.",
    )
