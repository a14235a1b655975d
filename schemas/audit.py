"""What staff did: what is asked of the audit, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import marshmallow as ma

from models.sought import Sought
from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from schemas.base import Schema
from schemas.coverage import DayAskedField
from schemas.fields import Choice, Field, Flag, Identifier, Instant, Text
from schemas.lookup import SoughtSchema, sought_in
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField

_ABOUT_ACTION = "More may come; show `text` for those that you do not know."


class DetailsField(Field):
    """Names of fields, counts and decisions, as the action has them."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "examples": [{"found": 1, "more": False}],
        "description": "What else there is to say of the action, in names, counts and decisions; "
        "never a value of a worker's.",
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return value


class AuditEventSchema(Schema):
    id = Identifier(required=True)
    at = Instant(required=True)
    text = WordsField(
        required=True,
        example="siti (layanan bantuan) mencari peserta menurut NIK dari 10.1.2.3. Alasan: peserta "
        "bertanya.",
    )
    action = Choice(AuditAction, required=True, example="looked_up", about=_ABOUT_ACTION)
    refusal = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="worker-not-found",
        about="The code of the error in which it ended; null: it was done.",
    )
    username = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="siti",
        about="Null: nobody of ours, or whoever runs the server.",
    )
    role = Choice(
        StaffRole, required=True, allow_none=True, example="support", about="As it was then."
    )
    session_id = Identifier(
        required=True, allow_none=True, about="What was done in one session has the same."
    )
    source = Text(
        required=True,
        dump_only=True,
        example="10.1.2.3",
        about="The network address that it came from, or `command line`.",
    )
    reason = Choice(AccessReason, required=True, allow_none=True, example="caller_asks")
    note = Text(
        required=True, dump_only=True, allow_none=True, example="Penelepon dari Pasar Minggu."
    )
    searched_by = Choice(
        SearchedBy,
        required=True,
        allow_none=True,
        example="nik",
        about="What the search went by. What was searched for is kept as a digest: "
        "`POST /v1/staff/audit-events/searches` asks by it.",
    )
    worker_id = Identifier(required=True, allow_none=True, about="Whom it was about.")
    about_id = Identifier(
        required=True,
        allow_none=True,
        about="The review, request, batch, account or message that it was about.",
    )
    details = DetailsField(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        return super().get_attribute(obj if attr == "text" else obj.event, attr, default)


class AuditPageQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class AuditQuerySchema(AuditPageQuerySchema):
    account = Text(max_length=64, example="siti", about="The user name of who did it.")
    action = Choice(AuditAction, example="looked_up", about="What was done.")
    worker_id = Identifier(about="Whom it was about.")
    refusals = Flag(
        written=True, load_default=False, example=False, about="true: only what was refused."
    )
    from_day = DayAskedField(
        data_key="from", example="2026-11-01", about="The first Jakarta day that is wanted."
    )
    until_day = DayAskedField(
        data_key="until", example="2026-11-30", about="The last one, itself included."
    )


class AuditSearchSchema(SoughtSchema):
    @ma.post_load
    def _as_sought(self, values: dict[str, Any], **_: Any) -> Sought:
        return sought_in(values)


class AuditPageSchema(PageSchema):
    items = Listed(Inner(AuditEventSchema), required=True)
