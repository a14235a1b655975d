import pytest

from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from services import plans
from services.errors import Invalid
from services.plans import Question
from tests.payers import DRIVER, FISHERMAN


def ask(ports, **changes):
    question = {
        "plan": Plan.BASIC,
        "monthly_income": Rupiah(900_000),
        "occupation": FISHERMAN,
        "months": 3,
    }
    return plans.quote(ports, Question(**question | changes))


def faults_of(ports, **changes):
    with pytest.raises(Invalid) as refused:
        ask(ports, **changes)
    return {(fault.pointer, fault.code) for fault in refused.value.faults}


def test_each_plan_lists_its_programmes_and_their_benefits():
    basic, complete = plans.offered()
    assert [each.programme for each in basic.programmes] == [Programme.JKK, Programme.JKM]
    assert [each.programme for each in complete.programmes] == list(Programme)
    assert all(each.benefits for each in complete.programmes)


def test_a_quote_starts_with_the_current_month(ports):
    quoted = ask(ports)
    assert [month.month for month in quoted.months] == list(Month(2026, 11).span(3))
    assert quoted.total == Rupiah(33_600)


def test_the_occupation_decides_the_relief(ports):
    assert ask(ports, occupation=DRIVER, months=6).total == Rupiah(58_800)


def test_a_public_budget_pays_in_full(ports):
    assert ask(ports, payer=PayerKind.APBD).total == Rupiah(50_400)


def test_a_quote_can_start_in_any_month_that_has_rates(ports):
    quoted = ask(
        ports,
        plan=Plan.COMPLETE,
        monthly_income=Rupiah(3_000_000),
        months=2,
        start=Month(2026, 12),
        rates_version="2025-12",
    )
    assert (quoted.band, quoted.rates_version, quoted.total) == (10, "2025-12", Rupiah(172_450))


def test_what_is_unknown_is_said_all_at_once(ports):
    assert faults_of(ports, occupation="XX99", rates_version="1999-01") == {
        ("/occupation", "unknown-occupation"),
        ("/rates_version", "unknown-rates-version"),
    }


def test_months_before_the_rates_have_no_price(ports):
    assert faults_of(ports, start=Month(2014, 12)) == {("/from", "not-priced")}
