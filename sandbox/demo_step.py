"""What a step of the demonstration works with, and what it leaves to be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from models.values.jakarta import WIB
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_day, spoken_month, spoken_rupiah
from sandbox.demo_connection import CannotGoOn, Connection, growing
from sandbox.demo_driver import Driver

Found = TypeVar("Found")

FIRST_LOOK, SLOWEST_LOOK = 0.1, 1.0


@dataclass(frozen=True)
class Step:
    """What was done, in a sentence. ``lines`` say more, in pairs; ``facts`` are for programs."""

    name: str
    sentence: str
    lines: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class PhoneApp:
    """A driver's phone: whom it talks to, and what it has gathered so far.

    :param jaring: the server, without ``/v1``.
    :param patience: how many seconds it waits for what others do.
    """

    jaring: Connection
    sandbox: Connection
    driver: Driver
    patience: float = 60.0
    form: dict[str, Any] = field(default_factory=dict)
    invoice: dict[str, Any] = field(default_factory=dict)
    months: int = 3
    """For how many months the next invoice is."""
    refresh_token: str = ""
    covered_until: list[date] = field(default_factory=list)
    """What each payment led to."""

    def wait_for(self, look: Callable[[], Found | None], complaint: str) -> Found:
        """Look again and again until there is something.

        :raises CannotGoOn: with the complaint, when nothing has come in time.
        """
        deadline = self.jaring.now() + self.patience
        for pause in growing(FIRST_LOOK, SLOWEST_LOOK):
            if (found := look()) is not None:
                return found
            if self.jaring.now() + pause > deadline:
                break
            self.jaring.pause(pause)
        raise CannotGoOn(complaint)


def first(items: list[dict[str, Any]], complaint: str) -> dict[str, Any]:
    """:raises CannotGoOn: there is none."""
    if not items:
        raise CannotGoOn(complaint)
    return items[0]


def rupiah(amount: int) -> str:
    return spoken_rupiah(Rupiah(amount)).en


def day(written: str) -> str:
    """``2027-01-31`` as people say it."""
    return spoken_day(date.fromisoformat(written)).en


def instant(written: str) -> str:
    """An instant as the API writes it, told in Jakarta's time."""
    moment = datetime.fromisoformat(written).astimezone(WIB)
    return f"{spoken_day(moment.date()).en}, {moment:%H:%M} WIB"


def month(written: str) -> str:
    return spoken_month(Month.parse(written)).en
