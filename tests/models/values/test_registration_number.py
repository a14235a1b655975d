"""Registration numbers: read out over the phone, so slips must show."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.values.registration_number import (
    InvalidRegistrationNumber,
    RegistrationNumber,
    RegistrationNumberFault,
    draw_many,
)
from tests.models.values.strategies import HOSTILE_TEXT, group_digits, scripted

NUMBERS = st.integers(0, 5 * 10**10 - 1).map(lambda drawn: RegistrationNumber.draw(scripted(drawn)))


def test_the_check_digit_is_damms():
    assert damm("5724") == 0  # the usual worked example: 572 gets a 4
    number = RegistrationNumber.draw(scripted(57_200_000_000 - 10**10))
    assert number.digits[:11] == "57200000000"
    assert damm(number.digits) == 0


def damm(digits):
    """The textbook's walk through the table, written out for this test alone."""
    table = (
        (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
        (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
        (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
        (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
        (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
        (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
        (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
        (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
        (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
        (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
    )
    so_far = 0
    for digit in digits:
        so_far = table[so_far][int(digit)]
    return so_far


@given(NUMBERS)
def test_every_number_drawn_passes_the_textbook_check(number):
    assert damm(number.digits) == 0


@given(NUMBERS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, off):
    wrong = str((int(number.digits[place]) + off) % 10)
    with pytest.raises(InvalidRegistrationNumber):
        RegistrationNumber(number.digits[:place] + wrong + number.digits[place + 1 :])


@given(NUMBERS, st.integers(0, 10))
def test_two_neighbours_swapped_are_always_noticed(number, place):
    one, two = number.digits[place : place + 2]
    assume(one != two)
    with pytest.raises(InvalidRegistrationNumber):
        RegistrationNumber(number.digits[:place] + two + one + number.digits[place + 2 :])


@given(NUMBERS, st.data())
def test_it_is_read_however_it_is_grouped(number, data):
    assert RegistrationNumber.parse(data.draw(group_digits(number.digits))) == number
    assert RegistrationNumber.parse(number.grouped) == number


def test_it_is_printed_in_three_groups():
    number = RegistrationNumber.draw(scripted(0))
    assert number.grouped.startswith("1000-0000-000")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("1" * 11, RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("1" * 13, RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("081234567890", RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("812345678901", RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("628123456789", RegistrationNumberFault.NOT_TWELVE_DIGITS),
        ("10000000000O", RegistrationNumberFault.NOT_TWELVE_DIGITS),
    ],
)
def test_it_says_what_is_wrong(text, fault):
    with pytest.raises(InvalidRegistrationNumber) as refused:
        RegistrationNumber.parse(text)
    assert refused.value.fault is fault


def test_a_slip_is_told_from_another_number():
    number = RegistrationNumber.draw(scripted(0))
    slip = number.digits[:-1] + str((int(number.digits[-1]) + 1) % 10)
    with pytest.raises(InvalidRegistrationNumber) as refused:
        RegistrationNumber.parse(slip)
    assert refused.value.fault is RegistrationNumberFault.MISTYPED


@given(HOSTILE_TEXT)
def test_hostile_text_is_refused_as_a_registration_number_and_never_otherwise(text):
    with suppress(InvalidRegistrationNumber):
        RegistrationNumber.parse(text)


@given(NUMBERS)
def test_its_repr_shows_the_last_three_digits_only(number):
    assert repr(number) == f"RegistrationNumber(*********{number.digits[-3:]})"


@given(st.integers(0, 50))
def test_many_are_numbers_like_any_other(many):
    drawn = draw_many(many)
    assert [RegistrationNumber(digits).digits for digits in drawn] == drawn
    assert len(drawn) == many


def test_many_reach_from_the_first_to_the_last():
    first, last = (
        draw_many(1, lambda size, at=at: at.to_bytes(size))[0] for at in (0, 5 * 10**10 - 1)
    )
    assert (first[:11], last[:11]) == ("10000000000", "59999999999")
