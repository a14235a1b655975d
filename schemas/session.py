"""Signing in and staying signed in."""

from schemas.base import Schema
from schemas.fields import Text, WholeNumber
from schemas.person_fields import NikField

_SHOWN = "eyJhbGciOiJIUzI1NiIs..."


class SignInSchema(Schema):
    nik = NikField(required=True)


class RefreshSchema(Schema):
    refresh_token = Text(required=True, max_length=2000, example=_SHOWN)


class TokenPairSchema(Schema):
    access_token = Text(required=True, dump_only=True, example=_SHOWN)
    refresh_token = Text(required=True, dump_only=True, example=_SHOWN)
    expires_in = WholeNumber(
        0, 900, required=True, about="Seconds for which the access token is good.", example=900
    )
