"""What waits for staff, and what is seen of one case."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.data_access import select_accesses
from models.identity_verdict import IdentityReason
from models.values.access import AccessReason, Seen, StaffRole, Viewer
from models.values.audit import AuditAction
from models.values.identity import Element, Finding
from models.values.page import PageRequest
from models.values.review import ReviewKind, ReviewState, Ruling
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from services import identity_refusal
from services.links import check_pacing
from services.reviews import claiming, queue
from services.reviews.errors import ReviewNotFound
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, NIK, PHONE, bearing, join, phone_token
from tests.api.phone_changing import THIRD_PHONE, ask_from, asked, join_verified, object_to, sign_in
from tests.banks import Payer, flag, paid, with_banks
from tests.cases import (
    answers,
    claim_and_decide,
    contested,
    deeds,
    duplicate,
    joined,
    lost_phone,
    refuse_by_two,
    reviewer,
)
from tests.enrolled import enrol
from tests.ties import add_partner


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


def listed(ports, by, **wanted):
    return queue.listed(ports, by, PageRequest(), **wanted).items


def ids(ports, by, **wanted):
    return [each.id for each in listed(ports, by, **wanted)]


def refunded(ports, clock):
    """A worker who was refused with months ahead, and their refund case."""
    payer = Payer.of(with_banks(ports))
    flag(payer.ports, paid(payer.billed(3), clock.now()))
    reason = IdentityReason.HELD_BY_ANOTHER
    return payer.caller.worker_id, identity_refusal.refuse(ports, payer.caller.worker_id, reason)


class TestWhatIsInIt:
    def test_whoever_comes_into_review_is_there_whoever_put_them_there(self, client, ports, rina):
        answers(ports, Finding.DUPLICATE)
        one = joined(client, ports)
        answers(ports, Finding.FOUND)
        _, later = contested_with(client, ports, ANOTHER_NIK)
        partner = add_partner(ports)
        many = enrol(ports, partner, "3171010203850077", "0812-7777-0001", many_on_phone=True)
        checked(ports)
        found = {each.id: each.reason for each in listed(ports, rina)}
        assert found == {
            one: IdentityReason.DUPLICATE_RECORD,
            later: IdentityReason.HELD_BY_ANOTHER,
            many.began_with: IdentityReason.MANY_ON_PHONE,
        }

    def test_whoever_corrects_too_often_is_there_from_then_on(self, client, ports, clock, rina):
        answers(ports, Finding.NOT_FOUND)
        token = join(client, ports)["access_token"]
        clock.advance(minutes=5)
        for letter in "ABCD":
            client.patch("/v1/me", json={"full_name": f"Siti {letter}"}, headers=bearing(token))
        [case] = listed(ports, rina)
        assert case.reason is IdentityReason.TOO_MANY_CORRECTIONS
        assert case.since == clock.now()

    def test_whoever_is_pending_verified_or_asked_to_correct_is_not(self, client, ports, rina):
        joined(client, ports)
        answers(ports, Finding.NOT_FOUND, ANOTHER_NIK)
        joined(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
        assert listed(ports, rina) == []

    def test_the_refused_are_listed_only_when_asked_for(self, client, ports, rina):
        answers(ports, Finding.DECEASED)
        refused = joined(client, ports)
        assert listed(ports, rina) == []
        [case] = listed(ports, rina, state=ReviewState.REFUSED)
        assert (case.id, case.state) == (refused, ReviewState.REFUSED)
        claiming.claim(ports, rina, refused)
        assert ids(ports, rina) == [refused]
        assert listed(ports, rina, state=ReviewState.REFUSED) == []

    def test_a_lost_phone_is_on_hold_then_open_and_gone_when_objected_to(
        self, client, ports, clock, rina
    ):
        join_verified(client, ports)
        ask_from(client, ports)
        [case] = listed(ports, rina)
        assert (case.kind, case.state) == (ReviewKind.PHONE_CHANGE, ReviewState.ON_HOLD)
        assert case.since == clock.now() + timedelta(hours=72)
        clock.advance(hours=72)
        assert [each.state for each in listed(ports, rina)] == [ReviewState.OPEN]
        token = sign_in(client, phone_token(client, ports)).json["access_token"]
        object_to(client, token, asked(client, token)[0]["id"])
        assert listed(ports, rina) == []

    def test_of_lost_phones_those_come_first_that_may_be_decided_first(
        self, client, ports, clock, rina
    ):
        join_verified(client, ports)
        ask_from(client, ports)
        [first] = ids(ports, rina)
        clock.advance(minutes=5)
        ask_from(client, ports, THIRD_PHONE)
        clock.advance(hours=72, minutes=-5, microseconds=-1)
        assert [each.state for each in listed(ports, rina)] == [ReviewState.ON_HOLD] * 2
        clock.advance(microseconds=1)
        assert ids(ports, rina, state=ReviewState.OPEN) == [first]
        clock.advance(minutes=5)
        assert ids(ports, rina, state=ReviewState.OPEN)[0] == first
        assert [each.state for each in listed(ports, rina)] == [ReviewState.OPEN] * 2

    def test_money_to_be_paid_back_is_there_until_it_is(self, ports, clock, rina):
        _, refund = refunded(ports, clock)
        assert ids(ports, rina) == [refund.id]
        claim_and_decide(ports, rina, refund.id, Ruling.PAID, bank_reference="TRF-1")
        assert ids(ports, rina) == []


def contested_with(client, ports, nik):
    """Two who claim one NIK."""
    phones = ("0813-9999-2001", "0813-9999-2002")
    callers = [UUID(join(client, ports, phone, nik=nik)["worker"]["id"]) for phone in phones]
    ports.jobs.work(ports)
    return callers


def checked(ports):
    """The registry is asked about partners' drivers."""
    check_pacing.pace(ports)
    ports.jobs.work(ports)


class TestPages:
    def test_the_longest_waiting_comes_first_and_pages_follow_on(self, client, ports, clock, rina):
        waiting = []
        for number in range(5):
            nik = f"31710102038500{number + 10}"
            waiting.append(duplicate(client, ports, f"0813-9999-30{number:02}", nik=nik))
            clock.advance(minutes=1)
        first = queue.listed(ports, rina, PageRequest(limit=2))
        second = queue.listed(ports, rina, PageRequest(limit=2, after=first.next_after))
        third = queue.listed(ports, rina, PageRequest(limit=2, after=second.next_after))
        seen = [each.id for page in (first, second, third) for each in page.items]
        assert seen == waiting
        assert third.next_after is None

    @pytest.mark.parametrize("kind", ReviewKind)
    @pytest.mark.parametrize("state", [None, *ReviewState])
    def test_every_filter_can_be_asked_for(self, client, ports, clock, rina, kind, state):
        duplicate(client, ports, nik=ANOTHER_NIK)
        found = listed(ports, rina, kind=kind, state=state)
        wanted = kind is ReviewKind.IDENTITY and state in (None, ReviewState.OPEN)
        assert len(found) == wanted

    def test_who_has_a_case_and_until_when_is_told(self, client, ports, clock, rina):
        case_id = duplicate(client, ports)
        claiming.claim(ports, rina, case_id)
        [case] = listed(ports, rina, state=ReviewState.CLAIMED)
        assert (case.claimed_by, case.claimed_until) == (
            "rina",
            clock.now() + timedelta(minutes=30),
        )
        clock.advance(minutes=30)
        [case] = listed(ports, rina, state=ReviewState.OPEN)
        assert (case.claimed_by, case.claimed_until) == (None, None)

    def test_it_takes_as_many_statements_however_many_there_are(self, client, ports, rina, queries):
        def asked_for():
            queries.clear()
            listed(ports, rina)
            return len(queries)

        duplicate(client, ports)
        few = asked_for()
        for number in range(3):
            duplicate(client, ports, f"0813-9999-40{number:02}", nik=f"31710102038500{number + 10}")
        assert asked_for() == few

    def test_a_list_is_one_deed_however_many_it_shows(self, client, ports, rina):
        duplicate(client, ports)
        listed(ports, rina, kind=ReviewKind.IDENTITY)
        [deed] = deeds(ports, rina)
        assert (deed.action, deed.worker_id) == (AuditAction.LISTED_REVIEWS, None)
        assert deed.details == {"kind": "identity", "state": None, "shown": 1}


class TestOne:
    def test_an_identity_shows_every_check_with_its_scores(self, client, ports, rina):
        answers(ports, Finding.FOUND, name=70, mother_maiden_name=3)
        token = join(client, ports)["access_token"]
        ports.jobs.work(ports)
        answers(ports, Finding.DUPLICATE)
        client.patch("/v1/me", json={"full_name": "Siti Aminah B"}, headers=bearing(token))
        ports.jobs.work(ports)
        [case] = listed(ports, rina)
        shown = queue.one(ports, rina, case.id)
        first, second = shown.identity.checks
        scores = {each.name: each.score for each in first.scores}
        assert (scores[Element.NAME], scores[Element.MOTHER_MAIDEN_NAME]) == (70, 3)
        assert (second.finding, second.scores) == (Finding.DUPLICATE, [])
        assert shown.identity.corrections == 1
        assert shown.told is not None
        assert shown.to_ask_for

    def test_who_else_has_the_nik_is_shown_masked(self, client, ports, rina):
        holder, later = contested(client, ports)
        shown = queue.one(ports, rina, later)
        [other] = shown.identity.others_with_nik
        assert (other.worker_id, other.masked_name, other.birth_year) == (holder, "S*** A***", 1993)
        assert other.holds
        assert shown.worker.nik_masked == "*" * 14 + NIK[-2:]
        assert shown.worker.phone_masked.endswith("888")

    def test_others_on_the_phone_are_counted(self, client, ports, rina):
        joined(client, ports, nik=ANOTHER_NIK)
        case_id = duplicate(client, ports, PHONE)
        assert queue.one(ports, rina, case_id).identity.others_on_phone == 1

    def test_a_lost_phone_shows_the_new_number_masked(self, client, ports, clock, rina):
        _, request_id = lost_phone(client, ports, clock)
        shown = queue.one(ports, rina, request_id)
        assert shown.phone_change.new_phone_masked == "+62*******888"
        assert (shown.identity, shown.refund) == (None, None)

    def test_a_refund_shows_how_much_and_which_months(self, ports, clock, rina):
        worker_id, case = refunded(ports, clock)
        shown = queue.one(ports, rina, case.id)
        assert (shown.refund.amount, shown.refund.credit) == (case.amount, Rupiah(0))
        assert [str(each) for each in shown.refund.months] == ["2026-12", "2027-01"]
        assert shown.case.worker_id == worker_id

    def test_of_the_worker_no_more_than_the_case_needs(self, client, ports, clock, rina):
        _, case = refunded(ports, clock)
        of_money = queue.one(ports, rina, case.id).worker
        assert (of_money.birth_place, of_money.sex) == (None, None)
        of_identity = queue.one(ports, rina, duplicate(client, ports)).worker
        assert (of_identity.birth_place, of_identity.sex) == ("Bandung", Sex.FEMALE)

    def test_everybody_who_is_seen_sees_that(self, client, ports, rina):
        holder, later = contested(client, ports)
        queue.one(ports, rina, later)
        others = [Seen.MATCH, Seen.REGISTRATION_NUMBER]
        for worker_id, seen in ((later, [Seen.RECORD]), (holder, others)):
            with ports.transactions.reading() as session:
                [access] = session.scalars(select_accesses(worker_id))
            assert (access.viewer, access.name) == (Viewer.STAFF, StaffRole.REVIEWER)
            assert (access.reason, access.seen) == (AccessReason.IDENTITY_CASE, seen)

    def test_that_it_was_looked_at_is_on_record_and_so_is_looking_in_vain(
        self, client, ports, rina
    ):
        case_id = duplicate(client, ports)
        queue.one(ports, rina, case_id)
        refuse_by_two(ports, case_id)
        queue.one(ports, rina, case_id)
        with pytest.raises(ReviewNotFound):
            queue.one(ports, rina, rina.account_id)
        seen, again, vain = deeds(ports, rina)
        assert (seen.action, seen.worker_id, seen.refusal) == (
            AuditAction.VIEWED_REVIEW,
            case_id,
            None,
        )
        assert again.details == {"kind": "identity"}
        assert (vain.action, vain.refusal) == (AuditAction.VIEWED_REVIEW, "review-not-found")
