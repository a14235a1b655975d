"""Wrong tries at passwords and codes are counted, and end in a wait. Names that do not exist are
treated as those that do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from models.staff import StaffAccount
from models.staff_refusal import StaffRefusal, Trial, select_full
from models.values.source import counted_as
from models.values.username import fold_username
from models.values.words import Words
from services.errors import TooMany
from services.ports import Ports


class TooManyWrongTries(TooMany):
    code = "too-many-wrong-tries"
    title = Words("Terlalu banyak percobaan yang salah", "Too many wrong tries")
    detail = Words(
        "Tunggu {wait}, lalu coba lagi. Jika lupa kata sandi atau kehilangan HP, minta admin "
        "mengatur ulang akun Anda.",
        "Wait {wait}, then try again. If you forgot the password or lost your phone, ask an admin to "
        "reset your account.",
    )
    members = ("locked_until",)
    sample: ClassVar[Mapping[str, Any]] = {
        "wait": Words("12 menit", "12 minutes"),
        "locked_until": datetime(2026, 11, 25, 2, 12, tzinfo=UTC),
    }


def trial_of(ports: Ports, username: str, source: str) -> Trial:
    """Where a try is counted.

    :param username: as it was typed: it may be anything, a password even, so only digests are kept.
    """
    return Trial(name_key_of(ports, username), source_key_of(ports, source))


def name_key_of(ports: Ports, username: str) -> bytes:
    return ports.vault.digest("staff-username", fold_username(username))


def source_key_of(ports: Ports, source: str) -> bytes:
    return ports.vault.digest("source", counted_as(source))


def allow(
    ports: Ports, session: Session, trial: Trial, account: StaffAccount | None, now: datetime
) -> None:
    """:raises TooManyWrongTries: nobody may try this name from here now."""
    locked_until = _locked_until(ports, session, trial, account, now)
    if locked_until is not None:
        raise TooManyWrongTries(retry_after=locked_until - now, locked_until=locked_until)


def count(
    ports: Ports, session: Session, trial: Trial, account: StaffAccount | None, now: datetime
) -> datetime | None:
    """Count a wrong try. The name must be held.

    :returns: until when this one was the last.
    """
    session.add(StaffRefusal(name_key=trial.name_key, source_key=trial.source_key, refused_at=now))
    session.flush()
    return _locked_until(ports, session, trial, account, now)


def _locked_until(
    ports: Ports, session: Session, trial: Trial, account: StaffAccount | None, now: datetime
) -> datetime | None:
    limits = select_full(
        trial,
        now,
        account_id=account.id if account else None,
        per_source=ports.staff_refusals_per_source_and_hour,
    )
    return max((each for each in session.execute(limits).one() if each), default=None)
