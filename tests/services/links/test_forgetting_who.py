"""Of a record that nobody ever signed in to or paid for nothing is left that tells whose it was."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models.consent import insert_consents
from models.enrolment import EndedBy
from models.identity_check import IdentityCheck, select_checks
from models.invoice import InvoiceStatus
from models.record_standing import RecordStanding
from models.sought import NameAndDay, Search
from models.values.access import AccessReason, StaffRole
from models.values.identity import IdentityStatus
from models.values.nik import Nik
from models.values.registration_number import RegistrationNumber
from models.values.staff_fields import StaffField
from models.worker import Worker, forget_who_it_was
from services import billing
from services.callers import SignedIn
from services.links import check_pacing
from services.links.expiring import expire
from services.lookup import looking_up, record_view, revealing
from services.once import Once
from tests.api.joining import NIK, join
from tests.console.browsing import signed_in, words_of
from tests.enrolled import BORN, NAME, enrol, worker
from tests.enrolling import row, send, words
from tests.officers import bearer, officer
from tests.ties import add_partner
from tests.whole_lives import everything

AGAIN = {"nik": NIK, "phone": "+6281234567890", "full_name": NAME, "birth_date": BORN, "sex": "F"}


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


@pytest.fixture
def driver(ports, ojek):
    """Whom the registry knows."""
    driver = enrol(ports, ojek, complete=True)
    check_pacing.pace(ports)
    ports.jobs.work(ports)
    assert driver.worker.identity_status is IdentityStatus.VERIFIED
    return driver


@pytest.fixture
def gone(ports, clock, driver):
    clock.advance(days=90)
    expire(ports)
    assert driver.worker.erased_at == clock.now()
    return driver


@pytest.fixture
def support(ports, session):
    return officer(ports, session)


def test_neither_nik_nor_name_nor_birth_date_is_left_in_any_table(ports, gone, connection):
    tables = "\n".join(everything(connection, ports.vault).values())
    for trace in (NIK, ports.vault.search_key_of(Nik(NIK)).hex(), NAME, BORN.isoformat()):
        assert trace not in tables


def test_the_tie_and_what_was_asked_are_left(ports, gone):
    assert gone.enrolment.ended_by is EndedBy.TIME
    assert gone.enrolment.consent_version == "2026-11"
    with ports.transactions.reading() as session:
        [asked] = session.scalars(select_checks(gone.worker.id))
    assert (asked.outcome, asked.enrolment_id) == (IdentityStatus.VERIFIED, gone.id)


def test_an_answer_that_comes_too_late_says_nothing(ports, clock, ojek, connection):
    driver = enrol(ports, ojek)
    check_pacing.pace(ports)
    clock.advance(days=90)
    expire(ports)
    ports.jobs.work(ports)
    outcome, superseded_at = connection.execute(
        select(IdentityCheck.outcome, IdentityCheck.superseded_at)
    ).one()
    assert (outcome, superseded_at) == (None, clock.now())
    assert driver.events == []


class TestStaff:
    def test_find_nobody_by_what_a_caller_says_of_themself(self, ports, gone, support):
        def found(by):
            wanted = Search(by=by, reason=AccessReason.CALLER_ASKS)
            return looking_up.look_up(ports, support, wanted).matches

        assert not found(Nik(NIK))
        assert not found(NameAndDay(NAME, BORN))
        [match] = found(RegistrationNumber(gone.worker.registration_number))
        assert match.standing is RecordStanding.ERASED
        assert (match.nik_masked, match.name_masked, match.birth_year) == (None, None, None)

    def test_open_what_is_left_by_its_number(self, ports, gone, support):
        record = record_view.view(ports, support, gone.worker.id, AccessReason.CALLER_ASKS)
        assert (record.nik_masked, record.full_name, record.birth_year) == (None, None, None)

    def test_have_nothing_revealed(self, ports, gone, session):
        reviewer = officer(ports, session, StaffRole.REVIEWER)
        fields = [StaffField.NIK, StaffField.BIRTH_DATE]
        reason = AccessReason.IDENTITY_CASE
        told = revealing.reveal(ports, reviewer, gone.worker.id, fields, reason).fields
        assert told == dict.fromkeys(fields)

    def test_read_null_over_http(self, client, ports, gone, support):
        path = f"/v1/staff/workers/{gone.worker.id}?reason=caller_asks"
        told = client.get(path, headers=bearer(ports, support)).json
        assert (told["standing"], told["nik_masked"]) == ("erased", None)
        assert (told["full_name"], told["birth_year"]) == (None, None)

    @pytest.mark.parametrize(
        ("language", "said"),
        [("id", "Orangnya tidak pernah masuk"), ("en", "Its person had never signed in")],
    )
    def test_read_on_the_page_what_happened(self, client, ports, session, gone, language, said):
        desk = signed_in(client, ports, session).speaking(language)
        page = desk.get(f"/console/workers/{gone.worker.id}/caller-asks")
        assert page.status_code == 200
        assert said in words_of(page)
        assert NAME not in page.text


class TestTheSamePersonLater:
    def test_is_enrolled_as_somebody_new(self, ports, session, ojek, gone):
        [became] = send(ports, session, ojek, row(external_id=str(gone.id), **AGAIN))
        assert words([became]) == ["accepted"]
        assert became.enrolment_id != gone.id

    def test_registers_as_somebody_new_and_holds_the_nik(self, client, ports, gone):
        told = join(client, ports)
        ports.jobs.work(ports)
        assert told["worker"]["id"] != str(gone.worker.id)
        with ports.transactions.reading() as session:
            new = session.get_one(Worker, told["worker"]["id"])
        assert new.identity_status is IdentityStatus.VERIFIED

    def test_twice_over_goes_twice(self, ports, clock, ojek, gone):
        again = enrol(ports, ojek)
        clock.advance(days=90)
        expire(ports)
        assert again.worker.full_name is None


class TestKept:
    """NIK, name and birth date, as of everybody who is erased."""

    def test_where_there_is_money(self, ports, clock, driver):
        caller = SignedIn(driver.worker.id, driver.id)
        billed_to(ports, caller)
        clock.advance(days=90)
        expire(ports)
        assert driver.worker.erased_at == clock.now()
        assert driver.worker.full_name == NAME
        assert driver.enrolment.nik_key is not None

    @pytest.mark.parametrize("heard", ["claimed_at", "member_number"])
    def test_by_the_database_of_who_was_ever_heard_of(self, ports, clock, gone, heard):
        """By whatever mistake of ours."""
        value = clock.now() if heard == "claimed_at" else "48201937465"
        with pytest.raises(IntegrityError), ports.transactions.begin() as session:
            session.execute(update(Worker).values({heard: value}))

    def test_by_the_database_of_who_is_there(self, ports, driver):
        with pytest.raises(IntegrityError), ports.transactions.begin() as session:
            session.execute(forget_who_it_was(driver.worker.id))
        assert worker(ports, driver.worker.id).full_name == NAME


def billed_to(ports, caller):
    """A bill of somebody's who never signed in, and that was not paid."""
    with ports.transactions.begin() as session:
        given = [(each.document, each.version) for each in ports.consents.required()]
        session.execute(insert_consents(caller.worker_id, given, ports.clock.now()))
    bill = billing.issue(ports, caller, 1, Once())
    assert bill.status is InvoiceStatus.OPEN
