"""Days and months are Jakarta's, wherever the worker lives and the server stands."""

from datetime import date, datetime, time, timedelta, timezone

# Waktu Indonesia Barat. A fixed offset: no daylight saving time since 1964.
WIB = timezone(timedelta(hours=7), "WIB")


def day_of(instant: datetime) -> date:
    """The Jakarta calendar day on which an aware instant falls."""
    return instant.astimezone(WIB).date()


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(), WIB)


def end_of_day(day: date) -> datetime:
    """The first instant after the day."""
    return start_of_day(day + timedelta(days=1))
