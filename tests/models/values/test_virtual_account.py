"""Virtual account numbers: whole for people, in two padded parts for banks."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.virtual_account import (
    LONGEST,
    InvalidVirtualAccountNumber,
    VirtualAccountFault,
    VirtualAccountNumber,
)
from tests.models.values.strategies import HOSTILE_TEXT, group_digits, scripted

SERVICES = st.text("0123456789", min_size=1, max_size=8)


@st.composite
def numbers(draw):
    drawn = draw(st.integers(0, 10**18))
    return VirtualAccountNumber.draw(draw(SERVICES), scripted(drawn))


def test_snap_pads_the_service_to_eight_characters():
    number = VirtualAccountNumber("88899", "1234567890123")
    assert number.partner_service_id == "   88899"
    assert number.virtual_account_no == "   888991234567890123"
    assert str(number) == "888991234567890123"


@given(numbers())
def test_a_drawn_number_fills_eighteen_digits_and_begins_without_a_zero(number):
    assert len(str(number)) == LONGEST
    assert not number.customer_no.startswith("0")


@given(numbers())
def test_what_we_write_to_a_bank_is_what_we_read_back(number):
    padded = (number.partner_service_id, number.customer_no, number.virtual_account_no)
    bare = (number.service_id, number.customer_no, str(number))
    assert VirtualAccountNumber.received(*padded) == number
    assert VirtualAccountNumber.received(*bare) == number


@given(numbers(), st.data())
def test_it_is_read_however_it_is_grouped(number, data):
    typed = data.draw(group_digits(str(number)))
    assert VirtualAccountNumber.parse(typed, number.service_id) == number


@pytest.mark.parametrize(
    ("ids", "fault"),
    [
        (("   88899", "123", "   88899124"), VirtualAccountFault.PARTS_DISAGREE),
        (("   88899", "123", "88 899123"), VirtualAccountFault.PARTS_DISAGREE),
        (("   8889A", "123", "   8889A123"), VirtualAccountFault.NOT_DIGITS),
        (("        ", "123", "        123"), VirtualAccountFault.NOT_DIGITS),
        (("   88899", "", "   88899"), VirtualAccountFault.NOT_DIGITS),
        (("   88899", "1\x003", "   888991\x003"), VirtualAccountFault.NOT_DIGITS),
        (("   88899", "٣٣٣", "   88899٣٣٣"), VirtualAccountFault.NOT_DIGITS),
        (("   88899", "1" * 14, "   88899" + "1" * 14), VirtualAccountFault.TOO_LONG),
        (("   88899", "1" * 21, "   88899" + "1" * 21), VirtualAccountFault.NOT_DIGITS),
        (("123456789", "1", "1234567891"), VirtualAccountFault.NOT_DIGITS),
    ],
)
def test_it_says_what_is_wrong_with_the_ids_of_a_call(ids, fault):
    with pytest.raises(InvalidVirtualAccountNumber) as refused:
        VirtualAccountNumber.received(*ids)
    assert refused.value.fault is fault


def test_a_number_of_another_service_is_told_apart():
    with pytest.raises(InvalidVirtualAccountNumber) as refused:
        VirtualAccountNumber.parse("77712 345 678", "88899")
    assert refused.value.fault is VirtualAccountFault.OTHER_SERVICE


@given(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT)
def test_hostile_text_is_refused_as_an_account_and_never_otherwise(one, two, three):
    with suppress(InvalidVirtualAccountNumber):
        VirtualAccountNumber.received(one, two, three)
    with suppress(InvalidVirtualAccountNumber):
        VirtualAccountNumber.parse(one, "88899")


@given(numbers())
def test_its_repr_shows_the_last_three_digits_only(number):
    assert repr(number) == f"VirtualAccountNumber(***************{str(number)[-3:]})"
