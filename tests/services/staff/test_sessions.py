"""Staying signed in by token and by cookie, and signing out."""

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.staff import IDLE_FOR, LONGEST_SESSION, StaffSession
from models.staff_session import SOURCE_KNOWN_FOR
from models.values.audit import AuditAction
from services.housekeeping import forget
from services.staff import accounts, sessions
from services.staff.access import StaffSignInRequired, caller
from services.tokens import Kind
from tests.newcomers import DESK, ELSEWHERE, Newcomer

AN_HOUR = 3600


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


@pytest.fixture
def opened(siti):
    return siti.signs_in()


@pytest.fixture
def tokens(ports, opened):
    return sessions.tokens_of(ports, opened.officer, opened.session)


def shows(ports, tokens):
    claims = ports.tokens.read(Kind.STAFF, tokens.access_token, now=ports.clock.now())
    return caller(ports, claims, DESK)


def refresh(ports, tokens):
    return sessions.refresh(ports, tokens.refresh_token, DESK)


def over(ports, tokens):
    with pytest.raises(StaffSignInRequired):
        refresh(ports, tokens)


def actions(session):
    return [each.action for each in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


def test_tokens_open_the_session_for_a_quarter_of_an_hour(ports, opened, tokens):
    assert tokens.expires_in == 900
    assert shows(ports, tokens) == opened.officer
    assert tokens.refresh_token not in repr(tokens)


def test_a_refresh_token_gives_a_new_pair_and_each_pair_works(ports, clock, tokens):
    for _ in range(5):
        clock.advance(minutes=14)
        newer = refresh(ports, tokens)
        assert newer.refresh_token != tokens.refresh_token
        tokens = newer
        shows(ports, tokens)


def test_a_lost_answer_is_given_again_for_a_minute(ports, clock, tokens):
    newer = refresh(ports, tokens)
    clock.advance(seconds=60)
    again = refresh(ports, tokens)
    assert (again.access_token, again.refresh_token) == (newer.access_token, newer.refresh_token)
    assert again.expires_in == newer.expires_in - 60


def test_reuse_after_it_ends_the_session_and_is_on_record(ports, session, clock, tokens):
    newer = refresh(ports, tokens)
    clock.advance(seconds=61)
    with pytest.raises(StaffSignInRequired):
        sessions.refresh(ports, tokens.refresh_token, ELSEWHERE)
    over(ports, newer)
    with pytest.raises(StaffSignInRequired):
        shows(ports, newer)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.SESSION_REUSED)
    ).one()
    assert (event.source, event.session_id) == (
        ELSEWHERE,
        session.scalars(select(StaffSession.id)).one(),
    )


def test_reuse_once_its_successor_was_used_ends_it_too(ports, clock, tokens):
    newest = refresh(ports, refresh(ports, tokens))
    over(ports, tokens)
    over(ports, newest)


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 2000])
def test_what_is_no_token_of_ours_is_refused(ports, token):
    with pytest.raises(StaffSignInRequired):
        sessions.refresh(ports, token, DESK)


def test_an_access_token_refreshes_nothing(ports, tokens):
    with pytest.raises(StaffSignInRequired):
        sessions.refresh(ports, tokens.access_token, DESK)


def test_a_session_that_nobody_used_is_over(ports, clock, tokens):
    clock.advance(seconds=IDLE_FOR.value.total_seconds())
    over(ports, tokens)


def test_the_longest_one_is_a_working_day_and_tokens_do_not_promise_more(ports, clock, tokens):
    minutes = LONGEST_SESSION.value.total_seconds() / 60
    for _ in range(int(minutes // 20) - 1):
        clock.advance(minutes=20)
        tokens = refresh(ports, tokens)
    clock.advance(minutes=10)
    tokens = refresh(ports, tokens)
    assert tokens.expires_in == 600
    clock.advance(minutes=10)
    over(ports, tokens)


def test_use_is_noted_at_most_once_a_minute(ports, session, clock, opened, queries):
    cookie = Newcomer.of(ports).signs_in(by_cookie=True).cookie
    noted = select(StaffSession.used_at).where(StaffSession.cookie_digest.is_not(None))
    began = clock.now()

    def used():
        before = len([each for each in queries if each.startswith("UPDATE staff_session")])
        sessions.from_cookie(ports, cookie, DESK)
        written = len([each for each in queries if each.startswith("UPDATE staff_session")])
        return written - before, session.scalar(noted) - began

    clock.advance(seconds=59)
    assert used()[0] == 0
    clock.advance(seconds=1)
    writes, noted_at = used()
    assert (writes, noted_at.total_seconds()) == (1, 60)
    assert used()[0] == 0


def test_work_keeps_a_cookie_s_session_going(ports, clock, siti):
    opened = siti.signs_in(by_cookie=True)
    for _ in range(20):
        clock.advance(minutes=29)
        assert sessions.from_cookie(ports, opened.cookie, DESK) == opened.officer
    clock.advance(minutes=30)
    with pytest.raises(StaffSignInRequired):
        sessions.from_cookie(ports, opened.cookie, DESK)


def test_a_cookie_is_its_holder_s_wherever_they_are(ports, siti):
    opened = siti.signs_in(by_cookie=True)
    assert sessions.from_cookie(ports, opened.cookie, ELSEWHERE).source == ELSEWHERE


@pytest.mark.parametrize("cookie", ["", "x", "\x00", "A" * 43])
def test_a_made_up_cookie_is_nobody_s(ports, opened, cookie):
    with pytest.raises(StaffSignInRequired):
        sessions.from_cookie(ports, cookie, DESK)


def test_signing_out_ends_this_session_once(ports, session, clock, siti, opened, tokens):
    clock.advance(seconds=30)
    other = siti.signs_in(by_cookie=True)
    sessions.end(ports, opened.officer)
    sessions.end(ports, opened.officer)
    over(ports, tokens)
    assert sessions.from_cookie(ports, other.cookie, DESK) == other.officer
    assert actions(session).count(AuditAction.SIGNED_OUT) == 1


def test_signing_out_everywhere_ends_all_of_them_and_nobody_else_s(ports, session, clock, siti):
    other = Newcomer.of(ports).signs_in(by_cookie=True)
    first = siti.signs_in(by_cookie=True)
    clock.advance(seconds=30)
    second = siti.signs_in(by_cookie=True)
    sessions.end_everywhere(ports, first.officer)
    for each in (first, second):
        with pytest.raises(StaffSignInRequired):
            sessions.from_cookie(ports, each.cookie, DESK)
    assert sessions.from_cookie(ports, other.cookie, DESK) == other.officer
    told = session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.SIGNED_OUT_EVERYWHERE)
    ).one()
    assert told.details == {"sessions": 2}


def test_closing_and_resetting_end_sessions_at_once(ports, siti, clock):
    first = siti.signs_in(by_cookie=True)
    siti.given = accounts.reset(ports, None, siti.given.account.id)
    with pytest.raises(StaffSignInRequired):
        sessions.from_cookie(ports, first.cookie, DESK)
    second = siti.signs_in(by_cookie=True)
    accounts.close(ports, None, siti.given.account.id)
    with pytest.raises(StaffSignInRequired):
        sessions.from_cookie(ports, second.cookie, DESK)


def test_old_sessions_are_forgotten_and_what_was_done_in_them_is_not(ports, session, clock, opened):
    clock.advance(seconds=SOURCE_KNOWN_FOR.value.total_seconds() - 1)
    forget(ports)
    assert session.scalars(select(StaffSession.id)).all() == [opened.session.id]
    clock.advance(seconds=1)
    forget(ports)
    assert session.scalars(select(StaffSession.id)).all() == []
    assert opened.session.id in session.scalars(select(AuditEvent.session_id)).all()
