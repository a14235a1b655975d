"""Officers, and those who would be one, all at one moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from models.staff import StaffAccount, StaffSession
from models.staff_refusal import TRIES, StaffRefusal
from models.values.access import StaffRole
from services.errors import DomainError
from services.staff import accounts, passwords, sessions
from services.staff.accounts import NewOfficer
from services.staff.passwords import PasswordChange
from tests.newcomers import Newcomer
from tests.races.test_joining import AT_ONCE, at_once

pytestmark = pytest.mark.slow


def outcome(does, *things, **options):
    try:
        does(*things, **options)
    except DomainError as error:
        return error.code
    return "done"


def counted(engine, table):
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_a_code_is_good_for_one_of_many(ports, engine):
    # From as many addresses, so that none of them is locked meanwhile.
    siti = Newcomer.of(ports)
    found = at_once(
        lambda number: outcome(siti.signs_in, f"192.0.2.{number}"), range(1, AT_ONCE + 1)
    )
    assert Counter(found) == {"done": 1, "staff-sign-in-refused": AT_ONCE - 1}
    assert counted(engine, StaffSession) == 1


def test_neither_is_it_good_for_signing_in_and_for_a_new_password(ports):
    siti = Newcomer.of(ports)
    officer = siti.signs_in().officer
    ports.clock.advance(seconds=30)
    wanted = PasswordChange(siti.given.password, "kambing hijau terbang tinggi", siti.code)
    ways = [lambda: passwords.change(ports, officer, wanted), siti.signs_in] * 2
    assert Counter(at_once(outcome, ways))["done"] == 1


def test_of_many_guesses_at_one_moment_so_many_are_judged_as_there_are_tries(ports, engine):
    siti = Newcomer.of(ports)
    found = at_once(lambda _: outcome(siti.signs_in, password="wrong"), range(AT_ONCE))
    assert Counter(found) == {
        "staff-sign-in-refused": TRIES.value,
        "too-many-wrong-tries": AT_ONCE - TRIES.value,
    }
    assert counted(engine, StaffRefusal) == TRIES.value


def test_a_refresh_token_shown_many_times_at_once_gives_one_pair(ports):
    opened = Newcomer.of(ports).signs_in()
    shown = sessions.tokens_of(ports, opened.officer, opened.session).refresh_token
    pairs = at_once(lambda source: sessions.refresh(ports, shown, source), ["192.0.2.1"] * 8)
    assert len({pair.refresh_token for pair in pairs}) == 1


def test_admins_who_close_each_other_do_not_leave_nobody(ports, engine):
    still_open = select(StaffAccount.id).where(StaffAccount.closed_at.is_(None))
    for _ in range(5):
        first, second = (Newcomer.of(ports, StaffRole.ADMIN).signs_in().officer for _ in range(2))
        with engine.connect() as connection:
            others = set(connection.scalars(still_open)) - {first.account_id, second.account_id}
        deeds = [(first, second), (second, first), *((None, each) for each in (first, second))]
        for each in others:
            accounts.close(ports, None, each)
        at_once(lambda deed: outcome(accounts.close, ports, deed[0], deed[1].account_id), deeds)
        with engine.connect() as connection:
            assert len(connection.scalars(still_open).all()) == 1


def test_one_name_is_given_once(ports, engine):
    wanted = NewOfficer("siti", StaffRole.SUPPORT)
    found = at_once(lambda _: outcome(accounts.add, ports, None, wanted), range(6))
    assert Counter(found) == {"done": 1, "username-taken": 5}
    assert counted(engine, StaffAccount) == 1


def test_whoever_signs_in_while_their_account_is_closed_is_out(ports, engine):
    for _ in range(5):
        siti = Newcomer.of(ports)
        ways = [siti.signs_in, lambda siti=siti: accounts.close(ports, None, siti.given.id)]
        at_once(outcome, ways)
        good = (
            select(func.count())
            .select_from(StaffSession)
            .where(StaffSession.account_id == siti.given.id, StaffSession.ended_at.is_(None))
        )
        with engine.connect() as connection:
            assert connection.scalar(good) == 0


class Meanwhile:
    """A vault; when a secret is opened, something else happens first."""

    def __init__(self, vault, happens):
        self.vault, self.happens = vault, happens

    def __getattr__(self, name):
        return getattr(self.vault, name)

    def open(self, *args):
        opened = self.vault.open(*args)
        self.happens()
        return opened


def test_a_password_that_is_reset_meanwhile_opens_nothing(ports, engine):
    siti = Newcomer.of(ports)
    reset = lambda: accounts.reset(ports, None, siti.given.id)  # noqa: E731
    siti.ports = replace(ports, vault=Meanwhile(ports.vault, reset))
    assert outcome(siti.signs_in) == "staff-sign-in-refused"
    assert counted(engine, StaffSession) == 0
