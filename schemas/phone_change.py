"""Another phone number for a worker."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import post_load

from models.claimant import Claimant
from models.phone_change_request import PhoneChangeStatus
from schemas.base import Schema
from schemas.fields import Choice, Day, Identifier, Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.person_fields import NameField, NikField


class NewPhoneSchema(Schema):
    phone_token = Text(
        required=True,
        max_length=2000,
        example="eyJhbGciOiJIUzI1NiIs...",
        about="From verifying the new number, less than 10 minutes ago.",
    )


class ClaimantSchema(Schema):
    nik = NikField(required=True, about="The 16 digits on the KTP.")
    full_name = NameField(
        required=True, max_length=100, example="Siti Aminah", about="As on the KTP."
    )
    birth_date = Day(required=True, example="1993-07-05")

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> Claimant:
        return Claimant(**values)


class PhoneChangeReceivedSchema(Schema):
    hold_until = Instant(
        required=True,
        example="2026-11-25T02:00:00Z",
        about="Until then whoever has the old number may object; our staff decide afterwards.",
    )


class PhoneChangeSchema(Schema):
    id = Identifier(required=True)
    requested_at = Instant(required=True)
    hold_until = Instant(required=True, example="2026-11-25T02:00:00Z")
    status = Choice(
        PhoneChangeStatus,
        required=True,
        about="`on_hold` and `awaiting_staff` can be objected to. `superseded`: the number has "
        "changed since.",
    )
    new_phone_masked = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="+62*******890",
        about="The number that was asked for. Null when we have forgotten it.",
    )
    closed_at = Instant(
        required=True,
        allow_none=True,
        about="Null while it is open.",
        metadata={"examples": [None]},
    )


class PhoneChangesQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class PhoneChangesSchema(PageSchema):
    items = Listed(Inner(PhoneChangeSchema), required=True)
