"""What a browser does for us: what it keeps, what it refuses to run, and from whom it takes a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from console import cookies
from console.words.frame import FRAME
from models.values.access import StaffRole
from tests.browser.desks import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(office, staff) -> Iterator[Desk]:
    with office.desk(staff.employ(StaffRole.SUPPORT)) as desk:
        desk.sign_in()
        yield desk


def kept(desk: Desk) -> dict[str, dict[str, object]]:
    return {each["name"]: dict(each) for each in desk.page.context.cookies()}


def test_a_browser_keeps_the_session_for_this_host_and_from_every_script(desk):
    """Chromium refuses a cookie by such a name whose marks are not these."""
    cookie = kept(desk)[cookies.SESSION]
    assert cookies.SESSION.startswith("__Host-")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
    assert (cookie["domain"], cookie["path"]) == ("127.0.0.1", "/")
    # Until it is closed.
    assert cookie["expires"] == -1
    assert desk.page.evaluate("document.cookie") == ""
    assert cookies.DOOR not in kept(desk)


def test_a_session_that_was_signed_out_is_gone_from_the_browser(desk):
    desk.press(FRAME["sign_out"])
    assert cookies.SESSION not in kept(desk)


INTRUDERS = """
    document.body.insertAdjacentHTML('beforeend', `
        <img src="x" onerror="window.ran = 'beside'">
        <p id="inked" style="color: rgb(1, 2, 3)">ink</p>
        <form id="away" action="http://127.0.0.2/"><button>away</button></form>`);
    const script = document.createElement('script');
    script.textContent = "window.ran = 'within'";
    document.body.append(script)
"""


def test_nothing_that_gets_into_a_page_runs(office, desk):
    """Neither a script in it, nor one beside an element, nor a style, nor a form to elsewhere."""
    with desk.page.expect_response("**/x"):
        desk.page.evaluate(INTRUDERS)
    expect(desk.page.locator("#inked")).not_to_have_css("color", "rgb(1, 2, 3)")
    with desk.page.expect_console_message(lambda said: "form-action" in said.text):
        desk.page.evaluate("document.getElementById('away').submit()")
    assert desk.page.evaluate("window.ran") is None
    assert desk.path == "/console/lookup"
    refused = "\n".join(office.watch.complaints)
    for what in ("inline event handler", "inline style", "inline script", "form-action"):
        assert what in refused, refused
    office.watch.complaints.clear()


ELSEWHERE = "https://elsewhere.example/"


def test_a_form_that_another_site_sends_does_nothing(office, desk):
    """The cookie does not go along; and it is refused, not led to the sign-in, because the browser
    says that it comes from elsewhere."""
    place = f"{desk.origin}/console/sign-out-everywhere"
    trap = f'<form method="post" action="{place}"><button>win</button></form>'
    page = desk.page.context.new_page()
    page.route(ELSEWHERE, lambda route: route.fulfill(body=trap, content_type="text/html"))
    page.goto(ELSEWHERE)
    with page.expect_navigation() as sent:
        page.get_by_role("button").click()
    assert (sent.value.status, sent.value.url) == (403, place)
    assert "cookie" not in sent.value.request.all_headers()
    office.watch.complaints.clear()
    desk.go("/console/own")
    assert desk.path == "/console/own"
