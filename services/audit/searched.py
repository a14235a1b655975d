"""What a search was for, as the audit keeps it: a keyed digest, the same for the same thing, so that
it can be asked later whether somebody was searched for, and by whom."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from models.values.audit import SearchedBy
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from models.values.text import fold_name, trimmed
from models.values.virtual_account import VirtualAccountNumber
from services.audit.recording import Searched
from services.vault import Vault

Value = Nik | PhoneNumber | MemberNumber | RegistrationNumber | VirtualAccountNumber | str


def searched(
    vault: Vault, by: SearchedBy, value: Value, beside: date | UUID | None = None
) -> Searched:
    """
    :param beside: what else was said: with a name the birth date, with an external id the partner.
    """
    text = _text(by, value)
    # Neither a day nor an id has a space in it, so no two searches come to one text.
    told = text if beside is None else f"{beside} {text}"
    # Not what workers are found by: of somebody who was erased, that is gone for good.
    return Searched(by, vault.digest(f"looked-up-by-{by}", told))


def _text(by: SearchedBy, value: Value) -> str:
    if isinstance(value, PhoneNumber):
        return value.e164
    if isinstance(value, Nik):
        return value.digits
    if by is SearchedBy.NAME:
        # In whatever order its parts are said.
        return " ".join(sorted(fold_name(str(value)).split()))
    return trimmed(str(value)).casefold()
