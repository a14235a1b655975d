import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.short_name import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Aminah", "Siti A."),
        ("Suharto", "Suharto"),
        ("I Gusti Ayu Putu Sri Dewi", "I D."),
        ("ahmad  al-farisi", "ahmad A."),
        ("MUHAMMAD 'ali", "MUHAMMAD A."),
        ("Budi (Ucok)", "Budi U."),
        ("Siti .", "Siti"),
        ("- Siti", "Siti"),
        ("Émilie Énoncé", "Émilie É."),
        ("Karl ß", "Karl S."),
        ("7", "7"),
        ("", ""),
        ("x" * 99, "x" * 24),
    ],
)
def test_a_name_is_its_first_word_and_the_initial_of_its_last(name, short):
    assert short_name(name) == short


@given(st.text(max_size=100))
def test_it_is_short_whatever_the_name(name):
    assert len(short_name(name)) <= 27


@given(st.lists(st.text(alphabet="abcdefgh", min_size=2, max_size=20), min_size=2, max_size=5))
def test_of_all_words_but_the_first_there_is_one_letter(words):
    first, *rest = short_name(" ".join(words)).split(" ")
    assert (first, rest) == (words[0], [f"{words[-1][0].upper()}."])
