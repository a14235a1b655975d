"""Accounts of staff."""

from collections.abc import Mapping
from typing import Any, ClassVar

from models.values.access import StaffRole
from models.values.username import PATTERN, read_username
from schemas.base import Schema
from schemas.fields import Choice, Field, Identifier, Instant, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema


class UsernameField(Field):
    """As an officer is to sign in; capitals are taken as small letters."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "pattern": f"^{PATTERN}$",
        "examples": ["siti.aminah"],
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        return self.reading(read_username, value)


class NewOfficerSchema(Schema):
    username = UsernameField(required=True, about="Never given to another account again.")
    role = Choice(StaffRole, required=True)


class StaffAccountSchema(Schema):
    id = Identifier(required=True)
    username = Text(required=True, dump_only=True, example="siti.aminah")
    role = Choice(StaffRole, required=True)
    created_at = Instant(required=True)
    closed_at = Instant(
        required=True,
        allow_none=True,
        about="Null while it is open.",
        metadata={"examples": [None]},
    )


class NewCredentialsSchema(Schema):
    """What an officer signs in with. It is shown this once."""

    id = Identifier(required=True)
    username = Text(required=True, dump_only=True, example="siti.aminah")
    role = Choice(StaffRole, required=True)
    password = Text(required=True, dump_only=True, example="k7qm2-xw9rt-hb4cd-3nype")
    totp_secret = Text(
        required=True,
        dump_only=True,
        example="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        about="Base32 (RFC 6238: SHA-1, 6 digits, 30 seconds).",
    )
    totp_uri = Text(
        required=True,
        dump_only=True,
        example="otpauth://totp/Jaring:siti.aminah?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Jaring",
        about="The same for an authenticator app, which reads it as a QR code.",
    )


class StaffAccountsQuerySchema(PageQuerySchema):
    cursor = CursorField(str)


class StaffAccountsSchema(PageSchema):
    items = Listed(Inner(StaffAccountSchema), required=True)
