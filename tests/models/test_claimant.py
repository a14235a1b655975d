from datetime import date

import pytest

from models.claimant import Claimant
from models.values.nik import Nik
from models.worker import Worker

BORN = date(1993, 7, 5)
HOLDER = Worker(full_name="Siti Ma'rufah", birth_date=BORN)


def claimant(full_name, birth_date=BORN):
    return Claimant(nik=Nik("3273014507930001"), full_name=full_name, birth_date=birth_date)


@pytest.mark.parametrize("name", ["Siti Ma'rufah", "SITI MARUFAH", " siti  marufah."])
def test_a_name_may_be_spelled_otherwise(name):
    assert claimant(name).describes(HOLDER)


@pytest.mark.parametrize("name", ["Siti", "Siti Marufa", "Marufah Siti"])
def test_another_name_is_somebody_else(name):
    assert not claimant(name).describes(HOLDER)


def test_another_birth_date_is_somebody_else():
    assert not claimant("Siti Ma'rufah", date(1993, 7, 6)).describes(HOLDER)
