"""Officers sign in and stay signed in."""

from models.values.access import StaffRole
from schemas.base import Schema
from schemas.fields import Choice, Text, WholeNumber

_SHOWN = "eyJhbGciOiJIUzI1NiIs..."
# None that is right is longer. Beyond, hashing would be work for nothing.
_LONGEST = 200


class StaffSignInSchema(Schema):
    username = Text(
        required=True, max_length=_LONGEST, example="siti.aminah", about="Case does not matter."
    )
    password = Text(required=True, max_length=_LONGEST, example="k7qm2-xw9rt-hb4cd-3nype")
    otp = Text(
        required=True,
        max_length=_LONGEST,
        example="492 039",
        about="The code that the authenticator app shows; a space in it does not matter.",
    )


class StaffRefreshSchema(Schema):
    refresh_token = Text(required=True, max_length=2000, example=_SHOWN)


class StaffTokensSchema(Schema):
    access_token = Text(required=True, dump_only=True, example=_SHOWN)
    refresh_token = Text(required=True, dump_only=True, example=_SHOWN)
    expires_in = WholeNumber(
        0, 900, required=True, about="Seconds for which the access token is good.", example=900
    )
    username = Text(required=True, dump_only=True, example="siti.aminah")
    role = Choice(StaffRole, required=True, about="Decides what the officer may do.")


class PasswordChangeSchema(Schema):
    current_password = Text(required=True, max_length=_LONGEST, example="k7qm2-xw9rt-hb4cd-3nype")
    new_password = Text(
        required=True,
        max_length=_LONGEST,
        example="kambing hijau terbang tinggi",
        about="At least 12 characters, and not easy to guess.",
    )
    otp = Text(required=True, max_length=_LONGEST, example="492 039")
