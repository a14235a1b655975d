from dataclasses import dataclass
from datetime import datetime

import pytest

from models.choices import NoPlanChosen, terms_for
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from tests.models.paying import MILLION, wib

NOVEMBER = Month(2026, 11)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    from_month: Month
    decided_at: datetime
    plan: Plan = Plan.BASIC
    monthly_income: Rupiah = MILLION
    sector: Sector = Sector.OTHER


BASIC = Chosen(from_month=NOVEMBER, decided_at=wib(2026, 11, 1))
COMPLETE = Chosen(
    from_month=NOVEMBER + 2,
    decided_at=wib(2026, 11, 20),
    plan=Plan.COMPLETE,
    monthly_income=Rupiah(3_000_000),
    sector=Sector.TRANSPORT,
)


def test_a_choice_counts_from_its_month_on():
    choices = [BASIC, COMPLETE]
    assert [terms_for(NOVEMBER + n, choices).plan for n in range(4)] == [
        Plan.BASIC,
        Plan.BASIC,
        Plan.COMPLETE,
        Plan.COMPLETE,
    ]


def test_it_brings_its_own_income_and_sector():
    terms = terms_for(NOVEMBER + 2, [BASIC, COMPLETE])
    assert (terms.monthly_income, terms.sector) == (Rupiah(3_000_000), Sector.TRANSPORT)


def test_the_last_decision_counts_even_over_one_for_a_later_month():
    changed_mind = Chosen(from_month=NOVEMBER + 1, decided_at=wib(2026, 11, 25))
    assert terms_for(NOVEMBER + 5, [COMPLETE, changed_mind, BASIC]).plan is Plan.BASIC


def test_of_two_at_the_same_instant_the_later_listed_counts():
    twin = Chosen(from_month=NOVEMBER, decided_at=BASIC.decided_at, plan=Plan.COMPLETE)
    assert terms_for(NOVEMBER, [BASIC, twin]).plan is Plan.COMPLETE
    assert terms_for(NOVEMBER, [twin, BASIC]).plan is Plan.BASIC


@pytest.mark.parametrize("choices", [[], [COMPLETE]])
def test_without_a_choice_there_are_no_terms(choices):
    with pytest.raises(NoPlanChosen):
        terms_for(NOVEMBER, choices)
