"""What platforms sent of a worker, in the copy that the worker takes."""

from models.enrolment import EndedBy, Link
from models.values.identity import IdentityStatus
from models.values.sex import Sex
from schemas.base import Schema
from schemas.fields import Choice, Flag, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner


class ExportedSentSchema(Schema):
    nik = Text(required=True, dump_only=True, example="3273014507930001")
    full_name = Text(required=True, dump_only=True, example="Siti Aminah")
    birth_place = Text(required=True, dump_only=True, allow_none=True, example="Bandung")
    birth_date = Text(required=True, dump_only=True, example="1993-07-05")
    sex = Choice(Sex, required=True, example="F")
    mother_maiden_name = Text(required=True, dump_only=True, allow_none=True, example="Ratna Dewi")


class ExportedPartnerSchema(Schema):
    id = Identifier(required=True)
    partner = Text(required=True, dump_only=True, example="Ojek Kita")
    external_id = Text(
        required=True, dump_only=True, example="D-000417", about="The platform's name for you."
    )
    link = Choice(Link, required=True, example="confirmed")
    batch_id = Identifier(required=True, allow_none=True, about="Of the file that you came with.")
    batch_row = WholeNumber(1, 2**31 - 1, required=True, allow_none=True, example=17)
    enrolled_at = Instant(required=True)
    sent = Inner(
        ExportedSentSchema,
        required=True,
        allow_none=True,
        about="What it sent of you, where your record is another, until that has been compared.",
    )
    consent_version = Text(
        required=True, dump_only=True, example="2026-11", about="Of what you agreed to with it."
    )
    consented_at = Instant(required=True)
    many_on_phone = Flag(
        required=True, example=False, about="Whether many people came with the same phone."
    )
    identity_status = Choice(
        IdentityStatus, required=True, example="verified", about="Of what it sent."
    )
    identity_asked_at = Instant(required=True, allow_none=True)
    identity_checked_at = Instant(required=True, allow_none=True)
    welcomed_at = Instant(required=True, allow_none=True, about="When we wrote to you about it.")
    confirmed_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True, metadata={"examples": [None]})
    ended_by = Choice(EndedBy, required=True, allow_none=True)
