"""Every page as it is seen: whose it is, where it is, and how somebody comes to see it so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.words.accounts import ACCOUNTS
from console.words.audit import AUDIT
from console.words.lookup import LOOKUP
from console.words.own import OWN
from console.words.privacy import CLOSE, ENTER
from console.words.privacy import KINDS as REQUEST_KINDS
from console.words.reveal import REVEAL
from console.words.review import REVIEW
from console.words.reviews import RULINGS
from console.words.sought import KINDS, SOUGHT
from models.values.access import AccessReason, StaffRole
from models.values.audit import SearchedBy
from models.values.privacy import PrivacyRequestKind
from models.values.review import Ruling
from models.values.staff_fields import StaffField
from services.audit.words import REASONS
from services.lookup.field_words import FIELDS
from tests.browser.desks import Desk
from tests.browser.story import Story, worker_id

NOTE = "Sudah dilihat lewat video."
A_NUMBER = "NIK 3171 0145 0793 9012"
Coming = Callable[[Desk, Story], None]
SUPPORT, REVIEWER, OFFICER = StaffRole.SUPPORT, StaffRole.REVIEWER, StaffRole.OFFICER
AUDITOR, ADMIN = StaffRole.AUDITOR, StaffRole.ADMIN


@dataclass(frozen=True)
class View:
    """:param rule: of the address at which it is, as the application writes it.
    :param role: whose it is; None: of whoever comes by.
    """

    name: str
    rule: str
    role: StaffRole | None
    come: Coming


VIEWS: list[View] = []


def view(name: str, rule: str, role: StaffRole | None) -> Callable[[Coming], Coming]:
    def decorator(come: Coming) -> Coming:
        VIEWS.append(View(name, f"/console{rule}", role, come))
        return come

    return decorator


def plain(name: str, rule: str, role: StaffRole | None, path: str = "") -> None:
    """One that is seen by going there. Ids in braces are the story's."""
    at = f"/console{path or rule}"
    view(name, rule, role)(lambda desk, story: _go(desk, at, story))


def _go(desk: Desk, path: str, story: Story) -> None:
    worker = worker_id(story.covered) if "{worker}" in path else ""
    desk.go(path.format(worker=worker, batch=story.batch_id, paused=story.paused_batch_id))


WORKER = "/workers/<uuid:worker_id>"
CALLED = "/workers/{worker}/caller-asks"

plain("sign-in", "/sign-in", None)
plain("sign-in-first", "/sign-in", None, "/own")
plain("nowhere", "/<path:rest>", SUPPORT, "/tidak-ada")
plain("not-allowed", "/accounts", SUPPORT)
plain("own", "/own", SUPPORT)
plain("lookup", "/lookup", SUPPORT)
plain("worker-why", WORKER, SUPPORT, "/workers/{worker}")
plain("worker", f"{WORKER}/<reason>", SUPPORT, CALLED)
plain("worker-unpaid", f"{WORKER}/<reason>", SUPPORT, "/workers/{worker}/payment-missing")
plain("worker-identity", f"{WORKER}/<reason>", REVIEWER, "/workers/{worker}/identity-case")
plain("timeline", f"{WORKER}/<reason>/<topic>", SUPPORT, f"{CALLED}/all")
plain("timeline-messages", f"{WORKER}/<reason>/<topic>", SUPPORT, f"{CALLED}/messages")
plain("timeline-staff", f"{WORKER}/<reason>/<topic>", SUPPORT, f"{CALLED}/staff")
plain("reveal", f"{WORKER}/<reason>/reveal", SUPPORT, f"{CALLED}/reveal")
plain("reveal-nothing", f"{WORKER}/<reason>/reveal", SUPPORT, "/workers/{worker}/other/reveal")
plain("batches", "/batches", OFFICER)
plain("batch", "/batches/<uuid:batch_id>", SUPPORT, "/batches/{batch}")
plain("batch-paused", "/batches/<uuid:batch_id>", OFFICER, "/batches/{paused}")
plain("audit", "/audit", AUDITOR)
plain("audit-searches", "/audit/searches", AUDITOR)
plain("accounts", "/accounts", ADMIN)


@view("sign-in-refused", "/sign-in", None)
def sign_in_in_vain(desk: Desk, story: Story) -> None:
    desk.sign_in(desk.badge.wrong_code)


@view("own-faults", "/own/password", SUPPORT)
def change_password_in_vain(desk: Desk, story: Story) -> None:
    desk.go("/console/own")
    for name in ("current_password", "new_password"):
        desk.fill(OWN[name], "sama sama sama")
    desk.fill(OWN["repeated"], "tidak sama sekali")
    desk.fill(OWN["otp"], "123456")
    desk.press(OWN["change"])


def look_up(desk: Desk, number: str) -> None:
    desk.go("/console/lookup")
    desk.fill(SOUGHT["number"], number)
    desk.choose(REASONS[AccessReason.CALLER_ASKS])
    desk.press(LOOKUP["submit"])


@view("lookup-found", "/lookup", SUPPORT)
def find(desk: Desk, story: Story) -> None:
    look_up(desk, str(story.covered.registration_number))


@view("lookup-nobody", "/lookup", SUPPORT)
def find_nobody(desk: Desk, story: Story) -> None:
    look_up(desk, "0899 0000 0404")


@view("lookup-faults", "/lookup", SUPPORT)
def look_up_in_vain(desk: Desk, story: Story) -> None:
    look_up(desk, "404")


@view("lookup-by-name", "/lookup", SUPPORT)
def find_by_name(desk: Desk, story: Story) -> None:
    desk.go("/console/lookup")
    desk.choose(KINDS[SearchedBy.NAME])
    desk.fill(SOUGHT["full_name"], "Aminah Siti")
    desk.fill(SOUGHT["birth_date"], "1993-07-05")
    desk.choose(REASONS[AccessReason.OTHER])
    desk.press(LOOKUP["submit"])


@view("revealed", f"{WORKER}/<reason>/reveal", SUPPORT)
def reveal(desk: Desk, story: Story) -> None:
    _go(desk, f"/console{CALLED}/reveal", story)
    desk.choose(FIELDS[StaffField.PHONE])
    desk.press(REVEAL["submit"])


@view("reveal-faults", f"{WORKER}/<reason>/reveal", SUPPORT)
def reveal_in_vain(desk: Desk, story: Story) -> None:
    _go(desk, f"/console{CALLED}/reveal", story)
    desk.fill(REVEAL["note"], A_NUMBER)
    desk.press(REVEAL["submit"])


@view("reviews", "/reviews", REVIEWER)
def see_what_waits(desk: Desk, story: Story) -> None:
    story.unsure()
    desk.go("/console/reviews")


CASE = "/reviews/<uuid:review_id>"


@view("review", CASE, REVIEWER)
def look_at_a_case(desk: Desk, story: Story) -> None:
    desk.go(f"/console/reviews/{story.unsure().id}")


@view("review-claimed", CASE, REVIEWER)
def claim(desk: Desk, story: Story) -> None:
    look_at_a_case(desk, story)
    desk.press(REVIEW["claim"])


@view("review-faults", f"{CASE}/decision", REVIEWER)
def decide_in_vain(desk: Desk, story: Story) -> None:
    claim(desk, story)
    desk.fill(REVIEW["note"], A_NUMBER)
    desk.press(REVIEW["submit"])


@view("review-awaiting-second", CASE, REVIEWER)
def refuse(desk: Desk, story: Story) -> None:
    claim(desk, story)
    path = desk.path
    desk.choose(RULINGS[Ruling.REFUSE])
    desk.fill(REVIEW["note"], NOTE)
    desk.press(REVIEW["submit"])
    desk.go(path)


REQUESTS = "/privacy-requests"


@view("privacy-request", f"{REQUESTS}/for/<uuid:worker_id>", REVIEWER)
def ask_for_somebody(desk: Desk, story: Story) -> None:
    desk.go(f"/console/privacy-requests/for/{story.unsure().id}")


@view("privacy-requests", REQUESTS, REVIEWER)
def enter(desk: Desk, story: Story) -> None:
    ask_for_somebody(desk, story)
    desk.choose(REQUEST_KINDS[PrivacyRequestKind.CORRECTION])
    desk.fill(ENTER["note"], NOTE)
    desk.press(ENTER["submit"])
    desk.go("/console/privacy-requests")


@view("privacy-request-faults", f"{REQUESTS}/for/<uuid:worker_id>", REVIEWER)
def enter_in_vain(desk: Desk, story: Story) -> None:
    ask_for_somebody(desk, story)
    desk.fill(ENTER["note"], A_NUMBER)
    desk.press(ENTER["submit"])


def close(how: str) -> Coming:
    def come(desk: Desk, story: Story) -> None:
        enter(desk, story)
        desk.leave_by(desk.page.locator(f'a[href$="/{how}"]').first)

    return come


view("privacy-request-done", f"{REQUESTS}/<uuid:request_id>/done", REVIEWER)(close("done"))
view("privacy-request-cancel", f"{REQUESTS}/<uuid:request_id>/cancel", REVIEWER)(close("cancel"))


@view("privacy-request-cancel-faults", f"{REQUESTS}/<uuid:request_id>/cancel", REVIEWER)
def cancel_in_vain(desk: Desk, story: Story) -> None:
    close("cancel")(desk, story)
    desk.fill(CLOSE["cancel_note"], A_NUMBER)
    desk.press(CLOSE["cancel_submit"])


@view("audit-faults", "/audit", AUDITOR)
def narrow_in_vain(desk: Desk, story: Story) -> None:
    desk.go("/console/audit")
    desk.fill(AUDIT["account"], "nobody.here")
    desk.press(AUDIT["show"])


@view("audit-searches-found", "/audit/searches", AUDITOR)
def ask_who_searched(desk: Desk, story: Story) -> None:
    desk.go("/console/audit/searches")
    desk.fill(SOUGHT["number"], str(story.covered.registration_number))
    desk.leave_by(desk.page.get_by_role("main").get_by_role("button").last)


@view("account-added", "/accounts", ADMIN)
def add_account(desk: Desk, story: Story) -> None:
    desk.go("/console/accounts")
    desk.fill(ACCOUNTS["username"], f"baru.{desk.badge.code}")
    desk.field(ACCOUNTS["role"]).select_option("support")
    desk.press(ACCOUNTS["submit"])


@view("accounts-faults", "/accounts", ADMIN)
def add_account_in_vain(desk: Desk, story: Story) -> None:
    desk.go("/console/accounts")
    desk.fill(ACCOUNTS["username"], desk.badge.username)
    desk.field(ACCOUNTS["role"]).select_option("support")
    desk.press(ACCOUNTS["submit"])


@view("accounts-sure", "/accounts", ADMIN)
def ask_whether_they_are_sure(desk: Desk, story: Story) -> None:
    add_account(desk, story)
    desk.go("/console/accounts")
    desk.page.locator("summary").last.click()
