"""Who is told by message that a platform enrolled them, when, and how often: once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.enrolment import EndedBy
from models.erasure_request import ErasureRequest
from models.message import Message
from models.values.channel import Channel, DeliveryState
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.values.words import Language
from models.welcome import WelcomeDay
from models.worker import select_worker_to_change
from services import consents, messages
from services.callers import SignedIn
from services.housekeeping import forget
from services.jobs import SendWelcome
from services.links import own, shown, welcome_words
from services.links.welcoming import welcome
from services.outages import GatewayDown
from services.timeline import own as timeline
from tests.models.paying import wib
from tests.partners import calling
from tests.payers import add_worker
from tests.ties import add_partner, found, tie

PHONE = PhoneNumber("+6281234567890")


@pytest.fixture
def partner(ports):
    return add_partner(ports)


def unclaimed(ports, **options) -> SignedIn:
    return add_worker(ports, phone=PHONE, claimed=False, consenting=False, **options)


def enrol(ports, partner, many=1, **values):
    return [
        tie(ports, partner, unclaimed(ports), f"{partner.name}-{n}", **values) for n in range(many)
    ]


def sent(ports):
    return [words for _, words, _ in ports.messages.sent.values()]


def welcome_and_send(ports):
    welcome(ports)
    ports.jobs.work(ports)


class TestWhatTheySay:
    def test_who_never_signed_in_is_told_how(self, ports, partner):
        enrol(ports, partner)
        welcome_and_send(ports)
        [(recipient, words, channel)] = ports.messages.sent.values()
        assert (recipient, channel) == (PHONE, Channel.WHATSAPP)
        assert words == (
            "Jaring: Ojek Kita mendaftarkan Anda ke BPJS Ketenagakerjaan. Masuk ke aplikasi dengan "
            "nomor ini dan NIK Anda, lalu setujui atau tolak."
        )

    def test_who_is_on_the_register_already_is_told_who_says_so(self, ports, partner):
        worker = add_worker(ports, phone=PHONE, language=Language.ENGLISH)
        tie(ports, partner, worker)
        welcome_and_send(ports)
        assert sent(ports) == [
            "Jaring: Ojek Kita says that you drive for it. Open the app to confirm or reject."
        ]

    @pytest.mark.parametrize("said", [welcome_words.REGISTERED, welcome_words.KNOWN])
    @pytest.mark.parametrize("language", Language)
    def test_with_a_name_of_twenty_letters_it_fits_one_sms(self, said, language):
        words = said.in_(language, partner="Ojek Roda Dua Kita J")
        assert words.isascii()
        assert len(words) <= 160

    def test_the_timeline_tells_that_it_was_sent(self, ports, partner):
        worker = unclaimed(ports)
        tie(ports, partner, worker)
        welcome_and_send(ports)
        entries = timeline.listed(ports, worker, PageRequest()).items
        kinds = [each.kind for each in entries]
        assert kinds == ["message_sent", "partner_enrolled", "session_started", "registered"]
        assert entries[-1].text.en.startswith("A platform registered you")


class TestOnce:
    def test_a_driver_is_told_once_of_one_platform(self, ports, partner):
        enrol(ports, partner)
        for _ in range(3):
            welcome_and_send(ports)
        assert len(sent(ports)) == 1

    def test_who_is_enrolled_by_it_again_is_not_told_again(self, ports, partner):
        worker = add_worker(ports, phone=PHONE)
        first = tie(ports, partner, worker)
        welcome_and_send(ports)
        own.end(ports, worker, first.id)
        again = tie(ports, partner, worker)
        welcome_and_send(ports)
        assert len(sent(ports)) == 1
        assert found(ports, again.id).welcomed_at is not None

    def test_of_another_platform_they_are_told_too(self, ports, partner):
        worker = add_worker(ports, phone=PHONE)
        for each in (partner, add_partner(ports, "Ojek Mereka")):
            tie(ports, each, worker)
        welcome_and_send(ports)
        assert len(sent(ports)) == 2

    def test_what_failed_on_whatsapp_goes_out_by_sms_about_the_same(
        self, ports, partner, connection
    ):
        ports.messages.refused.add(PHONE)
        (link,) = enrol(ports, partner)
        welcome_and_send(ports)
        assert [channel for _, _, channel in ports.messages.sent.values()] == [Channel.SMS]
        ties = connection.scalars(select(Message.enrolment_id)).all()
        assert ties == [link.id, link.id]


class TestWhoIsNotTold:
    def assert_nobody(self, ports, connection):
        welcome_and_send(ports)
        assert sent(ports) == []
        states = set(connection.scalars(select(Message.state)))
        assert states <= {DeliveryState.FAILED}

    def test_whose_link_has_ended(self, ports, partner, connection, clock):
        enrol(ports, partner, ended_at=clock.now(), ended_by=EndedBy.PARTNER)
        self.assert_nobody(ports, connection)

    def test_whose_link_ends_before_it_is_sent(self, ports, partner, connection):
        (link,) = enrol(ports, partner)
        welcome(ports)
        shown.end(ports, calling(partner), link.id)
        ports.jobs.work(ports)
        self.assert_nobody(ports, connection)

    def test_who_confirms_before_it_is_sent(self, ports, partner, connection):
        worker = add_worker(ports, phone=PHONE)
        link = tie(ports, partner, worker)
        welcome(ports)
        own.confirm(ports, worker, link.id)
        self.assert_nobody(ports, connection)

    @pytest.mark.parametrize("document", ["privacy", "terms"])
    def test_who_took_a_required_consent_back(self, ports, partner, connection, document):
        worker = add_worker(ports, phone=PHONE)
        consents.withdraw(ports, worker, document)
        tie(ports, partner, worker)
        self.assert_nobody(ports, connection)

    def test_who_asks_to_be_erased(self, ports, partner, connection):
        worker = add_worker(ports, phone=PHONE)
        tie(ports, partner, worker)
        with ports.transactions.begin() as session:
            row = session.scalars(select_worker_to_change(worker.worker_id)).one()
            session.add(ErasureRequest.of(row, ports.clock.now()))
        self.assert_nobody(ports, connection)

    def test_who_takes_it_back_before_it_is_sent(self, ports, partner, connection):
        worker = add_worker(ports, phone=PHONE)
        tie(ports, partner, worker)
        welcome(ports)
        consents.withdraw(ports, worker, "privacy")
        self.assert_nobody(ports, connection)

    def test_who_shares_a_phone_with_many_before_people_have_looked(
        self, ports, partner, connection
    ):
        """Or a file could have a thousand messages sent to one phone."""
        (link,) = enrol(ports, partner, many_on_phone=True)
        self.assert_nobody(ports, connection)
        assert found(ports, link.id).welcomed_at is None

    def test_the_drivers_of_an_account_that_was_closed(self, ports, connection, clock):
        enrol(ports, add_partner(ports, disabled_at=clock.now()))
        self.assert_nobody(ports, connection)

    def test_nobody_is_looked_at_twice(self, ports, partner, connection):
        worker = add_worker(ports, phone=PHONE)
        consents.withdraw(ports, worker, "privacy")
        link = tie(ports, partner, worker)
        welcome(ports)
        assert found(ports, link.id).welcomed_at is not None
        assert connection.scalar(select(func.count()).select_from(Message)) == 0


class TestHours:
    @pytest.mark.parametrize(("hour", "many"), [(8, 0), (9, 1), (19, 1), (20, 0)])
    def test_are_those_of_reminders(self, ports, partner, clock, hour, many):
        enrol(ports, partner)
        clock.time = wib(2026, 11, 23, hour)
        welcome_and_send(ports)
        assert len(sent(ports)) == many

    def test_what_was_not_sent_by_the_evening_is_sent_in_the_morning(self, ports, partner, clock):
        enrol(ports, partner)
        clock.time = wib(2026, 11, 23, 19, 59)
        welcome(ports)
        clock.time = wib(2026, 11, 23, 20)
        ports.jobs.work(ports)
        assert sent(ports) == []
        for hour in (8, 9, 9):
            clock.time = wib(2026, 11, 24, hour)
            welcome_and_send(ports)
        assert len(sent(ports)) == 1


class TestPace:
    def test_of_many_so_many_wait_at_a_time(self, ports, partner):
        enrol(ports, partner, many=5)
        welcome(ports, most=3)
        welcome(ports, most=3)
        assert [type(job) for job in ports.jobs.waiting] == [SendWelcome] * 3
        ports.jobs.work(ports)
        welcome(ports, most=3)
        assert len(ports.jobs.waiting) == 2

    def test_a_partner_writes_to_so_many_a_jakarta_day(self, ports, clock):
        partner = add_partner(ports, messages_per_day=2)
        enrol(ports, partner, many=5)
        for hour, many in ((9, 2), (19, 2)):
            clock.time = wib(2026, 11, 23, hour)
            welcome_and_send(ports)
            assert len(sent(ports)) == many
        for day, many in ((24, 4), (25, 5)):
            clock.time = wib(2026, 11, day, 9)
            welcome_and_send(ports)
            assert len(sent(ports)) == many

    def test_who_was_told_before_is_not_counted(self, ports, connection):
        partner = add_partner(ports, messages_per_day=1)
        worker = add_worker(ports, phone=PHONE)
        consents.withdraw(ports, worker, "privacy")
        tie(ports, partner, worker, "OK-9")
        enrol(ports, partner)
        for _ in range(2):
            welcome_and_send(ports)
        assert len(sent(ports)) == 1
        assert connection.scalars(select(WelcomeDay.queued)).all() == [1]

    def test_a_quota_of_none_is_none(self, ports):
        enrol(ports, add_partner(ports, messages_per_day=0))
        welcome_and_send(ports)
        assert sent(ports) == []

    def test_partners_share_the_room_and_what_one_does_not_use_is_the_others(self, ports, partner):
        small = add_partner(ports, "Ojek Kecil")
        enrol(ports, partner, many=9)
        enrol(ports, small, many=1)
        welcome(ports, most=6)
        ports.jobs.work(ports)
        told = [words for words in sent(ports) if "Ojek Kecil" in words]
        assert (len(told), len(sent(ports))) in {(1, 6), (1, 4)}

    def test_a_gateway_that_is_down_is_tried_again(self, ports, partner):
        enrol(ports, partner)
        welcome(ports)
        (job,) = ports.jobs.waiting
        ports.messages.down = True
        with pytest.raises(GatewayDown):
            messages.send(ports, job.message_id)
        ports.messages.down = False
        ports.jobs.work(ports)
        assert len(sent(ports)) == 1


def test_welcomes_are_forgotten_with_the_other_notices(ports, partner, connection, clock):
    ports.messages.refused.add(PHONE)
    enrol(ports, partner)
    welcome_and_send(ports)
    clock.advance(days=366)
    forget(ports)
    assert connection.scalars(select(Message.id)).all() == []
