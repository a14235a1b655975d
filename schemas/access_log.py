"""Who has seen a worker's data."""

from datetime import datetime
from uuid import UUID

from models.values.access import AccessReason, Seen, StaffRole, Viewer
from schemas.base import Schema
from schemas.fields import Choice, Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField

_ROLES = ", ".join(f"`{role}`" for role in StaffRole)


class AccessSchema(Schema):
    at = Instant(required=True)
    viewer = Choice(
        Viewer,
        required=True,
        example="staff",
        about="`worker`: whoever was signed in as me, as when my data was exported.",
    )
    name = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="support",
        about=f"The partner's name; of our staff the role ({_ROLES}); null of others.",
    )
    reason = Choice(AccessReason, required=True, example="payment_missing")
    seen = Listed(Choice(Seen), required=True, about="What was seen.", example=["record"])
    text = WordsField(
        required=True,
        example="Petugas kami (layanan bantuan) melihat catatan Anda dengan NIK dan nomor HP tersamar. "
        "Alasan: mencari pembayaran yang belum tercatat.",
    )


class AccessLogQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, str, UUID)


class AccessLogSchema(PageSchema):
    items = Listed(Inner(AccessSchema), required=True)
