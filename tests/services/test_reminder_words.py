"""What a reminder says, from nothing but the months that were paid."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.coverage import CoverageStatus, coverage_at
from models.values.month import Month
from models.values.reminder_code import ReminderCode
from models.values.rupiah import Rupiah
from models.values.words import Language
from services.reminder_words import compose
from tests.models.paying import pay, wib
from tests.models.test_coverage_of_any_life import EPOCH, any_life, later, lives

CODE = ReminderCode("7KQ4XM2P")
PAID = pay([], wib(2026, 11, 22, 10), 2)
# Two parts of a long SMS.
TWO_SMS = 2 * 153


def said(at, arrears=0, language=Language.ENGLISH):
    return compose(coverage_at(PAID, at), Rupiah(arrears), CODE).in_(language)


def test_before_the_last_day_it_says_until_when_one_is_covered():
    assert said(wib(2026, 12, 24, 9)) == (
        "Jaring: you are protected until 31 December 2026. Pay by that day to stay protected "
        "without a break. To pay, open the app, choose Pay and type 7KQ4-XM2P."
    )


def test_on_the_last_day_it_says_today():
    assert said(wib(2026, 12, 31, 9), language=Language.INDONESIAN) == (
        "Jaring: perlindungan Anda berakhir hari ini, 31 Desember 2026. Bayar hari ini agar tidak "
        "terputus. Cara bayar: buka aplikasi, pilih Bayar, ketik 7KQ4-XM2P."
    )


def test_in_grace_it_promises_nothing_and_says_what_to_pay_until_when():
    assert said(wib(2027, 1, 30, 9), 16_800) == (
        "Jaring: you are not protected. Pay January 2027, Rp16,800 in all, by 31 January 2027. "
        "After 31 March 2027 the membership lapses. To pay, open the app, choose Pay and type "
        "7KQ4-XM2P."
    )


def test_in_the_last_month_of_grace_one_day_is_enough():
    words = said(wib(2027, 3, 21, 9), 50_400)
    assert "January 2027 to March 2027, Rp50,400 in all, by 31 March 2027" in words
    assert words.count("31 March 2027") == 1
    assert "After that the membership lapses" in words


@any_life
@given(lives, later, st.integers(0, 10**9), st.binary(min_size=32, max_size=32))
def test_it_fits_two_sms_and_is_plain_in_each_language(paid, after, arrears, digest):
    coverage = coverage_at(paid, EPOCH + after)
    if coverage.status not in (CoverageStatus.ACTIVE, CoverageStatus.GRACE):
        return
    words = compose(coverage, Rupiah(arrears), ReminderCode.of(digest))
    for language in Language:
        text = words.in_(language)
        assert text.isascii()
        assert len(text) <= TWO_SMS
        # These count twice in an SMS, or are left unfilled.
        assert not set(text) & set("{}[]~^|\\")


@pytest.mark.parametrize("language", Language)
def test_it_holds_no_link_and_nothing_longer_than_its_code_and_days(language):
    text = said(wib(2027, 1, 30, 9), 16_800, language)
    assert not re.search(r"https?:|www\.|[0-9]{5,}|[a-z]\.[a-z]", text)
    assert str(Month(2027, 1)) not in text
