"""Who shows a token of staff, and what their role lets them do."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.audit_event import AuditEvent
from models.staff import IDLE_FOR, LONGEST_SESSION, StaffAccount, StaffSession
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.permission import HOLDERS, Permission
from services.staff.access import RoleNotAllowed, StaffSignInRequired, officer, require
from tests import officers

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def siti(ports, session):
    siti = officers.officer(ports, session)
    session.commit()
    return siti


def shown(ports, caller):
    return officer(ports, caller.account_id, caller.session_id, caller.source)


def test_a_session_that_is_good_says_who_it_is(ports, siti):
    assert shown(ports, siti) == siti


@pytest.mark.parametrize(
    ("table", "column", "ago"),
    [
        (StaffSession, "ended_at", timedelta()),
        (StaffAccount, "closed_at", timedelta()),
        (StaffSession, "used_at", IDLE_FOR.value),
        (StaffSession, "started_at", LONGEST_SESSION.value),
    ],
)
def test_one_that_is_ended_or_over_says_nothing(ports, session, siti, table, column, ago):
    session.execute(update(table).values({column: ports.clock.now() - ago + A_MOMENT}))
    session.commit()
    if ago:
        assert shown(ports, siti) == siti
    session.execute(update(table).values({column: ports.clock.now() - ago}))
    session.commit()
    with pytest.raises(StaffSignInRequired):
        shown(ports, siti)


def test_a_session_is_not_another_account_s(ports, session, siti):
    other = officers.officer(ports, session)
    session.commit()
    with pytest.raises(StaffSignInRequired):
        officer(ports, other.account_id, siti.session_id, siti.source)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_does_what_the_table_says_and_tries_are_on_record(ports, session, permission):
    for role in StaffRole:
        who = officers.officer(ports, session, role)
        session.commit()
        if role in HOLDERS[permission]:
            require(ports, who, permission)
            continue
        with pytest.raises(RoleNotAllowed):
            require(ports, who, permission)
        (event,) = session.scalars(
            select(AuditEvent).where(AuditEvent.account_id == who.account_id)
        )
        assert (event.action, event.refusal) == (AuditAction.TURNED_AWAY, "role-not-allowed")
        assert event.details == {"permission": permission.value}


def test_who_manages_accounts_or_reads_the_audit_sees_no_worker():
    for role in (StaffRole.ADMIN, StaffRole.AUDITOR):
        assert len([each for each in Permission if role in HOLDERS[each]]) == 1
