from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.message import Message, MessageKind
from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.words import Language
from models.worker import select_worker
from services import messages, notices
from services.housekeeping import forget
from services.jobs import SendNotice
from services.outages import GatewayDown
from services.ports import Delivery
from tests.api.joining import NIK, PHONE, bearing, join, phone_token, register

OWN, OTHER = PhoneNumber.parse(PHONE), PhoneNumber("+6281399998888")


@pytest.fixture
def worker(client, ports):
    joined = join(client, ports)["worker"]["id"]
    ports.jobs.work(ports)
    ports.messages.sent.clear()
    with ports.transactions.reading() as session:
        return session.scalars(select_worker(joined)).one()


def tell(ports, worker, kind=MessageKind.PHONE_CHANGED, **to):
    with ports.transactions.begin() as session:
        return notices.queue(ports, session, worker, kind, ports.clock.now(), **to)


def sent(ports):
    return list(ports.messages.sent.values())


def test_a_worker_is_told_on_the_phone_on_record(ports, worker):
    tell(ports, worker)
    ports.jobs.work(ports)
    [(recipient, words, channel)] = sent(ports)
    assert (recipient, channel) == (OWN, Channel.WHATSAPP)
    assert words == notices.WORDS[MessageKind.PHONE_CHANGED].id


def test_a_number_that_is_no_longer_on_record_can_be_told(ports, worker):
    tell(ports, worker, to=OTHER)
    ports.jobs.work(ports)
    assert [recipient for recipient, _, _ in sent(ports)] == [OTHER]


def test_it_is_told_in_the_language_in_which_the_phone_was_last_verified(client, ports, worker):
    token = phone_token(client, ports, language="en")
    client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
    tell(ports, worker)
    ports.jobs.work(ports)
    assert sent(ports)[-1][1] == notices.WORDS[MessageKind.PHONE_CHANGED].en


def test_whoever_registers_in_english_is_told_in_english(client, ports):
    joined = register(client, phone_token(client, ports, language="en")).json["worker"]["id"]
    with ports.transactions.reading() as session:
        assert session.scalars(select_worker(joined)).one().language == "en"


def test_one_that_fails_on_whatsapp_goes_out_once_by_sms_to_the_same_number(ports, worker):
    ports.messages.refused.add(OTHER)
    tell(ports, worker, to=OTHER)
    ports.jobs.work(ports)
    assert [(to, channel) for to, _, channel in sent(ports)] == [(OTHER, Channel.SMS)]


def test_a_delivery_report_settles_it(ports, worker, connection):
    message = tell(ports, worker)
    ports.jobs.work(ports)
    ports.messages.reports.append(Delivery(key=message.id, state=DeliveryState.DELIVERED))
    messages.collect_deliveries(ports)
    state = select(Message.state).where(Message.id == message.id)
    assert connection.scalar(state) is DeliveryState.DELIVERED


def test_a_gateway_that_is_down_is_tried_again(ports, worker):
    message = tell(ports, worker)
    ports.messages.down = True
    with pytest.raises(GatewayDown):
        messages.send(ports, message.id)
    ports.messages.down = False
    messages.send(ports, message.id)
    messages.send(ports, message.id)
    assert len(sent(ports)) == 1


def test_notices_do_not_stand_in_the_way_of_codes(ports, worker):
    tell(ports, worker)
    assert [type(job) for job in ports.jobs.waiting] == [SendNotice]


def test_notices_are_forgotten_after_a_year_with_what_followed_them_up(
    ports, worker, connection, clock
):
    ports.messages.refused.add(OTHER)
    tell(ports, worker, to=OTHER)
    ports.jobs.work(ports)
    kept = select(func.count()).where(Message.worker_id == worker.id)
    clock.advance(days=365, seconds=-1)
    forget(ports)
    assert connection.scalar(kept) == 2
    clock.time += timedelta(seconds=1)
    forget(ports)
    assert connection.scalar(kept) == 0


@pytest.mark.parametrize("kind", notices.WORDS)
def test_every_notice_fits_one_sms_in_each_language(kind):
    for language in Language:
        words = notices.WORDS[kind].in_(language)
        assert words.isascii()
        assert len(words) <= 160


def test_notices_go_out_whatever_the_worker_agreed_to_only_where_they_guard_the_worker():
    """All others must ask for consent before they are queued."""
    guarding = {
        MessageKind.PHONE_CHANGED,
        MessageKind.PHONE_CHANGE_REQUESTED,
        MessageKind.ERASURE_REQUESTED,
        MessageKind.IDENTITY_DECIDED,
    }
    with_consent: set[MessageKind] = set()
    assert set(notices.WORDS) == guarding | with_consent


def test_there_are_words_for_every_notice():
    with_words_of_their_own = {MessageKind.CODE, MessageKind.REMINDER, MessageKind.ENROLLED}
    assert set(notices.WORDS) == set(MessageKind) - with_words_of_their_own
