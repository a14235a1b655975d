"""Which messages go out again for our staff, to whom, and how often."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.enrolment import EndedBy
from models.message import NOTICES_KEPT, Message, MessageKind
from models.values.channel import Channel, DeliveryState
from models.values.ids import new_id
from models.values.phone import PhoneNumber
from models.worker import select_worker, select_worker_to_change
from services import consents, erasing, housekeeping, messages, notices, resending
from services.links import own
from services.links.welcoming import welcome
from services.lookup.errors import WorkerNotFound
from services.ports import Delivery
from services.resending import (
    AddresseeErased,
    MessageNotConsented,
    MessageNotFound,
    MessageTooOld,
    MessageVoid,
    MessageWaiting,
    ResentTooOften,
    ResentTooSoon,
)
from tests.models.paying import wib
from tests.payers import add_worker
from tests.services.test_reminders import PHONE, WEEK_BEFORE, covered, remind_at, settle
from tests.services.timeline.reading import kinds
from tests.services.timeline.staff.reading import an_officer, timeline
from tests.ties import add_partner, tie

FORMER = PhoneNumber("+6281355501234")


@pytest.fixture
def officer(ports):
    return an_officer(ports)


@pytest.fixture
def worker(ports):
    return add_worker(ports, phone=PHONE)


def tell(ports, worker, kind=MessageKind.PHONE_CHANGED, **to):
    """A notice that has gone out."""
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker(worker.worker_id)).one()
        message = notices.queue(ports, session, row, kind, ports.clock.now(), **to)
    ports.jobs.work(ports)
    return message.id


@pytest.fixture
def notice(ports, clock, worker):
    message_id = tell(ports, worker)
    clock.advance(minutes=2)
    return message_id


def resend(ports, officer, worker, message_id, **options):
    return resending.resend(ports, officer, worker.worker_id, message_id, **options)


def sent(ports):
    return list(ports.messages.sent.values())


def only(connection, kind):
    return connection.scalars(select(Message.id).where(Message.kind == kind)).one()


class TestWhatGoesOut:
    def test_the_same_goes_to_the_same_number_by_the_same_channel(
        self, ports, officer, worker, notice
    ):
        again = resend(ports, officer, worker, notice)
        assert (again.resent_of, again.state) == (notice, DeliveryState.QUEUED)
        ports.jobs.work(ports)
        first, second = sent(ports)
        assert first == second
        assert first[0] == PHONE

    def test_or_by_another_channel(self, ports, officer, worker, notice):
        again = resend(ports, officer, worker, notice, channel=Channel.SMS)
        assert again.channel is Channel.SMS
        ports.jobs.work(ports)
        assert [channel for *_, channel in sent(ports)] == [Channel.WHATSAPP, Channel.SMS]

    def test_what_was_for_a_former_number_goes_there_again(self, ports, clock, officer, worker):
        message_id = tell(ports, worker, to=FORMER)
        clock.advance(minutes=2)
        resend(ports, officer, worker, message_id)
        ports.jobs.work(ports)
        assert [to for to, *_ in sent(ports)] == [FORMER, FORMER]

    def test_where_it_fails_by_whatsapp_an_sms_follows(self, ports, officer, worker, notice):
        again = resend(ports, officer, worker, notice)
        ports.jobs.work(ports)
        ports.messages.reports.append(Delivery(key=again.id, state=DeliveryState.FAILED))
        messages.collect_deliveries(ports)
        ports.jobs.work(ports)
        assert [channel for *_, channel in sent(ports)][-1] is Channel.SMS

    def test_a_reminder_has_the_code_that_it_had(self, ports, clock, officer, connection):
        worker = covered(ports)
        remind_at(ports, clock, WEEK_BEFORE)
        clock.advance(minutes=2)
        message_id = only(connection, MessageKind.REMINDER)
        again = resend(ports, officer, worker, message_id)
        ports.jobs.work(ports)
        clock.advance(minutes=2)
        resend(ports, officer, worker, again.id)
        ports.jobs.work(ports)
        assert len({words for _, words, _ in sent(ports)}) == 1
        assert len(sent(ports)) == 3

    def test_a_reminder_waits_for_the_morning(self, ports, clock, officer, connection):
        worker = covered(ports)
        remind_at(ports, clock, WEEK_BEFORE)
        clock.time = wib(2026, 12, 24, 21)
        resend(ports, officer, worker, only(connection, MessageKind.REMINDER))
        ports.jobs.work(ports)
        assert len(sent(ports)) == 1
        remind_at(ports, clock, wib(2026, 12, 25, 9))
        assert len(sent(ports)) == 2

    def test_a_welcome_goes_out_again_while_there_is_something_to_confirm(
        self, ports, clock, officer, connection
    ):
        worker = add_worker(ports, phone=PHONE, claimed=False, consenting=False)
        tie(ports, add_partner(ports), worker)
        welcome(ports)
        ports.jobs.work(ports)
        clock.advance(minutes=2)
        resend(ports, officer, worker, only(connection, MessageKind.ENROLLED))
        ports.jobs.work(ports)
        assert len({words for _, words, _ in sent(ports)}) == 1
        assert len(sent(ports)) == 2

    def test_the_worker_and_our_staff_read_of_it(self, ports, officer, worker, notice):
        again = resend(ports, officer, worker, notice, note="Belum sampai.")
        ports.jobs.work(ports)
        assert kinds(ports, worker).count("message_sent") == 2
        told = {
            each.details["message_id"]: each
            for each in timeline(ports, worker.worker_id)
            if each.kind == "message_sent"
        }
        assert told[again.id].details["resent_of"] == notice
        assert told[again.id].text.id.endswith("Ini dikirim ulang oleh petugas.")

    def test_all_of_it_is_forgotten_together(
        self, ports, clock, officer, worker, notice, connection
    ):
        clock.advance(days=20)
        resend(ports, officer, worker, notice)
        clock.time += NOTICES_KEPT.value - timedelta(days=10)
        housekeeping.forget(ports)
        assert connection.scalars(select(Message.id)).all() == []


class TestWhatDoesNot:
    def refused(self, connection):
        return connection.scalars(
            select(AuditEvent.refusal).where(AuditEvent.refusal.is_not(None))
        ).one()

    def test_to_nobody(self, ports, officer, connection):
        with pytest.raises(WorkerNotFound):
            resending.resend(ports, officer, new_id(), new_id())
        assert self.refused(connection) == "worker-not-found"

    def test_what_another_got(self, ports, officer, notice, connection):
        with pytest.raises(MessageNotFound):
            resend(ports, officer, add_worker(ports), notice)
        assert self.refused(connection) == "message-not-found"

    def test_to_whoever_was_erased(self, ports, officer, worker, notice):
        with ports.transactions.begin() as session:
            row = session.scalars(select_worker_to_change(worker.worker_id)).one()
            erasing.erase(ports, session, row, EndedBy.WORKER, ports.clock.now())
        with pytest.raises(AddresseeErased):
            resend(ports, officer, worker, notice)

    def test_to_whoever_took_a_required_consent_back(self, ports, officer, worker, notice):
        consents.withdraw(ports, worker, "terms")
        with pytest.raises(MessageNotConsented):
            resend(ports, officer, worker, notice)

    def test_a_reminder_to_whoever_wants_none(self, ports, clock, officer, connection):
        worker = covered(ports)
        remind_at(ports, clock, WEEK_BEFORE)
        clock.advance(minutes=2)
        consents.withdraw(ports, worker, "reminders")
        with pytest.raises(MessageNotConsented):
            resend(ports, officer, worker, only(connection, MessageKind.REMINDER))

    def test_a_reminder_of_what_was_paid(self, ports, clock, officer, connection):
        worker = covered(ports)
        remind_at(ports, clock, WEEK_BEFORE)
        clock.advance(minutes=2)
        settle(ports, worker, 1)
        with pytest.raises(MessageVoid):
            resend(ports, officer, worker, only(connection, MessageKind.REMINDER))

    def test_a_welcome_to_what_was_ended(self, ports, clock, officer, connection):
        worker = add_worker(ports, phone=PHONE)
        link = tie(ports, add_partner(ports), worker)
        welcome(ports)
        ports.jobs.work(ports)
        clock.advance(minutes=2)
        own.end(ports, worker, link.id)
        with pytest.raises(MessageVoid):
            resend(ports, officer, worker, only(connection, MessageKind.ENROLLED))

    @pytest.mark.parametrize(
        "kind", [MessageKind.PHONE_CHANGE_REQUESTED, MessageKind.ERASURE_REQUESTED]
    )
    def test_of_a_request_that_nobody_makes_any_more(self, ports, clock, officer, worker, kind):
        message_id = tell(ports, worker, kind)
        clock.advance(minutes=2)
        with pytest.raises(MessageVoid):
            resend(ports, officer, worker, message_id)

    def test_what_is_older_than_a_month(self, ports, clock, officer, worker, notice):
        clock.advance(days=30)
        with pytest.raises(MessageTooOld):
            resend(ports, officer, worker, notice)

    def test_what_waits_to_be_sent_or_what_repeats_it_does(self, ports, officer, worker, notice):
        again = resend(ports, officer, worker, notice)
        for message_id in (notice, again.id):
            with pytest.raises(MessageWaiting):
                resend(ports, officer, worker, message_id)

    def test_what_went_out_a_moment_ago(self, ports, clock, officer, worker):
        message_id = tell(ports, worker)
        clock.advance(seconds=59)
        with pytest.raises(ResentTooSoon) as refused:
            resend(ports, officer, worker, message_id)
        assert refused.value.retry_after == timedelta(seconds=1)
        clock.advance(seconds=1)
        resend(ports, officer, worker, message_id)

    def test_more_than_five_times_a_day(self, ports, clock, officer, worker, notice):
        begun = clock.now()
        for _ in range(5):
            resend(ports, officer, worker, notice)
            ports.jobs.work(ports)
            clock.advance(hours=1)
        with pytest.raises(ResentTooOften) as refused:
            resend(ports, officer, worker, notice)
        assert refused.value.retry_after == begun + timedelta(days=1) - clock.now()
        clock.time = begun + timedelta(days=1)
        resend(ports, officer, worker, notice)


def test_it_is_on_record_once(ports, officer, worker, notice, connection):
    resend(ports, officer, worker, notice, channel=Channel.SMS, note="Belum sampai.")
    event = connection.execute(
        select(AuditEvent.action, AuditEvent.worker_id, AuditEvent.about_id, AuditEvent.note)
    ).one()
    assert event == ("resent_message", worker.worker_id, notice, "Belum sampai.")
