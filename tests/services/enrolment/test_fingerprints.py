from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from models.values.plan import Plan
from services.enrolment.fingerprints import NAMES, differing, fingerprints
from tests.enrolling import row

OJEK, KURIR = UUID(int=1), UUID(int=2)
OTHER = {
    "full_name": "Siti",
    "birth_place": None,
    "birth_date": date(1990, 1, 3),
    "sex": "F",
    "mother_maiden_name": None,
    "phone": "+6281234567891",
    "address": "",
    "village_code": "31.71.01.1002",
    "occupation_code": "FI01",
    "monthly_income": 3_500_001,
    "consent_version": "2026-12",
    "consented_at": datetime(2026, 11, 20, 3, 0, 1, tzinfo=UTC),
}


@pytest.fixture
def of(ports):
    def made(partner_id=OJEK, plan=Plan.BASIC, **values):
        [only] = fingerprints(ports.vault, partner_id, plan, [row(**values)])
        return only

    return made


def test_the_same_values_have_the_same(of):
    assert of() == of()


@pytest.mark.parametrize("name", OTHER)
def test_each_value_that_differs_is_named(of, name):
    assert differing(of(), of(**{name: OTHER[name]})) == (name,)


def test_so_is_the_plan(of):
    assert differing(of(), of(plan=Plan.COMPLETE)) == ("plan",)


def test_several_are_named_in_the_order_of_the_columns(of):
    assert differing(of(), of(plan=Plan.COMPLETE, **OTHER)) == NAMES


def test_an_instant_is_the_same_in_every_time_zone(of):
    jakarta = timezone(timedelta(hours=7))
    assert of(consented_at=datetime(2026, 11, 20, 10, tzinfo=jakarta)) == of()


def test_two_partners_cannot_be_compared_by_who_has_the_database(of):
    assert set(differing(of(), of(partner_id=KURIR))) == set(NAMES)


def test_of_no_rows_there_are_none(ports):
    assert fingerprints(ports.vault, OJEK, Plan.BASIC, []) == []
