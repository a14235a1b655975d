from pathlib import Path

import pytest

from models.occupations import BrokenOccupations, Occupations
from models.values.sector import Sector

DATA = Path(__file__).parents[2] / "data" / "occupations.csv"
TRANSPORT = Sector.TRANSPORT
HEADING = "code,name_id,name_en,transport_sector,isco08,aliases\n"


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return Occupations.load(DATA)


def found(occupations: Occupations, text: str) -> list[str]:
    return [entry.code for entry in occupations.search(text)]


def test_every_occupation_is_there(occupations):
    assert len(occupations.by_code) == 63


def test_ojol_drivers_and_not_porters_are_in_the_transport_sector(occupations):
    assert occupations.find("TR01").sector is Sector.TRANSPORT
    assert occupations.find("TR15").sector is Sector.OTHER


def test_the_sector_of_an_occupation_is_for_ever(occupations):
    """It decides the relief, and a quote under a rates version never changes. So a code is neither
    taken away nor moved to another sector: a new code is added in its place."""
    transport = {code for code, entry in occupations.by_code.items() if entry.sector is TRANSPORT}
    assert transport == {f"TR{number:02}" for number in (*range(1, 9), *range(10, 15))}


def test_an_unknown_code_finds_nothing(occupations):
    assert occupations.find("TR99") is None


def test_without_words_all_are_shown_in_the_order_of_the_file(occupations):
    assert found(occupations, " ?! ") == list(occupations.by_code)


def test_what_people_call_it_finds_it_while_they_type(occupations):
    assert found(occupations, "ojol") == found(occupations, "OJ onl") == ["TR01"]


def test_a_whole_word_comes_before_a_begun_one(occupations):
    assert found(occupations, "art")[0] == "SV01"


def test_indonesian_comes_before_english(occupations):
    assert found(occupations, "guide") == ["SV14"]
    assert found(occupations, "fish")[0].startswith("FI")


def test_a_word_too_many_still_finds_the_rest(occupations):
    assert "TR05" in found(occupations, "supir angkot merah")


def test_nothing_is_found_by_nothing_known(occupations):
    assert found(occupations, "xyzzy") == []


def test_a_code_that_appears_twice_is_refused(tmp_path):
    path = tmp_path / "occupations.csv"
    path.write_text(HEADING + "A1,a,a,true,1,\nA1,b,b,true,1,\n")

    with pytest.raises(BrokenOccupations):
        Occupations.load(path)


def test_an_occupation_without_a_sector_is_refused(tmp_path):
    path = tmp_path / "occupations.csv"
    path.write_text(HEADING + "A1,a,a,maybe,1,\n")

    with pytest.raises(BrokenOccupations):
        Occupations.load(path)
