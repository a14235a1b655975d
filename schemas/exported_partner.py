"""A tie to a partner, in the copy that a worker takes."""

from models.enrolment import EndedBy, Link
from models.values.identity import IdentityStatus
from schemas.base import Schema
from schemas.fields import Choice, Flag, Identifier, Instant, Text, WholeNumber


class ExportedPartnerSchema(Schema):
    id = Identifier(required=True)
    name = Text(required=True, dump_only=True, example="Ojek Kita", about="The platform's.")
    external_id = Text(
        required=True, dump_only=True, example="OK-104-2291", about="Under what it knows you."
    )
    link = Choice(Link, required=True)
    enrolled_at = Instant(required=True)
    batch_row = WholeNumber(
        1,
        2**31 - 1,
        required=True,
        allow_none=True,
        example=1204,
        about="Of the file in which you stood; null: you were sent by yourself.",
    )
    consent_version = Text(
        required=True,
        dump_only=True,
        example="2026-11",
        about="Of the document `privacy`: what you agreed to with the platform, as it says.",
    )
    consented_at = Instant(required=True)
    many_on_phone = Flag(required=True, about="Whether very many people were sent with your phone.")
    identity_status = Choice(
        IdentityStatus,
        required=True,
        example="verified",
        about="Whether what the platform sent agrees with the population registry.",
    )
    identity_asked_at = Instant(required=True, allow_none=True)
    identity_checked_at = Instant(required=True, allow_none=True)
    welcomed_at = Instant(
        required=True, allow_none=True, about="When you were to be told of it by message."
    )
    confirmed_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True, metadata={"examples": [None]})
    ended_by = Choice(EndedBy, required=True, allow_none=True)
