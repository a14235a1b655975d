from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.region import select_village_path
from models.values.page import PageRequest
from services import regions
from services.regions import RegionNotFound
from services.transactions import DatabaseTransactions
from tests.reference import loaded

FIRST = PageRequest(limit=5)


@pytest.fixture(scope="module")
def engine(migrated, tmp_path_factory):
    with loaded(migrated, tmp_path_factory.mktemp("areas")) as engine:
        yield engine


@pytest.fixture
def ports(engine):
    return SimpleNamespace(transactions=DatabaseTransactions(engine, lambda: None))


def names(page) -> list[str]:
    return [region.name for region in page.items]


def test_without_a_parent_there_are_the_provinces(ports):
    page = regions.children(ports, None, FIRST)

    assert names(page) == ["Daerah Khusus Ibukota Jakarta", "Jawa Barat"]


def test_children_come_by_name_and_page_after_page(ports):
    page, read = regions.children(ports, "32", FIRST), []
    while page.next_after is not None:
        read += names(page)
        page = regions.children(ports, "32", PageRequest(limit=5, after=page.next_after))
    read += names(page)

    assert len(read) == 27
    assert read == sorted(read)


def test_a_village_has_no_parts(ports):
    assert regions.children(ports, "32.76.05.1005", FIRST).items == []


def test_the_parts_of_what_does_not_exist_cannot_be_listed(ports):
    with pytest.raises(RegionNotFound):
        regions.children(ports, "32.99", FIRST)


def test_an_area_knows_those_around_it(ports):
    village = regions.search(ports, "sukamaju cilodong", FIRST).items[0]

    found = regions.find(ports, village.code)

    assert found.level == "village"
    assert found.district.name == "Cilodong"
    assert (found.regency.code, found.regency.name) == ("32.76", "Kota Depok")
    assert (found.province.code, found.province.name) == ("32", "Jawa Barat")


def test_a_province_has_none_around_it(ports):
    found = regions.find(ports, "32")

    assert (found.district, found.regency, found.province) == (None, None, None)


def test_the_very_name_comes_before_longer_ones_and_larger_areas_first(ports):
    page = regions.search(ports, "bandung", PageRequest(limit=4))

    assert names(page)[:2] == ["Kabupaten Bandung", "Kota Bandung"]


def test_a_city_is_found_as_people_say_it(ports):
    assert names(regions.search(ports, "kota depok", FIRST))[0] == "Kota Depok"


@pytest.mark.parametrize(
    "text",
    [
        "sukamaju cilodong",
        "CILODONG, Suka Maju",
        "kel. sukamaju kec. cilodong",
        "sukam depok cilo",
        "sukamaju kota depok jawa barat",
    ],
)
def test_a_village_is_found_however_it_is_described(ports, text):
    found = regions.search(ports, text, FIRST).items[0]

    assert (found.name, found.district.name) == ("Sukamaju", "Cilodong")


def test_one_letter_finds_the_names_that_begin_with_it(ports):
    page = regions.search(ports, "b", FIRST)

    assert names(page)[0] == "Kabupaten Bandung"
    assert all(region.squeezed.startswith("b") for region in page.items)


def test_pages_of_a_search_neither_repeat_nor_skip(ports):
    whole = regions.search(ports, "suka", PageRequest(limit=200))
    page, read = regions.search(ports, "suka", PageRequest(limit=7)), []
    while len(read) < len(whole.items):
        read += [region.code for region in page.items]
        page = regions.search(ports, "suka", PageRequest(limit=7, after=page.next_after))

    assert read[:200] == [region.code for region in whole.items][: len(read)]
    assert len(set(read)) == len(read)


@pytest.mark.parametrize(
    "text",
    [
        "%_\\",
        "' & | ! <-> :*",
        "a'b",
        "\\",
        "(((",
        "suka:*A | !b",
        "x" * 10_000,
        "ab " * 3_000,
        "\x00",
        "\ud800",
        "0x1f 1e5 -2 ½ ²",
        "ﬁ",
        "--",
        "; drop table listed_region",
    ],
)
def test_hostile_texts_are_searched_for_like_any_other(ports, text):
    page = regions.search(ports, text, FIRST)

    assert isinstance(names(page), list)


def test_a_search_is_one_statement(ports, engine):
    seen = []
    event.listen(engine, "before_cursor_execute", lambda c, cur, sql, *_: seen.append(sql))

    regions.search(ports, "sukamaju depok", FIRST)

    assert len(seen) == 1


def test_a_village_is_read_with_all_that_is_around_it_in_one_statement(engine):
    with Session(engine) as session:
        village = session.scalar(select_village_path("31.71.07.1001"))

    assert village.district.regency.province.code == "31"
