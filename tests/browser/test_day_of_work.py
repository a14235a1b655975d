"""An officer helps somebody who calls: from the sign-in to the reveal, however they work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from console.words.frame import FRAME
from console.words.lookup import LOOKUP
from console.words.reveal import REVEAL
from console.words.sign_in import SIGN_IN
from console.words.sought import SOUGHT
from console.words.timeline import TOPICS
from console.words.worker import WORKER
from models.timeline.staff.topic import Topic
from models.values.access import AccessReason, StaffRole
from models.values.staff_fields import StaffField
from models.values.words import Language
from services.audit.words import REASONS
from services.lookup.field_words import FIELDS
from services.staff.signing_in import StaffSignInRefused
from tests.browser.desks import PHONE, Desk
from tests.browser.story import worker_id

pytestmark = pytest.mark.browser

WAYS: dict[str, tuple[Language, dict[str, Any]]] = {
    "at a desk": (Language.INDONESIAN, {}),
    "without scripts": (Language.ENGLISH, {"java_script_enabled": False}),
    "on a phone": (
        Language.INDONESIAN,
        {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    ),
}
WHY = REASONS[AccessReason.PAYMENT_MISSING]


@pytest.mark.parametrize(("language", "options"), WAYS.values(), ids=WAYS)
def test_somebody_calls_who_paid_and_wants_to_know(office, staff, story, language, options):
    with office.desk(staff.employ(StaffRole.SUPPORT), language, **options) as desk:
        come_in(desk)
        find(desk, story.covered.phone)
        open_record(desk, worker_id(story.covered))
        read_what_happened(desk, story.covered.paid["virtual_account_no"])
        reveal_phone(desk, story.covered.phone)
        leave(desk)
    looks = story.covered.send("GET", "/v1/me/access-log")["items"]
    assert any("support" in str(look) and "phone" in str(look) for look in looks)


def come_in(desk: Desk) -> None:
    """Not with a wrong code."""
    desk.sign_in(desk.badge.wrong_code)
    desk.reads(StaffSignInRefused.title)
    expect(desk.field(SIGN_IN["password"])).to_be_empty()
    desk.sign_in()
    desk.reads(LOOKUP["title"])


def find(desk: Desk, phone: str) -> None:
    """By what the caller says of themselves, however they say it."""
    desk.fill(SOUGHT["number"], f"0{phone[3:6]} {phone[6:10]}-{phone[10:]}")
    desk.choose(WHY)
    desk.press(LOOKUP["submit"])
    desk.reads(LOOKUP["found_one"])
    # It stands in no address, and on no page in full.
    assert desk.path == "/console/lookup"
    assert phone[3:] not in desk.page.inner_text("table")


def open_record(desk: Desk, its_id: str) -> None:
    desk.leave_by(desk.page.get_by_role("link", name=re.compile(f"^{desk.said(LOOKUP['open'])}")))
    assert desk.path == f"/console/workers/{its_id}/payment-missing"
    desk.reads(WORKER["opened_for"], reason=desk.said(WHY))


def read_what_happened(desk: Desk, account: str) -> None:
    """Which is the answer: the money came, and when."""
    desk.reads(account)
    desk.follow(TOPICS[Topic.MONEY])
    desk.reads(account)
    desk.page.go_back()


def reveal_phone(desk: Desk, phone: str) -> None:
    assert phone not in desk.page.content()
    desk.follow(WORKER["reveal"])
    desk.choose(FIELDS[StaffField.PHONE])
    desk.fill(REVEAL["note"], "To call back.")
    desk.press(REVEAL["submit"])
    desk.reads(REVEAL["shown_title"])
    desk.reads(phone)
    assert phone not in desk.path


def leave(desk: Desk) -> None:
    """And nobody who comes to the desk afterwards reads on."""
    desk.follow(REVEAL["back"])
    desk.reads(WORKER["opened_for"], reason=desk.said(WHY))
    desk.press(FRAME["sign_out"])
    desk.reads(SIGN_IN["out"])
    desk.page.go_back()
    assert desk.path.startswith("/console/sign-in")
