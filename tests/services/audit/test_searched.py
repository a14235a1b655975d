"""Whether two searches were for the same: it can be told without keeping what for."""

from datetime import date
from uuid import UUID

import pytest

from models.values.audit import SearchedBy
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from services.audit.searched import searched

BORN, ANOTHER_DAY = date(1990, 8, 17), date(1990, 8, 18)
OJEK, KURIR = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("by", "one", "same"),
    [
        (SearchedBy.NIK, (Nik("3171011708900001"),), (Nik("3171011708900001"),)),
        (
            SearchedBy.PHONE,
            (PhoneNumber.parse("0812-3456-7890"),),
            (PhoneNumber.parse("+62 812 3456 7890"),),
        ),
        (SearchedBy.MEMBER_NUMBER, (MemberNumber("44312772276"),), ("44312772276",)),
        (SearchedBy.BANK_REFERENCE, ("Ref-1",), (" ref-1 ",)),
        (SearchedBy.NAME, ("Siti Nurhaliza", BORN), ("NURHALIZA,  síti", BORN)),
        (SearchedBy.EXTERNAL_ID, ("DRV-1", OJEK), ("drv-1", OJEK)),
    ],
)
def test_the_same_is_told_alike(ports, by, one, same):
    assert searched(ports.vault, by, *one) == searched(ports.vault, by, *same)
    assert searched(ports.vault, by, *one).by is by


@pytest.mark.parametrize(
    ("by", "one", "other"),
    [
        (SearchedBy.NIK, (Nik("3171011708900001"),), (Nik("3171011708900002"),)),
        (SearchedBy.NAME, ("Siti", BORN), ("Siti", ANOTHER_DAY)),
        (SearchedBy.EXTERNAL_ID, ("DRV-1", OJEK), ("DRV-1", KURIR)),
        (SearchedBy.USERNAME, ("siti",), ("sitti",)),
    ],
)
def test_another_is_told_apart(ports, by, one, other):
    assert searched(ports.vault, by, *one) != searched(ports.vault, by, *other)


def test_the_same_digits_by_another_key_are_another_search(ports):
    one = searched(ports.vault, SearchedBy.BANK_REFERENCE, "44312772276")
    other = searched(ports.vault, SearchedBy.VIRTUAL_ACCOUNT_NO, "44312772276")
    assert one.key != other.key


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (SearchedBy.NIK, Nik("3171011708900001")),
        (SearchedBy.PHONE, PhoneNumber.parse("0812-3456-7890")),
    ],
)
def test_nobody_is_found_by_what_is_in_the_audit(ports, by, value):
    assert searched(ports.vault, by, value).key != ports.vault.search_key_of(value)
