from datetime import date, timedelta
from itertools import product

import pytest

from models.coverage import coverage_on
from models.values.rupiah import Rupiah
from services.coverage_explanation import explain
from tests.models.paying import pay, wib

PAID = pay([], wib(2026, 11, 22, 10), 1)
OWED = Rupiah(33_600)


def said(day, *, today=None, paid=PAID):
    return explain(coverage_on(paid, day), arrears=OWED, today=today or day)


def test_before_the_first_payment_it_says_what_starts_protection():
    assert "perlindungan mulai begitu pembayaran pertama" in said(date(2026, 11, 1)).id


def test_nobody_is_asked_to_pay_before_the_identity_is_verified():
    day = date(2026, 11, 1)
    words = explain(coverage_on(PAID, day), arrears=OWED, today=day, verified=False)
    assert words.en == (
        "You are not protected yet: your identity has to be verified first, then you can pay."
    )


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 12, 10), date(2027, 3, 1)])
def test_nor_is_anybody_whose_identity_was_refused_after_a_payment(day):
    words = explain(coverage_on(PAID, day), arrears=OWED, today=day, verified=False)
    assert "we cannot take payments" in words.en
    assert "pay " not in words.en
    assert "bayar" not in words.id.replace("pembayaran", "").replace("dibayar", "")


def test_in_the_first_months_it_says_when_the_death_benefit_is_full():
    words = said(date(2026, 11, 25))
    assert words.en.startswith("You are protected until 30 November 2026")
    assert "22 February 2027" in words.en
    assert "22 Februari 2027" in words.id


def test_in_the_first_months_too_it_says_by_when_to_pay():
    words = said(date(2026, 11, 25))
    assert "sampai 30 November 2026: bayar paling lambat hari itu" in words.id
    assert "until 30 November 2026: pay by that day" in words.en


def test_later_it_says_by_when_to_pay():
    assert said(date(2027, 3, 1), paid=pay([], wib(2026, 11, 22), 6)).id == (
        "Anda terlindungi sampai 30 April 2027; bayar paling lambat hari itu agar perlindungan "
        "tidak terputus."
    )


def test_in_grace_it_says_what_to_pay_and_until_when():
    assert said(date(2027, 1, 10)).id == (
        "Anda sedang tidak terlindungi: bayar iuran Desember 2026 dan Januari 2027, Rp33.600 "
        "seluruhnya, paling lambat 31 Januari 2027, dan perlindungan berlaku lagi begitu "
        "pembayaran diterima; sesudah itu iuran bulan berikutnya harus ikut dibayar, dan sesudah "
        "28 Februari 2027 kepesertaan tidak aktif lagi."
    )
    assert said(date(2027, 1, 10)).en == (
        "You are not protected now: pay December 2026 and January 2027, Rp33,600 in all, by "
        "31 January 2027, and protection resumes as soon as the payment is received; after that "
        "the next month has to be paid as well, and after 28 February 2027 the membership lapses."
    )


def test_in_the_last_month_of_grace_it_says_that_the_membership_lapses_next():
    assert said(date(2027, 2, 10)).en == (
        "You are not protected now: pay December 2026 to February 2027, Rp33,600 "
        "in all, by 28 February 2027, and protection resumes as soon as the payment is received; "
        "after that the membership lapses."
    )


def test_after_a_lapse_it_asks_for_no_arrears():
    words = said(date(2027, 3, 1))
    assert "tanpa tunggakan" in words.id
    assert str(OWED) not in words.id


def test_about_a_past_day_it_asks_for_nothing():
    words = said(date(2026, 12, 10), today=date(2027, 1, 20))
    assert words.en == (
        "On 10 December 2026 you were not protected: December 2026 had not been paid by then, "
        "and later payments do not change that."
    )


def test_about_a_day_to_come_it_assumes_no_payment():
    words = said(date(2026, 12, 10), today=date(2026, 11, 25))
    assert words.id.startswith("Pada 10 Desember 2026 Anda tidak terlindungi, kecuali iuran")


DAYS = [date(2026, 11, 1), date(2026, 11, 25), date(2026, 12, 10), date(2027, 3, 1)]
SHIFTS = [timedelta(days=-30), timedelta(0), timedelta(days=30)]


@pytest.mark.parametrize(("day", "shift", "verified"), list(product(DAYS, SHIFTS, [True, False])))
def test_it_is_always_one_finished_sentence(day, shift, verified):
    words = explain(coverage_on(PAID, day), arrears=OWED, today=day + shift, verified=verified)
    for sentence in (words.id, words.en):
        assert sentence.endswith(".")
        assert sentence.rstrip(".").count(". ") == 0
        assert "{" not in sentence


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2027, 2, 10), date(2027, 7, 1)])
def test_whoever_has_to_agree_first_is_told_so_before_they_try_to_pay(day):
    words = explain(coverage_on(PAID, day), arrears=OWED, today=day, consents_given=False)
    assert words.id.endswith("; setujui dulu dokumen yang wajib, lalu bayar.")
    assert words.en.endswith("; accept the required documents first, then pay.")


def test_of_another_day_nothing_is_asked():
    day = date(2027, 2, 10)
    words = explain(
        coverage_on(PAID, day), arrears=OWED, today=date(2026, 11, 22), consents_given=False
    )
    assert "setujui" not in words.id
