import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.number_kinds import kinds_of
from models.values.audit import SearchedBy
from models.values.member_number import MemberNumber
from models.values.registration_number import RegistrationNumber


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("3171 0105 0793 0777", {SearchedBy.NIK}),
        ("0812-9999-0001", {SearchedBy.PHONE}),
        ("+62 812 9999 0001", {SearchedBy.PHONE}),
        ("48201937465", {SearchedBy.MEMBER_NUMBER}),
        ("81299990001", {SearchedBy.PHONE, SearchedBy.MEMBER_NUMBER}),
        ("88899 8706 2913 95132", {SearchedBy.VIRTUAL_ACCOUNT_NO}),
        ("TRX/2026/11-0042", {SearchedBy.BANK_REFERENCE}),
        ("Siti Aminah", set()),
        ("12345", set()),
        ("3171010507930", set()),
        ("9971010507930777", set()),
        ("", set()),
    ],
)
def test_a_number_tells_what_it_is(text, kinds):
    assert set(kinds_of(text)) == kinds


@given(st.integers(0, 10**11))
def test_a_registration_number_is_never_taken_for_anything_else(seed):
    number = RegistrationNumber.draw(lambda below: seed % below)
    assert kinds_of(number.grouped) == (SearchedBy.REGISTRATION_NUMBER,)


@given(st.integers(0, 10**11))
def test_a_member_number_that_we_gave_is_never_taken_for_anything_else(seed):
    number = MemberNumber.draw(lambda below: seed % below)
    assert kinds_of(number.digits) == (SearchedBy.MEMBER_NUMBER,)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_judged(text):
    assert len(set(kinds_of(text))) == len(kinds_of(text))
