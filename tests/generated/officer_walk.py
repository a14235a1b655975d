"""One success of every operation that is for staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyotp import TOTP

from models.values.access import StaffRole
from models.values.ids import new_id
from tests.generated.desks import NOTE, Desk, Desks
from tests.newcomers import Newcomer

WORKER = "/v1/staff/workers/{worker_id}"
REVIEW = "/v1/staff/reviews/{review_id}"
REQUESTS = "/v1/staff/privacy-requests"
REQUEST = REQUESTS + "/{privacy_request_id}"
BATCH = "/v1/staff/batches/{batch_id}"
ACCOUNT = "/v1/staff/accounts/{account_id}"
NOTED: dict[str, Any] = {"body": {"note": NOTE}}


@dataclass
class OfficerWalk:
    """:param succeed: makes a call that must, and gives what was answered."""

    succeed: Callable[..., Any]
    desks: Desks

    def whole(self) -> None:
        self.come_and_go()
        self.answer_a_caller(self.desks.one(StaffRole.SUPPORT))
        self.decide(self.desks.one(StaffRole.REVIEWER))
        self.see_to_requests(self.desks.one(StaffRole.REVIEWER))
        self.let_a_file_go_on(self.desks.one(StaffRole.OFFICER))
        self.see_to_accounts(self.desks.one(StaffRole.ADMIN))
        self.audit(self.desks.one(StaffRole.AUDITOR))

    def come_and_go(self) -> None:
        newcomer = Newcomer.of(self.desks.people.ports)
        shown = {"username": newcomer.username, "password": newcomer.given.password}
        path = "/v1/staff/sessions"
        pair = self.succeed("POST", path, body=shown | {"otp": newcomer.code})
        pair = self.succeed(
            "POST", path + "/refresh", body={"refresh_token": pair["refresh_token"]}
        )
        signed = {"headers": {"Authorization": f"Bearer {pair['access_token']}"}}
        # The code of a moment ago is spent.
        soon = newcomer.ports.clock.now() + timedelta(seconds=30)
        change = {
            "current_password": newcomer.given.password,
            "new_password": "kambing hijau terbang tinggi",
            "otp": TOTP(newcomer.given.totp_secret).at(soon),
        }
        self.succeed("PUT", "/v1/staff/password", body=change, **signed)
        self.succeed("DELETE", path + "/current", **signed)
        self._call(self.desks.one(StaffRole.SUPPORT), "DELETE", path)

    def answer_a_caller(self, desk: Desk) -> None:
        why = {"reason": "caller_asks", "note": NOTE}
        for name in ("nik", "phone", "virtual_account_no"):
            sought = why | {name: desk.things[name]}
            found = self._call(desk, "POST", "/v1/staff/lookups", body=sought)
            assert desk.things["worker_id"] in [each["worker_id"] for each in found["matches"]]
        self._call(desk, "GET", WORKER, query={"reason": why["reason"]})
        fields = {"fields": ["phone", "address"]}
        revealed = self._call(desk, "POST", WORKER + "/reveal", body=why | fields)
        assert revealed
        self._call(desk, "GET", WORKER + "/timeline", query={"reason": "caller_asks"})
        self._call(desk, "POST", WORKER + "/messages/{message_id}/resend", body={"note": NOTE})

    def decide(self, desk: Desk) -> None:
        self._call(desk, "GET", "/v1/staff/reviews", query={"kind": "identity", "limit": 5})
        self._call(desk, "GET", REVIEW)
        for path in ("/claim", "/release", "/claim"):
            self._call(desk, "POST", REVIEW + path)
        decided = {"decision": "verify", "note": NOTE}
        self._call(desk, "POST", REVIEW + "/decision", body=decided)

    def see_to_requests(self, desk: Desk) -> None:
        self._call(desk, "GET", REQUESTS)
        asked = {"worker_id": desk.things["worker_id"], "kind": "withdrawal", "note": NOTE}
        entered = self._call(desk, "POST", REQUESTS, body=asked)
        its = {"path_parameters": {"privacy_request_id": entered["id"]}}
        self._call(desk, "POST", REQUEST + "/cancel", **NOTED, **its)
        self._call(desk, "POST", REQUEST + "/export")
        self._call(desk, "POST", REQUEST + "/done", **NOTED)

    def let_a_file_go_on(self, desk: Desk) -> None:
        self._call(desk, "GET", "/v1/staff/batches", query={"paused": "true"})
        self._call(desk, "GET", BATCH)
        self._call(desk, "POST", BATCH + "/resume", **NOTED)

    def see_to_accounts(self, desk: Desk) -> None:
        self._call(desk, "GET", "/v1/staff/accounts")
        new = {"username": f"budi-{new_id().hex[-12:]}", "role": "support"}
        self._call(desk, "POST", "/v1/staff/accounts", body=new)
        self._call(desk, "POST", ACCOUNT + "/reset")
        self._call(desk, "POST", ACCOUNT + "/close")

    def audit(self, desk: Desk) -> None:
        path = "/v1/staff/audit-events"
        self._call(desk, "GET", path, query={"action": "looked_up", "limit": 5})
        self._call(desk, "POST", path + "/searches", body={"nik": desk.things["nik"]})

    def _call(self, desk: Desk, method: str, path: str, **parts: Any) -> Any:
        named = {name: value for name, value in desk.things.items() if f"{{{name}}}" in path}
        parts = {"path_parameters": named, **parts}
        return self.succeed(method, path, headers=desk.headers(), **parts)
