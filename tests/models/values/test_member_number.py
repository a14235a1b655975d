"""Member numbers: eleven digits as text, not to be guessed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.member_number import InvalidMemberNumber, MemberNumber
from tests.models.values.strategies import HOSTILE_TEXT, group_digits, scripted

NUMBERS = st.integers(0, 5 * 10**10 - 1).map(lambda drawn: MemberNumber.draw(scripted(drawn)))


def test_it_is_drawn_over_the_whole_range():
    assert str(MemberNumber.draw(scripted(0))) == "10000000000"
    assert str(MemberNumber.draw(scripted(5 * 10**10 - 1))) == "59999999999"


def test_a_thousand_draws_do_not_repeat():
    assert len({MemberNumber.draw() for _ in range(1_000)}) == 1_000


@given(NUMBERS, st.data())
def test_it_is_read_however_it_is_grouped(number, data):
    assert MemberNumber.parse(data.draw(group_digits(number.digits))) == number


@pytest.mark.parametrize("text", ["", "1234567890", "123456789012", "02345678901", "1234567890O"])
def test_anything_else_is_refused(text):
    with pytest.raises(InvalidMemberNumber):
        MemberNumber.parse(text)


@given(HOSTILE_TEXT)
def test_hostile_text_is_refused_as_a_member_number_and_never_otherwise(text):
    with suppress(InvalidMemberNumber):
        MemberNumber.parse(text)


def test_its_repr_shows_the_last_three_digits_only():
    assert repr(MemberNumber("12345678901")) == "MemberNumber(********901)"
