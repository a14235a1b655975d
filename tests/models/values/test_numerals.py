"""Numbers as people type them, before anybody asks what kind of number."""

import pytest
from hypothesis import given

from models.values.numerals import LONGEST_TYPED, plain
from tests.models.values.strategies import HOSTILE_TEXT


@pytest.mark.parametrize(
    "typed", ["1234", "1 2-3.4", "１２３４", "\ufeff12\u00a034\u200b", "12\t34\n"]
)
def test_grouping_and_width_go(typed):
    assert plain(typed) == "1234"


@pytest.mark.parametrize("typed", ["12E4", "1/2", "١٢", "1\x002", "1²", "\ud800"])
def test_everything_else_stays_to_be_refused(typed):
    assert plain(typed) == typed


def test_nothing_is_read_of_text_longer_than_anyone_types():
    assert plain("1234".ljust(LONGEST_TYPED)) == "1234"
    assert plain("1234".ljust(LONGEST_TYPED) + "5") == ""


@given(HOSTILE_TEXT)
def test_plain_text_is_left_as_it_is(text):
    assert plain(plain(text)) == plain(text)
