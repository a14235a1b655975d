"""Asking for a partner's token, as RFC 6749 writes it."""

from models.values.scope import Scope
from schemas.base import Schema
from schemas.fields import Text, WholeNumber

_SCOPE = " ".join(sorted(Scope))


class PartnerTokenRequestSchema(Schema):
    """For the published description: what the form holds."""

    grant_type = Text(required=True, example="client_credentials")
    scope = Text(
        about="What the token is to be good for, parted by spaces: `enrol`, `read`, `pay`, "
        "`webhooks`. All of them if left out.",
        example=_SCOPE,
    )
    client_id = Text(
        about="If it is not in the `Authorization` header.", example="jrc_5f0c2ab94d1e7a6b83c0d9e1"
    )
    client_secret = Text(about="Likewise.", example="jrg_...")


class PartnerTokenSchema(Schema):
    access_token = Text(required=True, dump_only=True, example="eyJhbGciOiJIUzI1NiIs...")
    token_type = Text(required=True, dump_only=True, example="Bearer")
    expires_in = WholeNumber(
        0, 900, required=True, about="Seconds for which the token is good.", example=900
    )
    scope = Text(required=True, dump_only=True, about="What it is good for.", example=_SCOPE)


class TokenRefusalSchema(Schema):
    error = Text(required=True, dump_only=True, example="invalid_client")
    error_description = Text(
        required=True,
        dump_only=True,
        about="What to do, for people.",
        example="Check client_id and client_secret.",
    )
