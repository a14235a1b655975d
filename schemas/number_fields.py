"""The numbers that we and the banks give out, as people type them. Only ever read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from models.sought import BilledNumber
from models.values.bank_reference import BankReference, InvalidBankReference
from models.values.faults import Fault, FaultyValue
from models.values.member_number import InvalidMemberNumber, MemberNumber
from models.values.numerals import plain
from models.values.registration_number import (
    InvalidRegistrationNumber,
    RegistrationNumber,
    RegistrationNumberFault,
)
from models.values.words import Words
from schemas.fields import Field

# SNAP BI: 8 digits of the service, 20 of the bill.
_ACCOUNT = re.compile(r"[0-9]{6,28}")

REGISTRATION_NUMBER_FAULTS = {
    RegistrationNumberFault.NOT_TWELVE_DIGITS: Fault(
        "registration-number-not-twelve-digits",
        Words(
            "Nomor pendaftaran terdiri dari 12 angka, yang pertama 1 sampai 5.",
            "A registration number has 12 digits, the first of which is 1 to 5.",
        ),
    ),
    RegistrationNumberFault.MISTYPED: Fault(
        "registration-number-mistyped",
        Words(
            "Ada angka yang salah atau tertukar. Minta dibacakan sekali lagi.",
            "A digit is wrong, or two are swapped. Have it read out once more.",
        ),
    ),
}
NOT_A_MEMBER_NUMBER = Fault(
    "not-a-member-number",
    Words(
        "Nomor peserta (KPJ) terdiri dari 11 angka, yang pertama bukan 0.",
        "A member number (KPJ) has 11 digits, the first of which is not 0.",
    ),
)
NOT_AN_ACCOUNT = Fault(
    "not-a-virtual-account-number",
    Words(
        "Nomor virtual account hanya berisi angka, 6 sampai 28.",
        "A virtual account number has digits only, 6 to 28 of them.",
    ),
)
NOT_A_REFERENCE = Fault(
    "not-a-bank-reference",
    Words(
        "Salin nomor referensi dari bukti bayar: 4 sampai 64 huruf dan angka.",
        "Copy the reference from the payer's slip: 4 to 64 letters and digits.",
    ),
)


class TypedNumber(Field):
    """One kind of number; ``read`` makes it of what was typed."""

    published: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def __init__(self, read: Callable[[str], Any], **options: Any) -> None:
        super().__init__(load_only=True, **options)
        self.read = read

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        return self.reading(self.read, value)


def read_member_number(text: str) -> MemberNumber:
    try:
        return MemberNumber.parse(text)
    except InvalidMemberNumber as error:
        raise FaultyValue(NOT_A_MEMBER_NUMBER) from error


def read_registration_number(text: str) -> RegistrationNumber:
    try:
        return RegistrationNumber.parse(text)
    except InvalidRegistrationNumber as error:
        raise FaultyValue(REGISTRATION_NUMBER_FAULTS[error.fault]) from error


def read_bank_reference(text: str) -> BankReference:
    try:
        return BankReference.parse(text)
    except InvalidBankReference as error:
        raise FaultyValue(NOT_A_REFERENCE) from error


def read_account(text: str) -> BilledNumber:
    """Of any service that a bank ever gave us: an old invoice may have another."""
    digits = plain(text)
    if not _ACCOUNT.fullmatch(digits):
        raise FaultyValue(NOT_AN_ACCOUNT)
    return BilledNumber(digits)
