from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from models.message import GatewayPosition, Message
from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.words import Language
from services import messages, phone_verification
from services.outages import GatewayDown
from services.phone_verification import Start
from services.ports import Delivery, DeliveryReports

PHONE = PhoneNumber("+6281234567890")


class CountingSeconds:
    """A gateway with nothing to report, at a position that is never the same."""

    asked = 0

    def deliveries(self, *, since):
        self.asked += 1
        return DeliveryReports(deliveries=(), position=str(self.asked))


def start(ports, channel=Channel.WHATSAPP):
    request = Start(phone=PHONE, channel=channel, language=Language.INDONESIAN, source="")
    return phone_verification.start(ports, request).verification


def rows(connection):
    order = (Message.queued_at, Message.fallback_of.is_not(None))
    return connection.execute(select(Message.__table__).order_by(*order)).all()


def report(ports, message_id, state):
    ports.messages.reports.append(Delivery(key=message_id, state=state))
    messages.collect_deliveries(ports)


def sent_on(ports):
    return [channel for _, _, channel in ports.messages.sent.values()]


def confirm(ports, verification):
    code = phone_verification.code_of(ports, verification.id)
    phone_verification.confirm(ports, verification.id, code)


class TestSend:
    def test_a_message_says_the_code_and_to_keep_it(self, ports):
        verification = start(ports)
        ports.jobs.work(ports)
        [(recipient, words, channel)] = ports.messages.sent.values()
        assert (recipient, channel) == (PHONE, Channel.WHATSAPP)
        assert words == (
            f"{phone_verification.code_of(ports, verification.id)} adalah kode Jaring Anda. "
            "Berlaku paling lama 5 menit. Jangan berikan kepada siapa pun, termasuk petugas."
        )

    def test_it_fits_one_sms(self):
        for language in Language:
            assert len(messages.CODE_MESSAGE.in_(language, code="123456")) <= 160

    def test_it_is_sent_once_however_often_the_job_runs(self, ports, connection):
        start(ports)
        [row] = rows(connection)
        for _ in range(3):
            messages.send(ports, row.id)
        assert list(ports.messages.sent) == [row.id]

    def test_a_gateway_that_is_down_is_tried_again_with_the_same_words(self, ports, connection):
        start(ports)
        [row] = rows(connection)
        ports.messages.down = True
        with pytest.raises(GatewayDown):
            messages.send(ports, row.id)
        assert rows(connection)[0].state is DeliveryState.QUEUED
        ports.messages.down = False
        ports.jobs.work(ports)
        assert rows(connection)[0].state is DeliveryState.SENT

    def test_an_expired_code_is_not_sent(self, ports, clock, connection):
        start(ports)
        clock.advance(minutes=5)
        ports.jobs.work(ports)
        assert ports.messages.sent == {}
        assert [row.state for row in rows(connection)] == [DeliveryState.FAILED]

    def test_a_code_that_was_typed_in_is_not_sent(self, ports):
        verification = start(ports)
        confirm(ports, verification)
        ports.jobs.work(ports)
        assert ports.messages.sent == {}

    def test_a_message_that_is_not_there_is_nothing_to_do(self, ports):
        messages.send(ports, uuid4())
        assert ports.messages.sent == {}


class TestFollowUp:
    def test_what_whatsapp_refuses_goes_out_by_sms(self, ports, connection):
        ports.messages.refused.add(PHONE)
        verification = start(ports)
        ports.jobs.work(ports)
        assert sent_on(ports) == [Channel.SMS]
        first, second = rows(connection)
        assert (first.state, second.state) == (DeliveryState.FAILED, DeliveryState.SENT)
        assert second.fallback_of == first.id
        shown = phone_verification.show(ports, verification.id)
        assert (shown.delivery, shown.verification.channel) == (DeliveryState.SENT, Channel.SMS)

    def test_what_failed_on_the_way_goes_out_by_sms_with_the_same_code(self, ports, connection):
        start(ports)
        ports.jobs.work(ports)
        first_code = ports.messages.last_code
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        ports.jobs.work(ports)
        assert sent_on(ports) == [Channel.WHATSAPP, Channel.SMS]
        assert ports.messages.last_code == first_code

    def test_it_happens_once(self, ports, connection):
        start(ports)
        ports.jobs.work(ports)
        for _ in range(3):
            report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        ports.jobs.work(ports)
        assert sent_on(ports) == [Channel.WHATSAPP, Channel.SMS]

    def test_an_sms_that_fails_is_not_followed_up(self, ports, connection):
        verification = start(ports, Channel.SMS)
        ports.jobs.work(ports)
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        ports.jobs.work(ports)
        assert sent_on(ports) == [Channel.SMS]
        assert phone_verification.show(ports, verification.id).delivery is DeliveryState.FAILED

    def test_not_after_the_code_has_run_out(self, ports, clock, connection):
        start(ports)
        ports.jobs.work(ports)
        clock.advance(minutes=5)
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        assert len(rows(connection)) == 1

    def test_not_after_the_code_was_typed_in(self, ports, connection):
        verification = start(ports)
        ports.jobs.work(ports)
        confirm(ports, verification)
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        assert len(rows(connection)) == 1

    def test_the_code_is_good_for_as_long_as_the_second_message_says(
        self, ports, clock, connection
    ):
        verification = start(ports)
        ports.jobs.work(ports)
        clock.advance(minutes=4)
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        clock.advance(minutes=4, seconds=59)
        confirm(ports, verification)

    def test_the_minute_before_a_resend_does_not_start_anew(self, ports, clock, connection):
        verification = start(ports)
        ports.jobs.work(ports)
        clock.advance(seconds=50)
        report(ports, rows(connection)[0].id, DeliveryState.FAILED)
        clock.advance(seconds=10)
        assert phone_verification.resend(ports, verification.id, Channel.SMS)


class TestDeliveries:
    def test_what_became_of_a_message_is_written_down(self, ports, connection):
        verification = start(ports)
        ports.jobs.work(ports)
        report(ports, rows(connection)[0].id, DeliveryState.DELIVERED)
        assert phone_verification.show(ports, verification.id).delivery is DeliveryState.DELIVERED

    @pytest.mark.parametrize("later", [DeliveryState.SENT, DeliveryState.FAILED])
    def test_what_was_delivered_stays_so(self, ports, connection, later):
        start(ports)
        ports.jobs.work(ports)
        for state in (DeliveryState.DELIVERED, later):
            report(ports, rows(connection)[0].id, state)
        assert [row.state for row in rows(connection)] == [DeliveryState.DELIVERED]

    def test_a_report_may_overtake_the_answer_to_sending(self, ports, connection):
        start(ports)
        report(ports, rows(connection)[0].id, DeliveryState.DELIVERED)
        ports.jobs.work(ports)
        assert rows(connection)[0].state is DeliveryState.DELIVERED

    def test_reports_are_read_from_where_they_were_left(self, ports, connection):
        start(ports)
        ports.jobs.work(ports)
        for state in (DeliveryState.SENT, DeliveryState.DELIVERED):
            report(ports, rows(connection)[0].id, state)
        assert connection.execute(select(GatewayPosition.position)).scalar() == "2"

    def test_a_report_about_a_message_that_is_not_ours_is_passed_over(self, ports, connection):
        report(ports, uuid4(), DeliveryState.FAILED)
        assert rows(connection) == []

    def test_all_pages_are_read_at_once_so_that_a_follow_up_is_not_late(self, ports, connection):
        ports.messages.page_size = 1
        reports = [Delivery(key=uuid4(), state=DeliveryState.SENT) for _ in range(3)]
        ports.messages.reports.extend(reports)
        messages.collect_deliveries(ports)
        assert connection.execute(select(GatewayPosition.position)).scalar() == "3"

    def test_a_gateway_whose_position_always_moves_is_asked_once_a_round(self, ports):
        gateway = CountingSeconds()
        messages.collect_deliveries(replace(ports, messages=gateway))
        assert gateway.asked == 1

    def test_a_gateway_that_is_down_leaves_the_position(self, ports, connection):
        ports.messages.down = True
        with pytest.raises(GatewayDown):
            messages.collect_deliveries(ports)
        assert connection.execute(select(GatewayPosition.position)).scalar() is None

    def test_the_newest_message_is_the_one_that_is_shown(self, ports, clock, connection):
        verification = start(ports)
        ports.jobs.work(ports)
        report(ports, rows(connection)[0].id, DeliveryState.DELIVERED)
        clock.advance(minutes=1)
        phone_verification.resend(ports, verification.id, Channel.SMS)
        assert phone_verification.show(ports, verification.id).delivery is DeliveryState.QUEUED
