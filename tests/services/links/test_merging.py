"""Of one person's two records the one that nobody signed in to becomes part of the other."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from models.contribution import Contribution
from models.identity_check import IdentityCheck
from models.terms import ContributionTerms
from models.values.identity import Finding, IdentityStatus
from models.values.month import Month
from models.values.nik import Nik
from models.values.plan import Plan
from models.worker import ERASED, select_worker_to_change
from services import billing, ledger, plan_choice, profile_change
from services.errors import IdentityVerified
from services.links import check_pacing
from services.once import Once
from services.ports import Comparison
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    NIK,
    PHONE,
    bearing,
    join,
    me,
    phone_token,
    refusal,
)
from tests.enrolled import (
    NAME,
    enrol,
    paid_months,
    pay_for,
    tie,
    told_of_cover,
    worker,
)
from tests.payers import pay
from tests.ties import add_partner
from tests.whole_lives import Life

VERIFIED, IN_REVIEW = IdentityStatus.VERIFIED, IdentityStatus.IN_REVIEW


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


@pytest.fixture
def kurir(ports):
    return add_partner(ports, "Kurir Kita")


def check(ports):
    check_pacing.pace(ports)
    ports.jobs.work(ports)


@pytest.fixture
def unclaimed(ports, ojek):
    """Who holds the NIK, enrolled with one phone and paid for until the end of the year."""
    new = enrol(ports, ojek)
    check(ports)
    pay_for(ports, new.began_with, months=2)
    return new


def join_from_elsewhere(client, ports, **changes):
    return Life.of(ports, join(client, ports, ANOTHER_PHONE, **changes), ANOTHER_PHONE)


class TestRegisteringFromAnotherPhone:
    def test_is_a_record_of_its_own_until_the_registry_has_answered(self, client, ports, unclaimed):
        life = join_from_elsewhere(client, ports)
        assert life.worker_id != unclaimed.began_with
        assert unclaimed.worker.id == unclaimed.began_with

    def test_then_everything_is_theirs(self, client, ports, unclaimed):
        before = unclaimed.worker
        life = join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        mine = worker(ports, life.worker_id)
        assert mine.identity_status is VERIFIED
        assert unclaimed.worker.id == mine.id
        assert (mine.member_number, mine.paid_through) == (
            before.member_number,
            Month(2026, 12),
        )
        assert paid_months(ports, mine.id) == ["2026-11", "2026-12"]
        assert told_of_cover(ports, mine.id) == ["coverage.activated"]
        cover = client.get("/v1/me/coverage", headers=life.headers()).json
        assert (cover["status"], cover["protected_until"]) == ("active", "2026-12-31")

    def test_nothing_is_left_of_the_other_but_whose_it_was(
        self, client, ports, unclaimed, connection
    ):
        join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        left = unclaimed.record
        assert left.erased_at == ports.clock.now()
        assert {getattr(left, column) for column in ERASED} == {None}
        assert (left.member_number, left.paid_through) == (None, None)
        for table in ("contribution", "payment", "ledger_posting", "invoice", "coverage_event"):
            named = text(f"select count(*) from {table} where worker_id = :gone")  # noqa: S608
            assert connection.scalar(named, {"gone": left.id}) == 0, table

    def test_the_books_balance_and_no_month_is_paid_twice(
        self, client, ports, unclaimed, connection
    ):
        life = join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        assert ledger.unbalanced(ports) == []
        paid = select(Contribution.month, func.count()).group_by(Contribution.month)
        assert {count for _, count in connection.execute(paid)} == {1}
        client.put("/v1/me/plan", json={"plan": "basic"}, headers=life.headers())
        made = client.post("/v1/me/invoices", json={"months": 1}, headers=life.headers())
        assert [each["month"] for each in made.json["months"]] == ["2027-01"]

    def test_the_receipt_of_what_was_paid_is_theirs(self, client, ports, unclaimed):
        life = join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        (paid,) = client.get("/v1/me/invoices", headers=life.headers()).json["items"]
        receipt = client.get(f"/v1/me/invoices/{paid['id']}/receipt", headers=life.headers())
        assert receipt.status_code == 200

    def test_the_tie_to_the_partner_is_theirs_to_confirm_and_it_learns_nothing(
        self, client, ports, unclaimed
    ):
        join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        assert unclaimed.enrolment.confirmed_at is None
        assert unclaimed.enrolment.identity_status is VERIFIED
        assert unclaimed.events == ["worker.identity_verified"]

    def test_their_own_choice_of_plan_stands(self, client, ports, unclaimed):
        life = join_from_elsewhere(client, ports)
        client.put("/v1/me/plan", json={"plan": "complete"}, headers=life.headers())
        ports.jobs.work(ports)
        shown = me(client, life.headers()["Authorization"].removeprefix("Bearer "))
        assert shown["plan"] == "complete"

    def test_months_gone_by_are_priced_by_the_terms_of_their_time(
        self, client, ports, unclaimed, clock
    ):
        clock.advance(days=72)  # 2 February: January is unpaid
        life = join_from_elsewhere(client, ports)
        client.put("/v1/me/plan", json={"plan": "complete"}, headers=life.headers())
        ports.jobs.work(ports)
        cover = client.get("/v1/me/coverage", headers=life.headers()).json
        assert (cover["status"], cover["arrears"]["months"]) == ("grace", 2)

    def test_who_does_not_match_takes_nothing(self, client, ports, unclaimed):
        life = join_from_elsewhere(client, ports, full_name="Somebody Else")
        ports.identity.answers.update(mismatch())
        ports.jobs.work(ports)
        assert worker(ports, life.worker_id).identity_status is IdentityStatus.NEEDS_CORRECTION
        assert unclaimed.worker.id == unclaimed.began_with
        assert unclaimed.worker.erased_at is None

    def test_somebody_who_has_signed_in_is_left_alone(self, client, ports, unclaimed):
        token = phone_token(client, ports)
        client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
        life = join_from_elsewhere(client, ports, full_name="Siti Aminah Wati")
        ports.jobs.work(ports)
        assert worker(ports, life.worker_id).identity_status is IN_REVIEW
        assert unclaimed.worker.id == unclaimed.began_with

    def test_where_both_have_been_paid_for_people_untangle_it(self, client, ports, unclaimed):
        life = join_from_elsewhere(client, ports)
        stand(ports, unclaimed.began_with, IN_REVIEW)
        stand(ports, life.worker_id, VERIFIED)
        pay_for_again(ports, life)
        stand(ports, life.worker_id, IdentityStatus.PENDING)
        stand(ports, unclaimed.began_with, VERIFIED)
        ports.jobs.work(ports)
        assert worker(ports, life.worker_id).identity_status is IN_REVIEW
        assert unclaimed.worker.id == unclaimed.began_with
        assert paid_months(ports, life.worker_id) == ["2026-11"]
        assert ledger.unbalanced(ports) == []


def stand(ports, worker_id, status):
    """As our staff may have decided at some time."""
    with ports.transactions.begin() as session:
        session.scalars(select_worker_to_change(worker_id)).one().identity_status = status


def pay_for_again(ports, life):
    """As somebody who was verified once."""
    plan_choice.choose(ports, life.caller, Plan.BASIC)
    pay(ports, billing.issue(ports, life.caller, 1, Once()))


def mismatch():
    return {Nik(NIK): Comparison(finding=Finding.FOUND, scores={})}


class TestTwoPartners:
    def test_the_first_that_is_verified_holds_and_the_other_is_tied_to_it(self, ports, ojek, kurir):
        first = enrol(ports, ojek)
        second = enrol(ports, kurir, phone=ANOTHER_PHONE)
        check(ports)
        assert first.worker.id == second.worker.id
        kept = {first.began_with, second.began_with} & {first.worker.id}
        gone = ({first.began_with, second.began_with} - kept).pop()
        assert worker(ports, gone).erased_at is not None
        assert first.worker.identity_status is VERIFIED

    def test_neither_learns_of_the_other(self, ports, ojek, kurir):
        first = enrol(ports, ojek)
        second = enrol(ports, kurir, phone=ANOTHER_PHONE)
        check(ports)
        assert first.events == second.events == ["worker.identity_verified"]
        assert first.enrolment.identity_status is second.enrolment.identity_status is VERIFIED

    def test_one_that_does_not_match_stays_by_itself(self, ports, ojek, kurir):
        first = enrol(ports, ojek)
        check(ports)
        second = enrol(ports, kurir, phone=ANOTHER_PHONE, name="Somebody Else")
        ports.identity.answers.update(mismatch())
        check(ports)
        assert second.worker.id == second.began_with
        assert second.events == ["worker.identity_failed"]
        assert first.worker.identity_status is VERIFIED

    def test_one_is_tied_to_a_person_who_holds_the_nik(self, client, ports, kurir):
        life = Life.of(ports, join(client, ports))
        second = enrol(ports, kurir, phone=ANOTHER_PHONE)
        ports.jobs.work(ports)
        check(ports)
        assert second.worker.id == life.worker_id
        assert worker(ports, life.worker_id).full_name == NAME
        assert second.record.erased_at is not None

    def test_what_is_still_to_be_compared_moves_along(self, client, ports, unclaimed, kurir):
        other = tie(ports, kurir, unclaimed.began_with, sent_name="Somebody Else")
        life = join_from_elsewhere(client, ports)
        ports.jobs.work(ports)
        assert other.worker.id == life.worker_id
        ports.identity.answers.update(mismatch())
        check(ports)
        assert other.events == ["worker.identity_failed"]
        assert worker(ports, life.worker_id).identity_status is VERIFIED


class TestCorrecting:
    """An unclaimed record never stands in the way of whoever has the phone."""

    def test_a_mistyped_nik_takes_over_what_was_enrolled_with_the_right_one(
        self, client, ports, ojek
    ):
        life = Life.of(ports, join(client, ports, nik=ANOTHER_NIK))
        new = enrol(ports, ojek)
        changed = client.patch("/v1/me", json={"nik": NIK}, headers=life.headers())
        assert changed.status_code == 200
        ports.jobs.work(ports)
        check(ports)
        assert new.worker.id == life.worker_id
        assert new.worker.identity_status is VERIFIED
        assert new.record.erased_at is not None
        assert new.events == ["worker.identity_verified"]

    def test_somebody_elses_registration_still_does(self, client, ports):
        join(client, ports)
        life = Life.of(ports, join(client, ports, nik=ANOTHER_NIK))
        changed = client.patch("/v1/me", json={"nik": NIK}, headers=life.headers())
        assert refusal(changed) == (409, "nik-used-on-this-phone")

    def test_a_new_number_takes_over_what_was_enrolled_with_it(self, client, ports, ojek):
        life = Life.of(ports, join(client, ports, ANOTHER_PHONE, full_name="Wrong"), ANOTHER_PHONE)
        new = enrol(ports, ojek)
        body = {"phone_token": phone_token(client, ports, PHONE)}
        changed = client.put("/v1/me/phone", json=body, headers=life.headers())
        assert changed.status_code == 200, changed.json
        assert new.worker.id == life.worker_id
        assert new.record.erased_at is not None


class TestTheDatabase:
    MOVE = text("select move_unclaimed(:source, :target, true)")

    @pytest.mark.parametrize("case", ["claimed", "another nik", "erased", "itself"])
    def test_moves_nothing_but_an_unclaimed_record_of_the_same_nik(
        self, client, ports, ojek, connection, case
    ):
        new = enrol(ports, ojek)
        nik = ANOTHER_NIK if case == "another nik" else NIK
        life = join_from_elsewhere(client, ports, nik=nik)
        source, target = new.began_with, life.worker_id
        if case == "claimed":
            source, target = target, source
        if case == "itself":
            target = source
        if case == "erased":
            gone = ", ".join(f"{column} = null" for column in ERASED)
            connection.execute(text("delete from worker_occupation"))
            connection.execute(
                text(f"update worker set erased_at = now(), {gone} where id = :id"),  # noqa: S608
                {"id": source},
            )
        moved = {"source": source, "target": target}
        with pytest.raises(DBAPIError, match="only an unclaimed record moves"):
            connection.execute(self.MOVE, moved)

    def test_terms_of_an_unclaimed_record_go_when_it_is_erased_and_not_before(
        self, ports, ojek, connection
    ):
        new = enrol(ports, ojek)
        connection.execute(
            text("select erase_contribution_terms(:whose)"), {"whose": new.began_with}
        )
        kept = select(func.count()).where(ContributionTerms.worker_id == new.began_with)
        assert connection.scalar(kept) == 1


def test_checks_of_a_record_that_moved_are_not_the_workers_own(
    client, ports, unclaimed, connection
):
    life = join_from_elsewhere(client, ports)
    ports.jobs.work(ports)
    own = select(IdentityCheck.of_record).where(
        IdentityCheck.worker_id == life.worker_id, IdentityCheck.enrolment_id.is_not(None)
    )
    assert connection.scalars(own).all() == [False]


def test_a_correction_after_merging_is_refused_as_ever(client, ports, unclaimed):
    life = join_from_elsewhere(client, ports)
    ports.jobs.work(ports)
    with pytest.raises(IdentityVerified):
        profile_change.change(ports, life.caller, {"full_name": "Else"})
