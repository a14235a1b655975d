"""A worker's record: what is filled in, and what is shown to its owner."""

from typing import Any

from marshmallow import post_load

from models.application import Accepted, Application, Occupation
from models.next_step import NextStep
from models.values.identity import IdentityStatus
from models.values.person_forms import ADDRESS, DOCUMENT_VERSION, NAME, OCCUPATION_CODE
from models.values.plan import Plan
from models.values.sex import Sex
from models.worker import MAX_OCCUPATIONS
from schemas.base import Schema
from schemas.fields import (
    Choice,
    Day,
    EmailField,
    Flag,
    Identifier,
    Instant,
    PostalCodeField,
    RupiahField,
    Text,
    WholeNumber,
)
from schemas.income import IncomeField
from schemas.nesting import Inner, Listed
from schemas.person_fields import NameField, NikField
from schemas.region_code import VillageCodeField
from schemas.session import TokenPairSchema
from schemas.speaking import WordsField

_HOURS_IN_A_WEEK = 168


class OccupationSchema(Schema):
    code = Text(
        required=True,
        max_length=OCCUPATION_CODE.most,
        example="TR01",
        about="From `/v1/occupations`.",
    )
    workplace = Text(max_length=100, allow_none=True, example="Pasar Baru, Bandung")
    hours_per_week = WholeNumber(1, _HOURS_IN_A_WEEK, allow_none=True, example=48)

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> Occupation:
        return Occupation(**values)


class AcceptedSchema(Schema):
    document = Text(required=True, max_length=40, example="terms", about="From `/v1/consents`.")
    version = Text(required=True, max_length=DOCUMENT_VERSION.most, example="2026-11")

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> Accepted:
        return Accepted(**values)


class FormSchema(Schema):
    """What a worker fills in, and may change later."""

    nik = NikField(required=True, about="The 16 digits on the KTP.")
    full_name = NameField(
        required=True, max_length=NAME.most, example="Siti Aminah", about="As on the KTP."
    )
    birth_place = NameField(required=True, max_length=NAME.most, example="Bandung")
    birth_date = Day(
        required=True, example="1993-07-05", about="At least 17 years ago, and less than 65."
    )
    sex = Choice(Sex, required=True, example="F", about="M is male, F is female.")
    mother_maiden_name = NameField(required=True, max_length=NAME.most, example="Ratna Dewi")
    address = Text(
        required=True, max_length=ADDRESS.most, lines=True, example="Jl. Kenanga 12, RT 3/RW 4"
    )
    postal_code = PostalCodeField(allow_none=True)
    village_code = VillageCodeField(required=True, about="From `/v1/regions`.")
    email = EmailField(allow_none=True)
    occupations = Listed(
        Inner(OccupationSchema),
        required=True,
        minimum=1,
        maximum=MAX_OCCUPATIONS,
        about="The first one decides the sector.",
    )
    monthly_income = IncomeField(required=True, example=3_500_000)
    kusuka_number = Text(
        max_length=30, allow_none=True, about="Of fishermen.", example="3273-01-0042"
    )


class RegistrationSchema(FormSchema):
    consents = Listed(
        Inner(AcceptedSchema),
        required=True,
        minimum=1,
        maximum=20,
        about="The current version of every required document, at least.",
        example=[
            {"document": "privacy", "version": "2026-11"},
            {"document": "terms", "version": "2026-11"},
        ],
    )
    referral_code = Text(max_length=40, allow_none=True, example="DESA-LEBAKGEDE")

    @post_load
    def _made(self, values: dict[str, Any], **_: object) -> Application:
        return Application(**values)


class ChangeSchema(FormSchema):
    """Any of the form's fields, none of them required."""

    def __init__(self, **options: Any) -> None:
        # By name: a bare True would also let an occupation go without its code.
        super().__init__(partial=tuple(FormSchema._declared_fields), **options)


class AreaSchema(Schema):
    code = Text(required=True, dump_only=True, example="32.73")
    name = Text(required=True, dump_only=True, example="Kota Bandung")


class VillageSchema(Schema):
    code = Text(required=True, dump_only=True, example="32.73.02.1002")
    name = Text(required=True, dump_only=True, example="Lebak Gede")
    district = Inner(AreaSchema, required=True, example={"code": "32.73.02", "name": "Coblong"})
    regency = Inner(AreaSchema, required=True)
    province = Inner(AreaSchema, required=True, example={"code": "32", "name": "Jawa Barat"})


class ElementSchema(Schema):
    name = Text(required=True, dump_only=True, example="name", about="name, birth_date or sex.")
    matched = Flag(required=True, example=True)


_VERIFIED = {
    "status": "verified",
    "elements": [
        {"name": "name", "matched": True},
        {"name": "birth_date", "matched": True},
        {"name": "sex", "matched": True},
    ],
    "reason": None,
    "checked_at": "2026-11-22T02:00:07Z",
}


class IdentitySchema(Schema):
    status = Choice(
        IdentityStatus,
        required=True,
        example="verified",
        about="`pending`: the registry has not answered; ask again after two seconds, then ever less "
        "often. `needs_correction`: do what `reason` says, by `PATCH /v1/me`. `in_review` and "
        "`refused`: only our staff go on from here.",
    )
    elements = Listed(Inner(ElementSchema), required=True)
    reason = WordsField(
        required=True,
        allow_none=True,
        about="What to do, in plain words.",
        example="NIK ini tidak ditemukan di Dukcapil. Periksa lagi 16 angka NIK di KTP Anda.",
    )
    checked_at = Instant(required=True, allow_none=True)


class WorkerSchema(Schema):
    id = Identifier(required=True)
    registration_number = Text(
        required=True, dump_only=True, example="572018463917", about="To be read out to support."
    )
    registered_at = Instant(required=True)
    nik_masked = Text(required=True, dump_only=True, example="**************01")
    full_name = Text(required=True, dump_only=True, example="Siti Aminah")
    birth_place = Text(required=True, dump_only=True, allow_none=True, example="Bandung")
    birth_date = Day(required=True, example="1993-07-05")
    sex = Choice(Sex, required=True, example="F")
    phone_masked = Text(required=True, dump_only=True, example="+62*******890")
    email = Text(required=True, dump_only=True, allow_none=True, example="siti@contoh.id")
    address = Text(
        required=True, dump_only=True, allow_none=True, example="Jl. Kenanga 12, RT 3/RW 4"
    )
    postal_code = Text(required=True, dump_only=True, allow_none=True, example="40132")
    village = Inner(VillageSchema, required=True)
    occupations = Listed(Inner(OccupationSchema), required=True)
    monthly_income = RupiahField(required=True, example=3_500_000)
    kusuka_number = Text(required=True, dump_only=True, allow_none=True, example="3273-01-0042")
    identity = Inner(IdentitySchema, required=True, example=_VERIFIED)
    plan = Choice(Plan, required=True, allow_none=True)
    next_step = Choice(NextStep, required=True, example="pay")


class RegisteredSchema(TokenPairSchema):
    worker = Inner(WorkerSchema, required=True)
