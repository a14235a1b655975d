"""What people ask about their data: by whom it came, by when it is due, and how it ends."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from models.application import Accepted
from models.consent import select_consents, select_given, took_back_any
from models.data_access import select_accesses
from models.erasure_request import ErasureStatus, select_requests
from models.privacy_request import PrivacyRequest
from models.values.access import Seen, StaffRole
from models.values.audit import AuditAction
from models.values.month import Month
from models.values.page import PageRequest
from models.values.plan import Plan
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.worker import select_worker_to_change
from services import (
    billing,
    consents,
    erasing,
    erasure,
    plan_choice,
    privacy_export,
    privacy_requests,
)
from services.errors import Invalid
from services.links import check_pacing, expiring
from services.lookup.errors import WorkerNotFound
from services.once import Once
from services.privacy_export import AlreadyExported, ExportByAnother, NotAnExport
from services.privacy_requests import (
    AskedByWorker,
    ErasureGoesByItself,
    PrivacyRequestClosed,
    PrivacyRequestNotFound,
    PrivacyRequestOpen,
)
from tests.api.joining import ANOTHER_NIK, join, phone_token
from tests.api.phone_changing import ask_from
from tests.cases import NOTE, deeds, reviewer
from tests.enrolled import enrol
from tests.payers import add_worker, pay
from tests.ties import add_partner
from tests.whole_lives import Life

EXPORT, ERASURE = PrivacyRequestKind.EXPORT, PrivacyRequestKind.ERASURE
WITHDRAWAL = PrivacyRequestKind.WITHDRAWAL
THREE_DAYS = timedelta(hours=72)


@pytest.fixture
def life(client, ports):
    life = Life.of(ports, join(client, ports))
    ports.jobs.work(ports)
    ports.messages.sent.clear()
    return life


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


def enter(ports, by, life, kind, **more):
    new = NewRequest(worker_id=life.worker_id, kind=kind, note=NOTE, **more)
    return privacy_requests.enter(ports, by, new, Once())


def listed(ports, by, **wanted):
    return privacy_requests.listed(ports, by, PageRequest(), **wanted).items


def erasures(ports, life):
    with ports.transactions.reading() as session:
        return session.scalars(select_requests(life.worker_id)).all()


def standing(ports, life):
    with ports.transactions.reading() as session:
        return session.scalars(select_given(life.worker_id)).all()


def ask_in_app(client, ports, life):
    token = phone_token(client, ports)
    return erasure.request(ports, life.caller, token, Once())


class TestTheList:
    def test_what_is_due_first_comes_first(self, client, ports, clock, life, rina):
        later = enter(ports, rina, life, EXPORT)
        yesterday = clock.now() - timedelta(days=4)
        overdue = enter(ports, rina, life, PrivacyRequestKind.CORRECTION, requested_at=yesterday)
        assert [each.id for each in listed(ports, rina)] == [overdue.id, later.id]
        assert (overdue.is_overdue, later.is_overdue) == (True, False)
        assert (later.due_by, later.due_in) == (clock.now() + THREE_DAYS, 72 * 3600)
        assert overdue.due_in == -24 * 3600

    def test_an_erasure_asked_for_in_the_app_is_there_until_it_is_done(
        self, client, ports, clock, life, rina
    ):
        asked = ask_in_app(client, ports, life)
        [case] = listed(ports, rina)
        assert (case.id, case.kind, case.entered_by) == (asked.id, ERASURE, None)
        assert case.due_by == asked.due_by
        clock.time = asked.not_before
        erasing.carry_out(ports)
        assert listed(ports, rina) == []

    def test_and_is_gone_when_it_is_called_off(self, client, ports, life, rina):
        erasure.cancel(ports, life.caller, ask_in_app(client, ports, life).id)
        assert listed(ports, rina) == []

    def test_taking_back_a_required_consent_is_there_and_accepting_it_again_ends_it(
        self, ports, clock, life, rina
    ):
        privacy = next(each for each in ports.consents.required() if each.document == "privacy")
        consents.withdraw(ports, life.caller, "privacy")
        consents.withdraw(ports, life.caller, "privacy")
        [case] = listed(ports, rina)
        assert (case.kind, case.entered_by, case.requested_at) == (WITHDRAWAL, None, clock.now())
        assert case.due_by == clock.now() + THREE_DAYS
        accepted = Accepted(document=privacy.document, version=privacy.version)
        consents.accept(ports, life.caller, accepted, Once())
        assert listed(ports, rina) == []

    def test_taking_back_an_optional_one_asks_for_nothing_more(self, ports, life, rina):
        optional = next(each for each in ports.consents.current() if not each.required)
        accepted = Accepted(document=optional.document, version=optional.version)
        consents.accept(ports, life.caller, accepted, Once())
        consents.withdraw(ports, life.caller, optional.document)
        assert listed(ports, rina) == []

    def test_pages_follow_on_whatever_stands_in_which_table(self, client, ports, clock, life, rina):
        ask_in_app(client, ports, life)
        for kind in (EXPORT, WITHDRAWAL, PrivacyRequestKind.SUSPENSION):
            clock.advance(minutes=1)
            enter(ports, rina, life, kind)
        every = [each.id for each in listed(ports, rina)]
        found, after = [], None
        for _ in range(4):
            page = privacy_requests.listed(ports, rina, PageRequest(limit=1, after=after))
            found += [each.id for each in page.items]
            after = page.next_after
        assert (found, after) == (every, None)

    def test_an_erasure_has_its_place_by_when_it_was_asked(self, ports, clock, rina):
        """Among all that was asked: the oldest was entered last, and one of them in the app."""
        asked = {}
        for days, kind in ((1, EXPORT), (3, ERASURE), (2, ERASURE), (4, WITHDRAWAL), (5, ERASURE)):
            worker = add_worker(ports)
            when = clock.now() - timedelta(days=days)
            asked[days] = enter(ports, rina, worker, kind, requested_at=when).id
        worker = add_worker(ports)
        with ports.transactions.begin() as session:
            row = session.scalars(select_worker_to_change(worker.worker_id)).one()
            asked[0] = erasure.begin(ports, session, row, clock.now()).id
        oldest_first = [asked[days] for days in sorted(asked, reverse=True)]
        found, after = [], None
        for _ in oldest_first:
            page = privacy_requests.listed(ports, rina, PageRequest(limit=1, after=after))
            found += [each.id for each in page.items]
            after = page.next_after
        assert (found, after) == (oldest_first, None)
        of_erasure = [asked[days] for days in (5, 3, 2, 0)]
        assert [each.id for each in listed(ports, rina, kind=ERASURE)] == of_erasure

    @pytest.mark.parametrize("kind", PrivacyRequestKind)
    def test_one_kind_can_be_asked_for(self, ports, life, rina, kind):
        entered = enter(ports, rina, life, kind)
        assert [each.id for each in listed(ports, rina, kind=kind)] == [entered.id]
        other = EXPORT if kind is ERASURE else ERASURE
        assert listed(ports, rina, kind=other) == []

    def test_it_is_one_deed_and_as_many_statements_however_many_there_are(
        self, ports, life, rina, queries
    ):
        def asked_for():
            queries.clear()
            listed(ports, rina)
            return len(queries)

        enter(ports, rina, life, EXPORT)
        few = asked_for()
        enter(ports, rina, life, WITHDRAWAL)
        assert asked_for() == few
        shown = [each.details for each in deeds(ports, rina) if each.action == "listed_requests"]
        assert [each["shown"] for each in shown] == [1, 2]


class TestEntering:
    def test_it_is_on_record_with_how_we_knew_that_it_was_them(self, ports, life, rina):
        entered = enter(ports, rina, life, EXPORT)
        [deed] = deeds(ports, rina)
        assert (deed.action, deed.worker_id, deed.about_id, deed.note) == (
            AuditAction.ENTERED_REQUEST,
            life.worker_id,
            entered.id,
            NOTE,
        )
        assert entered.entered_by == "rina"

    def test_the_same_is_not_entered_twice(self, ports, life, rina, budi):
        entered = enter(ports, rina, life, EXPORT)
        with pytest.raises(PrivacyRequestOpen) as refused:
            enter(ports, budi, life, EXPORT)
        assert refused.value.details["privacy_request_id"] == entered.id

    def test_an_erasure_that_waits_is_not_asked_for_again(self, client, ports, life, rina):
        ask_in_app(client, ports, life)
        with pytest.raises(PrivacyRequestOpen):
            enter(ports, rina, life, ERASURE)

    def test_nobody_asks_in_the_future(self, ports, clock, life, rina):
        with pytest.raises(Invalid):
            enter(ports, rina, life, EXPORT, requested_at=clock.now() + timedelta(seconds=1))

    def test_of_nobody_nothing_is_asked(self, ports, rina):
        new = NewRequest(worker_id=rina.account_id, kind=EXPORT, note=NOTE)
        with pytest.raises(WorkerNotFound):
            privacy_requests.enter(ports, rina, new, Once())
        assert deeds(ports, rina)[-1].refusal == "worker-not-found"


class TestErasureByLetter:
    def test_it_begins_the_same_erasure_and_the_worker_is_told(self, ports, clock, life, rina):
        entered = enter(ports, rina, life, ERASURE)
        [begun] = erasures(ports, life)
        assert (entered.id, entered.due_by) == (begun.id, begun.due_by)
        ports.jobs.work(ports)
        assert len(ports.messages.sent) == 1
        clock.time = begun.not_before
        erasing.carry_out(ports)
        assert erasures(ports, life)[0].status is ErasureStatus.DONE
        assert listed(ports, rina) == []

    def test_its_time_counts_from_when_it_was_asked(self, ports, clock, life, rina):
        asked_at = clock.now() - timedelta(days=4)
        entered = enter(ports, rina, life, ERASURE, requested_at=asked_at)
        assert (entered.due_by, entered.due_in) == (asked_at + THREE_DAYS, -24 * 3600)
        assert entered.is_overdue
        [case] = listed(ports, rina)
        assert case == entered
        # What the worker was promised is another thing: they have their time to object.
        [begun] = erasures(ports, life)
        assert begun.due_by == clock.now() + THREE_DAYS
        assert begun.not_before == clock.now() + timedelta(hours=48)

    def test_it_waits_for_cover_as_every_erasure_does(self, ports, clock, rina):
        worker = add_worker(ports)
        plan_choice.choose(ports, worker, Plan.BASIC)
        pay(ports, billing.issue(ports, worker, 2, Once()))
        asked_at = clock.now() - timedelta(days=4)
        entered = enter(ports, rina, worker, ERASURE, requested_at=asked_at)
        assert entered.due_by == Month(2026, 12).ends_at + timedelta(hours=24)
        assert not entered.is_overdue

    def test_and_for_what_is_to_be_settled_first(self, client, ports, clock, life, rina):
        ask_from(client, ports)
        enter(ports, rina, life, ERASURE, requested_at=clock.now() - timedelta(days=4))
        clock.advance(hours=48, minutes=1)
        erasing.carry_out(ports)
        [case] = listed(ports, rina)
        assert case.due_by == clock.now() + timedelta(hours=24)

    def test_nobody_says_that_it_is_done(self, ports, life, rina):
        entered = enter(ports, rina, life, ERASURE)
        with pytest.raises(ErasureGoesByItself):
            privacy_requests.done(ports, rina, entered.id, NOTE)

    def test_staff_call_off_what_staff_entered(self, ports, life, rina, budi):
        entered = enter(ports, rina, life, ERASURE)
        privacy_requests.cancel(ports, budi, entered.id, "It was somebody else's letter.")
        assert erasures(ports, life)[0].status is ErasureStatus.CANCELLED
        assert listed(ports, rina) == []

    def test_and_the_worker_does(self, ports, life, rina):
        entered = enter(ports, rina, life, ERASURE)
        erasure.cancel(ports, life.caller, entered.id)
        with pytest.raises(PrivacyRequestClosed):
            privacy_requests.cancel(ports, rina, entered.id, NOTE)

    def test_what_the_worker_asked_for_only_the_worker_calls_off(self, client, ports, life, rina):
        asked = ask_in_app(client, ports, life)
        with pytest.raises(AskedByWorker):
            privacy_requests.cancel(ports, rina, asked.id, NOTE)
        with pytest.raises(ErasureGoesByItself):
            privacy_requests.done(ports, rina, asked.id, NOTE)


class TestDone:
    def test_it_is_closed_with_what_was_done(self, ports, clock, life, rina, budi):
        entered = enter(ports, rina, life, PrivacyRequestKind.CORRECTION)
        privacy_requests.done(ports, budi, entered.id, "The name is as on the KTP now.")
        assert listed(ports, rina) == []
        [deed] = deeds(ports, budi)
        assert (deed.action, deed.note) == (
            AuditAction.CLOSED_REQUEST,
            "The name is as on the KTP now.",
        )
        with pytest.raises(PrivacyRequestClosed):
            privacy_requests.done(ports, rina, entered.id, NOTE)

    def test_a_withdrawal_by_letter_takes_every_consent_back(self, ports, life, rina):
        entered = enter(ports, rina, life, WITHDRAWAL)
        assert standing(ports, life)
        privacy_requests.done(ports, rina, entered.id, NOTE)
        assert standing(ports, life) == []

    def test_but_none_that_was_given_after_it_was_asked_for(self, ports, clock, life, rina):
        entered = enter(ports, rina, life, WITHDRAWAL)
        clock.advance(hours=1)
        privacy = next(each for each in ports.consents.required() if each.document == "privacy")
        consents.withdraw(ports, life.caller, "privacy")
        accepted = Accepted(document=privacy.document, version=privacy.version)
        consents.accept(ports, life.caller, accepted, Once())
        privacy_requests.done(ports, rina, entered.id, NOTE)
        assert [each.document for each in standing(ports, life)] == ["privacy"]

    def test_one_in_the_app_has_taken_back_what_it_named(self, ports, life, rina):
        consents.withdraw(ports, life.caller, "privacy")
        left = len(standing(ports, life))
        [case] = listed(ports, rina)
        privacy_requests.done(ports, rina, case.id, NOTE)
        assert len(standing(ports, life)) == left > 0

    def test_of_nobody_there_is_none(self, ports, rina):
        with pytest.raises(PrivacyRequestNotFound):
            privacy_requests.done(ports, rina, rina.account_id, NOTE)

    def test_whoever_is_erased_has_nothing_open(self, ports, clock, life, rina):
        entered = enter(ports, rina, life, EXPORT)
        enter(ports, rina, life, ERASURE)
        clock.time = erasures(ports, life)[0].not_before
        erasing.carry_out(ports)
        assert listed(ports, rina) == []
        with pytest.raises(PrivacyRequestClosed):
            privacy_requests.done(ports, rina, entered.id, NOTE)
        kept = select(PrivacyRequest).where(PrivacyRequest.worker_id == life.worker_id)
        with ports.transactions.reading() as session:
            assert {each.note for each in session.scalars(kept)} == {None}


class TestRecordsThatNobodySignedInTo:
    @pytest.fixture
    def enrolled(self, ports):
        return enrol(ports, add_partner(ports), ANOTHER_NIK, "0812-7777-0001")

    def enter(self, ports, by, enrolled, kind):
        new = NewRequest(worker_id=enrolled.began_with, kind=kind, note=NOTE)
        return privacy_requests.enter(ports, by, new, Once())

    def test_what_was_asked_about_one_is_asked_about_what_it_became_part_of(
        self, client, ports, enrolled, rina
    ):
        asked = self.enter(ports, rina, enrolled, EXPORT)
        registered = join(client, ports, "0813-9999-7001", nik=ANOTHER_NIK)["worker"]["id"]
        ports.jobs.work(ports)
        check_pacing.pace(ports)
        ports.jobs.work(ports)
        [case] = listed(ports, rina)
        assert (case.id, str(case.worker_id)) == (asked.id, registered)

    def test_a_withdrawal_takes_back_what_the_partner_told_of(self, ports, clock, enrolled, rina):
        asked = self.enter(ports, rina, enrolled, WITHDRAWAL)
        clock.advance(hours=1)
        privacy_requests.done(ports, rina, asked.id, NOTE)
        with ports.transactions.reading() as session:
            [taken_back] = session.scalars(select_consents(enrolled.began_with))
        tie = enrolled.enrolment
        assert (taken_back.document, taken_back.version) == ("privacy", tie.consent_version)
        assert (taken_back.accepted_at, taken_back.withdrawn_at) == (tie.consented_at, clock.now())

    def test_one_that_is_still_open_holds_for_what_the_record_became_part_of(
        self, client, ports, clock, enrolled, rina
    ):
        asked = self.enter(ports, rina, enrolled, WITHDRAWAL)
        other = enrol(ports, add_partner(ports, "Kurir Kita"), ANOTHER_NIK, "0812-7777-0002")
        for _ in range(2):
            check_pacing.pace(ports)
            ports.jobs.work(ports)
        [merged] = {enrolled.worker.id, other.worker.id}
        privacy_requests.done(ports, rina, asked.id, NOTE)
        with ports.transactions.reading() as session:
            assert session.scalars(took_back_any(merged, ["privacy"])).one()

    def test_an_erasure_is_called_off_by_registering(self, client, ports, enrolled, rina):
        self.enter(ports, rina, enrolled, ERASURE)
        join(client, ports, "0813-9999-7001", nik=ANOTHER_NIK)
        ports.jobs.work(ports)
        check_pacing.pace(ports)
        ports.jobs.work(ports)
        assert enrolled.record.erased_at is not None
        assert listed(ports, rina) == []
        with ports.transactions.reading() as session:
            [begun] = session.scalars(select_requests(enrolled.began_with))
        assert begun.status is ErasureStatus.CANCELLED

    def test_and_is_carried_out_otherwise(self, ports, clock, enrolled, rina):
        asked = self.enter(ports, rina, enrolled, ERASURE)
        clock.time = asked.due_by
        erasing.carry_out(ports)
        assert enrolled.record.erased_at is not None
        with ports.transactions.reading() as session:
            [begun] = session.scalars(select_requests(enrolled.began_with))
        assert begun.status is ErasureStatus.DONE

    def test_one_that_expires_first_is_done_with(self, ports, clock, enrolled, rina):
        clock.advance(days=91)
        self.enter(ports, rina, enrolled, ERASURE)
        expiring.expire(ports)
        assert enrolled.record.erased_at is not None
        assert listed(ports, rina) == []


class TestExport:
    @pytest.fixture
    def request_id(self, ports, life, rina) -> UUID:
        return enter(ports, rina, life, EXPORT).id

    def test_another_officer_makes_the_copy_once(self, ports, life, request_id, budi):
        copy = privacy_export.make(ports, budi, request_id)
        assert copy["worker"].full_name == "Siti Aminah"
        with pytest.raises(AlreadyExported):
            privacy_export.make(ports, budi, request_id)
        [case] = listed(ports, budi)
        assert case.exported_at is not None

    def test_the_one_who_entered_it_does_not(self, ports, request_id, rina):
        with pytest.raises(ExportByAnother):
            privacy_export.make(ports, rina, request_id)
        assert deeds(ports, rina)[-1].refusal == "export-by-another-officer"

    def test_the_worker_sees_that_it_was_made_and_so_does_the_auditor(
        self, ports, life, request_id, budi
    ):
        privacy_export.make(ports, budi, request_id)
        with ports.transactions.reading() as session:
            *_, newest = session.scalars(select_accesses(life.worker_id))
        assert (newest.name, newest.seen) == (StaffRole.REVIEWER, [Seen.EVERYTHING])
        [deed] = deeds(ports, budi)
        assert (deed.action, deed.worker_id, deed.about_id) == (
            AuditAction.EXPORTED_DATA,
            life.worker_id,
            request_id,
        )

    def test_nor_of_an_erasure_that_was_asked_for_in_the_app(self, client, ports, life, budi):
        with pytest.raises(NotAnExport):
            privacy_export.make(ports, budi, ask_in_app(client, ports, life).id)

    def test_where_no_copy_was_asked_for_none_is_made(self, ports, life, rina, budi):
        entered = enter(ports, rina, life, WITHDRAWAL)
        with pytest.raises(NotAnExport):
            privacy_export.make(ports, budi, entered.id)

    def test_nor_where_the_request_is_closed(self, ports, request_id, rina, budi):
        privacy_requests.done(ports, rina, request_id, NOTE)
        with pytest.raises(PrivacyRequestClosed):
            privacy_export.make(ports, budi, request_id)
