import unicodedata

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from schemas.typeface import MISSING, Weight, in_letters, load_typeface

PDF = FPDF()
LETTERS = load_typeface(PDF)
for font in PDF.fonts.values():
    font.close()


@pytest.mark.parametrize(
    "name", ["Siti Nurhaliza Ma'ruf", "I Gusti Agung Ayu", "Zoë Müller-Škoda", "Nguyễn Đức"]
)
def test_latin_names_are_written_as_they_are(name):
    assert in_letters(name, LETTERS) == name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Zoe\u0308", "Zoë"),
        ("Ḩasan Ẓahir", "Hasan Ẓahir"),
        ("x\u0331yz", "xyz"),
        ("ＳＩＴＩ", "SITI"),
        ("Si\u200dti", "Siti"),
    ],
)
def test_a_mark_that_is_missing_leaves_its_letter(name, written):
    assert in_letters(name, LETTERS) == written


@pytest.mark.parametrize("name", ["Сити", "ꦱꦶꦠꦶ", "李", "سيتي"])
def test_a_letter_that_is_missing_is_seen_to_be_missing(name):
    assert set(in_letters(name, LETTERS)) == {MISSING}


@given(st.text(max_size=20))
def test_any_text_can_be_written_and_no_letter_goes_unnoticed(text):
    written = in_letters(text, LETTERS)
    assert all(ord(character) in LETTERS for character in written)
    seen = [c for c in text if unicodedata.category(c) not in {"Mn", "Me", "Cf"}]
    assert bool(written) == bool(seen)
    assert in_letters(written, LETTERS) == written


@pytest.mark.parametrize("weight", Weight)
def test_figures_are_of_equal_width_so_that_they_stand_in_columns(weight):
    PDF.set_font(weight, size=10)
    assert len({PDF.get_string_width(figure) for figure in "0123456789"}) == 1
