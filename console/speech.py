"""Saying things in templates, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from models.values.jakarta import day_of
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.spoken import (
    spoken_day,
    spoken_instant,
    spoken_month,
    spoken_rupiah,
    spoken_wait,
)
from models.values.words import Words
from schemas.speaking import spoken_language

Catalogue = Mapping[str, Words]
"""The words of one page, by the names under which its template asks for them."""


class Said:
    """A catalogue, spoken: ``w.title`` in a template, or ``w("found", count=3)`` to fill something in.

    A name that is not in it is an error, which every test of the page would meet.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __contains__(self, name: str) -> bool:
        return name in self._catalogue

    def __getitem__(self, name: str) -> str:
        return self._catalogue[name].in_(spoken_language.get())

    def __call__(self, name: str, /, **details: Any) -> str:
        spoken = {each: said(detail) for each, detail in details.items()}
        return self._catalogue[name].in_(spoken_language.get(), **spoken)


def said(value: Any) -> Any:
    """Words in the language of the page; anything else as it is."""
    return value.in_(spoken_language.get()) if isinstance(value, Words) else value


def moment(instant: datetime) -> Markup:
    """``22 November 2026, 12.00 WIB``."""
    written = instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}">{}</time>').format(written, said(spoken_instant(instant)))


def day(on: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), said(spoken_day(on)))


def on_day(instant: datetime) -> Markup:
    """The day in Jakarta on which it was."""
    return day(day_of(instant))


def fours(text: str) -> str:
    """A key in groups of four, as people read it aloud and authenticator apps take it."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def month(which: Month) -> str:
    return str(said(spoken_month(which)))


def rupiah(amount: Rupiah) -> str:
    return str(said(spoken_rupiah(amount)))


def wait(left: timedelta) -> str:
    return str(said(spoken_wait(left)))


FILTERS = {
    "said": said,
    "moment": moment,
    "day": day,
    "on_day": on_day,
    "fours": fours,
    "month": month,
    "rupiah": rupiah,
    "wait": wait,
}
