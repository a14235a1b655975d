"""Finding a worker by what somebody on the phone can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from models.record_standing import RecordStanding
from models.sought import MOST_MATCHES, NameAndDay, PartnersName, Search, Sought
from models.values.faults import REQUIRED, Fault
from models.values.identity import IdentityStatus
from models.values.person_forms import NAME
from models.values.words import Words
from schemas.base import Schema
from schemas.fields import Choice, Day, Flag, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.number_fields import (
    TypedNumber,
    read_account,
    read_bank_reference,
    read_member_number,
    read_registration_number,
)
from schemas.person_fields import NameField, NikField, PhoneField
from schemas.staff_look import LookSchema

_NUMBERS = (
    "nik",
    "phone",
    "member_number",
    "registration_number",
    "bank_reference",
    "virtual_account_no",
)
_PAIRS = (("external_id", "partner"), ("full_name", "birth_date"))
_KEYS = (*((each,) for each in _NUMBERS), *_PAIRS)

ONE_KEY = Fault(
    "exactly-one-key",
    Words(
        "Cari dengan tepat satu kunci: satu nomor, atau external_id dengan partner, atau full_name "
        "dengan birth_date.",
        "Search by exactly one key: one number, or external_id with partner, or full_name with "
        "birth_date.",
    ),
)


class SoughtSchema(Schema):
    """One key of a worker."""

    nik = NikField(about="Whoever holds or claims it, or held it before being erased.")
    phone = PhoneField(about="Of several people, perhaps: families share a phone.")
    member_number = TypedNumber(read_member_number, example="48201937465", about="KPJ.")
    registration_number = TypedNumber(read_registration_number, example="5720-1846-3917")
    bank_reference = TypedNumber(
        read_bank_reference,
        example="2026112200001234",
        about="From the payer's slip, whether the money was taken or refused. What a partner pays "
        "for many is no worker's.",
    )
    virtual_account_no = TypedNumber(
        read_account, example="888998706291395132", about="Of any invoice, open or not."
    )
    external_id = Text(
        max_length=200,
        example="DRV-000123",
        about="What a partner calls its driver; with `partner`.",
    )
    partner = Text(
        max_length=200,
        example="Ojek Kita",
        about="Its name as its drivers know it, in any case; or its id or `client_id`.",
    )
    full_name = NameField(
        max_length=NAME.most,
        example="Siti Aminah",
        about="As it is said: the spelling, order and parts may differ. With `birth_date`.",
    )
    birth_date = Day(example="1993-07-05", about="Exactly.")

    @ma.validates_schema(pass_original=True, skip_on_field_errors=False)
    def _exactly_one(self, _: Any, sent: Any, **__: Any) -> None:
        given = set(sent) if isinstance(sent, Mapping) else set()
        keys = [key for key in _KEYS if given.intersection(key)]
        if len(keys) != 1:
            raise ma.ValidationError({"_schema": [ONE_KEY]})
        missing = [name for name in keys[0] if name not in given]
        if missing:
            raise ma.ValidationError({name: [REQUIRED] for name in missing})


class LookupSchema(SoughtSchema, LookSchema):
    @ma.post_load
    def _as_search(self, values: dict[str, Any], **_: Any) -> Search:
        return Search(by=sought_in(values), reason=values["reason"], note=values["note"])


def sought_in(values: Mapping[str, Any]) -> Sought:
    if "external_id" in values:
        return PartnersName(values["external_id"], values["partner"])
    if "full_name" in values:
        return NameAndDay(values["full_name"], values["birth_date"])
    by: Sought = next(values[name] for name in _NUMBERS if name in values)
    return by


class MatchSchema(Schema):
    worker_id = Identifier(required=True)
    standing = Choice(
        RecordStanding,
        required=True,
        about="`unclaimed`: a partner enrolled them, and they have not signed in yet. `erased`: left "
        "are NIK, name, birth date, the numbers, and what was paid; where nobody ever signed in or "
        "paid, its registration number alone.",
    )
    registered_at = Instant(required=True)
    name_masked = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="Sit*** Ami***",
        about="How its words begin.",
    )
    birth_year = WholeNumber(1900, 2100, required=True, allow_none=True, example=1993)
    nik_masked = Text(required=True, dump_only=True, allow_none=True, example="**************01")
    phone_masked = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="+62*******890",
        about="Null of who was erased.",
    )
    registration_number_masked = Text(
        required=True, dump_only=True, allow_none=True, example="*********917"
    )
    member_number_masked = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="********465",
        about="Null before the first payment.",
    )
    regency = Text(
        required=True, dump_only=True, allow_none=True, example="Kota Bandung", about="Lives there."
    )
    identity_status = Choice(IdentityStatus, required=True, allow_none=True, example="verified")


class FoundSchema(Schema):
    matches = Listed(
        Inner(MatchSchema),
        required=True,
        about=f"{MOST_MATCHES} at most. By name the likeliest first; otherwise whoever holds the NIK, then "
        "who has signed in, then who was only enrolled, the erased last.",
    )
    more = Flag(required=True, example=False, about="There are others: search by something else.")
