"""Free text: what may be stored, and when two names are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.text import fold_name, readable, trimmed
from tests.models.values.strategies import HOSTILE_TEXT


@pytest.mark.parametrize("text", ["Siti Nur'aini", "Jl. Melati No. 3/B", "Ñandú", "王", "👩‍🌾", ""])
def test_ordinary_text_is_readable(text):
    assert readable(text)


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "a\udfffb", "a\x1bb", "a\x7fb", "a\x85b", "a\u202eb", "\uffff"]
)
def test_what_cannot_be_stored_or_shown_is_not(text):
    assert not readable(text)
    assert not readable(text, lines=True)


def test_line_breaks_are_for_addresses():
    assert not readable("RT 01\nRW 02")
    assert readable("RT 01\r\n\tRW 02", lines=True)


@given(st.one_of(HOSTILE_TEXT, st.text(st.characters(), max_size=20)))
def test_readable_text_has_no_control_character_and_survives_utf_8(text):
    if readable(text):
        assert text.encode().decode() == text
        assert not {unicodedata.category(character) for character in text} & {"Cc", "Cs"}


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u200b", "\u00a0\ufeff\u00ad \u200e"])
def test_of_what_cannot_be_seen_nothing_is_left(text):
    assert trimmed(text) == ""
    assert trimmed(f"{text}Siti{text} A{text}") == f"Siti{text} A"


@given(st.one_of(HOSTILE_TEXT, st.text(st.characters(), max_size=20)))
def test_trimming_takes_off_the_ends_alone(text):
    rest = trimmed(text)
    assert rest in text
    assert trimmed(rest) == rest.strip() == rest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SITI NURHALIZA", "Siti Nurhaliza"),
        ("  Siti\u00a0\u3000Nurhaliza ", "Siti Nurhaliza"),
        ("Abdul-Rahman", "Abdul Rahman"),
        ("M.Yusuf", "M. Yusuf"),
        ("Ma'ruf", "Ma’ruf"),
        ("Ma'ruf", "Maruf"),
        ("José Ximenes", "Jose\u0301 XIMENES"),
        ("Budi, S.Pd.", "Budi S Pd"),
        ("Ｂｕｄｉ", "Budi"),
        ("Bu\u200bdi", "Budi"),
        ("Weiß", "WEISS"),
        ("I\u0307lham", "İlham"),
        ("ŉur", "nur"),
    ],
)
def test_two_spellings_of_one_name_are_the_same(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("Budi", "Budy"), ("Siti A", "Sitia"), ("Ani", "")])
def test_two_names_are_not(one, other):
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize("text", ["", "  ", "-.-", "'", "\u0301", "___"])
def test_a_text_without_a_letter_folds_to_nothing(text):
    assert fold_name(text) == ""


@given(st.one_of(HOSTILE_TEXT, st.text(st.characters(), max_size=30)))
def test_folding_twice_changes_nothing_more(text):
    folded = fold_name(text)
    assert fold_name(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text("abcxyz ABC'.-é", max_size=30))
def test_case_does_not_matter(text):
    assert fold_name(text.upper()) == fold_name(text.lower())
