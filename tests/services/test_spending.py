import logging

from models.values.channel import Channel
from models.values.phone import PhoneNumber
from models.values.words import Language
from services import phone_verification, spending
from services.phone_verification import Start


def verify(ports, *numbers):
    for number in numbers:
        phone_verification.start(
            ports,
            Start(
                phone=PhoneNumber(number),
                channel=Channel.SMS,
                language=Language.INDONESIAN,
                source="127.0.0.1",
            ),
        )


def test_a_block_to_which_very_many_codes_went_raises_an_alarm(ports, caplog):
    verify(ports, "+6281234567001", "+6281234567002", "+6281234567003", "+6285700000001")
    with caplog.at_level(logging.ERROR):
        assert spending.watch(ports, limit=2) == {"+62812": 3}
    assert [record.prefix for record in caplog.records] == ["+62812"]


def test_as_many_as_are_usual_raise_none(ports):
    verify(ports, "+6281234567001", "+6281234567002")
    assert spending.watch(ports, limit=2) == {}


def test_only_the_last_hour_counts(ports, clock):
    verify(ports, "+6281234567001", "+6281234567002", "+6281234567003")
    clock.advance(hours=1)
    assert spending.watch(ports, limit=2) == {}


def test_nobody_is_blocked_by_it(ports):
    verify(ports, "+6281234567001", "+6281234567002", "+6281234567003")
    spending.watch(ports, limit=2)
    verify(ports, "+6281234567004")
