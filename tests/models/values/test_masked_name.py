import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.masked_name import masked_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Siti Nurhaliza", "S*** N***"),
        ("BUDI", "B***"),
        ("ahmad  al-farisi", "A*** A***"),
        ("I Gusti Ayu Putu Sri Dewi", "I*** G*** A*** P***"),
        ("", ""),
    ],
)
def test_initials_are_all_that_is_shown(name, masked):
    assert masked_name(name) == masked


@given(st.text(alphabet="abcdefghij ", max_size=40))
def test_no_two_letters_in_a_row_are_shown(name):
    assert all(len(word) == 4 and word.endswith("***") for word in masked_name(name).split())
