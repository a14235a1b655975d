"""How text, days and instants are read, wherever they come from: a form, or a cell of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models.values import faults
from models.values.faults import Fault, FaultyValue
from models.values.text import readable, trimmed

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
# How much may stand around a text that is read: spaces are cheap, but not for ever.
_MOST_AROUND = 1000


@dataclass(frozen=True, slots=True)
class TextForm:
    """What a text must look like when the spaces around it are off.

    :param most: characters; ``least``: 0 allows a blank one.
    :param lines: whether it may hold line breaks.
    :param named: what to say of one that holds no letter, of any script; None: it need not.
    :param pattern: all of it matches.
    :param refusal: what to say of text that does not, or that is too short or too long for it.
    """

    most: int
    least: int = 1
    lines: bool = False
    named: Fault | None = None
    pattern: re.Pattern[str] | None = None
    refusal: Fault | None = None

    def is_endless(self, text: str) -> bool:
        """So long that nobody should look at it closely."""
        return len(text) > self.most + _MOST_AROUND

    def read(self, written: str) -> str:
        """The text itself.

        :raises FaultyValue: with one fault, the first that applies.
        """
        if self.is_endless(written):
            raise self._refusing(faults.TOO_LONG, maximum=self.most)
        if not readable(written.strip(), lines=self.lines):
            raise FaultyValue(faults.UNPRINTABLE)
        text = trimmed(written)
        if not text and self.least:
            raise FaultyValue(faults.BLANK)
        self._judge(text)
        return text

    def _judge(self, text: str) -> None:
        if len(text) > self.most:
            raise self._refusing(faults.TOO_LONG, maximum=self.most)
        if len(text) < self.least:
            raise self._refusing(faults.TOO_SHORT, minimum=self.least)
        if self.pattern and not self.pattern.fullmatch(text):
            raise self._refusing(faults.NOT_THIS_FORM)
        if self.named and not any(character.isalpha() for character in text):
            raise FaultyValue(self.named)

    def _refusing(self, fault: Fault, **details: int) -> FaultyValue:
        return FaultyValue(self.refusal) if self.refusal else FaultyValue(fault, **details)


def read_day(text: str) -> date:
    """Strictly ``YYYY-MM-DD``.

    :raises FaultyValue: it is not, or there is no such day.
    """
    if not _DAY.fullmatch(text):
        raise FaultyValue(faults.NOT_A_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FaultyValue(faults.NOT_A_DAY) from error


def read_instant(text: str) -> datetime:
    """RFC 3339, with its offset; to the microsecond, in UTC.

    :raises FaultyValue: it is not, or there is no such instant.
    """
    if not _INSTANT.fullmatch(text):
        raise FaultyValue(faults.NOT_AN_INSTANT)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FaultyValue(faults.NOT_AN_INSTANT) from error
