"""The rules for one row of a file of drivers."""

import re
from datetime import UTC, date, datetime

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.driver import COLUMNS
from models.driver_faults import words_of
from models.driver_form import CellFault, DriverFaulty, read_driver
from models.values.nik import InvalidNik, Nik
from models.values.person_faults import NIK_FAULTS, PHONE_FAULTS
from models.values.phone import InvalidPhone, PhoneNumber
from models.values.sex import Sex
from models.values.words import Words
from tests.driver_rows import KNOWN, NIKS, PHONES, row


def read(**changes):
    return read_driver(row(**changes), KNOWN)


def faults(**changes):
    with pytest.raises(DriverFaulty) as refused:
        read(**changes)
    return {fault.field: fault.code for fault in refused.value.faults}


def code(column, cell):
    [(field, told)] = faults(**{column: cell}).items()
    assert field == column
    return told


def test_a_good_row_becomes_its_normal_form():
    assert read().normal() == (
        "DRV-000123",
        "3273014507930001",
        "Siti Aminah",
        "Bandung",
        date(1993, 7, 5),
        "F",
        "Ratna Dewi",
        "+6281355550123",
        "Jl. Kenanga 12, RT 3/RW 4",
        "31.71.07.1006",
        "TR01",
        3_500_000,
        "2026-11",
        datetime(2026, 11, 20, 2, tzinfo=UTC),
    )


def test_every_fault_of_a_row_is_told_in_the_order_of_the_columns():
    empty = dict.fromkeys(COLUMNS, " ")
    with pytest.raises(DriverFaulty) as refused:
        read_driver(empty, KNOWN)
    may_be_empty = {"birth_place", "mother_maiden_name", "address"}
    assert refused.value.faults == tuple(
        CellFault(column, "required") for column in COLUMNS if column not in may_be_empty
    )
    wrong = faults(nik="123", phone="abc", sex="X", birth_date="2020-01-01")
    assert wrong == {
        "nik": "nik-not-sixteen-digits",
        "birth_date": "too-young",
        "sex": "not-a-choice",
        "phone": "phone-has-letters",
    }


def test_a_refusal_repeats_nothing_of_the_row():
    with pytest.raises(DriverFaulty) as refused:
        read(nik="99730145079")
    assert "9973" not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize(
    "name", ["3273014507930001", "N-3273014507930001", "081355550123", "62-8135555-0123"]
)
def test_a_partners_name_for_a_driver_is_neither_nik_nor_phone(name):
    assert code("external_id", name) == "external-id-personal"


@pytest.mark.parametrize("name", ["3273014507930002", "1355550123", "81234567890"])
def test_it_may_be_any_other_number(name):
    assert read(external_id=name).external_id == name


def test_what_a_partner_need_not_know_may_be_empty():
    driver = read(birth_place="", mother_maiden_name=None, address="\u200b ")
    assert (driver.birth_place, driver.mother_maiden_name, driver.address) == (None, None, None)


def registered(parse, typed, refusals):
    """What a worker who registers by themself would be told of what they typed."""
    try:
        return str(parse(typed))
    except (InvalidNik, InvalidPhone) as error:
        return refusals[error.fault].code


def sent(column, typed):
    try:
        return str(getattr(read(**{column: typed}), column))
    except DriverFaulty as refused:
        [fault] = refused.faults
        return fault.code


@given(NIKS)
def test_a_nik_is_read_as_when_a_worker_registers(typed):
    expected = registered(Nik.parse, typed, NIK_FAULTS)
    if expected == "nik-serial-zero" and re.fullmatch("[0-9]{16}", typed):
        expected = "nik-digits-lost"
    assert sent("nik", typed) == expected


@given(PHONES.filter(lambda typed: typed.strip() and typed.strip()[0] not in "'="))
def test_a_phone_is_read_as_when_a_worker_registers(typed):
    assert sent("phone", typed) == registered(PhoneNumber.parse, typed, PHONE_FAULTS)


@given(st.from_regex(r"(0|\+62|62|0062)?8[1-35-9][0-9]{7,10}", fullmatch=True))
def test_a_phone_means_what_phonenumbers_says_that_it_means(typed):
    told = typed.replace("0062", "+62", 1) if typed.startswith("0062") else typed
    oracle = phonenumbers.parse(f"+{told}" if told.startswith("62") else told, "ID")
    e164 = phonenumbers.format_number(oracle, phonenumbers.PhoneNumberFormat.E164)
    assert read(phone=typed).phone.e164 == e164


@pytest.mark.parametrize("typed", ["81355550123", "'081355550123", "'+6281355550123"])
def test_a_phone_may_have_lost_its_zero_or_bear_a_spreadsheets_mark(typed):
    assert read(phone=typed).phone.e164 == "+6281355550123"


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("nik", "3.27E+15", "nik-spreadsheet-number"),
        ("nik", "3273014507930001.0", "nik-spreadsheet-number"),
        ("nik", "3273014507930000", "nik-digits-lost"),
        ("nik", "3273 0145 0793 0000", "nik-serial-zero"),
        ("phone", "8.12E+10", "phone-spreadsheet-number"),
        ("phone", "6281355550123.0", "phone-spreadsheet-number"),
        ("external_id", "1.23E+11", "external-id-spreadsheet-number"),
        ("birth_date", "32874", "date-serial-number"),
        ("birth_date", "05/07/1993", "date-not-year-first"),
        ("birth_date", "5-7-93", "date-not-year-first"),
        ("birth_date", "05-Jul-93", "date-not-year-first"),
        ("consented_at", "46346.375", "date-serial-number"),
        ("consented_at", "20/11/2026 09:00", "date-not-year-first"),
        ("consent_version", "Nov-26", "version-turned-into-date"),
        ("consent_version", "2026-11-01", "version-turned-into-date"),
        ("monthly_income", "1.5E+06", "income-spreadsheet-number"),
        ("monthly_income", "1500000.0", "income-with-decimals"),
        ("monthly_income", "Rp 1.500.000", "income-with-separators"),
        ("monthly_income", "1.500.000,00", "income-with-separators"),
        ("monthly_income", "1,500,000", "income-with-separators"),
        ("sex", "LAKI-LAKI", "sex-not-m-or-f"),
        ("sex", "P", "sex-not-m-or-f"),
        ("full_name", "#NAME?", "spreadsheet-error"),
        ("address", "=Sheet1!A2", "spreadsheet-formula"),
        ("address", "'=Sheet1!A2", "spreadsheet-formula"),
        ("village_code", "#REF!", "spreadsheet-error"),
        ("birth_place", "TRUE", "spreadsheet-true-or-false"),
    ],
)
def test_what_a_spreadsheet_did_to_a_value_is_told_by_kind(column, cell, told):
    assert code(column, cell) == told


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("external_id", "x" * 65, "too-long"),
        ("external_id", "A B", "not-visible-characters"),
        ("external_id", "A\u200bB", "not-visible-characters"),
        ("full_name", "123", "not-a-name"),
        ("full_name", "x" * 101, "too-long"),
        ("full_name", "Siti\x00", "unprintable-character"),
        ("address", "x" * 301, "too-long"),
        ("birth_date", "1993-7-5", "not-a-date"),
        ("birth_date", "1961-11-22", "too-old"),
        ("birth_date", "2009-11-23", "too-young"),
        ("sex", "male", "not-a-choice"),
        ("village_code", "3171071006", "not-a-region-code"),
        ("village_code", "31.71.07.1007", "unknown-village"),
        ("occupation_code", "tr01", "unknown-occupation"),
        ("monthly_income", "-1", "too-small"),
        ("monthly_income", "+12", "not-a-whole-number"),
        ("monthly_income", "1000000001", "too-large"),
        ("monthly_income", "9" * 5_000, "too-large"),
        ("consent_version", "2026-10", "unknown-document"),
        ("consented_at", "2026-11-20T09:00:00", "not-an-instant"),
        ("consented_at", "2026-11-22T05:00:01Z", "in-the-future"),
        ("consented_at", "2022-10-16", "too-long-ago"),
        ("consented_at", "0001-01-01", "too-long-ago"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(column, cell, told):
    assert code(column, cell) == told
    assert isinstance(words_of(column, told), Words)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("external_id", " 007 ", "007"),
        ("sex", "m", Sex.MALE),
        ("birth_date", "1993-07-05 00:00:00", date(1993, 7, 5)),
        ("birth_date", "1961-11-23", date(1961, 11, 23)),
        ("birth_date", "2009-11-22", date(2009, 11, 22)),
        ("full_name", "Nuñez", "Nuñez"),
        ("address", "Jl. Kenanga\nRT 3", "Jl. Kenanga\nRT 3"),
        ("address", "'+62 Kafe", "+62 Kafe"),
        ("full_name", "'Aisyah", "'Aisyah"),
        ("consented_at", "2026-11-22", datetime(2026, 11, 21, 17, tzinfo=UTC)),
        ("consented_at", "2026-11-22T05:00:00Z", datetime(2026, 11, 22, 5, tzinfo=UTC)),
    ],
)
def test_what_can_be_read_without_doubt_is_taken(column, cell, expected):
    assert getattr(read(**{column: cell}), column) == expected


def test_incomes_are_whole_rupiah():
    assert [read(monthly_income=cell).monthly_income.amount for cell in ("0", " 12 ", "007")] == [
        0,
        12,
        7,
    ]


def test_limits_are_named_in_the_words():
    assert words_of("full_name", "too-long").en == "Write at most 100 characters."
    assert words_of("address", "too-long").en == "Write at most 300 characters."
    assert words_of("sex", "not-a-choice").en == "Choose one of: M, F."


@pytest.mark.parametrize(
    "told", ["duplicate-in-file", "external-id-taken", "nik-under-other-id", "required"]
)
def test_every_code_has_words_in_both_languages(told):
    words = words_of("nik", told)
    assert words.id
    assert words.en
    assert words.id != words.en
