"""An admin gives somebody an account, and takes it away; an auditor sees who did what."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from console.words.accounts import ACCOUNTS, CREDENTIALS
from console.words.audit import AUDIT
from console.words.lookup import LOOKUP
from console.words.own import OWN
from console.words.sign_in import SIGN_IN
from models.values.access import StaffRole
from models.values.words import Words
from tests.browser.badges import Badge
from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
PASSWORD = "jalak bali terbang rendah"


def test_an_officer_begins_and_ends_at_an_admins_desk(office, staff):
    # The first ones come by the command line.
    admin = staff.employ_at_command_line(StaffRole.ADMIN)
    with office.desk(admin) as desk:
        desk.sign_in()
        newcomer = add_officer(desk, "wulan.baru")
        with office.desk(newcomer) as theirs:
            theirs.sign_in()
            theirs.reads(LOOKUP["title"])
            change_password(theirs)
            desk.follow(CREDENTIALS["back"])
            close(desk, newcomer.username)
            theirs.go("/console/lookup")
            theirs.reads(SIGN_IN["over"])
    auditor = staff.employ(StaffRole.AUDITOR)
    with office.desk(auditor) as desk:
        desk.sign_in()
        for who, deeds in ((admin, 3), (newcomer, 2)):
            see_deeds(desk, who, at_least=deeds)


def add_officer(desk: Desk, username: str) -> Badge:
    """What is given stands on the page, to be written down, and nowhere later."""
    desk.fill(ACCOUNTS["username"], username)
    desk.field(ACCOUNTS["role"]).select_option("support")
    desk.press(ACCOUNTS["submit"])
    desk.reads(CREDENTIALS["title_new"], username=username)
    expect(desk.page.get_by_role("img", name=desk.said(CREDENTIALS["qr"]))).to_be_visible()
    password, secret = (shown(desk, CREDENTIALS[name]) for name in ("password", "secret"))
    return Badge(username, password, secret.replace(" ", ""))


def shown(desk: Desk, term: Words) -> str:
    """What stands beside a term."""
    its_own = desk.page.get_by_role("term").filter(has_text=desk.said(term))
    return its_own.locator("xpath=following-sibling::dd[1]").inner_text().strip()


def change_password(desk: Desk) -> None:
    desk.go("/console/own")
    desk.fill(OWN["current_password"], desk.badge.password)
    desk.fill(OWN["new_password"], PASSWORD)
    desk.fill(OWN["repeated"], PASSWORD)
    desk.fill(OWN["otp"], desk.badge.next_code)
    desk.press(OWN["change"])
    desk.reads(OWN["changed"])


def close(desk: Desk, username: str) -> None:
    """Two steps, so that nobody does it by a slip."""
    row = desk.page.get_by_role("row", name=re.compile(f"^{username}"))
    row.get_by_text(desk.said(ACCOUNTS["close"]), exact=True).click()
    desk.leave_by(row.get_by_role("button", name=desk.said(ACCOUNTS["close_submit"])))
    desk.reads(ACCOUNTS["was_closed"])


def see_deeds(desk: Desk, who: Badge, *, at_least: int) -> None:
    desk.go("/console/audit")
    desk.fill(AUDIT["account"], who.username)
    desk.press(AUDIT["show"])
    told = desk.page.get_by_role("row", name=re.compile(re.escape(who.username)))
    expect(told.first).to_be_visible()
    assert told.count() >= at_least
