import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from models.rates import BrokenRateBook, RateBook, RateBooks, UnknownRatesVersion
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Programme
from models.values.rupiah import Rupiah
from models.values.sector import Sector

BOOKS = Path(__file__).parents[2] / "data" / "rates"

# A published book never changes. If this test fails, restore the book and make a
# new one beside it; a new book gets a new line here.
PUBLISHED = {
    "2025-12": "2380d49c7d7b1280a444e322ba193590e7b68b81f5f9afda58424714a267a506",
}


def digest_of(book: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(book.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def test_published_books_stay_as_they_were():
    assert {book.name: digest_of(book) for book in BOOKS.iterdir() if book.is_dir()} == PUBLISHED


def test_the_newest_book_is_the_current_one(book):
    older, newer = replace(book, version="2025-12b"), replace(book, version="2026-01")
    books = RateBooks({b.version: b for b in (newer, book, older)})
    assert books.current is newer


def test_a_book_is_found_by_its_version(books):
    assert books.version("2025-12").version == "2025-12"


def test_an_unpublished_version_is_not_found(books):
    with pytest.raises(UnknownRatesVersion):
        books.version("1999-01")


def test_there_are_33_bands_and_four_reliefs_worth_of_programmes(book):
    assert len(book.bands) == 33
    assert {(relief.rule, *sorted(relief.programmes)) for relief in book.reliefs} == {
        ("pp50-2025-transport", "JKK", "JKM"),
        ("pp50-2025-other", "JKK", "JKM"),
    }


@pytest.mark.parametrize(
    ("income", "band"),
    [
        (0, 1),
        (1, 1),
        (1_099_999, 1),
        (1_100_000, 2),
        (2_699_999, 9),
        (2_700_000, 10),
        (8_199_999, 20),
        (8_200_000, 21),
        (20_199_999, 32),
        (20_200_000, 33),
        (10**15, 33),
    ],
)
def test_an_income_is_in_the_highest_band_that_starts_at_or_below_it(book, income, band):
    assert book.band_for(Rupiah(income)).number == band


def test_an_income_is_not_negative(book):
    with pytest.raises(ValueError, match="not negative"):
        book.band_for(Rupiah(-1))


@pytest.mark.parametrize(
    ("sector", "month", "rule"),
    [
        (Sector.TRANSPORT, "2025-12", None),
        (Sector.TRANSPORT, "2026-01", "pp50-2025-transport"),
        (Sector.TRANSPORT, "2027-03", "pp50-2025-transport"),
        (Sector.TRANSPORT, "2027-04", None),
        (Sector.OTHER, "2026-03", None),
        (Sector.OTHER, "2026-04", "pp50-2025-other"),
        (Sector.OTHER, "2026-12", "pp50-2025-other"),
        (Sector.OTHER, "2027-01", None),
    ],
)
def test_relief_has_a_first_and_a_last_month(book, sector, month, rule):
    relief = book.relief_for(Programme.JKK, sector, Month.parse(month), PayerKind.SELF)
    assert (relief and relief.rule) == rule


@pytest.mark.parametrize("payer", [PayerKind.APBN, PayerKind.APBD])
def test_public_budgets_get_no_relief(book, payer):
    assert book.relief_for(Programme.JKK, Sector.OTHER, Month(2026, 11), payer) is None


def test_old_age_gets_no_relief(book):
    november = Month(2026, 11)
    assert book.relief_for(Programme.JHT, Sector.OTHER, november, PayerKind.SELF) is None


def test_two_reliefs_for_the_same_case_are_refused(book):
    longer = replace(book.reliefs[0], rule="another", last_month=Month(2028, 1))
    with pytest.raises(BrokenRateBook, match="overlaps"):
        replace(book, reliefs=(*book.reliefs, longer))


def test_a_relief_may_follow_another(book):
    again = replace(book.reliefs[0], first_month=Month(2027, 4), last_month=Month(2027, 9))
    replace(book, reliefs=(*book.reliefs, again))


@pytest.mark.parametrize("bands", [slice(0, 0), slice(1, None), slice(None, None, -1)])
def test_bands_missing_or_out_of_order_are_refused(book, bands):
    with pytest.raises(BrokenRateBook):
        replace(book, bands=book.bands[bands])


def test_incomes_that_do_not_rise_are_refused(book):
    first, second = book.bands[:2]
    with pytest.raises(BrokenRateBook, match="rise"):
        replace(book, bands=(first, replace(second, income_from=Rupiah(0))))


def test_a_contribution_that_is_not_its_rate_is_refused(tmp_path):
    copy = tmp_path / "2025-12"
    shutil.copytree(BOOKS / "2025-12", copy)
    table = copy / "bands.csv"
    table.write_text(table.read_text().replace(",29500,", ",29501,"))
    with pytest.raises(BrokenRateBook, match="JKK of band 10"):
        RateBook.load(copy)


def test_a_directory_that_is_no_version_is_refused(tmp_path):
    copy = tmp_path / "draft"
    shutil.copytree(BOOKS / "2025-12", copy)
    with pytest.raises(BrokenRateBook, match="not a version"):
        RateBooks.load(tmp_path)


def test_no_book_at_all_is_refused(tmp_path):
    with pytest.raises(BrokenRateBook):
        RateBooks.load(tmp_path)


@pytest.fixture(scope="module")
def books():
    return RateBooks.load(BOOKS)


@pytest.fixture(scope="module")
def book(books):
    return books.version("2025-12")
