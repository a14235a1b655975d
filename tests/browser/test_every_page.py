"""Everybody can use every page: by day and by night, on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from console.site import add_console
from models.values.access import StaffRole
from tests.browser import pictures
from tests.browser.accessibility import grave_faults
from tests.browser.desks import Desk, Office
from tests.browser.views import VIEWS, View

pytestmark = pytest.mark.browser
# What is no page: it sends somebody on, or belongs to all.
NO_PAGES = {"/console", "/console/", "/console/language/<name>", "/console/static/<name>"}
PIXELS_BESIDE = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture(scope="module")
def pages() -> Flask:
    pages = Flask("pages")
    add_console(pages)
    return pages


class Desks(ExitStack):
    """One for each role, and one for whoever comes by."""

    def __init__(self, office: Office, staff) -> None:
        super().__init__()
        self.office, self.staff = office, staff
        self._taken: dict[StaffRole | None, Desk] = {}

    def of(self, role: StaffRole | None) -> Desk:
        if role not in self._taken:
            badge = self.staff.employ(role or StaffRole.SUPPORT)
            self._taken[role] = self.enter_context(self.office.desk(badge))
            if role is not None:
                self._taken[role].sign_in()
        return self._taken[role]


@pytest.fixture(scope="module")
def desks(building, staff) -> Iterator[Desks]:
    with Desks(building, staff) as desks:
        yield desks


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_everybody_can_use_it(office, desks, story, album, pages, view: View):
    desk = desks.of(view.role)
    view.come(desk, story)
    assert at(pages, desk) == view.rule
    pictures.take(desk.page, view.name)
    assert desk.page.locator("h1").count() == 1
    assert beside_a_phone(desk) == 0
    assert grave_faults(desk.page) == []


def test_no_page_is_left_out(pages):
    """Nor one that answers to what is sent there, if nothing else is at its address."""
    rules = [rule for rule in pages.url_map.iter_rules() if rule.rule.startswith("/console")]
    read = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
    assert read - NO_PAGES <= {view.rule for view in VIEWS}


def at(pages: Flask, desk: Desk) -> str:
    """The address that somebody is at, as the application writes it."""
    path, _, _ = desk.path.partition("?")
    address = pages.url_map.bind("console")
    for method in ("GET", "POST"):
        rule, _ = address.match(path, method=method, return_rule=True)
        if rule.endpoint != "console.nowhere":
            return str(rule.rule)
    return "/console/<path:rest>"


def beside_a_phone(desk: Desk) -> int:
    """How many pixels of the page are out of sight at the side."""
    size = desk.page.viewport_size
    desk.page.set_viewport_size({"width": min(pictures.WIDTHS), "height": 844})
    beside = int(desk.page.evaluate(PIXELS_BESIDE))
    desk.page.set_viewport_size(size)
    return beside
