"""Every price against a second computation, written from the law and from nothing of ours.

PP 44/2015 Lampiran II (bands, JKK 1 %, JKM Rp6.800), PP 46/2015 (JHT 2 %), PP 50/2025
(half of JKK and JKM waived).
"""

from itertools import product
from pathlib import Path

import pytest

from models.pricing import Terms, price
from models.rates import RateBook
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector

BANDS = range(1, 34)
MONTHS = [(year, month) for year in (2026, 2027, 2028) for month in range(1, 13)]


def wage_in_law(band):
    if band <= 9:
        return 800_000 + 200_000 * band
    if band <= 20:
        return 500_000 * band - 2_050_000
    return 1_000_000 * band - 12_300_000


def lowest_income_in_law(band):
    if band == 1:
        return 0
    width = 200_000 if band <= 9 else 500_000 if band <= 20 else 1_000_000
    return wage_in_law(band) - width // 2


def amount_in_law(band, plan, sector, year, month, payer):
    protection = wage_in_law(band) // 100 + 6_800
    savings = wage_in_law(band) // 50 if plan == "complete" else 0
    if waived(sector, year, month) and payer not in ("apbn", "apbd"):
        assert protection % 2 == 0
        protection //= 2
    return protection + savings


def waived(sector, year, month):
    if sector == "transport":
        return year == 2026 or (year == 2027 and month <= 3)
    return year == 2026 and month >= 4


@pytest.mark.parametrize("payer", list(PayerKind))
@pytest.mark.parametrize("band", BANDS)
def test_every_price_is_what_the_law_makes_it(book, band, payer):
    for plan, sector, (year, month) in product(Plan, Sector, MONTHS):
        income = Rupiah(lowest_income_in_law(band))
        terms = Terms(plan=plan, monthly_income=income, sector=sector)
        priced = price(book, terms, Month(year, month), payer)
        lawful = amount_in_law(band, plan.value, sector.value, year, month, payer.value)
        assert (priced.band, priced.amount.amount) == (band, lawful), (plan, sector, year, month)


@pytest.mark.parametrize("band", BANDS)
def test_every_income_of_a_band_has_its_wage(book, band):
    lowest = lowest_income_in_law(band)
    highest = lowest_income_in_law(band + 1) - 1 if band < 33 else 10**12
    for income in (lowest, wage_in_law(band), highest):
        found = book.band_for(Rupiah(income))
        assert (found.number, found.reference_income.amount) == (band, wage_in_law(band))


def test_the_highest_jkk_is_the_published_maximum():
    assert wage_in_law(33) // 100 == 207_000


@pytest.fixture(scope="module")
def book():
    return RateBook.load(Path(__file__).parents[2] / "data" / "rates" / "2025-12")
