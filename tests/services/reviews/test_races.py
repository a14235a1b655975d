"""Officers at once, and what else happens to a worker meanwhile: really committed, from threads."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from models.identity_verdict import IdentityReason
from models.review import Review
from models.values.audit import AuditAction
from models.values.decision import Outcome
from models.values.identity import IdentityStatus
from models.values.review import Ruling
from models.worker import Worker
from services import identity_refusal
from services.ports import Ports
from services.reviews import claiming
from services.reviews.deciding import Decided
from services.reviews.errors import ReviewClaimed
from services.reviews.shown import OpenedCase
from tests.cases import claim_and_decide, decide, deeds, reviewer, worker
from tests.payers import add_worker
from tests.services.test_billing_races import at_once

ROUNDS = 5
VERIFIED, REFUSED = IdentityStatus.VERIFIED, IdentityStatus.REFUSED


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def in_review(ports, nik_of=None):
    """:param nik_of: another worker, with whose NIK they registered, too."""
    worker_id = add_worker(ports, identity=IdentityStatus.IN_REVIEW).worker_id
    with ports.transactions.begin() as session:
        row = session.get_one(Worker, worker_id)
        row.identity_reason = IdentityReason.DUPLICATE_RECORD
        if nik_of is not None:
            row.nik_key = session.get_one(Worker, nik_of).nik_key
    return worker_id


def reviews_of(ports, worker_id):
    with ports.transactions.reading() as session:
        return session.scalar(select(func.count()).where(Review.worker_id == worker_id))


def test_of_many_officers_who_claim_a_case_one_gets_it(ports):
    officers = [reviewer(ports) for _ in range(4)]
    for _ in range(ROUNDS):
        case_id = in_review(ports)
        answers = at_once(
            *[lambda by=by, case=case_id: claiming.claim(ports, by, case) for by in officers]
        )
        kinds = Counter(type(each) for each in answers)
        assert kinds == {OpenedCase: 1, ReviewClaimed: 3}
        assert reviews_of(ports, case_id) == 1


def test_one_officer_who_decides_twice_at_once_has_decided_once(ports):
    rina = reviewer(ports)
    for _ in range(ROUNDS):
        case_id = in_review(ports)
        claiming.claim(ports, rina, case_id)
        answers = at_once(
            lambda case=case_id: decide(ports, rina, case, Ruling.VERIFY),
            lambda case=case_id: decide(ports, rina, case, Ruling.NEEDS_CORRECTION),
        )
        [made] = [each for each in answers if isinstance(each, Decided)]
        becomes = worker(ports, case_id).identity_status
        verified = made.decision is Ruling.VERIFY
        assert becomes is (VERIFIED if verified else IdentityStatus.NEEDS_CORRECTION)
        assert reviews_of(ports, case_id) == 1


def test_two_second_officers_at_once_confirm_once(ports):
    first, others = reviewer(ports), [reviewer(ports), reviewer(ports)]
    for _ in range(ROUNDS):
        case_id = in_review(ports)
        claim_and_decide(ports, first, case_id, Ruling.REFUSE)
        answers = at_once(
            *[
                lambda by=by, case=case_id: claim_and_decide(ports, by, case, Ruling.REFUSE)
                for by in others
            ]
        )
        outcomes = [each.outcome for each in answers if isinstance(each, Decided)]
        # Who claims it only then takes up a refused identity, and that waits for yet another officer.
        assert outcomes.count(Outcome.DECIDED) == 1
        assert worker(ports, case_id).identity_status is REFUSED


def test_two_claims_to_one_nik_that_are_verified_at_once_are_one_holder(ports):
    rina, budi = reviewer(ports), reviewer(ports)
    for _ in range(ROUNDS):
        one = in_review(ports)
        other = in_review(ports, nik_of=one)
        answers = at_once(
            lambda case=one: claim_and_decide(ports, rina, case, Ruling.VERIFY),
            lambda case=other: claim_and_decide(ports, budi, case, Ruling.VERIFY),
        )
        assert sum(isinstance(each, Decided) for each in answers) == 1
        standing = [worker(ports, each).identity_status for each in (one, other)]
        assert Counter(standing) == {VERIFIED: 1, IdentityStatus.IN_REVIEW: 1}
        refused = [each.code for each in answers if not isinstance(each, Decided)]
        assert refused == ["nik-held-by-another"]


def test_a_refusal_of_another_kind_and_a_decision_come_one_after_the_other(ports):
    rina = reviewer(ports)
    for _ in range(ROUNDS):
        case_id = in_review(ports)
        claiming.claim(ports, rina, case_id)
        answers = at_once(
            lambda case=case_id: decide(ports, rina, case, Ruling.VERIFY),
            lambda case=case_id: identity_refusal.refuse(ports, case, IdentityReason.DECEASED),
        )
        assert worker(ports, case_id).identity_status is REFUSED
        assert isinstance(answers[0], Decided) or answers[0].code == "review-changed"


def test_every_try_is_on_record(ports):
    rina, budi = reviewer(ports), reviewer(ports)
    case_id = in_review(ports)
    at_once(
        lambda: claiming.claim(ports, rina, case_id), lambda: claiming.claim(ports, budi, case_id)
    )
    tried = [*deeds(ports, rina), *deeds(ports, budi)]
    assert {each.action for each in tried} == {AuditAction.CLAIMED_REVIEW}
    assert sorted(str(each.refusal) for each in tried) == ["None", "review-claimed"]
