"""Who is reminded of what, when, and how often: once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.consent import withdraw_everything
from models.message import Message
from models.reminder import Reminder, ReminderRound
from models.reminder_days import REMINDER_DAYS
from models.values.channel import Channel, DeliveryState
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.words import Language
from models.worker import select_worker_to_change
from services import billing, consents, coverage, messages, plan_choice
from services.housekeeping import forget
from services.jobs import SendReminder
from services.once import Once
from services.outages import GatewayDown
from services.ports import Delivery
from services.reminders import remind
from tests.fakes import NOON
from tests.models.paying import wib
from tests.payers import add_worker, pay
from tests.services.timeline.reading import kinds

PHONE = PhoneNumber("+6281234567890")
# Who pays for two months at noon on 22 November is due on the last day of the year.
DUE_ON = date(2026, 12, 31)
WEEK_BEFORE = wib(2026, 12, 24, 9)


def covered(ports, months=2, **told):
    worker = add_worker(ports, **{"reminded": True, "phone": PHONE} | told)
    plan_choice.choose(ports, worker, Plan.BASIC)
    settle(ports, worker, months)
    return worker


def settle(ports, worker, months):
    pay(ports, billing.issue(ports, worker, months, Once()))


@pytest.fixture
def worker(ports):
    return covered(ports)


def day(since, hour=9, minute=0):
    """So many days from the one that is due."""
    return wib(2026, 12, 31, hour, minute) + timedelta(days=since)


def remind_at(ports, clock, instant):
    """And send what waits."""
    clock.time = instant
    remind(ports)
    ports.jobs.work(ports)


def sent(ports):
    return [words for _, words, _ in ports.messages.sent.values()]


def reminded(connection):
    rows = connection.execute(select(Reminder.due_on, Reminder.days).order_by(Reminder.days))
    return [tuple(row) for row in rows]


def change(ports, worker, **values):
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
        for name, value in values.items():
            setattr(row, name, value)


@pytest.mark.parametrize("days", REMINDER_DAYS.value)
def test_on_each_of_its_days_a_worker_is_reminded_once(ports, clock, connection, worker, days):
    for hour in (9, 9, 15):
        remind_at(ports, clock, day(days, hour))
    assert len(sent(ports)) == 1
    assert reminded(connection) == [(DUE_ON, days)]


def test_who_never_pays_on_gets_all_six_and_then_no_more(ports, clock, worker):
    for since in range(-30, 200):
        remind_at(ports, clock, day(since))
    assert len(sent(ports)) == 6


@pytest.mark.parametrize(
    ("instant", "many"),
    [
        (wib(2026, 12, 23, 9), 0),
        (wib(2026, 12, 23, 19, 59), 0),
        (wib(2026, 12, 24, 0, 0), 0),
        (wib(2026, 12, 24, 8, 59), 0),
        (wib(2026, 12, 24, 9), 1),
        (wib(2026, 12, 24, 19, 59), 1),
        (wib(2026, 12, 24, 20), 0),
    ],
)
def test_days_and_hours_are_jakarta_s(ports, clock, worker, instant, many):
    remind_at(ports, clock, instant)
    assert len(sent(ports)) == many


@pytest.mark.parametrize(("late", "many"), [(1, 1), (3, 1), (4, 0)])
def test_a_day_on_which_nothing_ran_is_made_up_for(ports, clock, worker, late, many):
    remind_at(ports, clock, day(-7 + late))
    assert len(sent(ports)) == many


def test_late_or_not_it_goes_out_once(ports, clock, worker):
    for late in range(4):
        remind_at(ports, clock, day(-7 + late))
    assert len(sent(ports)) == 1


def test_a_missed_day_is_left_out_once_the_next_has_come(ports, clock, connection, worker):
    remind_at(ports, clock, day(0))
    assert reminded(connection) == [(DUE_ON, 0)]


def test_nobody_is_sent_late_what_was_not_due_on_its_day(ports, clock):
    """Paid on the 26th for November alone: the day a week before its end was the 23rd."""
    clock.time = wib(2026, 11, 26, 8)
    covered(ports, months=1)
    remind_at(ports, clock, wib(2026, 11, 26, 9))
    assert sent(ports) == []
    remind_at(ports, clock, wib(2026, 11, 29, 9))
    assert len(sent(ports)) == 1


def test_who_agreed_to_the_required_documents_alone_gets_none(ports, clock):
    covered(ports, reminded=False)
    remind_at(ports, clock, WEEK_BEFORE)
    assert sent(ports) == []


def test_who_never_signed_in_gets_none_however_they_were_paid_for(ports, clock, connection):
    """A partner may pay for a driver who has agreed to nothing with us yet."""
    driver = covered(ports)
    change(ports, driver, claimed_at=None)
    with ports.transactions.begin() as session:
        session.execute(withdraw_everything(driver.worker_id, clock.now()))
    for since in range(-7, 90):
        remind_at(ports, clock, day(since))
    assert (sent(ports), reminded(connection)) == ([], [])


@pytest.mark.parametrize("document", ["reminders", "terms", "privacy"])
def test_who_withdrew_a_consent_is_not_reminded(ports, clock, connection, worker, document):
    consents.withdraw(ports, worker, document)
    remind_at(ports, clock, WEEK_BEFORE)
    assert (sent(ports), reminded(connection)) == ([], [])


@pytest.mark.parametrize("status", [each for each in IdentityStatus if each != "verified"])
def test_nobody_is_asked_to_pay_whose_identity_is_not_verified(ports, clock, worker, status):
    change(ports, worker, identity_status=status)
    remind_at(ports, clock, WEEK_BEFORE)
    assert sent(ports) == []


def test_who_has_paid_on_is_reminded_of_the_new_day_alone(ports, clock, connection, worker):
    settle(ports, worker, 1)
    for since in range(-7, 32):
        remind_at(ports, clock, day(since))
    assert {due_on for due_on, _ in reminded(connection)} == {date(2027, 1, 31)}


class TestBetweenPlanningAndSending:
    @pytest.fixture
    def planned(self, ports, clock, worker):
        clock.time = WEEK_BEFORE
        remind(ports)
        assert ports.jobs.waiting
        return worker

    def assert_called_off(self, ports, connection):
        ports.jobs.work(ports)
        assert sent(ports) == []
        state = connection.scalar(select(Message.state).where(Message.kind == "reminder"))
        assert state is DeliveryState.FAILED
        assert connection.scalar(select(Reminder.called_off_at)) == ports.clock.now()

    def test_who_pays_is_left_in_peace(self, ports, planned, connection):
        settle(ports, planned, 1)
        self.assert_called_off(ports, connection)

    @pytest.mark.parametrize("document", ["reminders", "terms", "privacy"])
    def test_who_withdraws_a_consent_is_left_in_peace(self, ports, planned, connection, document):
        consents.withdraw(ports, planned, document)
        self.assert_called_off(ports, connection)

    def test_whose_identity_is_doubted_is_left_in_peace(self, ports, planned, connection):
        change(ports, planned, identity_status=IdentityStatus.IN_REVIEW)
        self.assert_called_off(ports, connection)

    def test_what_waited_until_the_next_one_s_day_is_left_out(
        self, ports, clock, planned, connection
    ):
        clock.time = day(-1)
        self.assert_called_off(ports, connection)

    def test_what_was_called_off_is_not_told_as_a_message_that_failed(
        self, ports, clock, planned, connection
    ):
        settle(ports, planned, 1)
        self.assert_called_off(ports, connection)
        assert "message_sent" not in kinds(ports, planned)

    def test_one_that_failed_and_whose_sms_was_called_off_is_told_once(self, ports, clock, planned):
        ports.messages.refused.add(PHONE)
        [job] = ports.jobs.waiting
        ports.jobs.waiting.clear()
        messages.send(ports, job.message_id)
        clock.advance(minutes=1)
        settle(ports, planned, 1)
        ports.jobs.work(ports)
        assert sent(ports) == []
        assert kinds(ports, planned).count("message_sent") == 1

    def test_what_was_called_off_is_not_planned_again(self, ports, clock, planned):
        consents.withdraw(ports, planned, "reminders")
        ports.jobs.work(ports)
        for each in ports.consents.current():
            consents.accept(ports, planned, each, Once())
        remind_at(ports, clock, WEEK_BEFORE + timedelta(days=1))
        assert sent(ports) == []

    def test_what_is_too_late_in_the_day_waits_for_the_morning(self, ports, clock, planned):
        clock.time = day(-7, 20)
        ports.jobs.work(ports)
        assert (sent(ports), ports.jobs.waiting) == ([], [])
        remind_at(ports, clock, day(-6, 8, 59))
        assert sent(ports) == []
        for minute in (0, 1):
            remind_at(ports, clock, day(-6, 9, minute))
        assert len(sent(ports)) == 1

    def test_it_says_what_is_so_when_it_is_sent(self, ports, clock, planned):
        change(ports, planned, language=Language.ENGLISH)
        ports.jobs.work(ports)
        assert "you are protected until 31 December 2026" in sent(ports)[0]


def test_a_reminder_is_written_in_the_worker_s_language(ports, clock):
    for language in Language:
        covered(ports, language=language)
    remind_at(ports, clock, WEEK_BEFORE)
    assert sorted(words.split(".")[0] for words in sent(ports)) == [
        "Jaring: Anda terlindungi sampai 31 Desember 2026",
        "Jaring: you are protected until 31 December 2026",
    ]


@pytest.mark.parametrize("days", [30, 60, 80])
def test_arrears_are_those_that_the_app_shows(ports, clock, days):
    worker = covered(ports, language=Language.ENGLISH)
    remind_at(ports, clock, day(days))
    arrears = coverage.show(ports, worker).arrears
    assert arrears.months == {30: 1, 60: 3, 80: 3}[days]
    assert f"Rp{arrears.amount.amount:,} in all" in sent(ports)[0]


def test_a_number_without_whatsapp_gets_one_sms_with_the_same_code(ports, clock, worker):
    ports.messages.refused.add(PHONE)
    for _ in range(2):
        remind_at(ports, clock, WEEK_BEFORE)
    [(to, words, channel)] = ports.messages.sent.values()
    assert (to, channel) == (PHONE, Channel.SMS)
    assert "31 Desember 2026" in words


def test_who_pays_before_the_sms_gets_none(ports, clock, worker):
    remind_at(ports, clock, WEEK_BEFORE)
    [key] = ports.messages.sent
    ports.messages.reports.append(Delivery(key=key, state=DeliveryState.FAILED))
    messages.collect_deliveries(ports)
    settle(ports, worker, 1)
    ports.jobs.work(ports)
    assert list(ports.messages.sent) == [key]


def test_a_report_that_comes_at_night_wakes_nobody(ports, clock, worker):
    remind_at(ports, clock, WEEK_BEFORE)
    [key] = ports.messages.sent
    ports.messages.reports.append(Delivery(key=key, state=DeliveryState.FAILED))
    clock.time = day(-7, 23)
    messages.collect_deliveries(ports)
    ports.jobs.work(ports)
    assert list(ports.messages.sent) == [key]
    remind_at(ports, clock, day(-6))
    assert [channel for _, _, channel in ports.messages.sent.values()] == ["whatsapp", "sms"]


def test_a_gateway_that_took_it_before_a_crash_is_not_given_it_as_another(ports, clock, worker):
    clock.time = WEEK_BEFORE
    remind(ports)
    [job] = ports.jobs.waiting
    ports.messages.down = True
    with pytest.raises(GatewayDown):
        messages.send(ports, job.message_id)
    ports.messages.down = False
    messages.send(ports, job.message_id)
    messages.send(ports, job.message_id)
    assert list(ports.messages.sent) == [job.message_id]


def test_after_a_lapse_and_a_return_there_are_new_reminders(ports, clock, connection, worker):
    remind_at(ports, clock, day(80))
    clock.time = wib(2027, 6, 5, 10)
    settle(ports, worker, 1)
    for at in (wib(2027, 6, 23, 9), wib(2027, 6, 29, 9), wib(2027, 6, 30, 9)):
        remind_at(ports, clock, at)
    june = date(2027, 6, 30)
    assert reminded(connection) == [(june, -7), (june, -1), (june, 0), (DUE_ON, 80)]


def test_arrears_settled_in_part_count_from_what_is_next_due(ports, clock, connection, worker):
    """January is paid for in February, so the last day of January is 30 days before 2 March."""
    clock.time = wib(2027, 2, 20, 10)
    settle(ports, worker, 1)
    remind_at(ports, clock, wib(2027, 3, 1, 9))
    assert reminded(connection) == []
    remind_at(ports, clock, wib(2027, 3, 2, 9))
    assert reminded(connection) == [(date(2027, 1, 31), 30)]


def test_a_february_of_29_days_is_due_on_its_last(ports, clock, connection):
    clock.time = wib(2028, 2, 3, 10)
    covered(ports, months=1)
    for at in (wib(2028, 2, 22, 9), wib(2028, 2, 28, 9), wib(2028, 2, 29, 9)):
        remind_at(ports, clock, at)
    assert reminded(connection) == [(date(2028, 2, 29), days) for days in (-7, -1, 0)]


def test_many_are_gone_through_a_few_at_a_time_and_once(ports, clock, connection):
    for _ in range(5):
        covered(ports)
    clock.time = WEEK_BEFORE
    for _ in range(2):
        remind(ports, size=2)
    assert len(reminded(connection)) == 5
    [job] = {type(each) for each in ports.jobs.waiting}
    assert job is SendReminder


def test_no_more_wait_to_be_sent_than_there_is_room_for(ports, clock, connection):
    for _ in range(5):
        covered(ports)
    clock.time = WEEK_BEFORE
    for _ in range(2):
        remind(ports, most=3)
    assert len(ports.jobs.waiting) == len(reminded(connection)) == 3
    ports.jobs.work(ports)
    remind(ports, most=3)
    assert len(ports.jobs.waiting) == 2


def test_a_finished_round_is_not_gone_again(ports, clock, worker, queries):
    clock.time = WEEK_BEFORE
    remind(ports)
    queries.clear()
    remind(ports)
    assert not any("worker_consent" in sql for sql in queries)


def test_outside_its_hours_it_asks_nothing(ports, clock, worker, queries):
    clock.time = day(-7, 22)
    queries.clear()
    remind(ports)
    assert queries == []


def test_a_clock_that_went_back_goes_the_round_again(ports, clock, connection, worker):
    remind_at(ports, clock, day(-7, 15))
    clock.time = NOON
    late = covered(ports)
    remind_at(ports, clock, day(-7, 10))
    assert (
        connection.scalar(select(Reminder.days).where(Reminder.worker_id == late.worker_id)) == -7
    )


def test_a_reminder_is_forgotten_with_its_message(ports, clock, connection, worker):
    remind_at(ports, clock, WEEK_BEFORE)
    clock.advance(days=365, seconds=-1)
    forget(ports)
    assert len(reminded(connection)) == 1
    clock.advance(seconds=1)
    forget(ports)
    assert reminded(connection) == []
    assert connection.scalar(select(ReminderRound.paid_through)) == Month(2026, 12)
