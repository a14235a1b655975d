import pytest

from models.benefits import FULL_JKM, benefits_kept, benefits_of
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah

MILLION = Rupiah(1_000_000)


def amounts(programme, reference_income):
    return {b.code: b.amount for b in benefits_of(programme, reference_income)}


def test_work_accident_benefits_follow_the_reference_income():
    assert amounts(Programme.JKK, MILLION) == {
        "treatment": None,
        "temporary-inability": MILLION,
        "death-at-work": Rupiah(48_000_000),
        "total-disability": Rupiah(56_000_000),
        "home-care": Rupiah(20_000_000),
        "scholarships": Rupiah(174_000_000),
        "return-to-work": None,
    }


def test_for_nobody_in_particular_the_multiples_stand_for_themselves():
    death = next(b for b in benefits_of(Programme.JKK, None) if b.code == "death-at-work")
    assert death.amount is None
    assert death.words.id == "Santunan meninggal karena kecelakaan kerja: 48 × penghasilan acuan"
    assert death.words.en == "Death through a work accident: 48 × the reference income"


def test_the_full_death_benefit_is_42_million():
    assert Rupiah(42_000_000) == FULL_JKM
    assert "Rp42.000.000" in benefits_of(Programme.JKM, MILLION)[0].words.id
    assert "Rp42,000,000" in benefits_of(Programme.JKM, MILLION)[0].words.en


@pytest.mark.parametrize("income", [None, MILLION])
@pytest.mark.parametrize("programme", Programme)
def test_no_words_are_left_unfilled(programme, income):
    for benefit in benefits_of(programme, income):
        assert "{" not in benefit.words.id + benefit.words.en


def test_only_savings_are_kept_without_paying():
    assert [len(benefits_kept(programme)) for programme in Programme] == [0, 0, 1]


def test_the_plans_are_those_of_the_law():
    assert Plan.BASIC.programmes == (Programme.JKK, Programme.JKM)
    assert Plan.COMPLETE.programmes == (Programme.JKK, Programme.JKM, Programme.JHT)
