"""Days, months, waits and money as people read them, in each of our languages."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil

from models.values.jakarta import WIB
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.words import Words

_MONTHS = (
    Words("Januari", "January"),
    Words("Februari", "February"),
    Words("Maret", "March"),
    Words("April", "April"),
    Words("Mei", "May"),
    Words("Juni", "June"),
    Words("Juli", "July"),
    Words("Agustus", "August"),
    Words("September", "September"),
    Words("Oktober", "October"),
    Words("November", "November"),
    Words("Desember", "December"),
)


def spoken_day(day: date) -> Words:
    """``5 Januari 2027``, ``5 January 2027``."""
    month = _MONTHS[day.month - 1]
    return Words(f"{day.day} {month.id} {day.year}", f"{day.day} {month.en} {day.year}")


def spoken_instant(instant: datetime) -> Words:
    """``22 November 2026, 12.00 WIB``, ``22 November 2026, 12:00 WIB``: Jakarta's time."""
    there = instant.astimezone(WIB)
    day = spoken_day(there.date())
    return Words(f"{day.id}, {there:%H.%M} WIB", f"{day.en}, {there:%H:%M} WIB")


def spoken_month(month: Month) -> Words:
    """``Januari 2027``, ``January 2027``."""
    name = _MONTHS[month.number - 1]
    return Words(f"{name.id} {month.year}", f"{name.en} {month.year}")


def spoken_months(months: Sequence[Month]) -> Words:
    """Months in a row: the only one, two joined by *and*, or the first *to* the last."""
    first, last = spoken_month(months[0]), spoken_month(months[-1])
    if len(months) == 1:
        return first
    if len(months) == 2:
        return Words(f"{first.id} dan {last.id}", f"{first.en} and {last.en}")
    return Words(f"{first.id} sampai {last.id}", f"{first.en} to {last.en}")


def spoken_list(parts: Sequence[Words]) -> Words:
    """``a``, ``a dan b``, ``a, b, dan c``; ``a and b``, ``a, b and c``."""
    *others, last = parts
    if not others:
        return last
    comma = "," if len(parts) > 2 else ""
    return Words(
        f"{', '.join(each.id for each in others)}{comma} dan {last.id}",
        f"{', '.join(each.en for each in others)} and {last.en}",
    )


def spoken_rupiah(rupiah: Rupiah) -> Words:
    """``Rp33.600``, ``Rp33,600``."""
    return Words(str(rupiah), f"Rp{rupiah.amount:,}")


def spoken_wait(wait: timedelta) -> Words:
    """``42 detik``, ``5 menit``, ``19 jam``: rounded up, so that nobody comes back too early."""
    seconds = max(1, ceil(wait.total_seconds()))
    if seconds < 60:
        return Words(f"{seconds} detik", f"{seconds} seconds" if seconds > 1 else "a second")
    minutes = ceil(seconds / 60)
    if minutes < 120:
        return Words(f"{minutes} menit", f"{minutes} minutes" if minutes > 1 else "a minute")
    hours = ceil(minutes / 60)
    return Words(f"{hours} jam", f"{hours} hours")
