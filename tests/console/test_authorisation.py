"""Which page is for whom: asked of every address there is, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.audit_event import AuditEvent
from models.staff import IDLE_FOR, LONGEST_SESSION, StaffAccount, StaffSession
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.permission import HOLDERS, Permission
from tests import officers
from tests.console.browsing import FROM_HERE, Browser, signed_in, token_on, words_of
from tests.console.places import DOORS, Door

# What each asks of an officer; None: nothing but that they are signed in.
ASKS: Mapping[str, Permission | None] = {
    "GET /console": None,
    "GET /console/": None,
    "GET /console/own": None,
    "POST /console/own/password": None,
    "POST /console/sign-out": None,
    "POST /console/sign-out-everywhere": None,
    "GET /console/lookup": Permission.LOOK_UP,
    "POST /console/lookup": Permission.LOOK_UP,
    "GET /console/workers/<uuid:worker_id>": Permission.LOOK_UP,
    "POST /console/workers/<uuid:worker_id>": Permission.LOOK_UP,
    "GET /console/workers/<uuid:worker_id>/<reason>": Permission.LOOK_UP,
    "GET /console/workers/<uuid:worker_id>/<reason>/<topic>": Permission.LOOK_UP,
    "GET /console/workers/<uuid:worker_id>/<reason>/reveal": Permission.LOOK_UP,
    "POST /console/workers/<uuid:worker_id>/<reason>/reveal": Permission.LOOK_UP,
    "POST /console/workers/<uuid:worker_id>/<reason>/messages/<uuid:message_id>/resend": Permission.RESEND,
    "GET /console/reviews": Permission.REVIEW,
    "GET /console/reviews/<uuid:review_id>": Permission.REVIEW,
    "POST /console/reviews/<uuid:review_id>/claim": Permission.REVIEW,
    "POST /console/reviews/<uuid:review_id>/release": Permission.REVIEW,
    "POST /console/reviews/<uuid:review_id>/decision": Permission.REVIEW,
    "GET /console/privacy-requests": Permission.PRIVACY,
    "GET /console/privacy-requests/for/<uuid:worker_id>": Permission.PRIVACY,
    "POST /console/privacy-requests/for/<uuid:worker_id>": Permission.PRIVACY,
    "GET /console/privacy-requests/<uuid:request_id>/cancel": Permission.PRIVACY,
    "GET /console/privacy-requests/<uuid:request_id>/done": Permission.PRIVACY,
    "POST /console/privacy-requests/<uuid:request_id>/cancel": Permission.PRIVACY,
    "POST /console/privacy-requests/<uuid:request_id>/done": Permission.PRIVACY,
    "POST /console/privacy-requests/<uuid:request_id>/export": Permission.PRIVACY,
    "GET /console/batches": Permission.BATCHES,
    "GET /console/batches/<uuid:batch_id>": Permission.BATCHES,
    "POST /console/batches/<uuid:batch_id>/resume": Permission.RESUME_BATCH,
    "GET /console/audit": Permission.AUDIT,
    "GET /console/audit/searches": Permission.AUDIT,
    "POST /console/audit/searches": Permission.AUDIT,
    "GET /console/accounts": Permission.ACCOUNTS,
    "POST /console/accounts": Permission.ACCOUNTS,
    "POST /console/accounts/<uuid:account_id>/reset": Permission.ACCOUNTS,
    "POST /console/accounts/<uuid:account_id>/close": Permission.ACCOUNTS,
}
# For whoever comes by: nothing is told there but that there is a door.
OPEN = {
    "GET /console/language/<name>",
    "GET /console/sign-in",
    "GET /console/static/<name>",
    "POST /console/sign-in",
    *(f"{method} /console/<path:rest>" for method in ("DELETE", "GET", "PATCH", "POST", "PUT")),
}
GUARDED = [door for door in DOORS if door.label in ASKS]
FORMS = [door for door in GUARDED if door.method == "POST"]
REFUSED = [
    (door, role)
    for door in GUARDED
    if (asked := ASKS[door.label])
    for role in StaffRole
    if role not in HOLDERS[asked]
]
ALLOWED = [
    (door, role)
    for door in GUARDED
    for role in StaffRole
    if (asked := ASKS[door.label]) is None or role in HOLDERS[asked]
]


def for_each(chosen: list[Door]) -> pytest.MarkDecorator:
    assert chosen
    return pytest.mark.parametrize("door", chosen, ids=lambda door: door.label)


def for_each_pair(chosen: list[tuple[Door, StaffRole]]) -> pytest.MarkDecorator:
    assert chosen
    names = [f"{door.label} {role}" for door, role in chosen]
    return pytest.mark.parametrize(("door", "role"), chosen, ids=names)


def come(browser: Browser, door: Door):
    return browser.post(door.path) if door.method == "POST" else browser.get(door.path)


def holder(client, ports, session, door: Door) -> Browser:
    """Somebody whose role lets them in."""
    asked = ASKS[door.label]
    return signed_in(client, ports, session, min(HOLDERS[asked]) if asked else StaffRole.SUPPORT)


def led_to_the_sign_in(page) -> bool:
    return page.status_code == 303 and page.location.startswith("/console/sign-in")


def test_the_table_names_every_address():
    assert {door.label for door in DOORS} == ASKS.keys() | OPEN


@for_each(GUARDED)
def test_nobody_gets_in_without_a_session(client, door):
    assert led_to_the_sign_in(client.open(door.path, method=door.method, headers=FROM_HERE))


@for_each(GUARDED)
def test_nor_with_a_token_of_the_api(client, ports, session, door):
    """No page reads one."""
    headers = officers.bearer(ports, officers.officer(ports, session)) | FROM_HERE
    assert led_to_the_sign_in(client.open(door.path, method=door.method, headers=headers))


OVER = {
    "ended": (StaffSession, "ended_at", timedelta()),
    "idle": (StaffSession, "used_at", IDLE_FOR.value),
    "too long": (StaffSession, "started_at", LONGEST_SESSION.value),
    "account closed": (StaffAccount, "closed_at", timedelta()),
}


@pytest.mark.parametrize(("table", "column", "ago"), OVER.values(), ids=OVER)
@for_each(GUARDED)
def test_nor_with_a_session_that_is_over(client, ports, session, door, table, column, ago):
    """Not even with a form that was opened while it was good."""
    form = {"token": token_on(holder(client, ports, session, door).get("/console/own"))}
    session.execute(update(table).values({column: ports.clock.now() - ago}))
    answer = client.open(door.path, method=door.method, headers=FROM_HERE, data=form)
    assert led_to_the_sign_in(answer)


@for_each_pair(REFUSED)
def test_a_role_is_refused_what_the_table_does_not_give_it(client, ports, session, door, role):
    """In words, on a page of the console, and on record."""
    browser = signed_in(client, ports, session, role)
    page = come(browser, door)
    assert page.status_code == 403
    assert "Peran Anda tidak mencakup ini" in words_of(page)
    (event,) = events_of(session, browser)
    assert (event.action, event.refusal) == (AuditAction.TURNED_AWAY, "role-not-allowed")
    assert event.details == {"permission": ASKS[door.label].value}


@for_each_pair(ALLOWED)
def test_and_is_let_in_where_it_does(client, ports, session, door, role):
    browser = signed_in(client, ports, session, role)
    page = come(browser, door)
    assert page.status_code not in (403, 405, 500), words_of(page)
    left = door.label.startswith("POST /console/sign-out")
    assert led_to_the_sign_in(page) == left
    assert AuditAction.TURNED_AWAY not in [event.action for event in events_of(session, browser)]


@for_each(FORMS)
def test_a_form_is_taken_from_nobody_but_who_was_given_it(client, ports, session, door):
    theirs = {"token": token_on(signed_in(client, ports, session).get("/console/own"))}
    browser = holder(client, ports, session, door)
    own = {"token": token_on(browser.get("/console/own"))}
    before = count_of_events(session)
    for form, headers in (
        ({}, FROM_HERE),
        ({"token": "made up"}, FROM_HERE),
        (theirs, FROM_HERE),
        (own, {"Sec-Fetch-Site": "cross-site"}),
        (own, {"Sec-Fetch-Site": "same-site"}),
        (own, {"Origin": "https://elsewhere.example"}),
    ):
        page = client.post(door.path, data=form, headers=headers)
        assert page.status_code == 403, headers
    assert count_of_events(session) == before
    assert browser.get("/console/own").status_code == 200


@for_each(FORMS)
def test_what_is_sent_by_a_form_does_nothing_when_it_is_only_asked_for(
    client, ports, session, door
):
    browser = holder(client, ports, session, door)
    page = browser.get(door.path)
    # Some addresses are a page as well.
    assert page.status_code == 404 or f"GET {door.rule.rule}" in ASKS


def events_of(session, browser: Browser) -> list[AuditEvent]:
    by_them = AuditEvent.account_id == browser.officer.account_id
    return list(session.scalars(select(AuditEvent).where(by_them)))


def count_of_events(session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEvent))
