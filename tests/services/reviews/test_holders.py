"""Two claim one NIK: staff decide whose it is, and the database lets one hold it."""

from uuid import UUID

import pytest

from models.identity_verdict import IdentityReason
from models.values.audit import AuditAction
from models.values.decision import Outcome
from models.values.identity import Finding, IdentityStatus
from models.values.page import PageRequest
from models.values.plan import Plan
from models.values.review import Ruling
from models.worker import Worker
from services import billing, erasing, plan_choice
from services.callers import SignedIn
from services.links import check_pacing
from services.once import Once
from services.reviews import claiming
from services.reviews.errors import NikHeldByAnother, NobodyDisplaced, NotTheHolder, ReviewOver
from services.timeline import own
from tests.api.joining import NIK, join
from tests.cases import (
    answers,
    claim_and_decide,
    contested,
    decide,
    deeds,
    reviewer,
    worker,
)
from tests.enrolled import enrol, pay_for
from tests.payers import pay
from tests.ties import add_partner
from tests.whole_lives import Life

VERIFIED, REFUSED = IdentityStatus.VERIFIED, IdentityStatus.REFUSED
IN_REVIEW = IdentityStatus.IN_REVIEW


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


def put(ports, worker_id, status):
    with ports.transactions.begin() as session:
        session.get_one(Worker, worker_id).identity_status = status


def status(ports, worker_id):
    return worker(ports, worker_id).identity_status


class TestTwoPeople:
    def test_verifying_must_say_whom_it_displaces(self, client, ports, rina):
        holder, later = contested(client, ports)
        with pytest.raises(NikHeldByAnother):
            claim_and_decide(ports, rina, later, Ruling.VERIFY)
        assert (status(ports, holder), status(ports, later)) == (VERIFIED, IN_REVIEW)

    def test_two_officers_give_the_nik_to_the_other_one(self, client, ports, rina, budi):
        holder, later = contested(client, ports)
        first = claim_and_decide(ports, rina, later, Ruling.VERIFY, displaces=holder)
        assert first.outcome is Outcome.AWAITING_SECOND
        assert (status(ports, holder), status(ports, later)) == (VERIFIED, IN_REVIEW)
        claim_and_decide(ports, budi, later, Ruling.VERIFY)
        assert (status(ports, holder), status(ports, later)) == (REFUSED, VERIFIED)
        assert worker(ports, holder).identity_reason == IdentityReason.REFUSED_BY_STAFF

    def test_it_is_on_record_about_both(self, client, ports, rina, budi):
        holder, later = contested(client, ports)
        claim_and_decide(ports, rina, later, Ruling.VERIFY, displaces=holder)
        claim_and_decide(ports, budi, later, Ruling.VERIFY)
        decided = {
            each.worker_id: each.details
            for each in deeds(ports, budi)
            if each.action is AuditAction.DECIDED_REVIEW
        }
        common = {"kind": "identity", "outcome": "decided"}
        assert decided == {
            holder: {**common, "decision": "refuse"},
            later: {**common, "decision": "verify", "displaces": str(holder)},
        }

    def test_both_are_told(self, client, ports, clock, rina, budi):
        holder, later = contested(client, ports)
        ports.messages.sent.clear()
        clock.advance(minutes=1)
        claim_and_decide(ports, rina, later, Ruling.VERIFY, displaces=holder)
        claim_and_decide(ports, budi, later, Ruling.VERIFY)
        ports.jobs.work(ports)
        assert len(ports.messages.sent) == 2
        for worker_id, outcome in ((holder, REFUSED), (later, VERIFIED)):
            caller = SignedIn(worker_id, worker_id)
            newest = [each.kind for each in own.listed(ports, caller, PageRequest()).items]
            assert "identity_decided" in newest
            told = own.listed(ports, caller, PageRequest()).items
            [entry] = [each for each in told if each.kind == "identity_decided"]
            assert entry.details == {"outcome": outcome}

    def test_one_who_does_not_hold_it_is_not_displaced(self, client, ports, rina):
        _, later = contested(client, ports)
        with pytest.raises(NotTheHolder):
            claim_and_decide(ports, rina, later, Ruling.VERIFY, displaces=later)

    def test_a_holder_who_is_gone_by_then_is_not_either(self, client, ports, rina, budi):
        holder, later = contested(client, ports)
        claim_and_decide(ports, rina, later, Ruling.VERIFY, displaces=holder)
        put(ports, holder, REFUSED)
        with pytest.raises(NotTheHolder):
            claim_and_decide(ports, budi, later, Ruling.VERIFY)
        claim_and_decide(ports, budi, later, Ruling.SEND_BACK)
        claim_and_decide(ports, rina, later, Ruling.VERIFY)
        assert status(ports, later) is VERIFIED

    def test_the_later_one_is_refused_and_the_holder_stays(self, client, ports, rina, budi):
        holder, later = contested(client, ports)
        for by in (rina, budi):
            claim_and_decide(ports, by, later, Ruling.REFUSE)
        assert (status(ports, holder), status(ports, later)) == (VERIFIED, REFUSED)


class TestRecordsThatNobodySignedInTo:
    @pytest.fixture
    def enrolled(self, ports):
        """By a partner that put many on one phone."""
        return enrol(ports, add_partner(ports), NIK, "0812-7777-0001", many_on_phone=True)

    def check(self, ports):
        check_pacing.pace(ports)
        ports.jobs.work(ports)

    def test_the_partner_is_told_once_people_have_looked(self, ports, enrolled, rina):
        self.check(ports)
        assert (enrolled.worker.identity_reason, enrolled.events) == (
            IdentityReason.MANY_ON_PHONE,
            [],
        )
        claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY)
        assert enrolled.worker.identity_status is VERIFIED
        assert enrolled.enrolment.identity_status is VERIFIED
        assert enrolled.events == ["worker.identity_verified"]
        # From now on they are welcomed like anybody else.
        assert not enrolled.enrolment.many_on_phone
        assert not ports.jobs.waiting

    def test_or_that_they_found_otherwise(self, ports, enrolled, rina, budi):
        self.check(ports)
        for by in (rina, budi):
            claim_and_decide(ports, by, enrolled.began_with, Ruling.REFUSE)
        assert enrolled.events == ["worker.identity_failed"]

    def test_who_was_refused_is_told_of_again_when_brought_back(self, ports, rina, budi):
        answers(ports, Finding.DECEASED)
        enrolled = enrol(ports, add_partner(ports), NIK)
        self.check(ports)
        for by in (rina, budi):
            claim_and_decide(ports, by, enrolled.began_with, Ruling.VERIFY)
        assert enrolled.events == ["worker.identity_failed", "worker.identity_verified"]

    def test_one_becomes_part_of_the_holders_record(self, client, ports, enrolled, rina):
        self.check(ports)
        holder = UUID(join(client, ports)["worker"]["id"])
        ports.jobs.work(ports)
        with pytest.raises(NobodyDisplaced):
            claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY, displaces=holder)
        claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY)
        assert enrolled.worker.id == holder
        assert enrolled.record.erased_at is not None
        assert enrolled.worker.identity_status is VERIFIED
        assert enrolled.events == ["worker.identity_verified"]

    def test_where_both_were_paid_for_it_takes_two_officers(
        self, client, ports, enrolled, rina, budi
    ):
        self.check(ports)
        claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY)
        pay_for(ports, enrolled.began_with)
        put(ports, enrolled.began_with, IN_REVIEW)
        life = Life.of(ports, join(client, ports))
        ports.jobs.work(ports)
        plan_choice.choose(ports, life.caller, Plan.BASIC)
        pay(ports, billing.issue(ports, life.caller, 1, Once()))
        with pytest.raises(NikHeldByAnother):
            claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY)
        displaces = {"displaces": life.worker_id}
        claim_and_decide(ports, rina, enrolled.began_with, Ruling.VERIFY, **displaces)
        claim_and_decide(ports, budi, enrolled.began_with, Ruling.VERIFY, **displaces)
        assert status(ports, life.worker_id) is REFUSED
        assert status(ports, enrolled.began_with) is VERIFIED


class TestMeanwhile:
    def test_whoever_was_erased_is_no_case_any_more(self, client, ports, clock, rina):
        _, later = contested(client, ports)
        claiming.claim(ports, rina, later)
        with ports.transactions.begin() as session:
            row = session.get_one(Worker, later)
            erasing.erase_unclaimed(ports, session, row, clock.now())
        with pytest.raises(ReviewOver):
            decide(ports, rina, later, Ruling.VERIFY)

    def test_nothing_is_half_done(self, client, ports, rina):
        _, later = contested(client, ports)
        claiming.claim(ports, rina, later)
        ports.jobs.broken = RuntimeError("the queue is full")
        with pytest.raises(RuntimeError):
            decide(ports, rina, later, Ruling.NEEDS_CORRECTION)
        assert status(ports, later) is IN_REVIEW
        ports.jobs.broken = None
        decide(ports, rina, later, Ruling.NEEDS_CORRECTION)
        assert status(ports, later) is IdentityStatus.NEEDS_CORRECTION
