"""Who is let in, and that every refusal looks the same."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from models.audit_event import AuditEvent
from models.staff import StaffAccount, StaffSession
from models.staff_refusal import StaffRefusal
from models.values.audit import AuditAction, SearchedBy
from services.staff import accounts
from services.staff.access import officer
from services.staff.hashing import is_outdated
from services.staff.signing_in import Credentials, StaffSignInRefused, sign_in
from tests.newcomers import DESK, Newcomer


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


def sign_ins(session):
    chosen = select(AuditEvent).where(AuditEvent.action == AuditAction.SIGNED_IN)
    return session.scalars(chosen.order_by(AuditEvent.id)).all()


def refused(siti, **typed):
    with pytest.raises(StaffSignInRefused):
        siti.signs_in(**typed)


def test_whoever_shows_all_three_has_a_session(ports, siti):
    opened = siti.signs_in()
    assert opened.cookie is None
    caller = opened.officer
    assert (caller.username, caller.source) == (siti.username, DESK)
    assert officer(ports, caller.account_id, caller.session_id, DESK) == caller


@pytest.mark.parametrize(("username", "code"), [("  {} ", "{} "), ("{}", "\uff11"), ("{}", "{}")])
def test_it_is_taken_as_people_type_it(siti, username, code):
    typed = code.format(f"{siti.code[:3]} {siti.code[3:]}")
    if code == "\uff11":
        typed = siti.code.translate({ord("0") + each: 0xFF10 + each for each in range(10)})
    siti.signs_in(username=username.format(siti.username.upper()), otp=typed)


@pytest.mark.parametrize("ago", [-30, 0, 30])
def test_a_phone_s_clock_may_be_half_a_minute_off(siti, clock, ago):
    code = siti.code
    clock.advance(seconds=ago)
    siti.signs_in(otp=code)


@pytest.mark.parametrize("ago", [-60, 60])
def test_but_no_more(siti, clock, ago):
    code = siti.code
    clock.advance(seconds=ago)
    refused(siti, otp=code)


def test_a_code_works_once_and_none_before_it_works_after_it(siti, clock):
    before = siti.code
    clock.advance(seconds=30)
    used = siti.code
    siti.signs_in(otp=used)
    refused(siti, otp=used)
    refused(siti, otp=before)
    clock.advance(seconds=30)
    siti.signs_in()


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ({"password": "wrong"}, "password"),
        ({"otp": "000000"}, "code"),
        ({"otp": "no code"}, "code"),
        ({"password": "wrong", "otp": "000000"}, "password"),
        ({"password": "", "otp": ""}, "password"),
    ],
)
def test_what_was_wrong_is_told_to_the_auditor_alone(session, siti, typed, cause):
    refused(siti, **typed)
    (event,) = sign_ins(session)
    assert (event.refusal, event.details) == ("staff-sign-in-refused", {"cause": cause})
    assert (event.username, event.session_id, event.source) == (siti.username, None, DESK)
    assert event.searched_by is None


def test_a_wrong_password_leaves_the_code_good(siti):
    refused(siti, password="wrong")
    siti.signs_in()


def test_a_closed_account_and_a_spent_code_are_told_apart_too(ports, session, siti):
    siti.signs_in()
    refused(siti)
    accounts.close(ports, None, siti.given.account.id)
    refused(siti)
    done, spent, closed = sign_ins(session)
    assert (done.refusal, done.details) == (None, {"by": "token"})
    assert (spent.details["cause"], closed.details["cause"]) == ("spent_code", "closed_account")


@pytest.mark.parametrize("name", ["nobody", "", "Rahasia Ku 17!", "\x00", "\ud800", "x" * 300])
def test_of_a_name_that_there_is_not_nothing_typed_is_kept(ports, session, name):
    with pytest.raises(StaffSignInRefused):
        sign_in(ports, Credentials(username=name, password="x", otp="1", source=DESK))
    (event,) = sign_ins(session)
    assert (event.account_id, event.username, event.searched_by) == (
        None,
        None,
        SearchedBy.USERNAME,
    )
    assert event.details == {"cause": "unknown_name"}
    (kept,) = session.scalars(select(StaffRefusal))
    assert kept.name_key == event.searched_key
    assert len(event.searched_key) == 16


def test_the_same_statements_are_sent_for_a_name_that_there_is_not(siti, queries):
    def asked(**typed):
        queries.clear()
        refused(siti, **typed)
        return [each for each in queries if "SAVEPOINT" not in each]

    assert asked(password="wrong") == asked(username="nobody")


def test_a_password_kept_at_old_costs_is_kept_anew(session, siti):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(siti.given.password)
    session.execute(update(StaffAccount).values(password_hash=cheap))
    session.commit()
    siti.signs_in()
    kept = session.scalars(select(StaffAccount.password_hash)).one()
    assert is_outdated(cheap)
    assert not is_outdated(kept)
    siti.ports.clock.advance(seconds=30)
    siti.signs_in()


def test_for_the_console_there_is_a_cookie_of_which_a_digest_is_kept(session, siti):
    opened = siti.signs_in(by_cookie=True)
    assert len(opened.cookie) == 43
    kept = session.scalars(select(StaffSession.cookie_digest)).one()
    assert len(kept) == 16
    assert opened.cookie not in repr(opened)
