"""A worker's ties to partners, as the worker sees them."""

from datetime import datetime
from uuid import UUID

from models.enrolment import Link
from models.worker_links import Shared
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema


class WorkerLinkSchema(Schema):
    id = Identifier(required=True)
    name = Text(required=True, dump_only=True, example="Ojek Kita", about="The platform's.")
    external_id = Text(
        required=True,
        dump_only=True,
        example="OK-104-2291",
        about="Under what the platform knows me.",
    )
    link = Choice(Link, required=True)
    enrolled_at = Instant(required=True)
    consent_version = Text(
        required=True,
        dump_only=True,
        example="2026-11",
        about="Of the document `privacy`: what I agreed to with the platform, as it says.",
    )
    consented_at = Instant(required=True, about="When, as it says.")
    confirmed_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True, metadata={"examples": [None]})
    shared = Listed(
        Choice(Shared),
        required=True,
        example=["identity", "months_paid"],
        about="What the platform sees: `identity` (whether what it sent about me agrees with the "
        "population registry), `months_paid` (for how many months it paid), and once I confirm "
        "`coverage` (whether and until when I am protected). It does not see what I earn or owe.",
    )


class WorkerLinksQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class WorkerLinksSchema(PageSchema):
    items = Listed(Inner(WorkerLinkSchema), required=True)
