"""The rules for one row of a file of drivers: the only ones there are.

NIK, phone and texts are read as they are when a worker registers by themself. What comes on top is
what files are like: everything is text, and a spreadsheet may have had its way with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from models.consent_documents import ConsentDocuments
from models.driver import COLUMNS, Driver
from models.driver_faults import (
    BEFORE_THE_LAW,
    IN_THE_FUTURE,
    INCOME_TOO_LARGE,
    INCOME_TOO_SMALL,
    NOT_VISIBLE,
    PERSONAL_NUMBER,
    SEX,
    UNKNOWN_DOCUMENT,
)
from models.driver_texts import EXTERNAL_ID, MAY_BE_EMPTY, TEXTS
from models.eligibility import too_old, too_young
from models.occupations import Occupations
from models.spreadsheet_damage import NIK_DIGITS_LOST, damage_of
from models.values.faults import NOT_WHOLE, REQUIRED, Fault, FaultyValue
from models.values.jakarta import day_of, start_of_day
from models.values.nik import InvalidNik, Nik, NikFault
from models.values.person_faults import (
    NIK_FAULTS,
    PHONE_FAULTS,
    TOO_OLD,
    TOO_YOUNG,
    UNKNOWN_OCCUPATION,
    UNKNOWN_VILLAGE,
)
from models.values.person_forms import HIGHEST_INCOME
from models.values.phone import InvalidPhone, PhoneNumber
from models.values.readings import read_day, read_instant
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.text import trimmed

CONSENT_DOCUMENT = "privacy"
"""What a driver agrees to with the partner."""
EARLIEST_CONSENT = date(2022, 10, 17)
"""(policy) When UU 27/2022 on personal data took effect: what is older was no consent under it."""

# Longer than anything that is good, whatever stands around it.
_ENDLESS = 2_000
# The apostrophe with which a spreadsheet marks a text that looks like a number, and results
# of ours one that looks like a formula.
_MARKED = re.compile(r"'(?=[=+@0-9-])")
_DAY_AT_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00:00(?:\.0{1,9})?)?")
_DIGITS = re.compile(r"[0-9]+")
_NO_DIGITS = re.compile(r"[^0-9]")
_NEGATIVE = re.compile(r"-[0-9]+")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one value.

    :param field: the name of its column.
    :param code: tells what is wrong, and is published. ``driver_faults`` says it in words.
    """

    field: str
    code: str


class DriverFaulty(Exception):
    """A row cannot be accepted: every fault of it, in the order of the columns."""

    def __init__(self, faults: tuple[CellFault, ...]) -> None:
        super().__init__("faulty driver")
        self.faults = faults


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What rows are judged against.

    :param villages: codes; of a single row the one that it names is enough, if there is such.
    :param consent_versions: every one ever published of what drivers agree to.
    """

    now: datetime
    villages: Set[str] = field(repr=False)
    occupations: Set[str] = field(repr=False)
    consent_versions: Set[str]

    @classmethod
    def at(
        cls, now: datetime, villages: Set[str], occupations: Occupations, consents: ConsentDocuments
    ) -> Known:
        return cls(
            now=now,
            villages=villages,
            occupations=occupations.by_code.keys(),
            consent_versions=consents.versions(CONSENT_DOCUMENT),
        )

    @property
    def today(self) -> date:
        return day_of(self.now)


def read_driver(cells: Mapping[str, str | None], known: Known) -> Driver:
    """Judge one row.

    :param cells: by the names of columns; what is absent, None or blank was left empty.
    :raises DriverFaulty: with every fault of the row.
    """
    values = {column: _read(column, cells.get(column), known) for column in COLUMNS}
    if _tells_a_number(values):
        values["external_id"] = PERSONAL_NUMBER
    faults = [
        CellFault(column, value.code) for column, value in values.items() if type(value) is Fault
    ]
    if faults:
        raise DriverFaulty(tuple(faults))
    return Driver(**values)


def _tells_a_number(values: Mapping[str, Any]) -> bool:
    """Whether the partner's name for the driver, which is kept in plain, holds what is not."""
    name, nik, phone = values["external_id"], values["nik"], values["phone"]
    if type(name) is not str:
        return False
    digits = _NO_DIGITS.sub("", name)
    is_nik = type(nik) is Nik and digits == nik.digits
    return is_nik or (type(phone) is PhoneNumber and digits.endswith(phone.national))


def _read(column: str, cell: str | None, known: Known) -> Any:
    """The value, or the fault, of one cell."""
    text = _text_of(cell)
    if not text:
        return None if column in MAY_BE_EMPTY else REQUIRED
    try:
        return damage_of(column, text) or _RULES[column](text, known)
    except FaultyValue as error:
        return error.fault


def _text_of(cell: str | None) -> str:
    text = (cell or "").strip()
    if len(text) > _ENDLESS:
        return text
    return _MARKED.sub("", trimmed(text), count=1) if text[:1] == "'" else trimmed(text)


def _text(column: str, text: str, known: Known) -> str:
    return TEXTS[column].read(text)


def _external_id(text: str, known: Known) -> str:
    read = EXTERNAL_ID.read(text)
    if " " in read or not read.isprintable():
        raise FaultyValue(NOT_VISIBLE)
    return read


def _nik(text: str, known: Known) -> Nik:
    try:
        return Nik.parse(text)
    except InvalidNik as error:
        # A spreadsheet keeps 15 digits, and most serials are 0001 to 0009. No serial is 0000.
        lost = error.fault is NikFault.SERIAL_ZERO and _DIGITS.fullmatch(text)
        raise FaultyValue(NIK_DIGITS_LOST if lost else NIK_FAULTS[error.fault]) from error


def _phone(text: str, known: Known) -> PhoneNumber:
    try:
        return PhoneNumber.parse(text)
    except InvalidPhone as error:
        raise FaultyValue(PHONE_FAULTS[error.fault]) from error


def _birth_date(text: str, known: Known) -> date:
    born = _day(text) or read_day(text)
    if too_young(born, known.today):
        raise FaultyValue(TOO_YOUNG)
    if too_old(born, known.today):
        raise FaultyValue(TOO_OLD)
    return born


def _day(text: str) -> date | None:
    """The day that is written, with the midnight that a spreadsheet's dates bring along."""
    written = _DAY_AT_MIDNIGHT.fullmatch(text)
    return read_day(written[1]) if written else None


def _sex(text: str, known: Known) -> Sex:
    try:
        return Sex(text.upper())
    except ValueError as error:
        raise FaultyValue(SEX) from error


def _known(column: str, known_values: str, unknown: Fault, text: str, known: Known) -> str:
    read = TEXTS[column].read(text)
    if read not in getattr(known, known_values):
        raise FaultyValue(unknown)
    return read


def _income(text: str, known: Known) -> Rupiah:
    if _NEGATIVE.fullmatch(text):
        raise FaultyValue(INCOME_TOO_SMALL)
    if not _DIGITS.fullmatch(text):
        raise FaultyValue(NOT_WHOLE)
    # Python refuses to read thousands of digits.
    digits = text.lstrip("0") or "0"
    if len(digits) > len(str(HIGHEST_INCOME)) or int(digits) > HIGHEST_INCOME:
        raise FaultyValue(INCOME_TOO_LARGE)
    return Rupiah(int(digits))


def _consented_at(text: str, known: Known) -> datetime:
    """A plain day counts from its beginning in Jakarta."""
    day = _day(text)
    instant = read_instant(text) if day is None else start_of_day(day)
    if instant > known.now:
        raise FaultyValue(IN_THE_FUTURE)
    if instant < start_of_day(EARLIEST_CONSENT):
        raise FaultyValue(BEFORE_THE_LAW)
    return instant.astimezone(UTC)


_RULES: Mapping[str, Callable[[str, Known], Any]] = {
    "external_id": _external_id,
    "nik": _nik,
    "full_name": partial(_text, "full_name"),
    "birth_place": partial(_text, "birth_place"),
    "birth_date": _birth_date,
    "sex": _sex,
    "mother_maiden_name": partial(_text, "mother_maiden_name"),
    "phone": _phone,
    "address": partial(_text, "address"),
    "village_code": partial(_known, "village_code", "villages", UNKNOWN_VILLAGE),
    "occupation_code": partial(_known, "occupation_code", "occupations", UNKNOWN_OCCUPATION),
    "monthly_income": _income,
    "consent_version": partial(_known, "consent_version", "consent_versions", UNKNOWN_DOCUMENT),
    "consented_at": _consented_at,
}
