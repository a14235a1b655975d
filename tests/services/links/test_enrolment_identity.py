"""A partner learns whether what it sent is true of somebody; the worker stays who they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import select

from models.enrolment import EndedBy, Enrolment
from models.enrolment_checks import leave_record
from models.identity_check import IdentityCheck
from models.identity_verdict import IdentityReason
from models.values.identity import Element, Finding, IdentityStatus
from models.values.nik import Nik
from services import identity, profile_change, sign_in
from services.jobs import CheckEnrolment
from services.links import check_pacing
from services.ports import Comparison
from services.tokens import Kind
from tests.api.joining import (
    ANOTHER_PHONE,
    NIK,
    bearing,
    join,
    me,
    phone_token,
    register,
)
from tests.enrolled import NAME, enrol, tie, worker
from tests.fakes import AGREES
from tests.ties import add_partner
from tests.whole_lives import Life

VERIFIED, PENDING = IdentityStatus.VERIFIED, IdentityStatus.PENDING
NEEDS_CORRECTION = IdentityStatus.NEEDS_CORRECTION
PHONES = count(100)


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


def check(ports):
    check_pacing.pace(ports)
    ports.jobs.work(ports)


class KnowsOnly:
    """A registry that holds one name."""

    def __init__(self, name: str) -> None:
        self.name, self.asked = name, []
        self.meanwhile = lambda: None

    def compare(self, person):
        self.asked.append(person.full_name)
        self.meanwhile()
        scores = AGREES | {Element.NAME: 100 if person.full_name == self.name else 0}
        return Comparison(finding=Finding.FOUND, scores=scores, response_code="00")


def knowing(ports, name):
    return replace(ports, identity=KnowsOnly(name))


def answer(ports, finding):
    ports.identity.answers[Nik(NIK)] = Comparison(finding=finding, scores={})


def claim(client, ports, nik=NIK):
    token = phone_token(client, ports)
    answer = client.post("/v1/sessions", json={"nik": nik}, headers=bearing(token))
    assert answer.status_code == 201, answer.json
    return answer.json["access_token"]


def end(ports, enrolled):
    with ports.transactions.begin() as session:
        ended = session.merge(enrolled.enrolment)
        ended.ended_at, ended.ended_by = ports.clock.now(), "partner"


class TestOfSomebodyNew:
    def test_a_match_verifies_them_and_is_told(self, ports, ojek):
        new = enrol(ports, ojek)
        check(ports)
        assert (new.enrolment.identity_status, new.worker.identity_status) == (VERIFIED, VERIFIED)
        assert new.enrolment.identity_checked_at == new.worker.identity_checked_at
        assert new.events == ["worker.identity_verified"]

    @pytest.mark.parametrize(
        ("finding", "status"),
        [
            (Finding.NOT_FOUND, NEEDS_CORRECTION),
            (Finding.INACTIVE, NEEDS_CORRECTION),
            (Finding.DECEASED, IdentityStatus.REFUSED),
        ],
    )
    def test_so_is_what_does_not_match(self, ports, ojek, finding, status):
        new = enrol(ports, ojek)
        answer(ports, finding)
        check(ports)
        assert (new.enrolment.identity_status, new.worker.identity_status) == (status, status)
        assert new.events == ["worker.identity_failed"]

    def test_nothing_is_told_while_people_look_at_it(self, ports, ojek):
        new = enrol(ports, ojek)
        answer(ports, Finding.DUPLICATE)
        check(ports)
        assert new.enrolment.identity_status is IdentityStatus.IN_REVIEW
        assert new.events == []

    def test_a_match_of_one_of_many_on_a_phone_is_for_people_to_look_at(self, ports, ojek):
        new = enrol(ports, ojek, many_on_phone=True)
        check(ports)
        assert new.enrolment.identity_status is IdentityStatus.IN_REVIEW
        assert new.worker.identity_status is IdentityStatus.IN_REVIEW
        assert new.worker.identity_reason == IdentityReason.MANY_ON_PHONE
        assert new.events == []

    def test_a_tie_that_has_ended_tells_nothing_and_the_person_is_verified(self, ports, ojek):
        new = enrol(ports, ojek)
        check_pacing.pace(ports)
        end(ports, new)
        ports.jobs.work(ports)
        assert (new.enrolment.identity_status, new.events) == (PENDING, [])
        assert new.worker.identity_status is VERIFIED


class TestOfSomebodyKnown:
    """Their record is their own: what was sent is compared by itself."""

    @pytest.fixture
    def holder(self, client, ports):
        joined = join(client, ports)
        ports.jobs.work(ports)
        return Life.of(ports, joined)

    @pytest.mark.parametrize(
        ("name", "status", "events"),
        [
            (NAME, VERIFIED, ["worker.identity_verified"]),
            ("Somebody Else", NEEDS_CORRECTION, ["worker.identity_failed"]),
        ],
    )
    def test_what_was_sent_gets_its_verdict(self, ports, ojek, holder, name, status, events):
        tied = tie(ports, ojek, holder.worker_id, sent_name=name)
        before = vars(worker(ports, holder.worker_id)).copy()
        check(knowing(ports, NAME))
        assert (tied.enrolment.identity_status, tied.events) == (status, events)
        after = vars(worker(ports, holder.worker_id))
        assert {k: v for k, v in after.items() if k != "_sa_instance_state"} == {
            k: v for k, v in before.items() if k != "_sa_instance_state"
        }

    def test_what_was_sent_is_gone_once_it_has_been_compared(self, ports, ojek, holder):
        tied = tie(ports, ojek, holder.worker_id, sent_name=NAME)
        check(ports)
        assert tied.enrolment.sent_sealed is None

    def test_it_is_not_told_as_what_happened_to_the_worker(self, client, ports, ojek, holder):
        def kinds():
            listed = client.get("/v1/me/timeline", headers=holder.headers()).json["items"]
            return [each["kind"] for each in listed]

        tie(ports, ojek, holder.worker_id, sent_name="Somebody Else")
        before = kinds()
        check(knowing(ports, NAME))
        assert kinds() == before

    def test_that_the_registry_was_asked_stands_in_the_access_log(
        self, client, ports, ojek, holder
    ):
        tie(ports, ojek, holder.worker_id, sent_name="Somebody Else")
        check(ports)
        log = client.get("/v1/me/access-log", headers=holder.headers()).json["items"]
        assert [each["viewer"] for each in log] == ["registry", "registry"]

    def test_partners_use_up_nothing_of_what_the_worker_may_correct(self, client, ports, ojek):
        joined = join(client, ports, full_name="Wrong")
        life = Life.of(ports, joined)
        ports = knowing(ports, NAME)
        ports.jobs.work(ports)
        for number in range(6):
            tie(ports, add_partner(ports, f"P{number}"), life.worker_id, sent_name="X")
        check(ports)
        profile_change.change(ports, life.caller, {"full_name": "Wrong Again"})
        ports.jobs.work(ports)
        assert worker(ports, life.worker_id).identity_status is NEEDS_CORRECTION


class TestWhoeverSaysOtherwiseMeanwhile:
    """The verdict a partner gets is of what it sent."""

    def test_before_anybody_asked(self, client, ports, ojek):
        new = enrol(ports, ojek, name="Wrong", complete=True)
        token = claim(client, ports)
        client.patch("/v1/me", json={"full_name": NAME}, headers=bearing(token))
        check(knowing(ports, NAME))
        assert new.enrolment.identity_status is NEEDS_CORRECTION
        assert new.worker.identity_status is VERIFIED
        assert new.events == ["worker.identity_failed"]

    def test_after_it_was_asked_for(self, client, ports, ojek):
        new = enrol(ports, ojek)
        check_pacing.pace(ports)
        token = claim(client, ports)
        client.patch("/v1/me", json={"full_name": "Wrong"}, headers=bearing(token))
        ports.jobs.work(knowing(ports, NAME))
        assert new.enrolment.identity_status is VERIFIED
        assert new.worker.identity_status is NEEDS_CORRECTION

    def test_while_the_registry_is_thinking(self, client, ports, ojek):
        new = enrol(ports, ojek)
        check_pacing.pace(ports)
        token = claim(client, ports)
        slow = knowing(ports, NAME)
        slow.identity.meanwhile = lambda: client.patch(
            "/v1/me", json={"full_name": "Wrong"}, headers=bearing(token)
        )
        (job,) = [each for each in ports.jobs.waiting if isinstance(each, CheckEnrolment)]
        identity.check(slow, job.check_id)
        assert new.enrolment.identity_status is VERIFIED
        assert new.worker.identity_status is PENDING

    def test_by_registering(self, client, ports, ojek):
        new = enrol(ports, ojek, name="Wrong")
        register(client, phone_token(client, ports))
        check(knowing(ports, NAME))
        assert new.enrolment.identity_status is NEEDS_CORRECTION
        assert new.worker.identity_status is VERIFIED

    def test_of_a_tie_that_has_ended_nothing_is_kept_and_nothing_follows(self, client, ports, ojek):
        new = enrol(ports, ojek, name="Wrong")
        check_pacing.pace(ports)
        token = claim(client, ports)
        end(ports, new)
        client.patch("/v1/me", json={"full_name": NAME}, headers=bearing(token))
        ports = knowing(ports, NAME)
        ports.jobs.work(ports)
        assert (new.enrolment.sent_sealed, new.enrolment.identity_status) == (None, PENDING)
        assert ports.identity.asked == [NAME]
        assert new.worker.identity_status is VERIFIED


class TestWhoeverClaims:
    def test_is_asked_about_at_once_and_the_partner_learns_of_it(self, client, ports, ojek):
        new = enrol(ports, ojek)
        claim(client, ports)
        ports.jobs.work(ports)
        assert (new.enrolment.identity_status, new.worker.identity_status) == (VERIFIED, VERIFIED)
        assert new.events == ["worker.identity_verified"]

    def test_and_never_again(self, client, ports, ojek):
        enrol(ports, ojek)
        claim(client, ports)
        check(ports)
        check(ports)
        assert len(ports.identity.asked) == 1

    def test_does_not_wait_twice_where_the_registry_is_being_asked(self, client, ports, ojek):
        new = enrol(ports, ojek)
        check_pacing.pace(ports)
        claim(client, ports)
        ports.jobs.work(ports)
        assert len(ports.identity.asked) == 1
        assert new.worker.identity_status is VERIFIED

    def test_can_correct_what_the_partner_got_wrong(self, client, ports, ojek):
        new = enrol(ports, ojek, name="Wrong")
        ports = knowing(ports, NAME)
        check(ports)
        token = claim(client, ports)
        assert me(client, token)["next_step"] == "correct_identity"
        client.patch("/v1/me", json={"full_name": NAME}, headers=bearing(token))
        ports.jobs.work(ports)
        assert new.worker.identity_status is VERIFIED
        assert new.enrolment.identity_status is NEEDS_CORRECTION

    def test_stays_with_staff_if_many_came_with_the_phone(self, client, ports, ojek):
        enrol(ports, ojek, many_on_phone=True)
        token = claim(client, ports)
        ports.jobs.work(ports)
        shown = me(client, token)
        assert shown["identity"]["status"] == "in_review"
        assert shown["identity"]["reason"].startswith("Banyak orang didaftarkan")


def test_a_check_of_nobody_left_does_not_count_as_on_its_way(ports, ojek, connection):
    new = enrol(ports, ojek)
    check_pacing.pace(ports)
    end(ports, new)
    with ports.transactions.begin() as session:
        session.execute(leave_record([new.id]))
    ports.jobs.work(ports)
    assert ports.identity.asked == []
    assert connection.scalar(select(IdentityCheck.superseded_at)) == ports.clock.now()


def test_an_unclaimed_record_signs_nobody_in_from_another_phone(client, ports, ojek):
    enrol(ports, ojek)
    token = phone_token(client, ports, ANOTHER_PHONE)
    refused = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
    assert refused.status_code == 401


def test_a_session_of_a_claimed_record_is_a_session_like_any_other(client, ports, ojek):
    new = enrol(ports, ojek)
    token = claim(client, ports)
    claims = ports.tokens.read(Kind.WORKER, token, now=ports.clock.now())
    assert sign_in.caller(ports, claims).worker_id == new.began_with
    assert new.worker.claimed_at == ports.clock.now()


def tried(ports, partner, nik=NIK):
    """The partner tells of somebody under this NIK whom the registry does not know so."""
    enrolled = enrol(ports, partner, nik, f"0812-3456-7{next(PHONES):03}", name="Somebody Else")
    check(ports)
    with ports.transactions.begin() as session:
        status = session.get_one(Enrolment, enrolled.id).identity_status
        session.get_one(Enrolment, enrolled.id).end(EndedBy.PARTNER, ports.clock.now())
    return status


def test_a_partner_learns_nothing_of_how_often_others_have_tried(ports, ojek):
    ports = replace(ports, identity=KnowsOnly(NAME))
    assert {tried(ports, add_partner(ports, f"Kurir {n}")) for n in range(6)} == {NEEDS_CORRECTION}
    assert tried(ports, ojek) is NEEDS_CORRECTION


def test_a_partner_that_tries_one_nik_again_and_again_is_told_no_more(ports, ojek):
    ports = replace(ports, identity=KnowsOnly(NAME))
    told = [tried(ports, ojek) for _ in range(6)]
    assert told == [NEEDS_CORRECTION] * 5 + [IdentityStatus.IN_REVIEW]
