"""An officer changes their password, which nobody guesses."""

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.staff_refusal import TRIES
from models.values.audit import AuditAction
from services.errors import Invalid
from services.staff import hashing, passwords, sessions
from services.staff.access import StaffSignInRequired
from services.staff.lock_out import TooManyWrongTries
from services.staff.password_rules import faults_of
from services.staff.passwords import PasswordChange, PasswordChangeRefused
from services.staff.signing_in import StaffSignInRefused
from tests.newcomers import DESK, Newcomer

NEW = "kambing hijau terbang tinggi"


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


@pytest.fixture
def opened(siti, clock):
    opened = siti.signs_in(by_cookie=True)
    clock.advance(seconds=30)
    return opened


def change(siti, officer, **typed):
    right = {"current_password": siti.given.password, "new_password": NEW, "otp": siti.code}
    passwords.change(siti.ports, officer, PasswordChange(**{**right, **typed}))


def told(session):
    chosen = select(AuditEvent).where(AuditEvent.action == AuditAction.CHANGED_PASSWORD)
    return session.scalars(chosen.order_by(AuditEvent.id)).all()


def test_from_then_on_the_new_one_is_right_and_other_sessions_are_over(
    ports, session, clock, siti, opened
):
    other = siti.signs_in(by_cookie=True)
    clock.advance(seconds=30)
    change(siti, opened.officer)
    assert sessions.from_cookie(ports, opened.cookie, DESK) == opened.officer
    with pytest.raises(StaffSignInRequired):
        sessions.from_cookie(ports, other.cookie, DESK)
    clock.advance(seconds=30)
    with pytest.raises(StaffSignInRefused):
        siti.signs_in()
    siti.signs_in(password=NEW)
    (event,) = told(session)
    assert (event.refusal, event.details) == (None, {"sessions": 1})
    assert event.about_id == event.account_id == siti.given.id


@pytest.mark.parametrize(
    ("typed", "cause"),
    [({"current_password": "wrong"}, "password"), ({"otp": "000000"}, "code")],
)
def test_it_takes_password_and_code(ports, session, siti, opened, typed, cause):
    with pytest.raises(PasswordChangeRefused):
        change(siti, opened.officer, **typed)
    siti.signs_in()
    (event,) = told(session)
    assert (event.refusal, event.details) == ("password-change-refused", {"cause": cause})
    assert event.session_id == opened.officer.session_id


def test_the_code_of_signing_in_is_not_good_for_it(siti):
    opened = siti.signs_in()
    with pytest.raises(PasswordChangeRefused):
        change(siti, opened.officer)


def test_wrong_tries_are_counted_with_those_at_signing_in(siti, opened):
    for _ in range(TRIES.value - 1):
        with pytest.raises(PasswordChangeRefused):
            change(siti, opened.officer, current_password="wrong")
    with pytest.raises(StaffSignInRefused):
        siti.signs_in(password="wrong")
    with pytest.raises(TooManyWrongTries):
        change(siti, opened.officer)


def test_a_bad_one_is_refused_before_anything_is_counted(session, siti, opened):
    with pytest.raises(Invalid) as refused:
        change(siti, opened.officer, new_password="short", current_password="wrong")
    assert [(each.pointer, each.code) for each in refused.value.faults] == [
        ("/new_password", "too-short")
    ]
    assert told(session) == []


def fault(password, username="siti.aminah"):
    found = faults_of(password, username=username, current="the one that there is")
    return found[0].code if found else None


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop123",
        "siti.aminah2026",
        "Aminah-Siti-12",
        "indonesia2026!",
        "kerjakeras123",
        "kerjakerasbebascemas",
        "bpjsketenagakerjaan",
        "Bismillah123",
        "rahasia12345",
        "sayangkamu123",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "abcdefghijkl",
    ],
)
def test_what_everybody_tries_first_is_refused(password):
    assert fault(password) == "password-too-easy"


@pytest.mark.parametrize(
    "password",
    [NEW, "correct horse battery", "Zx9#mK2$pL7!", "ヤギは高く飛ぶ、緑色の日に", "x" * 3 + NEW * 5],
)
def test_what_is_hard_to_guess_is_taken(password):
    assert fault(password) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kambing 77!", "too-short"),
        (" " * 20, "too-short"),
        ("k" * 201, "too-long"),
        (" the one that there is", "password-unchanged"),
    ],
)
def test_length_and_novelty_are_asked_for(password, code):
    assert fault(password) == code


def test_no_drawn_password_is_too_easy():
    drawn = [hashing.drawn_password() for _ in range(50)]
    assert len(set(drawn)) == 50
    assert {fault(each) for each in drawn} == {None}


@pytest.mark.parametrize("typed", [f" {NEW}\u200b", NEW.replace("g", "\uff47")])
def test_one_password_is_right_however_it_was_copied(typed):
    assert hashing.is_password(typed, hashing.hashed(NEW))


def test_nobody_s_password_costs_what_everybody_s_does():
    assert not hashing.is_password(NEW, None)
    assert not hashing.is_outdated(hashing._NOBODYS)
    assert not hashing.is_password(NEW, "no hash at all")
