"""Whom a look-up finds. One statement by a number, two by a name, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from models import lookup
from models.lookup import MatchRow
from models.name_likeness import judging
from models.sought import (
    BilledNumber,
    NameAndDay,
    Number,
    PartnersDriver,
    PartnersName,
    Sought,
)
from models.values.audit import SearchedBy
from models.values.bank_reference import BankReference
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from services.audit.recording import Searched
from services.audit.searched import searched
from services.vault import Vault


@dataclass(frozen=True)
class Rows:
    """:param more: whether there were others."""

    rows: Sequence[MatchRow]
    more: bool


def rows_of(vault: Vault, session: Session, sought: Number | NameAndDay, most: int) -> Rows:
    """Whoever is known by a number, or is likely to bear a name: the likeliest first."""
    if isinstance(sought, NameAndDay):
        return _named(session, sought, most)
    found = _fetched(session, _known_by(vault, sought), most + 1)
    return Rows(found[:most], len(found) > most)


def _named(session: Session, sought: NameAndDay, most: int) -> Rows:
    born = session.execute(lookup.select_born_on(sought.birth_date))
    judge = judging(sought.full_name)
    alike = {worker_id: score for worker_id, full_name in born if (score := judge(full_name))}
    best = sorted(alike, key=lambda worker_id: -alike[worker_id])[:most]
    found = _fetched(session, lookup.by_ids(best), most)
    # Of names that are equally alike the statement's order stays.
    return Rows(sorted(found, key=lambda row: -alike[row[0].id]), len(alike) > most)


def _fetched(session: Session, wanted: ColumnElement[bool], limit: int) -> list[MatchRow]:
    rows = session.execute(lookup.select_matches(wanted, limit))
    return [(worker, regency) for worker, regency in rows]


def _known_by(vault: Vault, sought: Number) -> ColumnElement[bool]:
    match sought:
        case Nik():
            return lookup.by_nik(vault.search_key_of(sought))
        case PhoneNumber():
            return lookup.by_phone(vault.search_key_of(sought))
        case MemberNumber():
            return lookup.by_member_number(sought.digits)
        case RegistrationNumber():
            return lookup.by_registration_number(sought.digits)
        case BankReference():
            return lookup.by_bank_reference(sought)
        case BilledNumber():
            return lookup.by_virtual_account_no(sought.digits)
        case PartnersDriver():
            return lookup.by_external_id(sought.external_id, sought.partner_id)


def digest_of(vault: Vault, sought: Sought) -> Searched:
    """What was searched for, as the audit keeps it."""
    match sought:
        case NameAndDay():
            return searched(vault, SearchedBy.NAME, sought.full_name, sought.birth_date)
        case PartnersDriver():
            return searched(vault, SearchedBy.EXTERNAL_ID, sought.external_id, sought.partner_id)
        case PartnersName():
            # Of a partner that there is not: nobody was found, nor ever will be.
            return searched(vault, SearchedBy.EXTERNAL_ID, sought.external_id)
        case BankReference():
            return searched(vault, SearchedBy.BANK_REFERENCE, sought.squeezed)
        case BilledNumber():
            return searched(vault, SearchedBy.VIRTUAL_ACCOUNT_NO, sought.digits)
        case _:
            return searched(vault, _BY[type(sought)], sought)


_BY = {
    Nik: SearchedBy.NIK,
    PhoneNumber: SearchedBy.PHONE,
    MemberNumber: SearchedBy.MEMBER_NUMBER,
    RegistrationNumber: SearchedBy.REGISTRATION_NUMBER,
}
