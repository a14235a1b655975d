"""A comparison with the population registry, in the copy that a worker takes."""

from models.values.identity import Finding, IdentityStatus
from models.values.nik_review import NikNote
from schemas.base import Schema
from schemas.fields import Choice, Flag, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed


class ExportedScoreSchema(Schema):
    name = Text(required=True, dump_only=True, example="name", about="What was compared.")
    score = WholeNumber(0, 100, required=True, example=100)


class ExportedCheckSchema(Schema):
    requested_at = Instant(required=True)
    answered_at = Instant(required=True, allow_none=True)
    superseded_at = Instant(
        required=True,
        allow_none=True,
        metadata={"examples": [None]},
        about="When something was corrected before the answer had come.",
    )
    attempts = WholeNumber(
        0, 2**31 - 1, required=True, example=0, about="How often there was no usable answer."
    )
    outcome = Choice(IdentityStatus, required=True, allow_none=True, example="verified")
    notes = Listed(
        Choice(NikNote), required=True, example=[], about="What of the NIK deserved a second look."
    )
    finding = Choice(
        Finding,
        required=True,
        allow_none=True,
        about="What the registry said; as `response_code` and `scores` left out unless the NIK "
        "that was asked about is proven to be yours: of any other it would tell about its holder "
        "(UU 27/2022, article 33).",
    )
    response_code = Text(required=True, dump_only=True, allow_none=True, example="00")
    scores = Listed(Inner(ExportedScoreSchema), required=True)
    of_record = Flag(
        required=True,
        example=True,
        about="Whether your record was compared; false: what a platform had sent of you.",
    )
