"""What an officer, or two of them, decide about an identity, and what follows from it."""

from uuid import UUID

import pytest

from models.identity_verdict import IdentityReason
from models.message import MessageKind
from models.refund import select_refund_cases
from models.values.audit import AuditAction
from models.values.decision import Outcome
from models.values.identity import Finding, IdentityStatus
from models.values.page import PageRequest
from models.values.review import ReviewState, Ruling
from models.worker import Worker
from services import identity_refusal, notices
from services.errors import Invalid
from services.reviews import claiming, queue
from services.reviews.errors import (
    DecisionDiffers,
    NothingToSendBack,
    ReviewChanged,
    ReviewOver,
    SecondOfficerNeeded,
)
from services.timeline import own
from tests.api.joining import bearing, join, me
from tests.banks import Payer, flag, paid, with_banks
from tests.cases import (
    NOTE,
    answers,
    claim_and_decide,
    decide,
    deeds,
    duplicate,
    joined,
    refuse_by_two,
    reviewer,
    worker,
)
from tests.whole_lives import Life

VERIFIED, REFUSED = IdentityStatus.VERIFIED, IdentityStatus.REFUSED
NEEDS_CORRECTION = IdentityStatus.NEEDS_CORRECTION


@pytest.fixture
def case_id(client, ports):
    return duplicate(client, ports)


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


def stands(ports, worker_id):
    row = worker(ports, worker_id)
    return row.identity_status, row.identity_reason


def correct(client, token, name):
    answer = client.patch("/v1/me", json={"full_name": name}, headers=bearing(token))
    assert answer.status_code == 200, answer.json


class TestVerify:
    def test_one_officer_is_enough(self, ports, clock, case_id, rina):
        clock.advance(hours=1)
        decided = claim_and_decide(ports, rina, case_id, Ruling.VERIFY)
        assert decided.outcome is Outcome.DECIDED
        assert stands(ports, case_id) == (VERIFIED, None)
        assert worker(ports, case_id).identity_checked_at == clock.now()

    def test_it_is_decided_once(self, ports, case_id, rina):
        claim_and_decide(ports, rina, case_id, Ruling.VERIFY)
        with pytest.raises(ReviewOver):
            decide(ports, rina, case_id, Ruling.VERIFY)

    def test_the_worker_is_told_by_message_and_in_the_timeline(self, client, ports, clock, rina):
        answers(ports, Finding.DUPLICATE)
        life = Life.of(ports, join(client, ports))
        ports.jobs.work(ports)
        ports.messages.sent.clear()
        clock.advance(minutes=1)
        claim_and_decide(ports, rina, life.worker_id, Ruling.VERIFY)
        ports.jobs.work(ports)
        words = [text for _, text, _ in ports.messages.sent.values()]
        assert words == [notices.WORDS[MessageKind.IDENTITY_DECIDED].id]
        happened = own.listed(ports, life.caller, PageRequest()).items
        [entry] = [each for each in happened if each.kind == "identity_decided"]
        assert entry.details == {"outcome": VERIFIED}
        assert "menerimanya" in entry.text.id

    def test_the_note_is_for_the_auditor(self, ports, case_id, rina):
        claim_and_decide(ports, rina, case_id, Ruling.VERIFY)
        *_, deed = deeds(ports, rina)
        assert (deed.action, deed.note, deed.worker_id) == (
            AuditAction.DECIDED_REVIEW,
            NOTE,
            case_id,
        )
        assert deed.details == {"kind": "identity", "decision": "verify", "outcome": "decided"}


class TestNeedsCorrection:
    def test_the_worker_can_correct_and_is_checked_again(self, client, ports, rina):
        answers(ports, Finding.DUPLICATE)
        registered = join(client, ports)
        ports.jobs.work(ports)
        worker_id = UUID(registered["worker"]["id"])
        claim_and_decide(ports, rina, worker_id, Ruling.NEEDS_CORRECTION)
        assert stands(ports, worker_id) == (NEEDS_CORRECTION, IdentityReason.ASKED_TO_CORRECT)
        assert me(client, registered["access_token"])["next_step"] == "correct_identity"
        answers(ports, Finding.FOUND)
        correct(client, registered["access_token"], "Siti Aminah B")
        ports.jobs.work(ports)
        assert stands(ports, worker_id) == (VERIFIED, None)

    def test_corrections_of_before_do_not_throw_them_straight_back(
        self, client, ports, clock, rina
    ):
        answers(ports, Finding.NOT_FOUND)
        registered = join(client, ports)
        token, worker_id = registered["access_token"], UUID(registered["worker"]["id"])
        for letter in "ABCD":
            clock.advance(minutes=1)
            correct(client, token, f"Siti {letter}")
        assert stands(ports, worker_id)[0] is IdentityStatus.IN_REVIEW
        clock.advance(minutes=1)
        claim_and_decide(ports, rina, worker_id, Ruling.NEEDS_CORRECTION)
        for letter in "EFG":
            clock.advance(minutes=1)
            correct(client, token, f"Siti {letter}")
            assert stands(ports, worker_id)[0] is IdentityStatus.PENDING
        clock.advance(minutes=1)
        correct(client, token, "Siti H")
        assert stands(ports, worker_id)[0] is IdentityStatus.IN_REVIEW

    def test_nor_do_those_of_everybody_with_the_nik(self, client, ports, clock, rina):
        answers(ports, Finding.FOUND, birth_date=0)
        last = None
        for number in range(6):
            last = join(client, ports, f"0813-9999-50{number:02}")
            ports.jobs.work(ports)
        worker_id = UUID(last["worker"]["id"])
        assert stands(ports, worker_id)[1] == IdentityReason.TOO_MANY_CORRECTIONS
        clock.advance(minutes=1)
        claim_and_decide(ports, rina, worker_id, Ruling.NEEDS_CORRECTION)
        clock.advance(minutes=1)
        correct(client, last["access_token"], "Siti Aminah B")
        ports.jobs.work(ports)
        assert stands(ports, worker_id) == (NEEDS_CORRECTION, IdentityReason.MISMATCH)


class TestRefuse:
    def test_another_officer_confirms(self, ports, case_id, rina, budi):
        first = claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
        assert first.outcome is Outcome.AWAITING_SECOND
        assert stands(ports, case_id)[0] is IdentityStatus.IN_REVIEW
        shown = claiming.claim(ports, budi, case_id)
        assert (shown.first.decision, shown.first.by, shown.first.note) == (
            Ruling.REFUSE,
            "rina",
            NOTE,
        )
        assert shown.case.state is ReviewState.AWAITING_SECOND
        assert decide(ports, budi, case_id, Ruling.REFUSE).outcome is Outcome.DECIDED
        assert stands(ports, case_id) == (REFUSED, IdentityReason.REFUSED_BY_STAFF)

    def test_the_same_officer_does_not(self, ports, case_id, rina):
        claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
        with pytest.raises(SecondOfficerNeeded):
            decide(ports, rina, case_id, Ruling.REFUSE)
        assert stands(ports, case_id)[0] is IdentityStatus.IN_REVIEW
        assert deeds(ports, rina)[-1].refusal == "second-officer-needed"

    def test_it_waits_in_the_list_for_another_one(self, ports, case_id, rina):
        claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
        [waiting] = queue.listed(ports, rina, PageRequest()).items
        assert (waiting.state, waiting.claimed_by) == (ReviewState.AWAITING_SECOND, None)

    def test_another_one_sends_it_back_to_be_decided_anew(self, ports, case_id, rina, budi):
        claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
        back = claim_and_decide(ports, budi, case_id, Ruling.SEND_BACK)
        assert back.outcome is Outcome.SENT_BACK
        [case] = queue.listed(ports, rina, PageRequest()).items
        assert case.state is ReviewState.OPEN
        claim_and_decide(ports, rina, case_id, Ruling.VERIFY)
        assert stands(ports, case_id)[0] is VERIFIED

    def test_another_one_does_not_simply_decide_otherwise(self, ports, case_id, rina, budi):
        claim_and_decide(ports, rina, case_id, Ruling.REFUSE)
        with pytest.raises(DecisionDiffers):
            claim_and_decide(ports, budi, case_id, Ruling.VERIFY)

    def test_what_nobody_decided_is_not_sent_back(self, ports, case_id, rina):
        with pytest.raises(NothingToSendBack):
            claim_and_decide(ports, rina, case_id, Ruling.SEND_BACK)

    def test_months_that_have_not_begun_are_paid_back(self, client, ports, clock, rina, budi):
        payer = Payer.of(with_banks(ports))
        worker_id = payer.caller.worker_id
        flag(payer.ports, paid(payer.billed(3), clock.now()))
        with ports.transactions.begin() as session:
            session.get_one(Worker, worker_id).identity_status = IdentityStatus.IN_REVIEW
        for by in (rina, budi):
            claim_and_decide(ports, by, worker_id, Ruling.REFUSE)
        with ports.transactions.reading() as session:
            [case] = session.scalars(select_refund_cases(worker_id))
        assert case.closed_at is None


class TestRefused:
    @pytest.fixture
    def refused(self, client, ports):
        answers(ports, Finding.DECEASED)
        return joined(client, ports)

    @pytest.mark.parametrize(
        ("ruling", "becomes"),
        [
            (Ruling.VERIFY, (VERIFIED, None)),
            (Ruling.NEEDS_CORRECTION, (NEEDS_CORRECTION, IdentityReason.ASKED_TO_CORRECT)),
        ],
    )
    def test_two_officers_bring_back_who_was_refused(
        self, ports, refused, rina, budi, ruling, becomes
    ):
        first = claim_and_decide(ports, rina, refused, ruling)
        assert first.outcome is Outcome.AWAITING_SECOND
        claim_and_decide(ports, budi, refused, ruling)
        assert stands(ports, refused) == becomes

    def test_whoever_was_refused_by_staff_can_be_looked_at_again(self, ports, case_id, rina, budi):
        refuse_by_two(ports, case_id)
        for by in (rina, budi):
            claim_and_decide(ports, by, case_id, Ruling.VERIFY)
        assert stands(ports, case_id) == (VERIFIED, None)


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("ruling", "more", "pointer"),
        [
            (Ruling.APPROVE, {}, "/decision"),
            (Ruling.PAID, {}, "/decision"),
            (Ruling.REFUSE, {"displaces": UUID(int=1)}, "/displaces"),
            (Ruling.VERIFY, {"bank_reference": "TRF-1"}, "/bank_reference"),
        ],
    )
    def test_a_decision_is_of_the_kind_of_the_case(
        self, ports, case_id, rina, ruling, more, pointer
    ):
        with pytest.raises(Invalid) as refused:
            claim_and_decide(ports, rina, case_id, ruling, **more)
        assert [each.pointer for each in refused.value.faults] == [pointer]

    def test_whoever_was_refused_meanwhile_is_another_case(self, ports, case_id, rina):
        claiming.claim(ports, rina, case_id)
        identity_refusal.refuse(ports, case_id, IdentityReason.DECEASED)
        with pytest.raises(ReviewChanged):
            decide(ports, rina, case_id, Ruling.VERIFY)
        assert stands(ports, case_id) == (REFUSED, IdentityReason.DECEASED)
