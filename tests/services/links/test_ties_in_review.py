"""No tie is left in review beside a worker who is verified: of them there is no case to decide."""

import pytest
from sqlalchemy import select

from models.enrolment import Enrolment
from models.identity_check import IdentityCheck
from models.identity_verdict import IdentityReason
from models.partner_invoice import CollectiveStatus
from models.values.identity import Finding, IdentityStatus
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.review import Ruling
from models.worker import Worker
from services import identity, plan_choice
from services.links import check_pacing, welcoming
from services.links.sent import open_person
from tests.api.joining import ANOTHER_PHONE, NIK, join, phone_token, register
from tests.api.phone_changing import change
from tests.cases import answers, claim_and_decide, reviewer
from tests.enrolled import NAME, enrol, tie
from tests.fleets import Fleet
from tests.ties import add_partner
from tests.whole_lives import Life

VERIFIED, IN_REVIEW = IdentityStatus.VERIFIED, IdentityStatus.IN_REVIEW
NEEDS_CORRECTION, REFUSED = IdentityStatus.NEEDS_CORRECTION, IdentityStatus.REFUSED
TOLD = {
    VERIFIED: ["worker.identity_verified"],
    NEEDS_CORRECTION: ["worker.identity_failed"],
    REFUSED: ["worker.identity_failed"],
    IN_REVIEW: [],
}
OTHER = "Rahmat Hidayat"
# What was sent, and what it is beside a record of Siti Aminah that is true.
SENT = [(NAME, VERIFIED), ("SITI  AMINAH, S.Pd.", VERIFIED), (OTHER, NEEDS_CORRECTION)]


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


@pytest.fixture(autouse=True)
def none_is_left(ports):
    """Whatever a test does: a case leads to every tie that people are to look at."""
    yield
    beside = select(Worker.identity_status).join(Enrolment, Enrolment.worker_id == Worker.id)
    with ports.transactions.reading() as session:
        waiting = beside.where(Enrolment.identity_status == IN_REVIEW, Enrolment.ended_at.is_(None))
        assert VERIFIED not in set(session.scalars(waiting))


def check(ports):
    check_pacing.pace(ports)
    ports.jobs.work(ports)


def stands(tied):
    return tied.enrolment.identity_status, tied.events


def judged(status):
    return status, TOLD[status]


class TestOfSomebodyVerified:
    """They registered by themself, before a partner named them."""

    @pytest.fixture
    def holder(self, client, ports):
        life = Life.of(ports, join(client, ports))
        ports.jobs.work(ports)
        return life

    def test_many_on_the_phone_that_was_sent_hold_nothing_up(self, ports, ojek, holder):
        tied = tie(ports, ojek, holder.worker_id, sent_name=NAME, many_on_phone=True)
        check(ports)
        assert stands(tied) == judged(VERIFIED)

    def test_so_they_are_welcomed(self, ports, ojek, holder):
        tied = tie(ports, ojek, holder.worker_id, sent_name=NAME, many_on_phone=True)
        check(ports)
        ports.messages.sent.clear()
        welcoming.welcome(ports)
        ports.jobs.work(ports)
        (to,) = [to for to, _, _ in ports.messages.sent.values()]
        assert to == PhoneNumber.parse(holder.phone)
        assert tied.enrolment.welcomed_at is not None

    def test_and_can_be_paid_for(self, ports, holder):
        fleet = Fleet.of(ports)
        plan_choice.choose(ports, holder.caller, Plan.BASIC)
        tie(ports, fleet.partner, holder.worker_id, sent_name=NAME, many_on_phone=True)
        check(ports)
        bill = fleet.bill()
        assert (bill.status, bill.lines) == (CollectiveStatus.OPEN, 1)

    @pytest.mark.parametrize(("sent", "status"), SENT)
    @pytest.mark.parametrize("many", [False, True])
    def test_a_duplicate_record_leaves_it_to_the_record_that_is_true(
        self, ports, ojek, holder, sent, status, many
    ):
        tied = tie(ports, ojek, holder.worker_id, sent_name=sent, many_on_phone=many)
        answers(ports, Finding.DUPLICATE)
        check(ports)
        assert stands(tied) == judged(status)
        assert tied.enrolment.sent_sealed is None

    def test_so_does_a_partner_that_has_tried_too_often(self, ports, ojek, holder):
        answers(ports, Finding.FOUND, name=0)
        for _ in range(6):
            tied = tie(ports, ojek, holder.worker_id, sent_name=OTHER)
            check(ports)
            assert stands(tied) == judged(NEEDS_CORRECTION)
            with ports.transactions.begin() as session:
                session.get_one(Enrolment, tied.id).end("partner", ports.clock.now())


class TestOfSomebodyWhomStaffLookAt:
    @pytest.fixture
    def case(self, client, ports):
        answers(ports, Finding.DUPLICATE)
        life = Life.of(ports, join(client, ports))
        ports.jobs.work(ports)
        return life

    @pytest.fixture
    def officers(self, ports):
        return reviewer(ports), reviewer(ports)

    def test_what_was_sent_is_kept_for_as_long(self, ports, ojek, case):
        tied = tie(ports, ojek, case.worker_id, sent_name=OTHER)
        check(ports)
        assert stands(tied) == judged(IN_REVIEW)
        kept = tied.enrolment.sent_sealed
        assert open_person(ports.vault, tied.id, kept).full_name == OTHER

    @pytest.mark.parametrize(("sent", "status"), SENT)
    def test_it_is_judged_with_them(self, ports, ojek, case, officers, sent, status):
        tied = tie(ports, ojek, case.worker_id, sent_name=sent)
        check(ports)
        claim_and_decide(ports, officers[0], case.worker_id, Ruling.VERIFY)
        assert stands(tied) == judged(status)
        assert tied.enrolment.sent_sealed is None

    @pytest.mark.parametrize("many", [False, True])
    def test_or_by_the_record_if_they_were_quicker_than_the_registry(
        self, ports, ojek, case, officers, many
    ):
        tied = tie(ports, ojek, case.worker_id, sent_name=NAME, many_on_phone=many)
        claim_and_decide(ports, officers[0], case.worker_id, Ruling.VERIFY)
        check(ports)
        assert stands(tied) == judged(VERIFIED)

    def test_a_match_of_one_of_many_on_a_phone_waits_for_them_too(
        self, ports, ojek, case, officers
    ):
        answers(ports, Finding.FOUND)
        tied = tie(ports, ojek, case.worker_id, sent_name=OTHER, many_on_phone=True)
        check(ports)
        assert stands(tied) == judged(IN_REVIEW)
        claim_and_decide(ports, officers[0], case.worker_id, Ruling.VERIFY)
        # The registry has found it true.
        assert stands(tied) == judged(VERIFIED)

    @pytest.mark.parametrize(
        ("ruling", "status"),
        [(Ruling.NEEDS_CORRECTION, NEEDS_CORRECTION), (Ruling.REFUSE, REFUSED)],
    )
    def test_nothing_waits_once_they_have_decided(
        self, ports, ojek, case, officers, ruling, status
    ):
        tied = tie(ports, ojek, case.worker_id, sent_name=OTHER)
        check(ports)
        for officer in officers[: 2 if ruling is Ruling.REFUSE else 1]:
            claim_and_decide(ports, officer, case.worker_id, ruling)
        assert stands(tied) == judged(status)


class TestOfARecordThatBecomesSomebodys:
    """What waited for staff is settled with the person who speaks for themself."""

    @pytest.fixture
    def one_of_many(self, ports, ojek):
        new = enrol(ports, ojek, many_on_phone=True)
        check(ports)
        assert new.worker.identity_reason == IdentityReason.MANY_ON_PHONE
        return new

    @pytest.fixture
    def duplicate(self, ports, ojek):
        answers(ports, Finding.DUPLICATE)
        new = enrol(ports, ojek, name=OTHER)
        check(ports)
        answers(ports, Finding.FOUND)
        assert stands(new) == judged(IN_REVIEW)
        return new

    def test_by_registering(self, client, ports, one_of_many):
        register(client, phone_token(client, ports))
        ports.jobs.work(ports)
        assert one_of_many.worker.identity_status is VERIFIED
        assert stands(one_of_many) == judged(VERIFIED)
        assert not one_of_many.enrolment.many_on_phone

    def test_by_what_the_partner_sent_not_by_what_they_say(self, client, ports, duplicate):
        register(client, phone_token(client, ports))
        ports.jobs.work(ports)
        assert duplicate.worker.identity_status is VERIFIED
        assert stands(duplicate) == judged(NEEDS_CORRECTION)

    def test_by_coming_to_its_phone(self, client, ports, one_of_many):
        life = Life.of(ports, join(client, ports, ANOTHER_PHONE), ANOTHER_PHONE)
        ports.jobs.work(ports)
        token = life.headers()["Authorization"].removeprefix("Bearer ")
        assert change(client, token, phone_token(client, ports)).status_code == 200
        assert one_of_many.worker.id == life.worker_id
        assert stands(one_of_many) == judged(VERIFIED)


def test_of_many_on_a_phone_what_is_beside_a_record_waits_until_that_is_true(ports, ojek):
    """Whichever of the two the registry is asked about first."""
    new = enrol(ports, ojek)
    tied = tie(ports, add_partner(ports, "Kurir"), new.began_with, sent_name=NAME, many_on_phone=1)
    check_pacing.pace(ports)
    jobs = {check_of(ports, each).enrolment_id: each for each in ports.jobs.waiting}
    identity.check(ports, jobs[tied.id].check_id)
    assert stands(tied) == judged(IN_REVIEW)
    identity.check(ports, jobs[new.id].check_id)
    assert stands(new) == stands(tied) == judged(VERIFIED)


def check_of(ports, job):
    with ports.transactions.reading() as session:
        return session.get_one(IdentityCheck, job.check_id)


def test_a_record_of_another_nik_says_nothing_about_what_was_sent(client, ports, ojek):
    """The worker has corrected the NIK since."""
    life = Life.of(ports, join(client, ports))
    ports.jobs.work(ports)
    tied = tie(ports, ojek, life.worker_id, sent_name=NAME)
    with ports.transactions.begin() as session:
        session.get_one(Enrolment, tied.id).nik_key = b"of another NIK"
    answers(ports, Finding.DUPLICATE, NIK)
    check(ports)
    assert stands(tied) == judged(NEEDS_CORRECTION)
