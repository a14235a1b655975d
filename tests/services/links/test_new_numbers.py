"""What a platform enrolled under a worker's new number is theirs, whoever gives them the number."""

from __future__ import annotations

from uuid import UUID

import pytest

from models.phone_change_request import HOLD
from models.values.access import Access, AccessReason, Seen, StaffRole
from models.values.identity import Finding, IdentityStatus
from models.values.nik import Nik
from models.values.page import PageRequest
from models.values.plan import Plan
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.values.review import Ruling
from models.worker import ERASED, select_worker_to_change
from services import access_log, billing, ledger, plan_choice, privacy_requests
from services.links import check_pacing
from services.once import Once
from services.phone_recovery import WantedPhoneUsed
from services.ports import Comparison
from services.timeline import own
from tests.api.joining import ANOTHER_PHONE, NIK, phone_token
from tests.api.phone_changing import NEW, OLD, ask_from, asked, change, join_verified, sign_in, told
from tests.cases import NOTE, claim_and_decide, deeds, reviewer
from tests.enrolled import enrol, paid_months, pay_for, told_of_cover, worker
from tests.payers import pay
from tests.ties import add_partner
from tests.whole_lives import Life

NEEDS_CORRECTION, VERIFIED = IdentityStatus.NEEDS_CORRECTION, IdentityStatus.VERIFIED


@pytest.fixture
def enrolled(ports):
    """By a platform, under a phone that the driver will have, and a name that is not theirs."""
    new = enrol(ports, add_partner(ports), phone=ANOTHER_PHONE, name="Sti Aminh")
    ports.identity.answers[Nik(NIK)] = Comparison(finding=Finding.FOUND, scores={})
    check(ports)
    del ports.identity.answers[Nik(NIK)]
    assert new.record.identity_status is NEEDS_CORRECTION
    return new


@pytest.fixture
def life(client, ports, enrolled):
    """The driver, who has registered from another phone and holds the NIK."""
    life = Life.of(ports, join_verified(client, ports))
    assert worker(ports, life.worker_id).identity_status is VERIFIED
    assert enrolled.worker.id == enrolled.began_with
    return life


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


def check(ports):
    check_pacing.pace(ports)
    ports.jobs.work(ports)


def by_themself(client, ports, clock, life):
    access = life.headers()["Authorization"].removeprefix("Bearer ")
    answer = change(client, access, phone_token(client, ports, ANOTHER_PHONE))
    assert answer.status_code == 200, answer.json


def asked_for(client, ports, clock, life):
    """The case of a lost phone, whose hold is over."""
    ask_from(client, ports)
    access = life.headers()["Authorization"].removeprefix("Bearer ")
    request_id = UUID(asked(client, access)[0]["id"])
    told(ports)
    ports.messages.sent.clear()
    clock.time += HOLD.value
    return request_id


def by_staff(client, ports, clock, life):
    request_id = asked_for(client, ports, clock, life)
    claim_and_decide(ports, reviewer(ports), request_id, Ruling.APPROVE)


@pytest.fixture(params=[by_themself, by_staff])
def change_number(request, client, ports, clock, life):
    return lambda: request.param(client, ports, clock, life)


class TestWhicheverWay:
    def test_the_tie_is_theirs_and_nothing_is_left_of_the_record(
        self, client, ports, enrolled, life, change_number
    ):
        change_number()
        assert enrolled.worker.id == life.worker_id
        assert {getattr(enrolled.record, column) for column in ERASED} == {None}
        assert enrolled.record.erased_at == ports.clock.now()
        assert worker(ports, life.worker_id).full_name == "Siti Aminah"
        assert sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).status_code == 201

    def test_both_numbers_are_told(self, ports, life, change_number):
        change_number()
        assert [number for number, _ in told(ports)] == [OLD, NEW]

    def test_what_was_paid_is_theirs(self, ports, enrolled, life, change_number):
        stand(ports, life.worker_id, NEEDS_CORRECTION)
        stand(ports, enrolled.began_with, VERIFIED)
        pay_for(ports, enrolled.began_with, months=2)
        stand(ports, enrolled.began_with, NEEDS_CORRECTION)
        stand(ports, life.worker_id, VERIFIED)
        change_number()
        assert paid_months(ports, life.worker_id) == ["2026-11", "2026-12"]
        assert told_of_cover(ports, life.worker_id) == ["coverage.activated"]
        assert ledger.unbalanced(ports) == []

    def test_whoever_looked_at_the_record_has_looked_at_them(
        self, ports, enrolled, life, change_number
    ):
        look = Access.by_staff(StaffRole.SUPPORT, AccessReason.PAYMENT_MISSING, Seen.RECORD)
        with ports.transactions.begin() as session:
            access_log.record(session, enrolled.began_with, look, ports.clock.now())
        change_number()
        seen = access_log.listed(ports, life.caller, PageRequest(limit=50)).items
        assert any("payment" in each.text.en for each in seen)

    def test_what_was_asked_about_it_is_asked_about_them(
        self, ports, enrolled, life, change_number, rina
    ):
        kind = PrivacyRequestKind.EXPORT
        new = NewRequest(worker_id=enrolled.began_with, kind=kind, note=NOTE)
        entered = privacy_requests.enter(ports, rina, new, Once())
        change_number()
        [case] = privacy_requests.listed(ports, rina, PageRequest()).items
        assert (case.id, case.worker_id) == (entered.id, life.worker_id)

    def test_the_timeline_tells_both(self, ports, life, change_number):
        change_number()
        kinds = {each.kind for each in own.listed(ports, life.caller, PageRequest(limit=50)).items}
        assert {"partner_enrolled", "phone_changed"} <= kinds


class TestByStaff:
    @pytest.fixture
    def request_id(self, client, ports, clock, life):
        return asked_for(client, ports, clock, life)

    def test_it_is_on_record_whom_it_was_decided_about(
        self, ports, enrolled, life, request_id, rina
    ):
        claim_and_decide(ports, rina, request_id, Ruling.APPROVE)
        *_, deed = deeds(ports, rina)
        assert (deed.worker_id, deed.about_id) == (life.worker_id, request_id)
        assert deed.details["outcome"] == "decided"

    def test_rejected_the_record_stays_as_it_is(self, ports, enrolled, request_id, rina):
        claim_and_decide(ports, rina, request_id, Ruling.REJECT)
        assert enrolled.worker.id == enrolled.began_with
        assert enrolled.record.erased_at is None

    def test_who_has_signed_in_to_it_meanwhile_is_in_the_way(
        self, client, ports, enrolled, life, request_id, rina
    ):
        assert sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).status_code == 201
        self.is_refused(ports, life, request_id, rina)
        assert enrolled.worker.id == enrolled.began_with

    def test_where_both_have_been_paid_for_people_untangle_it(
        self, client, ports, enrolled, life, request_id, rina
    ):
        plan_choice.choose(ports, life.caller, Plan.BASIC)
        pay(ports, billing.issue(ports, life.caller, 1, Once()))
        stand(ports, life.worker_id, NEEDS_CORRECTION)
        stand(ports, enrolled.began_with, VERIFIED)
        pay_for(ports, enrolled.began_with)
        stand(ports, enrolled.began_with, NEEDS_CORRECTION)
        stand(ports, life.worker_id, VERIFIED)
        self.is_refused(ports, life, request_id, rina)
        assert paid_months(ports, enrolled.began_with) == ["2026-11"]

    def is_refused(self, ports, life, request_id, rina):
        with pytest.raises(WantedPhoneUsed) as refused:
            claim_and_decide(ports, rina, request_id, Ruling.APPROVE)
        assert "reject" in refused.value.detail.en
        *_, deed = deeds(ports, rina)
        assert deed.refusal == "wanted-phone-used"
        kinds = {each.kind for each in own.listed(ports, life.caller, PageRequest(limit=50)).items}
        assert "phone_changed" not in kinds


def stand(ports, worker_id, status):
    """As the registry may have said at some time."""
    with ports.transactions.begin() as session:
        session.scalars(select_worker_to_change(worker_id)).one().identity_status = status
