from dataclasses import replace
from pathlib import Path

import pytest

from models.pricing import Terms, price, quote
from models.rates import NotPricedYet, RateBook
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from models.values.sector import Sector

NOVEMBER = Month(2026, 11)


def terms(plan, income, sector):
    return Terms(plan=plan, monthly_income=Rupiah(income), sector=sector)


FISHERMAN = terms(Plan.BASIC, 900_000, Sector.OTHER)
DRIVER = terms(Plan.BASIC, 1_000_000, Sector.TRANSPORT)
TRADER = terms(Plan.COMPLETE, 3_000_000, Sector.OTHER)


def test_a_fisherman_pays_half_until_december(book):
    quoted = quote(book, FISHERMAN, start=NOVEMBER, months=3, payer=PayerKind.SELF)
    assert amounts(quoted) == [8_400, 8_400, 16_800]
    assert quoted.total == Rupiah(33_600)


def test_a_driver_pays_half_until_march(book):
    quoted = quote(book, DRIVER, start=NOVEMBER, months=6, payer=PayerKind.SELF)
    assert amounts(quoted) == [8_400] * 5 + [16_800]
    assert quoted.total == Rupiah(58_800)


def test_a_trader_saves_for_old_age_without_relief(book):
    quoted = quote(book, TRADER, start=Month(2026, 12), months=2, payer=PayerKind.SELF)
    assert quoted.band == 10
    assert amounts(quoted) == [77_150, 95_300]
    assert quoted.total == Rupiah(172_450)


def test_a_region_s_budget_pays_in_full(book):
    quoted = quote(book, FISHERMAN, start=NOVEMBER, months=3, payer=PayerKind.APBD)
    assert amounts(quoted) == [16_800] * 3


def test_a_line_says_what_was_waived_and_by_which_law(book):
    priced = price(book, TRADER, NOVEMBER, PayerKind.SELF)
    jkk, jkm, jht = priced.lines
    assert (jkk.programme, jkm.programme, jht.programme) == tuple(Programme)
    assert (jkk.base, jkk.relief, jkk.amount) == (Rupiah(29_500), Rupiah(14_750), Rupiah(14_750))
    assert (jkk.rule, jkk.basis) == ("pp50-2025-other", "PP 44/2015 Lampiran II; PP 50/2025")
    assert (jht.base, jht.relief, jht.amount) == (Rupiah(59_000), Rupiah(0), Rupiah(59_000))
    assert (jht.rule, jht.basis) == (None, "PP 46/2015")


def test_a_quote_names_the_rates_it_was_made_from(book):
    quoted = quote(book, TRADER, start=NOVEMBER, months=1, payer=PayerKind.SELF)
    assert (quoted.rates_version, quoted.reference_income) == ("2025-12", Rupiah(2_950_000))


def test_months_before_the_rates_have_no_price(book):
    price(book, TRADER, Month(2015, 7), PayerKind.SELF)
    with pytest.raises(NotPricedYet):
        price(book, TRADER, Month(2015, 6), PayerKind.SELF)


def test_a_waiver_that_is_no_whole_number_is_rounded_down(book):
    third = replace(book, reliefs=tuple(replace(r, percent_off=33) for r in book.reliefs))
    jkm = price(third, FISHERMAN, NOVEMBER, PayerKind.SELF).lines[1]
    odd = replace(book, reliefs=tuple(replace(r, percent_off=1) for r in book.reliefs))
    assert jkm.relief == Rupiah(2_244)
    assert price(odd, TRADER, NOVEMBER, PayerKind.SELF).lines[0].relief == Rupiah(295)
    assert price(odd, FISHERMAN, NOVEMBER, PayerKind.SELF).lines[1].relief == Rupiah(68)


def test_no_published_waiver_needs_rounding(book):
    for band in book.bands:
        for relief in book.reliefs:
            for programme in relief.programmes:
                assert band.base[programme].amount * relief.percent_off % 100 == 0


def amounts(quoted):
    return [month.amount.amount for month in quoted.months]


@pytest.fixture(scope="module")
def book():
    return RateBook.load(Path(__file__).parents[2] / "data" / "rates" / "2025-12")
