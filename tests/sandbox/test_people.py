"""The invented population."""

import pytest

from sandbox.people import FEMALE, RESIDENTS, score


@pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.nik)
def test_a_nik_says_when_its_holder_was_born_and_belongs_to_nobody(resident):
    day = resident.birth_date.day + (40 if resident.sex == FEMALE else 0)
    assert resident.nik[6:12] == f"{day:02}{resident.birth_date:%m%y}"
    assert len(resident.nik) == 16
    assert "9100" <= resident.nik[12:] <= "9199"


def test_no_two_people_share_a_nik():
    assert len({resident.nik for resident in RESIDENTS}) == len(RESIDENTS)


@pytest.mark.parametrize(
    ("said", "held", "least", "most"),
    [
        ("Slamet", "SLAMET", 100, 100),
        ("nur  aisyah.", "NUR AISYAH", 100, 100),
        ("Aisyah Nur", "NUR AISYAH", 90, 99),
        ("Muhamad Rizki Pratama", "MUHAMMAD RIZKY PRATAMA", 85, 99),
        ("M. Rizky Pratama", "MUHAMMAD RIZKY PRATAMA", 60, 84),
        ("Slamet Riyadi", "SLAMET", 40, 84),
        ("Budi", "SLAMET", 0, 30),
        ("", "SLAMET", 0, 0),
    ],
)
def test_names_are_alike_in_degrees(said, held, least, most):
    assert least <= score(said, held) <= most
