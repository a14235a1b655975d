"""A worker's record, and what of it is revealed, as staff see them."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from models.coverage import CoverageStatus
from models.next_step import NextStep
from models.record_standing import RecordStanding
from models.staff_record import CaseKind
from models.values.channel import DeliveryState
from models.values.identity import IdentityStatus
from models.values.plan import Plan
from models.values.sex import Sex
from models.values.staff_fields import StaffField, revealable_by_anybody
from schemas.base import Schema
from schemas.consent import ConsentSchema
from schemas.coverage import ArrearsSchema
from schemas.fields import Choice, Day, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.speaking import WordsField
from schemas.staff_look import LookSchema
from schemas.worker import ElementSchema, OccupationSchema, VillageSchema
from schemas.worker_link import WorkerLinkSchema


class StaffIdentitySchema(Schema):
    status = Choice(IdentityStatus, required=True, example="needs_correction")
    reason = WordsField(
        required=True,
        allow_none=True,
        example="NIK ini tidak ditemukan di Dukcapil. Periksa lagi 16 angka NIK di KTP Anda.",
        about="As the worker is told it. Null where `arrears` is withheld: it may name the sum.",
    )
    elements = Listed(Inner(ElementSchema), required=True, allow_none=True)
    checked_at = Instant(required=True, allow_none=True)


class StaffCoverSchema(Schema):
    status = Choice(CoverageStatus, required=True, example="active")
    protected_from = Instant(required=True, allow_none=True)
    protected_until = Day(required=True, allow_none=True, example="2027-01-31")
    next_due_on = Day(required=True, allow_none=True, example="2027-01-31")
    explanation = WordsField(
        required=True,
        allow_none=True,
        example="Anda terlindungi sampai 31 Januari 2027; bayar paling lambat hari itu agar "
        "perlindungan tidak terputus.",
        about="As the worker is told it.",
    )


class StaffLinkSchema(WorkerLinkSchema):
    external_id = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="OK-104-2291",
        about="Under what the platform knows them. Null once their data is erased.",
    )


class StaffInvoiceSchema(Schema):
    id = Identifier(required=True)
    virtual_account_no_masked = Text(
        required=True, dump_only=True, allow_none=True, example="***************132"
    )
    months = Listed(MonthField(), required=True)
    amount = RupiahField(required=True, example=34_200)
    protected_until = Day(
        required=True, allow_none=True, example="2027-01-31", about="If it were paid now."
    )
    created_at = Instant(required=True)
    expires_at = Instant(required=True, example="2026-11-23T02:00:00Z")


class ReachingSchema(Schema):
    state = Choice(DeliveryState, required=True, allow_none=True, about="Of the latest message.")
    sent_at = Instant(required=True, allow_none=True, about="When the latest one was queued.")
    delivered_at = Instant(required=True, allow_none=True, about="When one last arrived.")
    failed_at = Instant(required=True, allow_none=True, metadata={"examples": [None]})


class OpenCaseSchema(Schema):
    kind = Choice(CaseKind, required=True)
    id = Identifier(required=True)
    opened_at = Instant(required=True)


_STANDING = (
    "What kind of record it is. `unclaimed`: a partner enrolled them, and they have not signed in "
    "yet. `erased`: left are NIK, name, birth date, the numbers, and what was paid; where nobody ever "
    "signed in or paid, its registration number alone."
)


class StaffRecordSchema(Schema):
    """What is not shown for this reason is left out."""

    id = Identifier(required=True)
    standing = Choice(RecordStanding, required=True, about=_STANDING)
    registered_at = Instant(required=True)
    claimed_at = Instant(required=True, allow_none=True, about="When they first signed in.")
    erased_at = Instant(required=True, allow_none=True, metadata={"examples": [None]})
    registration_number_masked = Text(dump_only=True, example="*********917")
    member_number_masked = Text(
        dump_only=True,
        allow_none=True,
        example="********465",
        about="Null before the first payment.",
    )
    nik_masked = Text(
        dump_only=True,
        allow_none=True,
        example="**************01",
        about="Null of a record that time erased; so are name and birth year.",
    )
    full_name = Text(dump_only=True, allow_none=True, example="Siti Aminah")
    birth_year = WholeNumber(1900, 2100, allow_none=True, example=1993)
    sex = Choice(Sex, allow_none=True, example="F")
    phone_masked = Text(dump_only=True, allow_none=True, example="+62*******890")
    regency = Text(dump_only=True, allow_none=True, example="Kota Bandung", about="Lives there.")
    village = Inner(VillageSchema, allow_none=True)
    occupations = Listed(Inner(OccupationSchema))
    identity = Inner(StaffIdentitySchema)
    plan = Choice(Plan, allow_none=True, about="In force, or chosen last.")
    cover = Inner(StaffCoverSchema)
    arrears = Inner(ArrearsSchema)
    credit = RupiahField(example=0)
    open_invoice = Inner(StaffInvoiceSchema, allow_none=True)
    consents = Listed(Inner(ConsentSchema))
    partner_links = Listed(Inner(StaffLinkSchema), about="Platforms that enrolled them.")
    messages = Inner(ReachingSchema, about="Whether messages of the last 30 days have arrived.")
    open_cases = Listed(Inner(OpenCaseSchema), about="What somebody has to decide or do.")
    next_step = Choice(NextStep, example="pay", about="As the worker's app is told.")
    withheld = Listed(
        Choice(StaffField),
        required=True,
        example=["birth_date", "mother_maiden_name"],
        about="What is not shown to your role for this reason.",
    )
    revealable = Listed(
        Choice(StaffField),
        required=True,
        example=["phone", "registration_number"],
        about="What `/reveal` gives your role for this reason.",
    )

    @ma.post_dump(pass_original=True)
    def _leave_out(self, told: dict[str, Any], record: Any, **_: Any) -> dict[str, Any]:
        hidden = {each.value for each in record.withheld}
        return {name: value for name, value in told.items() if name not in hidden}


_REVEALABLE = tuple(revealable_by_anybody())


class RevealSchema(LookSchema):
    fields_ = Listed(
        Choice(_REVEALABLE),
        data_key="fields",
        required=True,
        minimum=1,
        maximum=len(_REVEALABLE),
        example=["phone"],
        about="As `revealable` of the record names them.",
    )


class RevealedFieldsSchema(Schema):
    """Those that were asked for; null where it is not known, or was erased."""

    registration_number = Text(dump_only=True, example="572018463917")
    member_number = Text(dump_only=True, allow_none=True, example="48201937465")
    nik = Text(dump_only=True, allow_none=True, example="3273014507930001")
    birth_date = Day(allow_none=True, example="1993-07-05")
    birth_place = Text(dump_only=True, allow_none=True, example="Bandung")
    mother_maiden_name = Text(dump_only=True, allow_none=True, example="Ratna Dewi")
    phone = Text(dump_only=True, allow_none=True, example="+6281234567890")
    email = Text(dump_only=True, allow_none=True, example="siti@contoh.id")
    address = Text(dump_only=True, allow_none=True, example="Jl. Kenanga 12, RT 3/RW 4")
    monthly_income = RupiahField(allow_none=True, example=3_500_000)
    kusuka_number = Text(dump_only=True, allow_none=True, example="3273-01-0042")
    virtual_account_no = Text(
        dump_only=True,
        allow_none=True,
        example="888998706291395132",
        about="Of the open invoice; null if there is none.",
    )

    def get_attribute(self, obj: Mapping[StaffField, Any], attr: str, default: Any) -> Any:
        return obj.get(StaffField(attr), ma.missing)


class RevealedSchema(Schema):
    worker_id = Identifier(required=True)
    revealed = Inner(RevealedFieldsSchema, required=True, attribute="fields", data_key="fields")
