"""The demonstration goes on: a payment is missed, caught up with, and missed for too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from models.values.jakarta import WIB
from models.values.month import Month
from sandbox import demo_joining, demo_paying
from sandbox.demo_connection import CannotGoOn
from sandbox.demo_step import PhoneApp, Step, day, rupiah

MISSED_FOR = timedelta(days=30)
UNPAID_WHEN_LAPSED = 4
"""A membership lapses with so many unpaid months."""
TEN = time(10, tzinfo=WIB)


def ask_invoice_for_one(app: PhoneApp) -> Step:
    app.months = 1
    return demo_paying.ask_invoice(app)


def stay_signed_in(app: PhoneApp) -> Step:
    pair = app.jaring.send("POST", "/v1/sessions/refresh", {"refresh_token": app.refresh_token})
    app.jaring.token, app.refresh_token = pair["access_token"], pair["refresh_token"]
    return Step("signed in", "still: the refresh token of last month gives a new pair")


def sign_in_again(app: PhoneApp) -> Step:
    """After more than 90 days the phone has to be verified anew."""
    demo_joining.verify_phone(app)
    pair = app.jaring.send("POST", "/v1/sessions", {"nik": app.driver.nik.digits})
    app.jaring.token, app.refresh_token = pair["access_token"], pair["refresh_token"]
    return Step("signed in", "again, with a code to the phone and the NIK")


def look_at_grace(app: PhoneApp) -> Step:
    cover = _cover_that_is(app, "grace")
    arrears = cover["arrears"]
    app.months = arrears["months"]
    return Step(
        "grace",
        f"not protected any more: the last protected day was {day(cover['protected_until'])}",
        (("arrears", rupiah(arrears["amount"])), ("it says", cover["explanation"])),
        {"arrears": arrears["amount"]},
    )


def look_at_lapse(app: PhoneApp) -> Step:
    cover = _cover_that_is(app, "lapsed")
    app.months = 1
    lines = (("it says", cover["explanation"]),)
    return Step("lapsed", "no arrears are asked for any more", lines)


def look_back(app: PhoneApp) -> Step:
    """Paying arrears does not cover the days that were unpaid."""
    asked = app.covered_until[0] + timedelta(days=10)
    cover = app.jaring.get("/v1/me/coverage", on=asked.isoformat())
    if cover["status"] != "grace":
        raise CannotGoOn(f"A day without protection has become {cover['status']}.")
    return Step(
        "looks back",
        f"{day(asked.isoformat())} stays without protection for ever",
        (("it says", cover["explanation"]),),
    )


def look_at_return(app: PhoneApp) -> Step:
    step = demo_paying.look_at_cover(app)
    cover = app.jaring.get("/v1/me/coverage")
    [jkm] = [each for each in cover["programmes"] if each["programme"] == "JKM"]
    waits = ("full JKM from", day(jkm["waiting_until"]))
    return replace(step, name="returned", lines=(*step.lines, waits))


@dataclass(frozen=True)
class Chapter:
    """What is lived through at one time.

    :param starts_at: from the chapters before; None: now.
    """

    title: str
    starts_at: Callable[[PhoneApp], datetime | None]
    steps: tuple[Callable[[PhoneApp], Step], ...]

    def named(self, moment: datetime | None) -> str:
        when = day(moment.date().isoformat()) if moment else "Today"
        return f"{when}: {self.title}"


def _days_after_cover(app: PhoneApp) -> datetime:
    return datetime.combine(app.covered_until[-1] + MISSED_FOR, TEN)


def _when_lapsed(app: PhoneApp) -> datetime:
    first = Month.of(app.covered_until[-1]) + UNPAID_WHEN_LAPSED
    return datetime.combine(first.first_day + timedelta(days=9), TEN)


CHAPTERS = (
    Chapter(
        "a driver joins, and pays for one month",
        lambda app: None,
        (
            *demo_joining.STEPS,
            demo_paying.choose_plan,
            ask_invoice_for_one,
            demo_paying.pay,
            demo_paying.look_at_cover,
        ),
    ),
    Chapter(
        "a payment was missed, and is caught up with",
        _days_after_cover,
        (
            stay_signed_in,
            look_at_grace,
            demo_paying.ask_invoice,
            demo_paying.pay,
            demo_paying.look_at_cover,
            look_back,
        ),
    ),
    Chapter(
        "four months are unpaid, and the driver comes back",
        _when_lapsed,
        (
            sign_in_again,
            look_at_lapse,
            demo_paying.ask_invoice,
            demo_paying.pay,
            look_at_return,
            look_back,
        ),
    ),
)


def _cover_that_is(app: PhoneApp, status: str) -> dict[str, Any]:
    cover = app.jaring.get("/v1/me/coverage")
    if cover["status"] != status:
        raise CannotGoOn(f"Cover should be {status} by now, and is {cover['status']}.")
    return cover
