"""One officer at a time has a case."""

from uuid import UUID

import pytest

from models.data_access import select_accesses
from models.values.audit import AuditAction
from models.values.identity import Finding
from models.values.review import ReviewState, Ruling
from services.reviews import claiming
from services.reviews.errors import (
    ReviewChanged,
    ReviewClaimed,
    ReviewNotClaimed,
    ReviewNotFound,
    ReviewOver,
    SecondOfficerNeeded,
)
from tests.api.joining import bearing, join
from tests.cases import answers, claim_and_decide, decide, deeds, duplicate, joined, reviewer


@pytest.fixture
def case_id(client, ports):
    return duplicate(client, ports)


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


def test_whoever_claims_a_case_sees_it_as_it_is(ports, case_id, rina):
    shown = claiming.claim(ports, rina, case_id)
    assert (shown.mine, shown.case.state, shown.case.claimed_by) == (
        True,
        ReviewState.CLAIMED,
        "rina",
    )
    assert shown.identity.checks


def test_a_colleague_learns_who_has_it_and_until_when(ports, clock, case_id, rina, budi):
    until = claiming.claim(ports, rina, case_id).case.claimed_until
    with pytest.raises(ReviewClaimed) as refused:
        claiming.claim(ports, budi, case_id)
    assert refused.value.details["claimed_by"] == "rina"
    assert refused.value.details["claimed_until"] == until


def test_claiming_again_prolongs_it(ports, clock, case_id, rina, budi):
    claiming.claim(ports, rina, case_id)
    clock.advance(minutes=20)
    claiming.claim(ports, rina, case_id)
    clock.advance(minutes=20)
    with pytest.raises(ReviewClaimed):
        claiming.claim(ports, budi, case_id)


def test_after_half_an_hour_a_colleague_may_have_it(ports, clock, case_id, rina, budi):
    claiming.claim(ports, rina, case_id)
    clock.advance(minutes=30)
    assert claiming.claim(ports, budi, case_id).mine
    with pytest.raises(ReviewClaimed):
        decide(ports, rina, case_id, Ruling.VERIFY)


def test_what_was_claimed_too_long_ago_is_not_decided(ports, clock, case_id, rina):
    claiming.claim(ports, rina, case_id)
    clock.advance(minutes=30)
    with pytest.raises(ReviewNotClaimed):
        decide(ports, rina, case_id, Ruling.VERIFY)


def test_what_nobody_has_claimed_is_not_decided(ports, case_id, rina):
    with pytest.raises(ReviewNotClaimed):
        decide(ports, rina, case_id, Ruling.VERIFY)


def test_a_case_is_given_back_and_giving_it_back_again_changes_nothing(ports, case_id, rina, budi):
    claiming.claim(ports, rina, case_id)
    assert claiming.release(ports, rina, case_id).state is ReviewState.OPEN
    assert claiming.release(ports, rina, case_id).state is ReviewState.OPEN
    assert claiming.claim(ports, budi, case_id).mine


def test_nobody_gives_back_what_a_colleague_has(ports, case_id, rina, budi):
    claiming.claim(ports, rina, case_id)
    with pytest.raises(ReviewClaimed):
        claiming.release(ports, budi, case_id)


def test_of_nobody_there_is_no_case(ports, rina):
    with pytest.raises(ReviewNotFound):
        claiming.claim(ports, rina, rina.account_id)


def test_of_whoever_is_verified_there_is_none_any_more(client, ports, rina):
    with pytest.raises(ReviewOver):
        claiming.claim(ports, rina, joined(client, ports))


def test_whoever_corrects_something_meanwhile_is_looked_at_again(client, ports, clock, rina):
    answers(ports, Finding.DUPLICATE)
    registered = join(client, ports)
    ports.jobs.work(ports)
    case_id = UUID(registered["worker"]["id"])
    claiming.claim(ports, rina, case_id)
    changed = {"full_name": "Siti Aminah Baru"}
    client.patch("/v1/me", json=changed, headers=bearing(registered["access_token"]))
    with pytest.raises(ReviewChanged):
        decide(ports, rina, case_id, Ruling.VERIFY)
    assert claiming.claim(ports, rina, case_id).worker.full_name == "Siti Aminah Baru"
    decide(ports, rina, case_id, Ruling.VERIFY)


def test_what_was_decided_first_about_other_data_is_void(client, ports, rina, budi):
    answers(ports, Finding.DUPLICATE)
    registered = join(client, ports)
    ports.jobs.work(ports)
    case_id = UUID(registered["worker"]["id"])
    claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
    changed = {"full_name": "Siti Aminah Baru"}
    client.patch("/v1/me", json=changed, headers=bearing(registered["access_token"]))
    shown = claiming.claim(ports, budi, case_id)
    assert (shown.first, shown.case.state) == (None, ReviewState.CLAIMED)


def test_whoever_has_decided_first_does_not_claim_it_again(ports, case_id, rina):
    claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
    with pytest.raises(SecondOfficerNeeded):
        claiming.claim(ports, rina, case_id)


def test_claiming_is_on_record_and_so_is_claiming_in_vain(ports, case_id, rina, budi):
    claiming.claim(ports, rina, case_id)
    with pytest.raises(ReviewClaimed):
        claiming.claim(ports, budi, case_id)
    claiming.release(ports, rina, case_id)
    assert [(each.action, each.about_id) for each in deeds(ports, rina)] == [
        (AuditAction.CLAIMED_REVIEW, case_id),
        (AuditAction.RELEASED_REVIEW, case_id),
    ]
    [vain] = deeds(ports, budi)
    assert (vain.action, vain.refusal) == (AuditAction.CLAIMED_REVIEW, "review-claimed")
    with ports.transactions.reading() as session:
        assert len(session.scalars(select_accesses(case_id)).all()) == 1
