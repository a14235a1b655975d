"""Accounts are opened, reset and closed, by admins and at the command line."""

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.staff import StaffAccount
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.ids import new_id
from models.values.page import PageRequest
from services.errors import Invalid
from services.staff import accounts
from services.staff.account_errors import (
    AccountClosed,
    AccountNotFound,
    LastAdmin,
    OwnAccount,
    UsernameTaken,
)
from services.staff.accounts import NewOfficer
from services.staff.signing_in import StaffSignInRefused
from tests.newcomers import Newcomer


@pytest.fixture
def admin(ports):
    return Newcomer.of(ports, StaffRole.ADMIN).signs_in().officer


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


def told(session, action):
    chosen = select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)
    return session.scalars(chosen).all()


def test_what_an_officer_is_given_is_long_random_and_kept_so_that_it_is_of_no_use(
    ports, session, siti
):
    other = Newcomer.of(ports).given
    given = siti.given
    assert len({given.password, other.password, given.totp_secret, other.totp_secret}) == 4
    assert (len(given.password), len(given.totp_secret)) == (23, 32)
    assert given.password not in repr(given)
    assert given.totp_secret not in repr(given)
    kept = session.get_one(StaffAccount, given.id)
    assert kept.password_hash.startswith("$argon2id$")
    assert given.totp_secret.encode() not in kept.totp_sealed
    assert ports.vault.open("staff_account.totp", kept.id, kept.totp_sealed) == given.totp_secret
    assert given.totp_uri == (
        f"otpauth://totp/Jaring:{given.username}?secret={given.totp_secret}&issuer=Jaring"
    )


@pytest.mark.parametrize(
    "name", ["", "ab", "x" * 33, "siti aminah", ".siti", "sitié", "a\x00b", "\ud800abc"]
)
def test_what_is_no_username_is_refused(ports, name):
    with pytest.raises(Invalid) as refused:
        accounts.add(ports, None, NewOfficer(name, StaffRole.SUPPORT))
    assert [(each.pointer, each.code) for each in refused.value.faults] == [
        ("/username", "not-a-username")
    ]


def test_a_name_is_one_account_s_for_ever_however_it_is_typed(ports, siti):
    accounts.close(ports, None, siti.given.id)
    with pytest.raises(UsernameTaken):
        accounts.add(ports, None, NewOfficer(f" {siti.username.upper()}", StaffRole.SUPPORT))


def test_who_did_what_to_which_account_is_on_record(ports, session, admin):
    given = accounts.add(ports, admin, NewOfficer("siti", StaffRole.AUDITOR))
    accounts.reset(ports, admin, given.id)
    accounts.close(ports, admin, given.id)
    for action in (
        AuditAction.ADDED_ACCOUNT,
        AuditAction.RESET_ACCOUNT,
        AuditAction.CLOSED_ACCOUNT,
    ):
        event = told(session, action)[-1]
        assert (event.account_id, event.about_id) == (admin.account_id, given.id)
        assert event.details == {"role": "auditor"}


def test_a_reset_makes_what_was_there_before_useless(ports, clock, siti):
    first, second = siti.given, accounts.reset(ports, None, siti.given.id)
    for kept in ({"password": first.password}, {"otp": siti.code}):
        siti.given = second
        with pytest.raises(StaffSignInRefused):
            siti.signs_in(**kept)
    siti.signs_in()


def test_an_admin_neither_closes_nor_resets_themselves(ports, session, admin):
    for action, change in (
        (AuditAction.CLOSED_ACCOUNT, accounts.close),
        (AuditAction.RESET_ACCOUNT, accounts.reset),
    ):
        with pytest.raises(OwnAccount):
            change(ports, admin, admin.account_id)
        event = told(session, action)[-1]
        assert (event.refusal, event.about_id) == ("own-staff-account", admin.account_id)


def test_the_last_open_admin_stays(ports, session, admin):
    with pytest.raises(LastAdmin):
        accounts.close(ports, None, admin.account_id)
    other = Newcomer.of(ports, StaffRole.ADMIN).given
    accounts.close(ports, None, admin.account_id)
    with pytest.raises(LastAdmin):
        accounts.close(ports, None, other.id)
    assert [each.refusal for each in told(session, AuditAction.CLOSED_ACCOUNT)] == [
        "last-admin",
        None,
        "last-admin",
    ]


def test_closing_twice_changes_nothing(ports, session, clock, siti):
    first = accounts.close(ports, None, siti.given.id).closed_at
    clock.advance(days=1)
    assert accounts.close(ports, None, siti.given.id).closed_at == first
    assert len(told(session, AuditAction.CLOSED_ACCOUNT)) == 1


def test_a_closed_account_is_not_reset(ports, siti):
    accounts.close(ports, None, siti.given.id)
    with pytest.raises(AccountClosed):
        accounts.reset(ports, None, siti.given.id)


def test_what_there_is_not_is_told_of(ports, session, admin):
    nothing = new_id()
    for change in (accounts.close, accounts.reset):
        with pytest.raises(AccountNotFound):
            change(ports, admin, nothing)
    assert told(session, AuditAction.RESET_ACCOUNT)[-1].about_id == nothing


def test_accounts_are_listed_by_name_a_page_at_a_time_in_one_statement(
    ports, session, admin, queries
):
    for name in ("wati", "budi", "siti"):
        accounts.add(ports, None, NewOfficer(name, StaffRole.SUPPORT))
    accounts.close(ports, None, accounts.id_of(ports, "Budi"))
    queries.clear()
    first = accounts.listed(ports, admin, PageRequest(limit=3))
    assert len([each for each in queries if each.startswith("SELECT")]) == 1
    second = accounts.listed(ports, admin, PageRequest(limit=3, after=first.next_after))
    assert [each.username for each in (*first.items, *second.items)] == [
        "budi",
        admin.username,
        "siti",
        "wati",
    ]
    assert second.next_after is None
    assert first.items[0].closed_at is not None
    shown = [each.details["shown"] for each in told(session, AuditAction.LISTED_ACCOUNTS)]
    assert shown == [3, 1]
