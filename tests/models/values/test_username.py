import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.faults import FaultyValue
from models.values.username import fold_username, is_username, read_username


@pytest.mark.parametrize(
    ("typed", "username"),
    [
        ("siti.aminah", "siti.aminah"),
        (" Siti-Aminah\t", "siti-aminah"),
        ("\uff33\uff29\uff34\uff29\u200b", "siti"),
        ("007", "007"),
        ("x" * 32, "x" * 32),
    ],
)
def test_it_is_read_as_people_type_it(typed, username):
    assert read_username(typed) == username


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ab",
        "x" * 33,
        "-siti",
        ".siti",
        "siti_a",
        "siti aminah",
        "sit\u0131",
        "s\u00efti",
        "siti\n.a",
    ],
)
def test_what_is_none_is_refused_without_repeating_it(typed):
    with pytest.raises(FaultyValue) as refused:
        read_username(typed)
    assert refused.value.fault.code == "not-a-username"


@given(st.text() | st.from_regex("[ A-Za-z0-9.-]{0,40}", fullmatch=True))
def test_what_is_read_reads_the_same_again_and_every_text_can_be_folded(typed):
    folded = fold_username(typed)
    folded.encode()
    if is_username(folded):
        assert read_username(typed) == read_username(read_username(typed)) == folded
