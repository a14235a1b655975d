"""Who agreed with a platform only, and never with us, takes that back: by letter or in the app."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.application import Accepted
from models.consent import select_consents, took_back_any
from models.message import MessageKind
from models.values.identity import IdentityStatus
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.privacy import NewRequest, PrivacyRequestKind
from services import consents, notices, plan_choice, privacy_requests, resending
from services.errors import ConsentNotGiven
from services.links import check_pacing, own
from services.links.welcoming import welcome
from services.once import Once
from services.resending import MessageNotConsented
from services.timeline import own as timeline
from tests.api.joining import ANOTHER_PHONE, NIK, join, me
from tests.cases import NOTE, reviewer
from tests.cases import worker as found
from tests.enrolled import enrol
from tests.fleets import Fleet
from tests.partners import bearer
from tests.payers import add_worker
from tests.ties import add_partner, tie

PHONE = PhoneNumber("+6281234567890")
WITHDRAWAL = PrivacyRequestKind.WITHDRAWAL
PRIVACY, TERMS = "privacy", "terms"


@pytest.fixture
def partner(ports):
    return add_partner(ports)


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def driver(ports):
    """Enrolled by a platform, and signed in since."""
    return add_worker(ports, phone=PHONE, consenting=False)


@pytest.fixture
def nobody(ports):
    """Enrolled by a platform, and never signed in."""
    return add_worker(ports, phone=PHONE, consenting=False, claimed=False)


def ask(ports, rina, worker_id, **more):
    new = NewRequest(worker_id=worker_id, kind=WITHDRAWAL, note=NOTE, **more)
    return privacy_requests.enter(ports, rina, new, Once())


def by_letter(ports, rina, worker_id, **more):
    asked = ask(ports, rina, worker_id, **more)
    privacy_requests.done(ports, rina, asked.id, NOTE)


def kept(ports, worker_id):
    with ports.transactions.reading() as session:
        rows = session.scalars(select_consents(worker_id)).all()
    return [(each.document, each.version, each.accepted_at, each.withdrawn_at) for each in rows]


def has_taken_back(ports, worker_id):
    documents = [each.document for each in ports.consents.required()]
    with ports.transactions.reading() as session:
        return session.scalars(took_back_any(worker_id, documents)).one()


def accept(ports, worker, document=PRIVACY):
    accepted = Accepted(document=document, version="2026-11")
    consents.accept(ports, worker, accepted, Once())


def cover_seen(client, ports, partner, link):
    path = f"/v1/partner/workers/{link.id}"
    return client.get(path, headers=bearer(ports, partner)).json["coverage"]


class TestByLetter:
    def test_a_confirmed_platform_sees_no_cover_any_more(
        self, client, ports, partner, driver, rina
    ):
        link = tie(ports, partner, driver)
        own.confirm(ports, driver, link.id)
        assert cover_seen(client, ports, partner, link) != "not_shared"
        by_letter(ports, rina, driver.worker_id)
        assert cover_seen(client, ports, partner, link) == "not_shared"

    def test_nobody_is_welcomed_any_more(self, ports, partner, nobody, rina):
        tie(ports, partner, nobody)
        by_letter(ports, rina, nobody.worker_id)
        welcome(ports)
        ports.jobs.work(ports)
        assert list(ports.messages.sent) == []

    def test_nor_once_the_welcome_waits_to_be_sent(self, ports, partner, nobody, rina):
        tie(ports, partner, nobody)
        welcome(ports)
        by_letter(ports, rina, nobody.worker_id)
        ports.jobs.work(ports)
        assert list(ports.messages.sent) == []

    def test_nothing_is_sent_again(self, ports, partner, clock, driver, rina):
        tie(ports, partner, driver)
        with ports.transactions.begin() as session:
            row = found(ports, driver.worker_id)
            kind = MessageKind.IDENTITY_DECIDED
            sent = notices.queue(ports, session, row, kind, clock.now())
        ports.jobs.work(ports)
        clock.advance(minutes=5)
        by_letter(ports, rina, driver.worker_id)
        with pytest.raises(MessageNotConsented):
            resending.resend(ports, rina, driver.worker_id, sent.id)

    def test_no_platform_pays_any_more(self, ports, nobody, rina):
        fleet = Fleet.of(ports, 1)
        plan_choice.choose(ports, nobody, Plan.BASIC)
        fleet.enrol("D-2", worker=nobody)
        by_letter(ports, rina, nobody.worker_id)
        bill = fleet.bill()
        assert (bill.lines, [each.external_id for each in bill.left_out]) == (1, ["D-2"])

    def test_it_is_kept_what_they_had_agreed_to_last_and_when(
        self, ports, partner, clock, nobody, rina
    ):
        agreed = clock.now()
        tie(ports, add_partner(ports, "Kurir Kita"), nobody, consented_at=agreed)
        day_before = {"consent_version": "2026-10", "consented_at": agreed - timedelta(days=1)}
        tie(ports, partner, nobody, **day_before)
        clock.advance(hours=1)
        by_letter(ports, rina, nobody.worker_id)
        assert kept(ports, nobody.worker_id) == [(PRIVACY, "2026-11", agreed, clock.now())]
        kinds = [each.kind for each in timeline.listed(ports, nobody, PageRequest()).items]
        assert kinds.count("consent_withdrawn") == kinds.count("consent_given") == 1

    def test_what_a_platform_says_they_agreed_to_since_does_not_speak_against_it(
        self, ports, partner, clock, nobody, rina
    ):
        tie(ports, partner, nobody)
        by_letter(ports, rina, nobody.worker_id, requested_at=clock.now() - timedelta(days=4))
        assert has_taken_back(ports, nobody.worker_id)
        clock.advance(hours=1)
        tie(ports, add_partner(ports, "Kurir Kita"), nobody)
        assert has_taken_back(ports, nobody.worker_id)

    def test_what_they_have_agreed_to_by_themself_since_does(
        self, ports, partner, clock, driver, rina
    ):
        tie(ports, partner, driver)
        asked = ask(ports, rina, driver.worker_id)
        clock.advance(hours=1)
        accept(ports, driver)
        privacy_requests.done(ports, rina, asked.id, NOTE)
        assert kept(ports, driver.worker_id) == [(PRIVACY, "2026-11", clock.now(), None)]

    def test_both_are_taken_back_where_one_was_given_to_us(
        self, ports, partner, clock, driver, rina
    ):
        tie(ports, partner, driver)
        accept(ports, driver, TERMS)
        clock.advance(hours=1)
        by_letter(ports, rina, driver.worker_id)
        given = kept(ports, driver.worker_id)
        assert {each[0]: each[3] for each in given} == dict.fromkeys((PRIVACY, TERMS), clock.now())

    def test_who_was_not_enrolled_by_anybody_has_nothing_more_to_take_back(
        self, ports, driver, rina
    ):
        by_letter(ports, rina, driver.worker_id)
        assert kept(ports, driver.worker_id) == []

    def test_nobody_elses_is_taken_back(self, ports, partner, driver, nobody, rina):
        for each in (driver, nobody):
            tie(ports, partner, each, str(each.worker_id))
        by_letter(ports, rina, nobody.worker_id)
        assert not has_taken_back(ports, driver.worker_id)


class TestInTheApp:
    def test_it_is_taken_back_and_staff_see_to_the_rest(
        self, client, ports, partner, clock, driver, rina
    ):
        link = tie(ports, partner, driver)
        own.confirm(ports, driver, link.id)
        clock.advance(hours=1)
        taken_back = consents.withdraw(ports, driver, PRIVACY)
        assert (taken_back.version, taken_back.withdrawn_at) == ("2026-11", clock.now())
        assert cover_seen(client, ports, partner, link) == "not_shared"
        [case] = privacy_requests.listed(ports, rina, PageRequest()).items
        assert (case.kind, case.worker_id) == (WITHDRAWAL, driver.worker_id)

    def test_again_it_changes_nothing(self, ports, partner, clock, driver, rina):
        tie(ports, partner, driver)
        first = consents.withdraw(ports, driver, PRIVACY)
        clock.advance(hours=1)
        assert consents.withdraw(ports, driver, PRIVACY).id == first.id
        assert len(kept(ports, driver.worker_id)) == 1
        assert len(privacy_requests.listed(ports, rina, PageRequest()).items) == 1

    def test_agreeing_ends_it(self, client, ports, partner, clock, driver, rina):
        link = tie(ports, partner, driver)
        own.confirm(ports, driver, link.id)
        consents.withdraw(ports, driver, PRIVACY)
        clock.advance(hours=1)
        accept(ports, driver)
        assert cover_seen(client, ports, partner, link) != "not_shared"
        assert privacy_requests.listed(ports, rina, PageRequest()).items == []

    @pytest.mark.parametrize("document", [TERMS, "reminders"])
    def test_what_no_platform_asks_for_was_never_given(self, ports, partner, driver, document):
        tie(ports, partner, driver)
        with pytest.raises(ConsentNotGiven):
            consents.withdraw(ports, driver, document)


class TestOfTwoRecords:
    """One that nobody signed in to becomes part of the other."""

    @pytest.fixture
    def enrolled(self, ports, partner, rina):
        """By a platform, under a phone of which it is not known yet whose it is; and taken back."""
        new = enrol(ports, partner)
        by_letter(ports, rina, new.began_with)
        return new

    def check(self, ports):
        check_pacing.pace(ports)
        ports.jobs.work(ports)

    def test_it_stays_taken_back_where_another_platform_enrolled_the_other(self, ports, enrolled):
        other = enrol(ports, add_partner(ports, "Kurir Kita"), phone=ANOTHER_PHONE)
        with ports.transactions.begin() as session:
            session.merge(other.worker).identity_status = IdentityStatus.VERIFIED
        before = kept(ports, enrolled.began_with)
        self.check(ports)
        assert enrolled.worker.id == other.began_with
        assert kept(ports, other.began_with) == before
        assert has_taken_back(ports, other.began_with)

    def test_not_where_the_person_has_registered_by_themself(self, client, ports, clock, enrolled):
        clock.advance(hours=1)
        joined = join(client, ports, ANOTHER_PHONE, nik=NIK)
        self.check(ports)
        assert str(enrolled.worker.id) == joined["worker"]["id"]
        assert not has_taken_back(ports, enrolled.worker.id)
        assert me(client, joined["access_token"])["next_step"] == "pay"

    def test_nor_where_they_register_from_the_same_phone(self, client, ports, clock, enrolled):
        clock.advance(hours=1)
        join(client, ports, nik=NIK)
        assert enrolled.worker.id == enrolled.began_with
        assert not has_taken_back(ports, enrolled.worker.id)
