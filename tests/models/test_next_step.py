from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.coverage import Coverage, CoverageStatus
from models.next_step import NextStep, Situation, next_step
from models.values.identity import IdentityStatus

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def covered_until(day, *, now=NOW):
    return Coverage(as_of=now, status=CoverageStatus.ACTIVE, protected_until=day, next_due_on=day)


def uncovered(status):
    return Coverage(as_of=NOW, status=status)


READY = Situation(
    identity=IdentityStatus.VERIFIED,
    profile_complete=True,
    consents_given=True,
    plan_chosen=True,
    invoice_open=False,
    coverage=uncovered(CoverageStatus.NOT_STARTED),
)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({}, NextStep.PAY),
        ({"plan_chosen": False}, NextStep.CHOOSE_PLAN),
        ({"plan_chosen": False, "profile_complete": False}, NextStep.COMPLETE_PROFILE),
        ({"profile_complete": False, "consents_given": False}, NextStep.ACCEPT_CONSENTS),
        ({"consents_given": False}, NextStep.ACCEPT_CONSENTS),
        ({"invoice_open": True}, NextStep.WAIT_FOR_PAYMENT),
        ({"invoice_open": True, "consents_given": False}, NextStep.WAIT_FOR_PAYMENT),
        ({"identity": IdentityStatus.PENDING}, NextStep.WAIT_FOR_IDENTITY),
        ({"identity": IdentityStatus.NEEDS_CORRECTION}, NextStep.CORRECT_IDENTITY),
        ({"identity": IdentityStatus.IN_REVIEW}, NextStep.WAIT_FOR_REVIEW),
        ({"identity": IdentityStatus.REFUSED}, NextStep.CONTACT_SUPPORT),
        ({"identity": IdentityStatus.PENDING, "plan_chosen": False}, NextStep.WAIT_FOR_IDENTITY),
        ({"coverage": covered_until(date(2026, 12, 31))}, NextStep.NONE),
        ({"coverage": covered_until(date(2026, 11, 30))}, NextStep.NONE),
        ({"coverage": covered_until(date(2026, 11, 29))}, NextStep.PAY),
        ({"coverage": uncovered(CoverageStatus.GRACE)}, NextStep.PAY),
        ({"coverage": uncovered(CoverageStatus.LAPSED)}, NextStep.PAY),
        ({"leaving": True}, NextStep.NONE),
        ({"leaving": True, "identity": IdentityStatus.NEEDS_CORRECTION}, NextStep.NONE),
        (
            {"coverage": covered_until(date(2026, 11, 29)), "invoice_open": True},
            NextStep.WAIT_FOR_PAYMENT,
        ),
    ],
)
def test_the_next_step_is_the_first_that_is_missing(change, step):
    assert next_step(replace(READY, **change)) is step


def test_a_week_before_the_last_day_begins_at_jakarta_s_midnight():
    day = date(2026, 11, 30)
    eve = datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC)
    midnight = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert next_step(replace(READY, coverage=covered_until(day, now=eve))) is NextStep.NONE
    assert next_step(replace(READY, coverage=covered_until(day, now=midnight))) is NextStep.PAY
