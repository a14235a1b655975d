"""What spreadsheets make of the values of a driver, each kind with words of its own.

Only what is certain is told: nobody writes such a thing by hand and means it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from models.values.faults import Fault
from models.values.words import Words

ERROR_VALUE = Fault(
    "spreadsheet-error",
    Words(
        "Sel ini berisi pesan kesalahan Excel, seperti #N/A. Isi lagi nilainya.",
        "The cell holds an error of the spreadsheet, such as #N/A. Fill in the value again.",
    ),
)
FORMULA = Fault(
    "spreadsheet-formula",
    Words(
        "Sel ini berisi rumus. Salin sel itu, lalu tempel sebagai nilai saja.",
        "The cell holds a formula. Copy it, and paste it as a value only.",
    ),
)
TRUE_OR_FALSE = Fault(
    "spreadsheet-true-or-false",
    Words(
        "Sel ini berisi TRUE atau FALSE, bukan nilainya. Isi lagi nilainya.",
        "The cell holds TRUE or FALSE instead of its value. Fill in the value again.",
    ),
)
ID_AS_NUMBER = Fault(
    "external-id-spreadsheet-number",
    Words(
        "Excel mengubah ID ini menjadi angka dan digitnya hilang. "
        "Ubah format kolom menjadi Teks, lalu isi lagi.",
        "Excel turned this id into a number and lost digits. "
        "Format the column as Text, then fill it in again.",
    ),
)
NIK_DIGITS_LOST = Fault(
    "nik-digits-lost",
    Words(
        "Angka terakhir NIK ini hilang: Excel hanya menyimpan 15 angka dan mengganti sisanya "
        "dengan 0. Ubah format kolom menjadi Teks, lalu salin lagi NIK dari KTP.",
        "The last digit of this NIK is lost: Excel keeps 15 digits and puts 0 for the rest. "
        "Format the column as Text, then copy the NIK from the KTP again.",
    ),
)
DATE_AS_NUMBER = Fault(
    "date-serial-number",
    Words(
        "Excel mengubah tanggal ini menjadi nomor urut hari. "
        "Ubah format kolom menjadi Teks, lalu tulis tanggalnya sebagai YYYY-MM-DD.",
        "Excel turned this date into the serial number of a day. "
        "Format the column as Text, then write the date as YYYY-MM-DD.",
    ),
)
DATE_OF_THE_COUNTRY = Fault(
    "date-not-year-first",
    Words(
        "Tulis tanggal sebagai YYYY-MM-DD, misalnya 1993-07-05: "
        "05/07/1993 dapat berarti 5 Juli atau 7 Mei.",
        "Write the date as YYYY-MM-DD, such as 1993-07-05: "
        "05/07/1993 may be the 5th of July or the 7th of May.",
    ),
)
INCOME_IN_POWERS = Fault(
    "income-spreadsheet-number",
    Words(
        "Excel menyingkat angka ini. Tulis semua angkanya, misalnya 1500000.",
        "Excel has shortened this number. Write all of its digits, such as 1500000.",
    ),
)
INCOME_WITH_DECIMALS = Fault(
    "income-with-decimals",
    Words(
        "Tulis Rupiah bulat tanpa desimal, misalnya 1500000.",
        "Write whole Rupiah without decimals, such as 1500000.",
    ),
)
INCOME_WITH_MARKS = Fault(
    "income-with-separators",
    Words(
        "Tulis angkanya saja, tanpa Rp, titik, koma atau spasi, misalnya 1500000.",
        "Write the digits only, without Rp, dots, commas or spaces, such as 1500000.",
    ),
)
VERSION_AS_DATE = Fault(
    "version-turned-into-date",
    Words(
        "Excel mengubah versi ini menjadi tanggal. "
        "Ubah format kolom menjadi Teks, lalu tulis versinya, misalnya 2026-11.",
        "Excel turned this version into a date. "
        "Format the column as Text, then write the version, such as 2026-11.",
    ),
)
SEX_IN_INDONESIAN = Fault(
    "sex-not-m-or-f",
    Words(
        "Tulis M untuk laki-laki atau F untuk perempuan. "
        "P tidak dipakai: artinya dapat pria atau perempuan.",
        "Write M for male or F for female. P is not taken: it may stand for pria (male) or "
        "perempuan (female).",
    ),
)

_POWERS = r"[+-]?[0-9](?:[.,][0-9]{1,20})?[eE][+-]?[0-9]{1,3}"
_MONTH_NAME = r"[A-Za-z]{3,9}\.?"
_COUNTRY_DATE = (
    r"(?:[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}([/.])[0-9]{1,2}\2[0-9]{1,2}"
    rf"|[0-9]{{1,2}}[ -]{_MONTH_NAME}[ -](?:[0-9]{{4}}|[0-9]{{2}})"
    rf"|{_MONTH_NAME} [0-9]{{1,2}},? [0-9]{{4}})(?: [0-9:.]{{1,15}}(?: [AP]M)?)?"
)
_SERIAL_DAY = r"[0-9]{5}(?:[.,][0-9]{1,20})?"
_DATES = ((_SERIAL_DAY, DATE_AS_NUMBER), (_COUNTRY_DATE, DATE_OF_THE_COUNTRY))
_GROUPED = r"[0-9]{1,3}(?:[., \u00a0\u202f][0-9]{3}){1,6}(?:[.,][0-9]{1,2})?"

_ANYWHERE = (
    (r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#{2,300})", ERROR_VALUE),
    (r"=.*", FORMULA),
    (r"TRUE|FALSE", TRUE_OR_FALSE),
)
_BY_COLUMN: Mapping[str, tuple[tuple[str, Fault], ...]] = {
    # Not 1E5: that may well be somebody's own name for a driver.
    "external_id": ((r"[0-9](?:[.,][0-9]{1,20})?E\+[0-9]{2,3}", ID_AS_NUMBER),),
    "birth_date": _DATES,
    "consented_at": _DATES,
    "sex": ((r"(?i:L|P|W|LAKI|LAKI[- ]?LAKI|PEREMPUAN|PRIA|WANITA)", SEX_IN_INDONESIAN),),
    "consent_version": (
        (
            rf"{_SERIAL_DAY}|{_COUNTRY_DATE}|{_MONTH_NAME}[ -][0-9]{{2,4}}"
            r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:.]{1,15})?",
            VERSION_AS_DATE,
        ),
    ),
    "monthly_income": (
        (_POWERS, INCOME_IN_POWERS),
        (r"[0-9]{4,30}[.,][0-9]{1,20}|[0-9]{1,3}[.,][0-9]{1,2}", INCOME_WITH_DECIMALS),
        (rf"(?i:(?:Rp\.?|IDR) ?(?:{_GROUPED}|[0-9]{{1,30}}))(?:,-)?|{_GROUPED}", INCOME_WITH_MARKS),
    ),
}
_COMPILED_ANYWHERE = tuple((re.compile(shape, re.DOTALL), fault) for shape, fault in _ANYWHERE)
_COMPILED = {
    column: tuple((re.compile(shape), fault) for shape, fault in shapes)
    for column, shapes in _BY_COLUMN.items()
}
FAULTS = (
    NIK_DIGITS_LOST,
    *(fault for _, fault in _ANYWHERE),
    *(fault for shapes in _BY_COLUMN.values() for _, fault in shapes),
)


def damage_of(column: str, text: str) -> Fault | None:
    """What a spreadsheet has done to a value; None where it shows no trace of one."""
    for shape, fault in (*_COMPILED_ANYWHERE, *_COMPILED.get(column, ())):
        if shape.fullmatch(text):
            return fault
    return None
