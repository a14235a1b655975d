"""Counts, shares and spans of time as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from markupsafe import Markup

from console.speech import said
from models.values.jakarta import WIB
from models.values.month import Month
from models.values.spoken import spoken_day, spoken_instant, spoken_months
from models.values.words import Words

_WEEKDAYS = (
    Words("Senin", "Monday"),
    Words("Selasa", "Tuesday"),
    Words("Rabu", "Wednesday"),
    Words("Kamis", "Thursday"),
    Words("Jumat", "Friday"),
    Words("Sabtu", "Saturday"),
    Words("Minggu", "Sunday"),
)
_DAYS = Words("{days} hari", "{days} d")
_HOURS = Words("{hours} jam", "{hours} h")
_MINUTES = Words("{minutes} menit", "{minutes} min")
_A_DAY, _AN_HOUR, _A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def spoken_count(number: int) -> Words:
    """``38.500``, ``38,500``."""
    english = f"{number:,}"
    return Words(english.replace(",", "."), english)


def spoken_span(span: timedelta) -> Words:
    """``2 hari 5 jam``, ``3 jam 20 menit``, ``12 menit``: rounded down to the minute."""
    days, rest = divmod(abs(span), _A_DAY)
    hours, rest = divmod(rest, _AN_HOUR)
    minutes = rest // _A_MINUTE
    if days:
        return _joined((_DAYS, "days", days), (_HOURS, "hours", hours))
    if hours:
        return _joined((_HOURS, "hours", hours), (_MINUTES, "minutes", minutes))
    return _joined((_MINUTES, "minutes", minutes))


def spoken_clock(instant: datetime) -> Words:
    """``12.00``, ``12:00``: Jakarta's."""
    there = instant.astimezone(WIB)
    return Words(f"{there:%H.%M}", f"{there:%H:%M}")


def spoken_weekday(day: date) -> Words:
    """``Minggu, 22 November 2026``."""
    name, on = _WEEKDAYS[day.weekday()], spoken_day(day)
    return Words(f"{name.id}, {on.id}", f"{name.en}, {on.en}")


def _joined(*parts: tuple[Words, str, int]) -> Words:
    told = [
        words.with_(**{name: Words(str(number), str(number))})
        for place, (words, name, number) in enumerate(parts)
        if number or place == 0
    ]
    return Words(" ".join(each.id for each in told), " ".join(each.en for each in told))


def clock(instant: datetime) -> Markup:
    """The time of a day that stands above it; all of it for whoever points at it."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        instant.isoformat(timespec="seconds"),
        said(spoken_instant(instant)),
        said(spoken_clock(instant)),
    )


def months(which: Sequence[Month]) -> str:
    """Months in a row."""
    return str(said(spoken_months(which)))


FILTERS = {
    "months": months,
    "count": lambda number: said(spoken_count(number)),
    "span": lambda span: said(spoken_span(span)),
    "weekday": lambda day: said(spoken_weekday(day)),
    "clock": clock,
}
