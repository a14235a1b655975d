"""With a keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from console.words.frame import FRAME
from console.words.lookup import LOOKUP
from console.words.sign_in import SIGN_IN
from console.words.sought import SOUGHT
from models.values.access import AccessReason, StaffRole
from services.audit.words import REASONS
from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
MOST_STOPS = 40
# Where the focus is has to be seen: on what has it, or on the words beside a choice.
SEEN = """element => [element, element.nextElementSibling, element.closest('label')]
    .filter(Boolean).some(each => getComputedStyle(each).outlineStyle !== 'none')"""


def test_somebody_signs_in_and_finds_a_worker(office, staff, story):
    with office.desk(staff.employ(StaffRole.SUPPORT)) as desk:
        desk.go("/console/sign-in")
        expect(desk.field(SIGN_IN["username"])).to_be_focused()
        desk.page.keyboard.type(desk.badge.username)
        write(desk, desk.field(SIGN_IN["password"]), desk.badge.password)
        write(desk, desk.field(SIGN_IN["otp"]), desk.badge.code)
        desk.page.keyboard.press("Enter")
        desk.reads(LOOKUP["title"])
        expect(desk.field(SOUGHT["number"])).to_be_focused()
        desk.page.keyboard.type(story.covered.registration_number)
        choose(desk, desk.said(REASONS[AccessReason.CALLER_ASKS]))
        desk.page.keyboard.press("Enter")
        desk.reads(LOOKUP["found_one"])
        # The one that was found is where the focus is: one more key opens it.
        expect(desk.page.locator("main a:focus")).to_be_visible()
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_url("**/console/workers/**")


def test_the_first_stop_of_a_page_leads_past_what_all_pages_have(office, staff):
    with office.desk(staff.employ(StaffRole.AUDITOR)) as desk:
        desk.sign_in()
        desk.go("/console/own")
        desk.page.keyboard.press("Tab")
        expect(desk.page.get_by_role("link", name=desk.said(FRAME["skip"]))).to_be_focused()
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator("main")).to_be_focused()


def go_to(desk: Desk, place: Locator) -> None:
    for _ in range(MOST_STOPS):
        desk.page.keyboard.press("Tab")
        here = desk.page.locator(":focus")
        assert here.evaluate(SEEN), here.evaluate("element => element.outerHTML")
        if place.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no key leads to {place}")


def write(desk: Desk, place: Locator, text: str) -> None:
    go_to(desk, place)
    desk.page.keyboard.type(text)


def choose(desk: Desk, option: str) -> None:
    """Of a few there is one stop, at the first; arrows lead on."""
    choice = desk.page.get_by_label(option, exact=True)
    name = choice.get_attribute("name")
    go_to(desk, desk.page.locator(f"input[name={name}]").first)
    desk.page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if choice.is_checked():
            return
        desk.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {option}")
