"""A partner is told of the cover of those who share it with that partner, once, and of nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.partner_event import PartnerEvent, PartnerEventName
from services.month_turn import turn
from tests.fakes import NOON
from tests.models.paying import wib
from tests.paid_lives import PaidLife
from tests.partners import partner
from tests.payers import at
from tests.ties import link

ACTIVATED = PartnerEventName.COVERAGE_ACTIVATED
GRACE = PartnerEventName.COVERAGE_GRACE
LAPSED = PartnerEventName.COVERAGE_LAPSED
RESTORED = PartnerEventName.COVERAGE_RESTORED
DECEMBER = wib(2026, 12, 1)


@pytest.fixture
def ojek(ports, session):
    return partner(ports, session)


@pytest.fixture
def session(sessions):
    with sessions.begin() as session:
        yield session


@pytest.fixture
def tied(session, ojek):
    """A tie of this life to the partner, or to another one."""

    def tying(life, to=ojek, **how):
        return link(session, to, life.worker_id, NOON, **how)

    return tying


@pytest.fixture
def told(sessions):
    """What partners are told of one tie, in the order in which it happened."""

    def looking(tie):
        events = (
            select(PartnerEvent)
            .where(PartnerEvent.about == tie.id)
            .order_by(PartnerEvent.happened_at)
        )
        with sessions() as session:
            found = session.scalars(events).all()
        assert {each.partner_id for each in found} <= {tie.partner_id}
        return [(each.event, each.happened_at) for each in found]

    return looking


def test_a_payment_is_told_to_every_partner_that_shares_it(ports, session, tied, told):
    life = PaidLife(ports)
    ties = [tied(life), tied(life, partner(ports, session, "Kurir Kita"))]
    life.settle(1, NOON)
    assert [told(tie) for tie in ties] == [[(ACTIVATED, NOON)]] * 2


@pytest.mark.parametrize("how", [{"confirmed": False}, {"ended": True}])
def test_who_has_not_agreed_or_agrees_no_more_is_not_told_of(ports, clock, tied, told, how):
    life = PaidLife(ports)
    tie = tied(life, **how)
    life.settle(1, NOON)
    with at(clock, DECEMBER + timedelta(minutes=10)):
        turn(ports)
    assert told(tie) == []


def test_other_people_are_not_told_of(ports, tied, told):
    life, other = PaidLife(ports), PaidLife(ports)
    tie = tied(life)
    other.settle(1, NOON)
    assert told(tie) == []


def test_the_turn_of_the_month_is_told_of_all_of_them_at_once(ports, clock, tied, told):
    lives = [PaidLife(ports) for _ in range(5)]
    ties = [tied(life) for life in lives]
    for life in lives:
        life.settle(1, NOON)
    with at(clock, DECEMBER + timedelta(minutes=10)):
        turn(ports, size=2)
        turn(ports, size=2)
    assert [told(tie)[1:] for tie in ties] == [[(GRACE, DECEMBER)]] * 5


def test_what_is_told_already_is_not_passed_on_again(ports, clock, tied, told):
    """The clock went back, so all is gone through once more."""
    life = PaidLife(ports)
    life.settle(1, NOON)
    with at(clock, wib(2027, 5, 20)):
        turn(ports)
    tie = tied(life)
    with at(clock, DECEMBER + timedelta(minutes=10)):
        turn(ports)
    assert told(tie) == []


def test_a_whole_story_is_told(ports, clock, tied, told):
    life = PaidLife(ports)
    tie = tied(life)
    life.settle(1, NOON)
    for month in range(1, 4):
        with at(clock, wib(2027, month, 1, 0, 10)):
            turn(ports)
    back = wib(2027, 3, 5)
    with at(clock, back):
        life.settle(5, back)
    assert told(tie) == [
        (ACTIVATED, NOON),
        (GRACE, DECEMBER),
        (LAPSED, wib(2027, 3, 1)),
        (RESTORED, back),
    ]
