from datetime import date

import pytest

from models.known_areas import KnownAreas
from models.values.nik import PROVINCES, Nik
from models.values.nik_review import NikNote
from models.values.sex import Sex
from tests.installation import DATA

BORN = date(1993, 7, 5)


@pytest.fixture(scope="module")
def areas():
    return KnownAreas.load(DATA)


def notes(areas, digits):
    return areas.notes_on(Nik(digits), BORN, Sex.FEMALE)


def test_a_nik_of_today_deserves_no_second_look(areas):
    assert notes(areas, "3171014507930001") == ()


def test_an_old_district_is_noted(areas):
    assert notes(areas, "1104044507930001") == (NikNote.RETIRED_DISTRICT,)


def test_an_unknown_regency_is_noted_once(areas):
    assert notes(areas, "3199994507930001") == (NikNote.UNKNOWN_REGENCY,)


def test_every_province_of_a_nik_has_regencies_and_no_other_has(areas):
    assert {code[:2] for code in areas.regencies} == PROVINCES


def test_no_district_is_both_in_use_and_retired(areas):
    assert not areas.districts & areas.retired


def test_it_can_be_shown_without_filling_the_screen(areas):
    assert len(repr(areas)) < 200
