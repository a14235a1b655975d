"""Cases that staff decide."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import post_load

from models.identity_verdict import IdentityReason
from models.values.decision import Decision, Outcome
from models.values.identity import Element, Finding, IdentityStatus
from models.values.nik_review import NikNote
from models.values.review import ReviewKind, ReviewState, Ruling
from models.values.sex import Sex
from schemas.base import Schema
from schemas.fields import Choice, Flag, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.note import NoteField
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField

_NULL = {"examples": [None]}
_MANY = 2**31 - 1
_ANOTHER_ID = "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e43"


class ReviewSchema(Schema):
    id = Identifier(
        required=True,
        about="Of the worker, the request for another number or the refund case that it is about.",
    )
    kind = Choice(ReviewKind, required=True)
    state = Choice(
        ReviewState,
        required=True,
        about="`awaiting_second`: one officer has decided, another one confirms it or sends it "
        "back. `on_hold`: the old number may still object. `refused`: nothing waits, but it may be "
        "looked at again.",
    )
    worker_id = Identifier(required=True)
    registration_number = Text(required=True, dump_only=True, example="572018463917")
    since = Instant(
        required=True, about="When it came to staff; of a lost phone, when it may be decided."
    )
    reason = Choice(
        IdentityReason,
        required=True,
        allow_none=True,
        example="held_by_another",
        about="Of an identity: why it is with staff.",
    )
    claimed_by = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="rina",
        about="The officer who has it.",
    )
    claimed_until = Instant(required=True, allow_none=True)


class ReviewsQuerySchema(PageQuerySchema):
    kind = Choice(ReviewKind, about="Only cases of this kind.")
    state = Choice(
        ReviewState, about="Refused identities that nobody is at are listed only by theirs."
    )
    cursor = CursorField(datetime, UUID)


class ReviewsSchema(PageSchema):
    items = Listed(Inner(ReviewSchema), required=True)


class FirstDecisionSchema(Schema):
    decision = Choice(Ruling, required=True, example="refuse")
    by = Text(required=True, dump_only=True, example="rina")
    at = Instant(required=True)
    note = Text(
        required=True, dump_only=True, allow_none=True, example="The photo is somebody else's."
    )
    displaces = Identifier(required=True, allow_none=True, metadata=_NULL)


class SubjectSchema(Schema):
    registered_at = Instant(required=True)
    claimed_at = Instant(
        required=True,
        allow_none=True,
        about="When the person first signed in; null: a platform enrolled them, and nobody has.",
    )
    full_name = Text(required=True, dump_only=True, example="Siti Aminah")
    nik_masked = Text(required=True, dump_only=True, example="**************01")
    birth_year = WholeNumber(1900, 2100, required=True, example=1993)
    birth_place = Text(required=True, dump_only=True, allow_none=True, example="Bandung")
    sex = Choice(
        Sex, required=True, allow_none=True, example="F", about="Null: the case does not need it."
    )
    phone_masked = Text(required=True, dump_only=True, example="+62*******890")


class ScoreSchema(Schema):
    name = Choice(Element, required=True)
    score = WholeNumber(0, 100, required=True, example=92)


class CheckSeenSchema(Schema):
    requested_at = Instant(required=True)
    answered_at = Instant(required=True, allow_none=True)
    outcome = Choice(IdentityStatus, required=True, allow_none=True, example="needs_correction")
    finding = Choice(Finding, required=True, allow_none=True)
    response_code = Text(required=True, dump_only=True, allow_none=True, example="00")
    scores = Listed(Inner(ScoreSchema), required=True)
    notes = Listed(
        Choice(NikNote),
        required=True,
        about="What about the NIK deserves a second look.",
        example=["birth_date_disagrees"],
    )
    by_partner = Flag(required=True, example=False, about="Asked was what a partner sent.")
    same_nik = Flag(required=True, example=True, about="About the NIK that is on record now.")
    superseded = Flag(
        required=True, example=False, about="Something was corrected before the answer came."
    )


class OtherClaimSchema(Schema):
    worker_id = Identifier(required=True, example=_ANOTHER_ID)
    registration_number = Text(required=True, dump_only=True, example="572018463925")
    masked_name = Text(required=True, dump_only=True, example="S*** A***")
    birth_year = WholeNumber(1900, 2100, required=True, example=1993)
    status = Choice(IdentityStatus, required=True, example="verified")
    registered_at = Instant(required=True)
    verified_at = Instant(
        required=True, allow_none=True, about="Since when it holds the NIK; null: it does not."
    )


class EvidenceSchema(Schema):
    checks = Listed(
        Inner(CheckSeenSchema),
        required=True,
        about="Each time the population registry was asked, oldest first.",
    )
    corrections = WholeNumber(
        0,
        _MANY,
        required=True,
        example=2,
        about="How often the worker was checked after the first.",
    )
    others_with_nik = Listed(
        Inner(OtherClaimSchema),
        required=True,
        about="Who else holds or claims the NIK, whoever holds it first; twenty at most.",
    )
    others_on_phone = WholeNumber(
        0, _MANY, required=True, example=0, about="How many others have the phone number."
    )


class PhoneChangeAskedSchema(Schema):
    requested_at = Instant(required=True)
    hold_until = Instant(required=True, example="2026-11-25T02:00:00Z")
    new_phone_masked = Text(required=True, dump_only=True, allow_none=True, example="+62*******123")


class RefundSchema(Schema):
    amount = RupiahField(required=True, example=16_800, about="To be paid back.")
    credit = RupiahField(
        required=True, example=0, about="Paid and not used besides: it stays credit."
    )
    months = Listed(MonthField(), required=True, example=["2026-12", "2027-01"])
    opened_at = Instant(required=True)


class OpenedReviewSchema(Schema):
    case = Inner(ReviewSchema, required=True)
    told = WordsField(
        required=True,
        allow_none=True,
        example="Petugas kami sedang memeriksa data Anda; Anda tidak perlu mendaftar lagi.",
        about="What the worker reads about it; null where it is no identity.",
    )
    mine = Flag(required=True, example=True, about="Whether it is you who has claimed it.")
    first = Inner(
        FirstDecisionSchema,
        required=True,
        allow_none=True,
        about="What waits for another officer.",
    )
    worker = Inner(SubjectSchema, required=True)
    to_ask_for = Listed(
        WordsField(example="KTP asli, dilihat langsung atau lewat video"),
        required=True,
        about="What to see and to ask before it is decided.",
    )
    identity = Inner(EvidenceSchema, required=True, allow_none=True)
    phone_change = Inner(PhoneChangeAskedSchema, required=True, allow_none=True)
    refund = Inner(RefundSchema, required=True, allow_none=True)


class DecisionSchema(Schema):
    decision = Choice(
        Ruling,
        required=True,
        about="Of an identity `verify`, `needs_correction`, `refuse`; of a lost phone `approve`, "
        "`reject`; of a refund `paid`. `send_back`: what another officer decided is to be decided "
        "anew.",
    )
    note = NoteField(required=True, about="What was checked, and why this follows.")
    displaces = Identifier(
        about="With `verify`, where another worker holds the NIK: that worker, who is refused.",
        example=_ANOTHER_ID,
    )
    bank_reference = Text(
        max_length=64,
        pattern="[A-Za-z0-9][A-Za-z0-9 ./_-]*",
        about="With `paid`: by which the bank knows the transfer.",
        example="TRF-2026-11-30-7719",
    )

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> Decision:
        return Decision(**values)


class DecidedSchema(Schema):
    id = Identifier(required=True)
    outcome = Choice(Outcome, required=True)
    decision = Choice(Ruling, required=True)
