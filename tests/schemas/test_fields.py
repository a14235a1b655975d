import math
from datetime import UTC, datetime
from enum import StrEnum

import marshmallow as ma
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values import faults as value_faults
from models.values import person_faults
from models.values.faults import Fault
from models.values.month import Month
from models.values.nik import NikFault
from models.values.person_faults import NIK_FAULTS, PHONE_FAULTS
from models.values.phone import PhoneFault
from models.values.rupiah import Rupiah
from models.values.words import Language
from schemas import faults, fields, person_fields
from schemas.month_field import MonthField
from schemas.nesting import Listed
from schemas.paging import CursorField
from schemas.person_fields import (
    CodeField,
    NameField,
    NikField,
    PhoneField,
)
from schemas.region_code import AreaCodeField, VillageCodeField


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
EVERY_KIND = [
    fields.Text(),
    fields.Text(lines=True, min_length=0, pattern="[a-z]*"),
    fields.EmailField(),
    fields.PostalCodeField(),
    fields.Identifier(),
    fields.WholeNumber(0, 10),
    fields.WholeNumber(0, 10, written=True),
    fields.RupiahField(),
    fields.Flag(),
    fields.Flag(written=True),
    fields.Choice(Colour),
    fields.Day(),
    fields.Instant(),
    MonthField(),
    NikField(),
    PhoneField(),
    CodeField(),
    NameField(allow_none=True),
    AreaCodeField(),
    CursorField(datetime, int, str),
    Listed(fields.Text(), maximum=3),
]


def code(field, value):
    with pytest.raises(ma.ValidationError) as refused:
        field.deserialize(value)
    [fault] = refused.value.messages
    return fault.code


@pytest.mark.parametrize("field", EVERY_KIND, ids=lambda field: type(field).__name__)
@settings(max_examples=40)
@given(value=ANYTHING)
def test_a_field_reads_or_refuses_anything_with_faults_of_ours(field, value):
    assert all(isinstance(fault, Fault) for fault in refusals(field, value))


def refusals(field, value):
    try:
        field.deserialize(value)
    except ma.ValidationError as refused:
        return list(leaves(refused.messages))
    return []


def leaves(messages):
    if isinstance(messages, dict):
        messages = list(messages.values())
    if not isinstance(messages, list):
        return [messages]
    return [leaf for inner in messages for leaf in leaves(inner)]


def all_faults():
    for module in (faults, value_faults, person_faults, person_fields):
        yield from (value for value in vars(module).values() if isinstance(value, Fault))
    yield from NIK_FAULTS.values()
    yield from PHONE_FAULTS.values()


def test_every_fault_is_told_in_both_languages_under_a_code_of_its_own():
    told = {}
    for fault in all_faults():
        assert fault.words.id
        assert fault.words.en
        assert told.setdefault(fault.code, fault) == fault


def test_every_fault_of_a_nik_or_phone_is_told():
    assert set(NIK_FAULTS) == set(NikFault)
    assert set(PHONE_FAULTS) == set(PhoneFault)


def test_limits_are_named_in_the_words():
    with pytest.raises(ma.ValidationError) as refused:
        fields.Text(max_length=3).deserialize("four")
    [fault] = refused.value.messages
    assert fault.said_in(Language.ENGLISH) == "Write at most 3 characters."


def test_text_loses_what_cannot_be_seen_around_it():
    assert fields.Text().deserialize(" \u00a0Siti Aminah\t") == "Siti Aminah"
    assert NameField().deserialize("\u200b A\u200bB\ufeff") == "A\u200bB"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (fields.Text(max_length=3), " abc  "),
        (fields.PostalCodeField(), " 40132"),
        (VillageCodeField(), "32.73.02.1001 "),
        (fields.EmailField(), "\u200bsiti@contoh.id\n"),
    ],
)
def test_spaces_around_a_text_count_for_nothing(field, text):
    assert field.deserialize(text) == text.strip("\u200b \n")


@pytest.mark.parametrize("allow_none", [True, False])
def test_nobody_takes_a_megabyte_of_spaces_off(allow_none):
    field = fields.Text(max_length=3, allow_none=allow_none)
    assert code(field, "abc" + " " * 1_000_000) == "too-long"
    assert code(field, " " * 1_000_000) == "too-long"


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "a\nb",
        "a\x7fb",
        "\u202ea",
        "a\u2066",
        "\ud800",
        "a\uffff",
        "a\u2028b",
        "a\u2029b",
    ],
)
def test_text_that_cannot_be_printed_is_refused(text):
    assert code(fields.Text(), text) == "unprintable-character"


def test_line_breaks_are_kept_only_where_lines_are_asked_for():
    assert fields.Text(lines=True).deserialize("a\r\nb") == "a\r\nb"
    assert code(fields.Text(lines=True), "a\x00") == "unprintable-character"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("\u200b", "blank"),
        ("\ufeff \u2060", "blank"),
        ("ab", "too-short"),
        ("\u200bab\u200b", "too-short"),
        ("abcdef", "too-long"),
    ],
)
def test_text_has_bounds(text, fault):
    assert code(fields.Text(min_length=3, max_length=5), text) == fault


@pytest.mark.parametrize("text", ["siti@contoh.id", "a.b+c@mail.go.id"])
def test_email_addresses_are_read(text):
    assert fields.EmailField().deserialize(text) == text


@pytest.mark.parametrize(
    "text", ["siti", "siti@", "@contoh.id", "a b@contoh.id", "a@contoh", "a@-x.id", "a@x..id"]
)
def test_what_is_no_email_address_is_refused(text):
    assert code(fields.EmailField(), text) == "not-an-email"


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, math.nan, [1]])
def test_only_whole_numbers_are_whole_numbers(value):
    assert code(fields.WholeNumber(0, 10), value) in ("not-a-whole-number", "null")


@pytest.mark.parametrize("text", ["1.0", "+1", " 1", "٣", "1e1", "0x1", "9" * 5000, ""])
def test_a_written_number_has_digits_only(text):
    assert code(fields.WholeNumber(-5, 10, written=True), text) == "not-a-whole-number"


def test_written_numbers_are_read():
    assert fields.WholeNumber(-5, 10, written=True).deserialize("-5") == -5


@pytest.mark.parametrize(
    ("text", "fault"),
    [("9" * 18, "too-large"), ("9" * 22, "too-large"), ("-" + "9" * 4000, "too-small")],
)
def test_a_written_number_may_be_as_large_as_it_likes_and_is_told_so(text, fault):
    assert code(fields.WholeNumber(-5, 10, written=True), text) == fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (1e19, "too-large"),
        (2.0**64, "too-large"),
        (-(2.0**63), "too-small"),
        (math.inf, "too-large"),
    ],
)
def test_whole_numbers_that_json_can_only_say_as_floats_are_bounded_too(number, fault):
    assert code(fields.WholeNumber(-5, 10), number) == fault


def test_money_is_bounded_either_way():
    assert fields.RupiahField().deserialize(10**15) == Rupiah(10**15)
    assert code(fields.RupiahField(), 10**15 + 1) == "too-large"
    assert code(fields.RupiahField(), -1) == "too-small"
    assert code(fields.RupiahField(minimum=-5), -6) == "too-small"


@pytest.mark.parametrize(
    "text",
    ["2020-1-05", "2020-02-30", "20200105", "2020-01-05T00:00:00Z", "0000-01-01", "２０２０-01-05"],
)
def test_days_are_strict(text):
    assert code(fields.Day(), text) == "not-a-date"


def test_instants_are_read_with_any_offset_and_written_in_utc():
    field = fields.Instant()
    read = field.deserialize("2026-11-22T09:00:00+07:00")
    assert read == datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert field._serialize(read, None, None) == "2026-11-22T02:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T09:00:00",
        "2026-11-22 09:00:00Z",
        "2026-11-22T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2026-11-22T09:00:00+99:00",
    ],
)
def test_instants_without_an_offset_or_out_of_range_are_refused(text):
    assert code(fields.Instant(), text) == "not-an-instant"


def test_months_are_strict():
    assert MonthField().deserialize("2026-11") == Month(2026, 11)
    assert code(MonthField(), "2026-13") == "not-a-month"
    assert code(MonthField(), "0000-01") == "not-a-month"


def test_a_choice_names_what_can_be_chosen():
    assert fields.Choice(Colour).deserialize("red") is Colour.RED
    assert code(fields.Choice(Colour), "RED") == "not-a-choice"
    assert code(fields.Choice(Colour), ["red"]) == "not-a-choice"


def test_identifiers_are_written_one_way():
    field = fields.Identifier()
    assert code(field, "0198f6b27c4e7d3a9a512f6f0c1d8e42") == "not-an-id"
    assert code(field, "{0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42}") == "not-an-id"


def test_numbers_copied_from_a_phone_are_read():
    assert str(PhoneField().deserialize("\u202a0812-3456-7890\u202c")) == "+6281234567890"


def test_a_nik_that_excel_has_spoilt_is_told_so():
    assert code(NikField(), "3.27E+15") == "nik-spreadsheet-number"


def test_a_letter_in_a_nik_is_told_from_a_missing_digit():
    assert code(NikField(), "327301450793000O") == "nik-has-letters"
    assert code(NikField(), "327301450793") == "nik-not-sixteen-digits"


@pytest.mark.parametrize("number", [3273014507930001, 3.273014507930001e15])
def test_a_nik_that_comes_as_a_number_is_asked_for_in_quotes(number):
    assert code(NikField(), number) == "nik-as-number"
    assert code(NikField(), True) == "not-text"


@pytest.mark.parametrize(
    "typed", ["482913", " 482 913 ", "４８２９１３", "482-913", "\u202a482913\u202c"]
)
def test_a_code_is_read_as_people_paste_it(typed):
    assert CodeField().deserialize(typed) == "482913"


@pytest.mark.parametrize("typed", ["", " ", "48291", "4829133", "48291O", "٤٨٢٩١٣", "4" * 500])
def test_whatever_is_no_code_is_told_in_one_way(typed):
    assert code(CodeField(), typed) == "not-a-code"


@pytest.mark.parametrize("text", ["4013", "401355", "4013x"])
def test_a_postal_code_of_whatever_length_is_told_what_one_is(text):
    assert code(fields.PostalCodeField(), text) == "not-a-postal-code"


@pytest.mark.parametrize("text", ["3273021001", "32.73.02", "32.73.02.10011", "Lebakgede"])
def test_a_village_code_has_dots(text):
    assert code(VillageCodeField(), text) == "not-a-region-code"


@pytest.mark.parametrize("text", ["3273", "327302", "32.7", "3273021001", "32.73.02.1001.1"])
def test_so_has_the_code_of_an_area(text):
    assert code(AreaCodeField(), text) == "not-a-region-code"


@pytest.mark.parametrize(
    "field", [fields.Text, fields.EmailField, fields.PostalCodeField], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("text", ["", " ", "\t\u00a0", "\u200b"])
def test_nothing_typed_into_what_may_be_null_is_null(field, text):
    assert field(allow_none=True).deserialize(text) is None
    assert code(field(), text) == "blank"


@pytest.mark.parametrize("name", ["Siti", "O'Neill", "Ñusta", "李", "I2"])
def test_a_name_has_a_letter(name):
    assert NameField().deserialize(name) == name


@pytest.mark.parametrize("text", ["123", "--", "'", "٣", "½"])
def test_what_has_no_letter_is_no_name(text):
    assert code(NameField(), text) == "not-a-name"
