"""What staff see of a worker: the table is read as the rule that it is."""

from pathlib import Path

import pytest

from models.values.access import STAFF_REASONS, AccessReason, Seen, StaffRole
from models.values.permission import Permission, may
from models.values.staff_fields import (
    RULES,
    Shown,
    Sight,
    StaffField,
    View,
    ever_revealed,
    revealable_by_anybody,
)

PAGE = Path(__file__).parents[3] / "docs" / "staff-fields.md"
LOOKING = [role for role in StaffRole if may(role, Permission.LOOK_UP)]
OTHERS = [role for role in StaffRole if role not in LOOKING]
HEADING = """# What staff see of a worker

By the reason that they give. `match`: among several that a look-up found, whatever the reason. In a record a field is
`plain`, `masked` or absent (empty); *in a case*: plain to whoever decides one. *Revealed*: may be asked for in clear, by
name; that is on record, and the worker sees it.
Roles that are not here see nothing of a worker this way. The table in `models/values/staff_fields.py` is the rule; a test
keeps this page in step with it.
"""


def test_every_field_has_a_rule():
    assert set(RULES) == set(StaffField)


def page():
    lines = [HEADING]
    for role in LOOKING:
        lines += [f"## {role}", "", _row("field", "match", *STAFF_REASONS), _row(*["---"] * 8)]
        lines += [_row(field, _match(role, field), *_record(role, field)) for field in StaffField]
        lines.append("")
    return "\n".join(lines)


def _row(*cells):
    return f"| {' | '.join(str(each) for each in cells)} |"


def _match(role, field):
    return _told(Sight(role, AccessReason.CALLER_ASKS).of(field, View.MATCH))


def _told(shown):
    return "" if shown is Shown.ABSENT else shown


def _record(role, field):
    for reason in STAFF_REASONS:
        sight = Sight(role, reason)
        decided = may(role, Permission.REVIEW) and sight.of(field, View.CASE) is not sight.of(field)
        told = [_told(sight.of(field)), "in a case" if decided else ""]
        told.append("revealed" if sight.reveals(field) else "")
        yield ", ".join(filter(None, told))


def test_the_page_for_people_says_the_same():
    assert PAGE.read_text() == page()


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("reason", STAFF_REASONS)
def test_who_looks_nobody_up_sees_nothing(role, reason):
    sight = Sight(role, reason)
    assert sight.withheld == tuple(StaffField)
    assert sight.revealable == ()
    assert all(sight.of(field, View.MATCH) is Shown.ABSENT for field in StaffField)


@pytest.mark.parametrize("role", LOOKING)
def test_a_reason_that_is_not_an_officers_shows_nothing(role):
    for reason in set(AccessReason) - set(STAFF_REASONS):
        assert Sight(role, reason).withheld == tuple(StaffField)


def test_the_mothers_name_is_for_reviewers_of_an_identity_case_alone():
    seen = {
        (role, reason)
        for role in StaffRole
        for reason in STAFF_REASONS
        if Sight(role, reason).reveals(StaffField.MOTHER_MAIDEN_NAME)
    }
    assert seen == {(StaffRole.REVIEWER, AccessReason.IDENTITY_CASE)}
    assert RULES[StaffField.MOTHER_MAIDEN_NAME].record is Shown.ABSENT


@pytest.mark.parametrize(
    "field",
    [StaffField.NIK, StaffField.PHONE, StaffField.REGISTRATION_NUMBER, StaffField.MEMBER_NUMBER],
)
def test_numbers_are_masked_wherever_they_stand(field):
    for role in LOOKING:
        for reason in STAFF_REASONS:
            sight = Sight(role, reason)
            assert {sight.of(field), sight.of(field, View.MATCH)} == {Shown.MASKED}


def test_where_the_nik_is_masked_the_birth_date_is_not_shown():
    for role in LOOKING:
        for reason in STAFF_REASONS:
            sight = Sight(role, reason)
            shown = {sight.of(StaffField.BIRTH_DATE, view) for view in View}
            assert sight.of(StaffField.NIK) is Shown.MASKED
            assert shown == {Shown.ABSENT}


@pytest.mark.parametrize("field", [StaffField.ARREARS, StaffField.CREDIT, StaffField.OPEN_INVOICE])
def test_what_somebody_owes_is_shown_only_where_it_is_asked_about(field):
    shown = {
        reason
        for reason in STAFF_REASONS
        if Sight(StaffRole.SUPPORT, reason).of(field) is Shown.PLAIN
    }
    assert shown == {
        AccessReason.CALLER_ASKS,
        AccessReason.PAYMENT_MISSING,
        AccessReason.PRIVACY_REQUEST,
    }


def test_what_somebody_earns_stands_in_no_record():
    assert RULES[StaffField.MONTHLY_INCOME].record is Shown.ABSENT


@pytest.mark.parametrize("role", LOOKING)
def test_nothing_is_revealed_without_a_reason_that_can_be_named(role):
    assert Sight(role, AccessReason.OTHER).revealable == ()


def test_support_never_has_the_number_of_a_lost_phone():
    assert not Sight(StaffRole.SUPPORT, AccessReason.PHONE_CHANGE).reveals(StaffField.PHONE)
    assert Sight(StaffRole.REVIEWER, AccessReason.PHONE_CHANGE).reveals(StaffField.PHONE)


def test_a_reviewer_has_all_that_support_has():
    for reason in STAFF_REASONS:
        support, reviewer = (Sight(role, reason) for role in LOOKING)
        assert set(support.revealable) <= set(reviewer.revealable)


def test_the_worker_is_told_of_each_field_that_is_revealed():
    told = [RULES[field].seen for field in revealable_by_anybody()]
    assert len(set(told)) == len(told)
    assert Seen.RECORD not in told


def test_a_role_may_ever_have_what_it_has_for_some_reason():
    for role in StaffRole:
        for field in StaffField:
            some = any(Sight(role, reason).reveals(field) for reason in STAFF_REASONS)
            assert ever_revealed(role, field) == some
