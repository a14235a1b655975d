"""Who registers by themself from the phone that a partner named takes over what it has begun."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.consent import WorkerConsent
from models.identity_check import IdentityCheck
from models.values.identity import Finding, IdentityStatus
from models.values.nik import Nik
from models.values.page import PageRequest
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.worker import Worker
from services import erasing, ledger, privacy_requests
from services.links import check_pacing
from services.once import Once
from services.ports import Comparison
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    FORM,
    NIK,
    bearing,
    me,
    phone_token,
    refusal,
    register,
)
from tests.cases import reviewer
from tests.enrolled import enrol, paid_months, pay_for
from tests.ties import add_partner


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


@pytest.fixture
def verified(ports, ojek):
    """Enrolled, checked, and nobody has signed in."""
    new = enrol(ports, ojek)
    check_pacing.pace(ports)
    ports.jobs.work(ports)
    assert new.worker.identity_status is IdentityStatus.VERIFIED
    return new


def take_over(client, ports, **changes):
    answer = register(client, phone_token(client, ports), **changes)
    assert answer.status_code == 201, answer.json
    return answer.json


def workers(connection):
    return connection.scalar(select(func.count()).select_from(Worker))


def test_the_form_replaces_the_record(client, ports, ojek, connection):
    new = enrol(ports, ojek, name="Siti A.")
    joined = take_over(
        client,
        ports,
        email="siti@contoh.id",
        postal_code="10110",
        occupations=[{"code": "FI01", "workplace": "Muara Angke"}, {"code": "TR01"}],
    )
    shown = joined["worker"]
    assert shown == me(client, joined["access_token"])
    assert (shown["id"], workers(connection)) == (str(new.began_with), 1)
    for field in ("full_name", "birth_place", "birth_date", "address", "monthly_income"):
        assert shown[field] == FORM[field]
    assert [each["code"] for each in shown["occupations"]] == ["FI01", "TR01"]
    assert (shown["email"], shown["postal_code"]) == ("siti@contoh.id", "10110")
    assert shown["registration_number"] == new.record.registration_number
    assert new.worker.claimed_at == new.worker.registered_at == ports.clock.now()


def test_the_consents_are_the_persons_own(client, ports, ojek, connection):
    take_over_of = enrol(ports, ojek)
    take_over(client, ports)
    given = select(WorkerConsent.document).where(WorkerConsent.worker_id == take_over_of.began_with)
    assert sorted(connection.scalars(given)) == sorted(e["document"] for e in FORM["consents"])


def test_the_plan_stays_and_counts_what_they_earn_by_their_own_words(client, ports, ojek):
    enrol(ports, ojek)
    shown = take_over(client, ports)["worker"]
    assert shown["plan"] == "basic"
    ports.jobs.work(ports)


def test_what_it_says_is_checked(client, ports, ojek, connection):
    new = enrol(ports, ojek)
    joined = take_over(client, ports)
    assert joined["worker"]["next_step"] == "wait_for_identity"
    ports.jobs.work(ports)
    assert new.worker.identity_status is IdentityStatus.VERIFIED
    own = select(IdentityCheck.enrolment_id).where(IdentityCheck.enrolment_id.is_(None))
    assert len(connection.scalars(own).all()) == 1


def test_not_again_where_the_same_is_proven(client, ports, verified):
    asked = len(ports.identity.asked)
    joined = take_over(client, ports)
    ports.jobs.work(ports)
    assert joined["worker"]["identity"]["status"] == "verified"
    assert joined["worker"]["next_step"] == "pay"
    assert len(ports.identity.asked) == asked


def test_again_where_something_else_was_proven(client, ports, verified):
    joined = take_over(client, ports, full_name="Siti Aminah Wati")
    assert joined["worker"]["identity"]["status"] == "pending"
    assert verified.enrolment.identity_status is IdentityStatus.VERIFIED


def test_whatever_was_found_of_what_the_partner_sent(client, ports, ojek):
    new = enrol(ports, ojek)
    ports.identity.answers[Nik(NIK)] = Comparison(finding=Finding.DECEASED, scores={})
    check_pacing.pace(ports)
    ports.jobs.work(ports)
    assert new.worker.identity_status is IdentityStatus.REFUSED
    assert take_over(client, ports)["worker"]["identity"]["status"] == "pending"


def test_what_was_paid_for_stays(client, ports, verified):
    pay_for(ports, verified.began_with, months=2)
    joined = take_over(client, ports)
    cover = client.get("/v1/me/coverage", headers=bearing(joined["access_token"])).json
    assert (cover["status"], cover["protected_until"]) == ("active", "2026-12-31")
    assert paid_months(ports, verified.began_with) == ["2026-11", "2026-12"]
    assert ledger.unbalanced(ports) == []


def test_it_is_done_once(client, ports, ojek):
    enrol(ports, ojek)
    token = phone_token(client, ports)
    first = register(client, token, Idempotency_Key="once")
    again = register(client, token, Idempotency_Key="once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json == first.json


def test_afterwards_they_are_registered_like_anybody(client, ports, ojek):
    enrol(ports, ojek)
    take_over(client, ports)
    again = register(client, phone_token(client, ports))
    assert refusal(again) == (409, "already-registered")


def test_a_form_with_a_fault_takes_nothing_over(client, ports, ojek):
    new = enrol(ports, ojek)
    answer = register(client, phone_token(client, ports), village_code="99.99.99.9999")
    assert answer.status_code == 422
    assert new.worker.claimed_at is None


def test_a_spent_phone_token_takes_nothing_over(client, ports, ojek):
    token = phone_token(client, ports)
    register(client, token, nik=ANOTHER_NIK)
    new = enrol(ports, ojek)
    assert register(client, token).status_code == 401
    assert new.worker.claimed_at is None


def test_signed_in_already_it_is_registered_already(client, ports, ojek):
    enrol(ports, ojek)
    token = phone_token(client, ports)
    client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
    again = register(client, phone_token(client, ports))
    assert refusal(again) == (409, "already-registered")


def test_an_unclaimed_holder_is_in_nobodys_way(client, ports, verified, connection):
    token = phone_token(client, ports, ANOTHER_PHONE)
    answer = register(client, token)
    assert answer.status_code == 201
    assert workers(connection) == 2


class TestWhatIsMissing:
    def test_is_null_on_the_record_and_the_next_thing_to_do(self, client, ports, verified):
        token = phone_token(client, ports)
        signed_in = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token)).json
        consents(client, signed_in["access_token"])
        shown = me(client, signed_in["access_token"])
        assert (shown["birth_place"], shown["address"]) == (None, None)
        cover = client.get("/v1/me/coverage", headers=bearing(signed_in["access_token"])).json
        assert shown["next_step"] == cover["next_step"] == "complete_profile"

    def test_may_be_filled_in_though_the_identity_is_verified(
        self, client, ports, verified, connection
    ):
        token = signed_in(client, ports)
        checks = connection.scalar(select(func.count()).select_from(IdentityCheck))
        body = {
            "birth_place": "Bandung",
            "mother_maiden_name": "Ratna Dewi",
            "address": "Jl. Kenanga 12",
        }
        changed = client.patch("/v1/me", json=body, headers=bearing(token))
        assert changed.status_code == 200
        assert changed.json["birth_place"] == "Bandung"
        assert changed.json["identity"]["status"] == "verified"
        assert changed.json["next_step"] == "pay"
        assert connection.scalar(select(func.count()).select_from(IdentityCheck)) == checks

    def test_once_filled_in_it_stays_as_it_is(self, client, ports, verified):
        token = signed_in(client, ports)
        for expected in (200, 409):
            answer = client.patch("/v1/me", json={"birth_place": "Bandung"}, headers=bearing(token))
            assert answer.status_code == expected

    def test_beside_something_that_is_not_missing_nothing_is_changed(self, client, ports, verified):
        token = signed_in(client, ports)
        body = {"birth_place": "Bandung", "full_name": "Somebody Else"}
        answer = client.patch("/v1/me", json=body, headers=bearing(token))
        assert refusal(answer) == (409, "identity-verified")
        assert me(client, token)["birth_place"] is None

    def test_is_no_reason_to_refuse_an_invoice(self, client, ports, verified):
        token = signed_in(client, ports)
        made = client.post("/v1/me/invoices", json={"months": 1}, headers=bearing(token))
        assert made.status_code == 201


def signed_in(client, ports):
    token = phone_token(client, ports)
    answer = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
    consents(client, answer.json["access_token"])
    return answer.json["access_token"]


def consents(client, token):
    for each in FORM["consents"]:
        answer = client.post("/v1/me/consents", json=each, headers=bearing(token))
        assert answer.status_code == 201


def test_the_ordinary_registration_is_as_short_as_it_was(client, ports, queries):
    token = phone_token(client, ports)
    queries.clear()
    register(client, token)
    assert len([sql for sql in queries if not sql.startswith(("SAVEPOINT", "RELEASE"))]) <= 3


def test_whoever_registers_is_not_erased_by_what_was_asked_before(client, ports, clock, verified):
    rina = reviewer(ports)
    erasure = NewRequest(
        worker_id=verified.began_with, kind=PrivacyRequestKind.ERASURE, note="By letter."
    )
    entered = privacy_requests.enter(ports, rina, erasure, Once())
    joined = take_over(client, ports)
    assert privacy_requests.listed(ports, rina, PageRequest()).items == []
    token = bearing(joined["access_token"])
    [told] = client.get("/v1/me/erasure-requests", headers=token).json["items"]
    assert told["status"] == "cancelled"
    clock.time = entered.due_by
    erasing.carry_out(ports)
    assert verified.record.erased_at is None
