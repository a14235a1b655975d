"""Officers who see her in every way that there is, and put her wherever they can type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

from models.staff import StaffSession
from models.values.access import StaffRole
from services.callers import StaffCaller
from services.ports import Ports
from services.staff.sessions import cookie_digest
from services.wiring import build_ports
from tests.canary import KENARI
from tests.officers import bearer, officer
from tests.personal_data.kenari import BORN, Kenari

SECRETS = (KENARI.nik, KENARI.phone, *KENARI.texts)
NUMBERS = (KENARI.nik, KENARI.phone, f"NIK {KENARI.nik[:4]} {KENARI.nik[4:8]}.{KENARI.nik[8:]}")
CALLER = {"reason": "caller_asks"}
NOTE = "KTP seen on video, the same person."
REVEALED = {
    StaffRole.SUPPORT: (
        "caller_asks",
        ("registration_number", "member_number", "phone", "email", "address", "monthly_income"),
    ),
    StaffRole.REVIEWER: (
        "identity_case",
        ("nik", "birth_date", "birth_place", "mother_maiden_name", "phone", "email", "address"),
    ),
}
ACCOUNTS, AUDIT = "/accounts", "/audit-events"
REVIEWS, REQUESTS = "/reviews", "/privacy-requests"


@dataclass
class Petugas:
    """:param kenari: makes the calls, and keeps what was answered.
    :param keys: by which a caller may be found, all of them hers.
    """

    kenari: Kenari
    keys: list[dict[str, str]]
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        self.ports = build_ports(self.kenari.stack.settings)

    def call(
        self, role: StaffRole, method: str, path: str, *, by: StaffCaller | None = None, **sent: Any
    ) -> requests.Response:
        """Each time by another one, unless said: they are to look at the pace of callers."""
        headers = sent.pop("headers", {}) | bearer(self.ports, by or self.officer(role))
        return self.kenari.call(method, f"/v1/staff{path}", headers=headers, **sent)

    def officer(self, role: StaffRole, cookie: str | None = None) -> StaffCaller:
        with self.ports.transactions.begin() as session:
            who = officer(self.ports, session, role)
            if cookie is not None:
                opened = session.get_one(StaffSession, who.session_id)
                opened.cookie_digest = cookie_digest(self.ports, cookie)
        return who

    # What follows is an officer's day.

    def find_her(self) -> None:
        for key in self.keys:
            found = self.call(StaffRole.SUPPORT, "POST", "/lookups", json=CALLER | key)
            assert self.kenari.id in [m["worker_id"] for m in found.json()["matches"]], key
            asked = self.call(StaffRole.AUDITOR, "POST", f"{AUDIT}/searches", json=key)
            assert len(asked.json()["items"]) == 1, key

    def read_about_her(self) -> None:
        her = f"/workers/{self.kenari.id}"
        for role, (reason, fields) in REVEALED.items():
            why = {"reason": reason, "note": NOTE}
            assert self.call(role, "GET", her, params={"reason": reason}).status_code == 200
            timeline = self.call(role, "GET", f"{her}/timeline", params={"reason": reason})
            assert timeline.status_code == 200
            shown = self.call(role, "POST", f"{her}/reveal", json=why | {"fields": fields})
            assert shown.status_code == 200, shown.text
        read = self.call(StaffRole.AUDITOR, "GET", AUDIT, params={"worker_id": self.kenari.id})
        assert read.json()["items"]

    def decide_about_her(self) -> None:
        """A namesake in review, whom another one refuses; and a lost phone, which is on hold."""
        for kind, state in (("identity", "refused"), ("identity", "open"), ("phone_change", None)):
            asked = {"kind": kind} | ({"state": state} if state else {})
            items = self.call(StaffRole.REVIEWER, "GET", REVIEWS, params=asked).json()["items"]
            assert items, asked
            decided = [self._decide(f"{REVIEWS}/{item['id']}") for item in items[:2]]
            assert state != "open" or 200 in decided

    def _decide(self, path: str) -> int:
        """At last as it should be. The status of that."""
        one = self.officer(StaffRole.REVIEWER)
        for each in ("GET", "POST /claim", "POST /release", "POST /claim"):
            method, _, place = each.partition(" ")
            self.call(StaffRole.REVIEWER, method, path + place, by=one)
        for secret in SECRETS:
            ruled = {"decision": "verify", "note": secret, "bank_reference": secret}
            amiss = {"decision": secret, "note": NOTE, "displaces": secret, secret: secret}
            for body in (ruled | {"note": KENARI.nik}, amiss, secret):
                self.call(StaffRole.REVIEWER, "POST", f"{path}/decision", by=one, json=body)
        ruled = {"decision": "verify", "note": NOTE}
        keyed = {"headers": {"Idempotency-Key": str(uuid4())}, "json": ruled}
        ruling = self.call(StaffRole.REVIEWER, "POST", f"{path}/decision", by=one, **keyed)
        return ruling.status_code

    def hand_over_her_data(self) -> None:
        new = {"worker_id": self.kenari.id, "kind": "export", "note": NOTE}
        keyed = {"Idempotency-Key": str(uuid4())}
        entered = self.call(StaffRole.REVIEWER, "POST", REQUESTS, json=new, headers=keyed)
        assert entered.status_code == 201, entered.text
        path = f"{REQUESTS}/{entered.json()['id']}"
        assert self.call(StaffRole.REVIEWER, "POST", f"{path}/export").status_code == 200
        assert self.call(StaffRole.REVIEWER, "POST", f"{path}/export").status_code == 409
        for number in NUMBERS:
            noted = self.call(StaffRole.REVIEWER, "POST", f"{path}/done", json={"note": number})
            assert noted.status_code == 422
            again = self.call(StaffRole.REVIEWER, "POST", REQUESTS, json=new | {"note": number})
            assert again.status_code == 422
        self.call(StaffRole.REVIEWER, "GET", REQUESTS)

    def ask_amiss(self) -> None:
        """Her data where another thing belongs."""
        for secret in SECRETS:
            self._search_amiss(secret)
            self._name_amiss(secret)
            self._list_amiss(secret)
            self._sign_in_amiss(secret)

    def _search_amiss(self, secret: str) -> None:
        names = sorted({name for key in self.keys for name in key})
        by = self.officer(StaffRole.SUPPORT)
        for index, name in enumerate(names):
            by = by if index % 10 else self.officer(StaffRole.SUPPORT)
            for body in ({name: secret}, {name: [secret]}, {name: secret, secret: secret}):
                self.call(StaffRole.SUPPORT, "POST", "/lookups", by=by, json=CALLER | body)
            self.call(StaffRole.AUDITOR, "POST", f"{AUDIT}/searches", json={name: secret})
        pair = {"external_id": secret, "partner": secret}
        self.call(StaffRole.SUPPORT, "POST", "/lookups", json=CALLER | pair)
        self.call(StaffRole.AUDITOR, "POST", f"{AUDIT}/searches", json=pair)
        named = {"full_name": secret, "birth_date": BORN}
        self.call(StaffRole.SUPPORT, "POST", "/lookups", json=CALLER | named)
        self.call(StaffRole.SUPPORT, "POST", "/lookups", json={"reason": secret, "nik": secret})
        for number in NUMBERS:
            noted = CALLER | {"phone": KENARI.phone, "note": number}
            refused = self.call(StaffRole.SUPPORT, "POST", "/lookups", json=noted)
            assert refused.status_code == 422

    def _name_amiss(self, secret: str) -> None:
        her = f"/workers/{self.kenari.id}"
        support = StaffRole.SUPPORT
        for path in (f"/workers/{secret}", f"{her}/{secret}", f"/workers/{secret}/timeline"):
            self.call(support, "GET", path, params={"reason": secret, "topic": secret})
        for told in ({"note": KENARI.nik}, {"reason": secret}, {secret: secret}):
            self.call(support, "GET", her, params=CALLER | told)
        for told in ({"fields": [secret]}, {"fields": ["phone"], secret: secret}):
            self.call(support, "POST", f"{her}/reveal", json=CALLER | told)
        self.call(support, "POST", f"{her}/messages/{secret}/resend", json={"channel": secret})
        self.call(support, "POST", f"{her}/messages/{uuid4()}/resend", json={"note": KENARI.nik})
        # Of a role that may not.
        self.call(StaffRole.ADMIN, "POST", "/lookups", json=CALLER | {"nik": secret})

    def _list_amiss(self, secret: str) -> None:
        auditor = StaffRole.AUDITOR
        for name in ("account", "action", "worker_id", "from", "until", "cursor", "refusals"):
            for told in ({name: secret}, {name: secret, secret: secret}):
                self.call(auditor, "GET", AUDIT, params=told)
        self.call(StaffRole.ADMIN, "GET", ACCOUNTS, params={"cursor": secret})
        for told in (
            {"username": f"{secret}!", "role": "support"},
            {"username": "budi", "role": secret},
        ):
            self.call(StaffRole.ADMIN, "POST", ACCOUNTS, json=told)
        self.call(StaffRole.ADMIN, "POST", f"{ACCOUNTS}/{secret}/close")
        for place in (REVIEWS, REQUESTS, "/batches"):
            for name in ("kind", "state", "cursor", "partner_id"):
                self.call(StaffRole.REVIEWER, "GET", place, params={name: secret})
            self.call(StaffRole.REVIEWER, "GET", f"{place}/{secret}")

    def _sign_in_amiss(self, secret: str) -> None:
        shown = {"username": secret, "password": secret, "otp": secret}
        self.kenari.call("POST", "/v1/staff/sessions", json=shown)
        self.kenari.call("POST", "/v1/staff/sessions", json={secret: secret})
        self.kenari.call("POST", "/v1/staff/sessions/refresh", json={"refresh_token": secret})
        change = {"current_password": secret, "new_password": secret, "otp": secret}
        self.call(StaffRole.SUPPORT, "PUT", "/password", json=change)
