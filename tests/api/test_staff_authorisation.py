"""Who may call what staff call: read from openapi.yaml, so that no operation is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.staff import IDLE_FOR, LONGEST_SESSION, StaffAccount, StaffSession
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.ids import new_id
from models.values.scope import Scope
from services.tokens import Kind
from tests.api.joining import bearing, refusal
from tests.api.published import Anything, Operation, for_each, operations
from tests.api.staff_operations import ASKS, DOORS, GUARDED, STAFF, events_of, holder, holders
from tests.officers import bearer, officer

OTHERS = [
    one
    for one in operations()
    if {"access_token", "phone_token", "partner_token"} & one.tokens.keys()
]
REFUSED = [(one, role) for one in GUARDED for role in StaffRole if role not in holders(one)]
ALLOWED = [(one, role) for one in GUARDED for role in StaffRole if role in holders(one)]


def for_each_pair(chosen: list[tuple[Operation, StaffRole]]) -> pytest.MarkDecorator:
    assert chosen
    names = [f"{operation.label} {role}" for operation, role in chosen]
    return pytest.mark.parametrize(("operation", "role"), chosen, ids=names)


def test_the_table_names_every_operation_of_staff():
    assert {one.label for one in STAFF} == ASKS.keys() | DOORS


def test_all_of_them_want_a_token_of_staff_but_those_that_give_one():
    for operation in STAFF:
        wanted = set() if operation.label in DOORS else {"staff_token"}
        assert operation.tokens.keys() == wanted, operation.label


def test_nothing_else_takes_a_token_of_staff():
    assert [one.label for one in operations() if "staff_token" in one.tokens] == [
        one.label for one in GUARDED
    ]


@for_each(GUARDED)
def test_nobody_gets_in_without_a_token(client, operation):
    answer = operation.call(client, Anything(), {})
    assert refusal(answer) == (401, "staff-sign-in-required")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@for_each(GUARDED)
def test_nor_by_a_cookie_of_the_console(client, ports, session, operation):
    """The API reads none."""
    client.set_cookie("__Host-jaring-session", "anything")
    assert refusal(operation.call(client, Anything(), {})) == (401, "staff-sign-in-required")


def token(ports, kind: Kind, **claims):
    return bearing(ports.tokens.issue(kind, str(new_id()), at=ports.clock.now(), **claims))


@for_each(GUARDED)
def test_nor_with_what_is_no_token_or_belongs_to_nobody(client, ports, operation):
    unknown = token(ports, Kind.STAFF, sid=str(new_id()), gen=0)
    for shown in (bearing("made.up.token"), unknown):
        answer = operation.call(client, Anything(), shown)
        assert refusal(answer) == (401, "staff-sign-in-required")


@for_each(GUARDED)
def test_no_other_caller_is_an_officer(client, ports, operation):
    others = [
        token(ports, Kind.WORKER, sid=str(new_id()), gen=0),
        token(ports, Kind.PHONE, phone="00" * 16),
        token(ports, Kind.PARTNER, key=str(new_id()), scope=" ".join(Scope)),
        token(ports, Kind.SNAP),
    ]
    for shown in others:
        answer = operation.call(client, Anything(), shown)
        assert refusal(answer) == (403, "wrong-kind-of-caller")


@for_each(GUARDED)
def test_a_refresh_token_is_good_for_refreshing_only(client, ports, session, operation):
    who = officer(ports, session, StaffRole.REVIEWER)
    claims = {"at": ports.clock.now(), "sid": str(who.session_id), "gen": 0}
    refreshes = ports.tokens.issue(Kind.STAFF_REFRESH, str(who.account_id), **claims)
    answer = operation.call(client, Anything(), bearing(refreshes))
    assert refusal(answer) == (401, "staff-sign-in-required")


@for_each(OTHERS)
def test_an_officer_is_no_other_caller(client, ports, session, operation):
    answer = operation.call(client, Anything(), bearer(ports, officer(ports, session)))
    assert refusal(answer) == (403, "wrong-kind-of-caller")


OVER = {
    "ended": (StaffSession, "ended_at", timedelta()),
    "idle": (StaffSession, "used_at", IDLE_FOR.value),
    "too long": (StaffSession, "started_at", LONGEST_SESSION.value),
    "account closed": (StaffAccount, "closed_at", timedelta()),
}


@pytest.mark.parametrize(("table", "column", "ago"), OVER.values(), ids=OVER)
@for_each(GUARDED)
def test_nor_is_whoever_was_one(client, ports, session, operation, table, column, ago):
    who = holder(ports, session, operation)
    session.execute(update(table).values({column: ports.clock.now() - ago}))
    answer = operation.call(client, Anything(), bearer(ports, who))
    assert refusal(answer) == (401, "staff-sign-in-required")


@for_each_pair(REFUSED)
def test_a_role_is_refused_what_the_table_does_not_give_it(client, ports, session, operation, role):
    """Before anything that was sent is looked at, so nothing can be found out by trying."""
    who = officer(ports, session, role)
    answer = operation.call(client, Anything(), bearer(ports, who), {"unknown": "field"})
    assert refusal(answer) == (403, "role-not-allowed")
    (event,) = events_of(session, who)
    assert (event.action, event.refusal) == (AuditAction.TURNED_AWAY, "role-not-allowed")
    assert event.details == {"permission": ASKS[operation.label].value}
    assert (event.role, event.session_id, event.source) == (role, who.session_id, who.source)


@for_each_pair(ALLOWED)
def test_and_gets_as_far_as_what_was_sent_where_it_does(client, ports, session, operation, role):
    who = officer(ports, session, role)
    answer = operation.call(client, Anything(), bearer(ports, who))
    assert answer.status_code not in (401, 403), answer.text
    assert AuditAction.TURNED_AWAY not in [event.action for event in events_of(session, who)]
