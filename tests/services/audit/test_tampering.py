"""Whoever owns the database can do all of this to the audit, and cannot hide it."""

# Statements of the tests' own, made of names that stand here.
# ruff: noqa: S608

import pytest
from sqlalchemy import text

from models.audit_chain import select_digest
from models.audit_event import AuditEvent
from services.audit.breaks import Fault
from services.audit.chain import START, Head
from services.audit.sealing import seal
from services.audit.verifying import verify
from tests.audited import UNGUARD, look_up, somebody

EVENTS = 5
CHANGED = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "action": "'viewed_worker'",
    "refusal": "'worker-not-found'",
    "account_id": "(select id from staff_account where username = 'another')",
    "username": "'another'",
    "role": "'auditor'",
    "session_id": "gen_random_uuid()",
    "source": "'10.0.0.2'",
    "reason": "'other'",
    "note": "note || ' '",
    "searched_by": "'bank_reference'",
    "searched_key": "searched_key || '\\x00'",
    "worker_id": "gen_random_uuid()",
    "about_id": "gen_random_uuid()",
    "details": "details || '{\"found\": 7}'",
}
ANOTHER = """
    insert into staff_account select gen_random_uuid(), 'another', role, password_hash, totp_sealed,
        totp_spent, created_at from staff_account
"""
EMPTIED = ["session_id", "reason", "note", "worker_id", "about_id"]


@pytest.fixture
def audit(owned, owner):
    """Five events, sealed and intact. What it is given is done by the owner."""
    look_up(owned, somebody(owned), EVENTS)
    owner.execute(text(ANOTHER))
    seal(owned)
    assert verify(owned).broken is None
    owner.execute(text(UNGUARD))

    def done(*statements):
        for statement in statements:
            owner.exec_driver_sql(statement)

    return done


def broken(ports, expected=()):
    """What is broken first, and where."""
    found = verify(ports, expected).broken
    return (found.fault, found.position)


def sealed_by(position):
    return f"(select event_id from audit_link where position = {position})"


def test_no_column_can_be_changed_that_is_not_known_here():
    assert CHANGED.keys() == {column.name for column in AuditEvent.__table__.columns}


@pytest.mark.parametrize("column", CHANGED)
def test_a_changed_column_is_found(owned, audit, column):
    audit(f"update audit_event set {column} = {CHANGED[column]} where id = {sealed_by(3)}")
    # An event of another id is another event.
    fault = Fault.EVENT_REMOVED if column == "id" else Fault.EVENT_CHANGED
    assert broken(owned) == (fault, 3)


@pytest.mark.parametrize("column", EMPTIED)
def test_so_is_an_emptied_one(owned, audit, column):
    audit(f"update audit_event set {column} = null where id = {sealed_by(3)}")
    assert broken(owned) == (Fault.EVENT_CHANGED, 3)


@pytest.mark.parametrize(
    "change",
    [
        "at = 'infinity'",
        "at = '0001-01-01 BC'",
        "action = 'no such action'",
        """details = '{"a": 1e400}'""",
        f"""details = '{"[" * 3000}{"]" * 3000}'""",
    ],
)
def test_what_no_program_of_ours_could_have_written_is_found_like_anything_else(
    owned, audit, change
):
    audit(
        "alter table audit_event drop constraint ck_audit_event_auditaction",
        f"update audit_event set {change} where id = {sealed_by(3)}",
    )
    assert broken(owned) == (Fault.EVENT_CHANGED, 3)


@pytest.mark.parametrize("position", range(1, EVENTS + 1))
def test_a_removed_event_is_found(owned, audit, position):
    audit(f"delete from audit_event where id = {sealed_by(position)}")
    assert broken(owned) == (Fault.EVENT_REMOVED, position)


def test_what_follows_a_removed_event_is_sealed_all_the_same(owned, audit):
    audit(f"delete from audit_event where id = {sealed_by(EVENTS)}")
    look_up(owned, somebody(owned))
    seal(owned)
    assert broken(owned) == (Fault.EVENT_REMOVED, EVENTS)
    assert verify(owned, start=head_at(owned, EVENTS)).head.position == EVENTS + 1


@pytest.mark.parametrize("position", range(1, EVENTS))
def test_so_is_one_removed_with_its_link(owned, audit, position):
    audit(
        f"delete from audit_event where id = {sealed_by(position)}",
        f"delete from audit_link where position = {position}",
    )
    assert broken(owned) == (Fault.LINK_REMOVED, position)


@pytest.mark.parametrize("position", range(1, EVENTS))
def test_so_is_a_gap_that_was_closed(owned, audit, position):
    audit(
        f"delete from audit_event where id = {sealed_by(position)}",
        f"delete from audit_link where position = {position}",
        f"update audit_link set position = position - 1 where position > {position}",
    )
    assert broken(owned)[1] == position


def test_a_removed_end_is_found_by_a_head_that_was_written_down(owned, audit):
    head = verify(owned).head
    audit(
        f"delete from audit_event where id = {sealed_by(EVENTS)}",
        f"delete from audit_link where position = {EVENTS}",
    )
    assert verify(owned).broken is None
    assert broken(owned, [head]) == (Fault.SHORTENED, EVENTS)
    look_up(owned, somebody(owned))
    seal(owned)
    assert broken(owned, [head]) == (Fault.OTHER_HEAD, EVENTS)


def test_an_audit_without_anything_is_found_by_a_head(owned, audit):
    head = verify(owned).head
    audit("delete from audit_event", "delete from audit_link")
    verdict = verify(owned, [head])
    assert (verdict.head, verdict.broken.fault) == (START, Fault.SHORTENED)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 4), (1, EVENTS)])
def test_events_that_changed_places_are_found(owned, audit, one, other):
    audit(
        "update audit_link a set event_id = b.event_id from audit_link b"
        f" where (a.position, b.position) in (({one}, {other}), ({other}, {one}))"
    )
    assert broken(owned)[1] == one


def test_so_are_links_that_did(owned, audit):
    audit(
        "update audit_link set position = case position when 2 then 4 else 2 end"
        " where position in (2, 4)"
    )
    assert broken(owned)[1] == 2


@pytest.mark.parametrize("position", range(1, EVENTS))
def test_a_removed_link_is_found(owned, audit, position):
    audit(f"delete from audit_link where position = {position}")
    assert broken(owned) == (Fault.LINK_REMOVED, position)
    seal(owned)
    assert broken(owned) == (Fault.LINK_REMOVED, position)


@pytest.mark.parametrize("position", range(1, EVENTS))
def test_a_changed_link_is_found(owned, audit, position):
    audit(
        f"update audit_link set digest = sha256(digest) where position = {position}",
    )
    assert broken(owned) == (Fault.LINK_CHANGED, position)


def test_at_the_end_nothing_tells_which_of_the_two_was_changed(owned, audit):
    audit(f"update audit_link set digest = sha256(digest) where position = {EVENTS}")
    assert broken(owned) == (Fault.MISMATCH, EVENTS)


FORGED = """
    insert into audit_event
    select '00000000-0000-7000-8000-000000000001', at, 'signed_in', refusal, account_id, username,
        role, session_id, source, reason, note, searched_by, searched_key, worker_id, about_id, details
    from audit_event limit 1
"""
FORGED_ID = "'00000000-0000-7000-8000-000000000001'"


def test_an_event_with_a_link_that_was_made_without_the_key_is_found(owned, audit):
    audit(
        FORGED,
        f"insert into audit_link select 6, {FORGED_ID}, sha256(digest) from audit_link where position = 5",
    )
    assert broken(owned) == (Fault.MISMATCH, 6)


def test_one_that_was_put_between_others_is_found(owned, audit):
    audit(
        FORGED,
        "update audit_link set position = position + 1 where position >= 3",
        f"insert into audit_link select 3, {FORGED_ID}, digest from audit_link where position = 4",
    )
    assert broken(owned)[1] == 3


def test_a_link_at_a_position_that_there_is_already_is_found(owned, audit):
    audit(
        FORGED,
        f"insert into audit_link select 3, {FORGED_ID}, digest from audit_link where position = 3",
    )
    assert broken(owned)[1] == 3


def test_one_before_the_first_is_found(owned, audit):
    audit(FORGED, f"insert into audit_link values (0, {FORGED_ID}, sha256('x'))")
    assert broken(owned) == (Fault.LINK_CHANGED, 0)


def test_an_event_that_was_put_into_the_past_is_not_sealed_and_found(owned, audit):
    audit(FORGED, f"update audit_event set at = at - interval '1 day' where id = {FORGED_ID}")
    seal(owned)
    found = verify(owned).broken
    assert (found.fault, str(found.event_id)) == (Fault.NEVER_SEALED, FORGED_ID.strip("'"))


def test_an_event_that_is_sealed_twice_is_found(owned, audit):
    audit(
        "insert into audit_link select 6, event_id, sha256(digest) from audit_link where position = 2"
    )
    assert broken(owned) == (Fault.SEALED_TWICE, 6)


def test_what_is_behind_a_broken_place_is_proved_from_a_head_on(owned, audit):
    audit(f"update audit_event set source = '' where id = {sealed_by(2)}")
    assert verify(owned, start=head_at(owned, 1)).broken.position == 2
    behind = verify(owned, start=head_at(owned, 2))
    assert (behind.broken, behind.head.position) == (None, EVENTS)


@pytest.mark.parametrize("position", [2, EVENTS + 1])
def test_a_head_to_go_on_from_must_be_in_the_chain(owned, audit, position):
    found = verify(owned, start=Head(position, bytes(32))).broken
    assert (found.fault, found.position) == (Fault.OTHER_HEAD, position)


def head_at(ports, position):
    with ports.transactions.reading() as session:
        return Head(position, session.scalar(select_digest(position)))
