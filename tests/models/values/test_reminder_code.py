import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.reminder_code import InvalidReminderCode, ReminderCode

digests = st.binary(min_size=32, max_size=32)


@given(digests)
def test_a_code_is_read_as_it_is_written(digest):
    code = ReminderCode.of(digest)
    assert ReminderCode.parse(code.grouped) == code
    assert len(code.grouped) == 9


@given(digests)
def test_it_holds_nothing_that_is_easily_mistaken_and_makes_no_words(digest):
    assert not set(ReminderCode.of(digest).text) & set("AEIOUL")


@pytest.mark.parametrize(
    "typed",
    ["7kq4-xm2p", " 7KQ4 XM2P ", "7kq4xm2p", "7K-Q4-XM-2P", "７KQ4-XM２P", "7KQ4\u00a0XM2P"],
)
def test_case_spaces_and_hyphens_do_not_matter(typed):
    assert ReminderCode.parse(typed) == ReminderCode("7KQ4XM2P")


def test_letters_that_look_like_digits_are_read_as_digits():
    assert ReminderCode.parse("ooil-2345") == ReminderCode("00112345")


@pytest.mark.parametrize(
    "typed", ["", "7KQ4XM2", "7KQ4XM2PP", "7KQ4XM2A", "7KQ4XM2!", "7KQ4XM٢P", "7KQ4XMß", "7" * 70]
)
def test_anything_else_is_refused_without_being_repeated(typed):
    with pytest.raises(InvalidReminderCode) as refused:
        ReminderCode.parse(typed)
    assert not typed or typed not in str(refused.value)


def test_printed_it_tells_nothing():
    assert repr(ReminderCode("7KQ4XM2P")) == "ReminderCode(...)"


def test_many_digests_make_many_codes():
    codes = {ReminderCode.of(number.to_bytes(32)).text for number in range(1_000)}
    assert len(codes) == 1_000
