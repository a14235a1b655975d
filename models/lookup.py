"""Finding workers by what somebody on the phone can tell: statements, each by an index of its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from models.bank_call import BankCall
from models.enrolment import Enrolment
from models.invoice import Invoice
from models.partner import Partner
from models.payment import Payment
from models.region import District, Regency, Village
from models.values.bank_reference import BankReference
from models.values.identity import IdentityStatus
from models.worker import Worker

MatchRow = tuple[Worker, str | None]


def by_nik(nik_key: bytes) -> ColumnElement[bool]:
    """Whoever holds it, claims it, or held or claimed it before being erased on request."""
    return Worker.nik_key == nik_key


def by_phone(phone_key: bytes) -> ColumnElement[bool]:
    return Worker.phone_key == phone_key


def by_member_number(digits: str) -> ColumnElement[bool]:
    return Worker.member_number == digits


def by_registration_number(digits: str) -> ColumnElement[bool]:
    return Worker.registration_number == digits


def by_bank_reference(reference: BankReference) -> ColumnElement[bool]:
    """Of money that was taken, and of what was refused: the call tells whose bill it was about, or its
    number does, where the bank was refused before the bill was looked at. What a partner pays for many
    is nobody's own."""
    forms = any_(literal(list(reference.forms), ARRAY(Text)))
    taken = select(Payment.worker_id).where(
        Payment.reference_no == forms, Payment.worker_id.is_not(None)
    )
    called = select(BankCall.worker_id).where(
        BankCall.reference_no == forms, BankCall.worker_id.is_not(None)
    )
    turned_away = (
        select(Invoice.worker_id)
        .join(BankCall, BankCall.virtual_account_no == Invoice.virtual_account_no)
        .where(BankCall.reference_no == forms, BankCall.worker_id.is_(None))
    )
    return _among(taken, called, turned_away)


def by_virtual_account_no(digits: str) -> ColumnElement[bool]:
    """Of an invoice that is open, or ever was."""
    return _among(select(Invoice.worker_id).where(Invoice.virtual_account_no == digits))


def by_external_id(external_id: str, partner_id: UUID) -> ColumnElement[bool]:
    """Under a tie that stands, or one that has ended: each has an index of its own."""
    tied = select(Enrolment.worker_id).where(
        Enrolment.external_id == external_id, Enrolment.partner_id == partner_id
    )
    return _among(
        tied.where(Enrolment.ended_at.is_(None)), tied.where(Enrolment.ended_at.is_not(None))
    )


def by_ids(worker_ids: Sequence[UUID]) -> ColumnElement[bool]:
    return Worker.id == any_(literal(list(worker_ids), ARRAY(Uuid)))


def _among(*whose: Select[UUID | None]) -> ColumnElement[bool]:
    # As an array, worked out once and first: a join would let the planner begin with a million
    # workers where it knows too little of the other table.
    found = func.array(union_all(*whose).scalar_subquery(), type_=ARRAY(Uuid))
    return Worker.id == any_(found)


def select_matches(wanted: ColumnElement[bool], limit: int) -> Select[Worker, str | None]:
    """Workers, each with the regency they live in: whoever holds the NIK first, then who signed in,
    then who was only enrolled, the erased last; the newest first."""
    return (
        select(Worker, Regency.name)
        .outerjoin(Village, Village.code == Worker.village_code)
        .outerjoin(District, District.code == Village.district_code)
        .outerjoin(Regency, Regency.code == District.regency_code)
        .where(wanted)
        .order_by(_standing_in_line(), Worker.registered_at.desc(), Worker.id.desc())
        .limit(limit)
    )


def _standing_in_line() -> ColumnElement[int]:
    return case(
        (Worker.erased_at.is_not(None), 3),
        (Worker.claimed_at.is_(None), 2),
        (Worker.identity_status == IdentityStatus.VERIFIED, 0),
        else_=1,
    )


def select_born_on(birth_date: date) -> Select[UUID, str]:
    """Everybody's name of that birthday: some sixty in a million people."""
    return select(Worker.id, Worker.full_name).where(Worker.birth_date == birth_date)


def select_partner_named(named: str) -> Select[UUID]:
    """The partner with this id, ``client_id`` or name; in any case, but the exact name first."""
    return (
        select(Partner.id)
        .where(
            or_(
                cast(Partner.id, Text) == named.lower(),
                Partner.client_id == named,
                func.lower(Partner.name) == func.lower(named),
            )
        )
        .order_by((Partner.name == named).desc(), Partner.created_at)
        .limit(1)
    )


def select_partner_names() -> Select[UUID, str]:
    return select(Partner.id, Partner.name).order_by(func.lower(Partner.name))
