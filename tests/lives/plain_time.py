"""Months and days in Jakarta, counted on fingers.

A month is a plain number, twelve a year, so that the next one is ``month + 1``.
Nothing of ours is imported: what is wrong there must not be wrong here.
"""

from datetime import UTC, date, datetime, timedelta, timezone

JAKARTA = timezone(timedelta(hours=7))
INSTANT = timedelta(microseconds=1)


def day_of(instant: datetime) -> date:
    return instant.astimezone(JAKARTA).date()


def month_of(instant: datetime) -> int:
    return month_with(day_of(instant))


def month_with(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def begin_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=JAKARTA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last instant of the day."""
    return begin_of(day + timedelta(days=1)) - INSTANT


def begin_of_month(month: int) -> datetime:
    return begin_of(first_day(month))


def end_of_month(month: int) -> datetime:
    """The last instant of the month."""
    return end_of(last_day(month))


def name_of(month: int) -> str:
    return first_day(month).strftime("%Y-%m")


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day."""
    month = month_with(day) + months
    return min(first_day(month) + timedelta(days=day.day - 1), last_day(month))
