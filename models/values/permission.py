"""What staff may do, by their role. This table is the only place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.values.access import StaffRole


class Permission(StrEnum):
    """What an operation asks of the officer who calls it."""

    LOOK_UP = "look_up"
    """Find workers, read their record and timeline, reveal what the field table allows."""
    RESEND = "resend"
    """Have a message to a worker sent again."""
    REVIEW = "review"
    """Decide identity, lost-phone and refund cases."""
    PRIVACY = "privacy"
    """See to personal-data requests."""
    BATCHES = "batches"
    """See partners' files and what was wrong with them."""
    RESUME_BATCH = "resume_batch"
    """Let a file go on that was paused because the registry knows too few of its people."""
    AUDIT = "audit"
    """Read who did what."""
    ACCOUNTS = "accounts"
    """Open, close and reset the accounts of staff."""


# Least privilege: who manages accounts or reads the audit sees no worker, and who decides cases
# gives nobody an account.
HOLDERS: Mapping[Permission, frozenset[StaffRole]] = {
    Permission.LOOK_UP: frozenset({StaffRole.SUPPORT, StaffRole.REVIEWER}),
    Permission.RESEND: frozenset({StaffRole.SUPPORT, StaffRole.REVIEWER}),
    Permission.REVIEW: frozenset({StaffRole.REVIEWER}),
    Permission.PRIVACY: frozenset({StaffRole.REVIEWER}),
    Permission.BATCHES: frozenset({StaffRole.SUPPORT, StaffRole.REVIEWER, StaffRole.OFFICER}),
    Permission.RESUME_BATCH: frozenset({StaffRole.OFFICER}),
    Permission.AUDIT: frozenset({StaffRole.AUDITOR}),
    Permission.ACCOUNTS: frozenset({StaffRole.ADMIN}),
}


def may(role: StaffRole, permission: Permission) -> bool:
    return role in HOLDERS[permission]
