"""Mobile numbers: what people type, what is refused and why."""

import re
from contextlib import suppress
from time import thread_time
from timeit import timeit

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.values.phone import InvalidPhone, PhoneFault, PhoneNumber, is_mobile
from tests.models.values.strategies import HOSTILE_TEXT, group_digits

MOBILES = st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True)
WAYS_TO_DIAL = st.sampled_from(["0", "+62", "62", "", "0062", "+62(0)", "(0)", "620", "(+62) "])


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812.3456.7890",
        "+62 812 3456 7890",
        "+6281234567890",
        "6281234567890",
        "81234567890",
        "0062 812-3456-7890",
        "(0)812 34567890",
        "+62 (0) 812 3456 7890",
        "(+62) 812-3456-7890",
        "０８１２３４５６７８９０",
        "＋６２（０）８１２\u300034567890",
        "0812\u00a03456\u00a07890",
        "\u202a+62\u00a0812\u20113456\u20117890\u202c",
    ],
)
def test_it_reads_what_people_type(typed):
    assert PhoneNumber.parse(typed) == PhoneNumber("+6281234567890")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", PhoneFault.UNREADABLE),
        ("+", PhoneFault.UNREADABLE),
        ("0", PhoneFault.UNREADABLE),
        ("+0812 3456 7890", PhoneFault.UNREADABLE),
        ("+62 00812 3456 789", PhoneFault.UNREADABLE),
        ("0812+34567890", PhoneFault.UNREADABLE),
        ("081234567890/081234567891", PhoneFault.UNREADABLE),
        ("081234567890\x00", PhoneFault.UNREADABLE),
        ("\ud8000812345678", PhoneFault.UNREADABLE),
        ("٠٨١٢٣٤٥٦٧٨٩٠", PhoneFault.UNREADABLE),
        ("0812 3456 789O", PhoneFault.HAS_LETTERS),
        ("0812-FLOWERS", PhoneFault.HAS_LETTERS),
        ("hp 081234567890", PhoneFault.HAS_LETTERS),
        ("8.12346E+11", PhoneFault.SPREADSHEET_NUMBER),
        ("6,28123E+12", PhoneFault.SPREADSHEET_NUMBER),
        ("6281234567890.0", PhoneFault.SPREADSHEET_NUMBER),
        ("81234567890,00", PhoneFault.SPREADSHEET_NUMBER),
        ("0812 3456", PhoneFault.TOO_SHORT),
        ("0812 3456 7890 123", PhoneFault.TOO_LONG),
        ("0" * 5_000, PhoneFault.TOO_LONG),
        ("+65 9123 4567", PhoneFault.NOT_INDONESIAN),
        ("+1 650 253 0000", PhoneFault.NOT_INDONESIAN),
        ("0060 12 345 6789", PhoneFault.NOT_INDONESIAN),
        ("021 555 1234", PhoneFault.NOT_MOBILE),
        ("+62 361 234567", PhoneFault.NOT_MOBILE),
        ("0800 1234567", PhoneFault.NOT_MOBILE),
        ("0809 1234567", PhoneFault.NOT_MOBILE),
        ("112", PhoneFault.NOT_MOBILE),
    ],
)
def test_it_says_what_is_wrong(typed, fault):
    with pytest.raises(InvalidPhone) as refused:
        PhoneNumber.parse(typed)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("081234567890", PhoneFault.NOT_INDONESIAN),
        ("+6591234567", PhoneFault.NOT_INDONESIAN),
        ("+62081234567890", PhoneFault.UNREADABLE),
        ("+6281234567890\n", PhoneFault.UNREADABLE),
        ("+62812345678901234567890", PhoneFault.TOO_LONG),
        ("+62", PhoneFault.UNREADABLE),
    ],
)
def test_the_constructor_takes_e164_only(text, fault):
    with pytest.raises(InvalidPhone) as refused:
        PhoneNumber(text)
    assert refused.value.fault is fault


@given(MOBILES, WAYS_TO_DIAL, st.data())
def test_every_mobile_number_is_read_however_it_is_grouped(national, dialled, data):
    typed = dialled + data.draw(group_digits(national))
    assume(not re.fullmatch(r"[0-9]+\.00?", typed.strip()))  # a spreadsheet's number
    assert PhoneNumber.parse(typed).e164 == f"+62{national}"


@given(st.integers(10, 99), st.integers(10_000_000, 999_999_999))
def test_no_number_is_refused_for_its_operators_prefix(operator, rest):
    typed = f"08{operator}{rest}"
    if operator // 10 in (0, 4):  # 080 is for services; 084 is not given out
        with pytest.raises(InvalidPhone):
            PhoneNumber.parse(typed)
    else:
        assert PhoneNumber.parse(typed).e164 == f"+628{operator}{rest}"


@given(st.one_of(st.text("0123456789", max_size=16), MOBILES, st.text("8129", max_size=14)))
def test_the_short_cut_agrees_with_the_numbering_plan(national):
    assert accepts(f"+62{national}") == is_mobile(f"+62{national}")


@given(MOBILES)
def test_what_is_accepted_is_a_valid_number_to_phonenumbers(national):
    assert phonenumbers.is_valid_number(phonenumbers.parse(f"0{national}", "ID"))
    assert accepts(f"+62{national}")


@given(HOSTILE_TEXT)
def test_hostile_text_is_refused_as_a_phone_and_never_otherwise(text):
    for read in (PhoneNumber.parse, PhoneNumber):
        with suppress(InvalidPhone):
            read(text)


@given(st.text(st.characters(), max_size=40))
def test_letters_never_become_digits(text):
    if any(character.isalpha() for character in text):
        with pytest.raises(InvalidPhone):
            PhoneNumber.parse(text)


@pytest.mark.parametrize("text", ["0" * 1_000_000, "(" * 1_000_000, "+62" + "8" * 5_000])
def test_long_text_is_refused_at_once(text):
    def refuse():
        with pytest.raises(InvalidPhone):
            PhoneNumber.parse(text)

    # Of this thread's own time: how busy the machine is makes no difference.
    assert timeit(refuse, timer=thread_time, number=1) < 0.1


@given(MOBILES)
def test_its_repr_shows_the_last_three_digits_only(national):
    assert repr(PhoneNumber(f"+62{national}")) == f"PhoneNumber(+62*******{national[-3:]})"


def accepts(e164):
    try:
        PhoneNumber(e164)
    except InvalidPhone:
        return False
    return True


def test_a_prefix_tells_an_operator_and_nobody_in_particular():
    assert PhoneNumber("+6281234567890").prefix == "+62812"
