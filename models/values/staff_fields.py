"""What staff see of a worker: each field, by the officer's role and by what they look for.

This table is the only place that says so. Look-up, record and reveal go through it, in the API and in
the console; ``docs/staff-fields.md`` is the same for people to read.

A field that a record does not show for one reason is not needed for it. What may be revealed is
shown in clear when it is asked for by name, and that is on record by itself (UU 27/2022, articles 16
and 36: no more than the purpose needs; article 4(2): what somebody earns and owes is specific data).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from models.values.access import STAFF_REASONS, AccessReason, Seen, StaffRole
from models.values.permission import Permission, may


class Shown(StrEnum):
    PLAIN = auto()
    MASKED = auto()
    ABSENT = auto()


class View(StrEnum):
    """Where a field may stand."""

    MATCH = auto()
    """One of several that a look-up found."""
    RECORD = auto()
    CASE = auto()
    """What is to be decided about them."""


class StaffField(StrEnum):
    """In the order in which a record tells them."""

    REGISTRATION_NUMBER = auto()
    MEMBER_NUMBER = auto()
    NIK = auto()
    FULL_NAME = auto()
    BIRTH_YEAR = auto()
    BIRTH_DATE = auto()
    BIRTH_PLACE = auto()
    SEX = auto()
    MOTHER_MAIDEN_NAME = auto()
    PHONE = auto()
    EMAIL = auto()
    REGENCY = auto()
    VILLAGE = auto()
    ADDRESS = auto()
    OCCUPATIONS = auto()
    MONTHLY_INCOME = auto()
    KUSUKA_NUMBER = auto()
    IDENTITY = auto()
    IDENTITY_ELEMENTS = auto()
    PLAN = auto()
    COVER = auto()
    ARREARS = auto()
    CREDIT = auto()
    OPEN_INVOICE = auto()
    VIRTUAL_ACCOUNT_NO = auto()
    CONSENTS = auto()
    PARTNER_LINKS = auto()
    MESSAGES = auto()
    OPEN_CASES = auto()
    NEXT_STEP = auto()


CALLER, PAYMENT, IDENTITY, PHONE, PRIVACY, _ = STAFF_REASONS
# For "other" nothing is revealed: who needs more has a reason that can be named.
Reasons = frozenset[AccessReason]
ALWAYS: Reasons = frozenset(STAFF_REASONS)
NEVER: Reasons = frozenset()


def _for(*reasons: AccessReason) -> Reasons:
    return frozenset(reasons)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """:param match: how it stands among the matches of a look-up, whatever the reason.
    :param record: how it stands in a record, where the reason is one of ``needed_for``.
    :param case: for which reasons it is plain to whoever decides a case; otherwise as in a record.
    :param support: for which reasons support may have it revealed; ``reviewer``: for which reviewers
        may besides.
    :param seen: what the worker is told that was seen, when it was revealed.
    """

    match: Shown = Shown.ABSENT
    record: Shown = Shown.PLAIN
    needed_for: Reasons = ALWAYS
    case: Reasons = NEVER
    support: Reasons = NEVER
    reviewer: Reasons = NEVER
    seen: Seen = Seen.RECORD
    revealed_to: Mapping[StaffRole, Reasons] = field(init=False)

    def __post_init__(self) -> None:
        revealed = {
            StaffRole.SUPPORT: self.support,
            StaffRole.REVIEWER: self.support | self.reviewer,
        }
        object.__setattr__(self, "revealed_to", revealed)


PLAIN, MASKED, ABSENT = Shown
_MONEY = _for(CALLER, PAYMENT, PRIVACY)

RULES: Mapping[StaffField, Rule] = {
    StaffField.REGISTRATION_NUMBER: Rule(
        match=MASKED,
        record=MASKED,
        support=_for(CALLER, PAYMENT, IDENTITY),
        reviewer=_for(PHONE, PRIVACY),
        seen=Seen.REGISTRATION_NUMBER,
    ),
    StaffField.MEMBER_NUMBER: Rule(
        match=MASKED,
        record=MASKED,
        support=_for(CALLER, PAYMENT),
        reviewer=_for(PHONE, PRIVACY),
        seen=Seen.MEMBER_NUMBER,
    ),
    # Whether a caller says the right one is found out by looking it up.
    StaffField.NIK: Rule(
        match=MASKED,
        record=MASKED,
        support=_for(IDENTITY),
        reviewer=_for(PHONE, PRIVACY),
        seen=Seen.NIK,
    ),
    StaffField.FULL_NAME: Rule(match=MASKED),
    StaffField.BIRTH_YEAR: Rule(match=PLAIN),
    # It stands in the NIK, so where that is masked it is not shown.
    StaffField.BIRTH_DATE: Rule(
        record=ABSENT, support=_for(IDENTITY), reviewer=_for(PHONE, PRIVACY), seen=Seen.BIRTH_DATE
    ),
    StaffField.BIRTH_PLACE: Rule(
        record=ABSENT,
        case=_for(IDENTITY, PHONE),
        support=_for(IDENTITY),
        reviewer=_for(PHONE, PRIVACY),
        seen=Seen.BIRTH_PLACE,
    ),
    StaffField.SEX: Rule(needed_for=_for(CALLER, IDENTITY, PHONE, PRIVACY)),
    # Others take it for a secret that proves who somebody is.
    StaffField.MOTHER_MAIDEN_NAME: Rule(
        record=ABSENT, reviewer=_for(IDENTITY), seen=Seen.MOTHER_MAIDEN_NAME
    ),
    # Whoever talks an officer into telling the number of a lost phone is half-way to having it.
    StaffField.PHONE: Rule(
        match=MASKED,
        record=MASKED,
        support=_for(CALLER, PAYMENT),
        reviewer=_for(IDENTITY, PHONE, PRIVACY),
        seen=Seen.PHONE,
    ),
    StaffField.EMAIL: Rule(
        record=ABSENT,
        support=_for(CALLER, PAYMENT),
        reviewer=_for(IDENTITY, PHONE, PRIVACY),
        seen=Seen.EMAIL,
    ),
    StaffField.REGENCY: Rule(match=PLAIN),
    StaffField.VILLAGE: Rule(needed_for=_for(CALLER, IDENTITY, PHONE, PRIVACY)),
    StaffField.ADDRESS: Rule(
        record=ABSENT,
        support=_for(CALLER),
        reviewer=_for(IDENTITY, PHONE, PRIVACY),
        seen=Seen.ADDRESS,
    ),
    StaffField.OCCUPATIONS: Rule(needed_for=_for(CALLER, PAYMENT, IDENTITY, PRIVACY)),
    StaffField.MONTHLY_INCOME: Rule(
        record=ABSENT,
        support=_for(CALLER, PAYMENT),
        reviewer=_for(PRIVACY),
        seen=Seen.MONTHLY_INCOME,
    ),
    StaffField.KUSUKA_NUMBER: Rule(
        record=ABSENT,
        support=_for(CALLER),
        reviewer=_for(IDENTITY, PRIVACY),
        seen=Seen.KUSUKA_NUMBER,
    ),
    StaffField.IDENTITY: Rule(match=PLAIN),
    StaffField.IDENTITY_ELEMENTS: Rule(needed_for=_for(CALLER, IDENTITY)),
    StaffField.PLAN: Rule(needed_for=_for(CALLER, PAYMENT, PRIVACY)),
    StaffField.COVER: Rule(),
    StaffField.ARREARS: Rule(needed_for=_MONEY),
    StaffField.CREDIT: Rule(needed_for=_MONEY),
    StaffField.OPEN_INVOICE: Rule(needed_for=_MONEY),
    # Of the open invoice. Whoever knows it can ask a bank what is due.
    StaffField.VIRTUAL_ACCOUNT_NO: Rule(
        record=MASKED,
        needed_for=_MONEY,
        support=_for(CALLER, PAYMENT),
        seen=Seen.VIRTUAL_ACCOUNT_NO,
    ),
    StaffField.CONSENTS: Rule(needed_for=_for(CALLER, PAYMENT, IDENTITY, PRIVACY)),
    StaffField.PARTNER_LINKS: Rule(needed_for=_for(CALLER, PAYMENT, IDENTITY, PRIVACY)),
    StaffField.MESSAGES: Rule(),
    StaffField.OPEN_CASES: Rule(),
    StaffField.NEXT_STEP: Rule(),
}


@dataclass(frozen=True)
class Sight:
    """What one officer sees for one reason."""

    role: StaffRole
    reason: AccessReason

    def of(self, named: StaffField, view: View = View.RECORD) -> Shown:
        rule = RULES[named]
        if not may(self.role, Permission.LOOK_UP) or self.reason not in ALWAYS:
            return ABSENT
        if view is View.MATCH:
            return rule.match
        if view is View.CASE and self.reason in rule.case:
            return PLAIN
        return rule.record if self.reason in rule.needed_for else ABSENT

    def reveals(self, named: StaffField) -> bool:
        return self.reason in RULES[named].revealed_to.get(self.role, NEVER)

    @property
    def revealable(self) -> tuple[StaffField, ...]:
        return tuple(each for each in StaffField if self.reveals(each))

    @property
    def withheld(self) -> tuple[StaffField, ...]:
        """What a record does not show."""
        return tuple(each for each in StaffField if self.of(each) is ABSENT)


def ever_revealed(role: StaffRole, named: StaffField) -> bool:
    """Whether there is a reason for which this role may have it revealed."""
    return bool(RULES[named].revealed_to.get(role))


def revealable_by_anybody() -> Iterable[StaffField]:
    return (each for each in StaffField if any(RULES[each].revealed_to.values()))
