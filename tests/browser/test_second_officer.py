"""Somebody whose NIK the registry has twice is refused by two officers, and by no fewer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from console.words.review import REVIEW
from console.words.reviews import CONFIRMED, REVIEWS, RULINGS
from models.values.access import StaffRole
from models.values.note import NUMBER_IN_NOTE
from models.values.review import Ruling
from models.values.words import Words
from tests.browser.desks import Desk
from tests.browser.story import Case

pytestmark = pytest.mark.browser
NOTE = "Two people, by the photos on both cards."


def test_a_refusal_takes_two(office, staff, story):
    case = story.unsure()
    one, other = (staff.employ(StaffRole.REVIEWER) for _ in range(2))
    with office.desk(one) as first, office.desk(other) as second:
        take_up(first, case)
        see_that_it_is_taken(second, case, by=one.username)
        write_no_number(first)
        decide(first, RULINGS[Ruling.REFUSE])
        first.reads(REVIEWS["awaiting_second"])
        see_that_another_is_needed(first, case)
        assert case.status == "in_review"
        second.go(f"/console/reviews/{case.id}")
        second.press(REVIEW["claim"])
        second.reads(NOTE)
        decide(second, CONFIRMED[Ruling.REFUSE])
        second.reads(REVIEWS["decided"])
    assert case.status == "refused"


def take_up(desk: Desk, case: Case) -> None:
    desk.sign_in()
    desk.follow(REVIEWS["title"])
    desk.leave_by(desk.page.locator(f'a[href$="{case.id}"]'))
    desk.press(REVIEW["claim"])
    expect(desk.page.get_by_role("button", name=desk.said(REVIEW["submit"]))).to_be_visible()


def see_that_it_is_taken(desk: Desk, case: Case, *, by: str) -> None:
    desk.sign_in()
    desk.go(f"/console/reviews/{case.id}")
    expect(desk.page.get_by_role("main")).to_contain_text(by)
    expect(desk.page.get_by_role("button", name=desk.said(REVIEW["claim"]))).to_have_count(0)


def write_no_number(desk: Desk) -> None:
    """What was chosen is still chosen afterwards."""
    desk.choose(RULINGS[Ruling.REFUSE])
    desk.fill(REVIEW["note"], "NIK 3171 0145 0793 9012")
    desk.press(REVIEW["submit"])
    desk.reads(NUMBER_IN_NOTE.words)


def decide(desk: Desk, ruling: Words) -> None:
    desk.choose(ruling)
    desk.fill(REVIEW["note"], NOTE)
    desk.press(REVIEW["submit"])


def see_that_another_is_needed(desk: Desk, case: Case) -> None:
    desk.go(f"/console/reviews/{case.id}")
    expect(desk.page.get_by_role("button", name=desk.said(REVIEW["claim"]))).to_have_count(0)
    expect(desk.page.get_by_role("button", name=desk.said(REVIEW["submit"]))).to_have_count(0)
