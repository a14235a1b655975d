"""Somebody whose data goes wherever a caller can put it, right and wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import requests

from sandbox.clock import Clock
from sandbox.snap_client import SnapClient
from sandbox.snap_signing import BankCredentials
from tests.canary import KENARI
from tests.stack import Stack
from tests.waiting import until

AS_JSON = {"Content-Type": "application/json"}
CARDS = ("/v1/me/card", "/v1/me/card.svg", "/v1/me/card.png")
NAME, MOTHER, ADDRESS, EMAIL = KENARI.texts
OTHER_PHONE = KENARI.phone[:-1] + "4"
DECEASED, TWICE, DIFFERS = (KENARI.nik[:-4] + serial for serial in ("9011", "9012", "9021"))
"""What the sandbox's registry refuses, has two records of, and knows by another name."""
BORN = "1993-07-09"
REFERENCE = "KW-2026-11-26-1"


@dataclass
class Kenari:
    """:param answers: everything that anybody was answered. :param token: her first access token.
    :param account: the virtual account by which she paid.
    """

    stack: Stack
    answers: list[requests.Response] = field(default_factory=list)
    token: str = ""
    id: str = ""
    account: str = ""
    keys: list[dict[str, str]] = field(default_factory=list)

    def call(
        self, method: str, path: str, token: str | None = None, **sent: Any
    ) -> requests.Response:
        headers = {"Accept-Language": "en"} | sent.pop("headers", {})
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        answer = requests.request(
            method, self.stack.api + path, headers=headers, timeout=20, **sent
        )
        self.answers.append(answer)
        return answer

    def verify_phone(self, phone: str = KENARI.phone) -> str:
        """Typing a wrong code first. The phone token."""
        asked = {"phone": phone, "channel": "whatsapp"}
        before = self._codes(phone)
        started = self.call("POST", "/v1/phone-verifications", json=asked).json()
        confirm = f"/v1/phone-verifications/{UUID(started['id'])}/confirm"
        code = until(lambda: self._codes(phone)[: -len(before) or None])[0]
        wrong = f"{(int(code) + 1) % 10**6:06}"
        assert self.call("POST", confirm, json={"code": wrong}).status_code == 409
        assert self.call("POST", confirm, json={"code": NAME}).status_code == 422
        return str(self.call("POST", confirm, json={"code": code}).json()["phone_token"])

    def _codes(self, phone: str) -> list[str]:
        """Newest first. Partners' drivers are welcomed meanwhile, and some are told other things."""
        inbox = requests.get(f"{self.stack.sandbox}/messages", params={"to": phone}, timeout=10)
        begun = [item["body"][:6] for item in inbox.json()["items"]]
        return [each for each in begun if each.isdecimal()]

    def register(self, token: str, **changes: Any) -> requests.Response:
        return self.call("POST", "/v1/registrations", token, json=self.form() | changes)

    def form(self) -> dict[str, Any]:
        documents = self.call("GET", "/v1/consents").json()["items"]
        return {
            "nik": KENARI.nik,
            "full_name": NAME,
            "birth_place": "Jakarta",
            "birth_date": BORN,
            "sex": "F",
            "mother_maiden_name": MOTHER,
            "address": ADDRESS,
            "email": EMAIL,
            "village_code": "31.71.01.1001",
            "occupations": [{"code": "TR01"}],
            "monthly_income": 900_000,
            "consents": [{"document": d["document"], "version": d["version"]} for d in documents],
        }

    def wait_for_identity(self, token: str, status: str) -> None:
        until(lambda: self.call("GET", "/v1/me", token).json()["identity"]["status"] == status)

    def put_it_everywhere(self, phone_token: str, token: str) -> None:
        """Every value where another one belongs."""
        form = self.form()
        for name in form:
            self.register(phone_token, **{name: KENARI.nik})
            self.register(phone_token, **{name: {KENARI.nik: [NAME, MOTHER]}})
        for secret in (KENARI.nik, KENARI.phone, *KENARI.texts):
            self._misplace(secret, phone_token, token)

    def _misplace(self, secret: str, phone_token: str, token: str) -> None:
        self.register(phone_token, **{secret: secret})
        self.call("PATCH", "/v1/me", token, json={"full_name": secret, secret: 1})
        self.call("PATCH", "/v1/me", token, data=json.dumps(secret))
        broken = {"data": f'{{"nik": "{secret}'.encode(), "headers": AS_JSON}
        self.call("POST", "/v1/registrations", phone_token, **broken)
        self.call("POST", "/v1/sessions", phone_token, json={"nik": secret})
        self.call("POST", "/v1/sessions/refresh", json={"refresh_token": secret})
        self.call("PUT", "/v1/me/phone", token, json={"phone_token": secret})
        claimed = {"nik": secret, "full_name": NAME, "birth_date": secret}
        self.call("POST", "/v1/phone-changes", phone_token, json=claimed)
        self.call("POST", f"/v1/me/phone-changes/{secret}/objection", token)
        self.call("POST", "/v1/phone-verifications", json={"phone": secret, "channel": secret})
        self.call("GET", f"/v1/me/invoices/{secret}", token)
        self.call("POST", f"/v1/me/consents/{secret}/withdrawal", token)
        self.call("GET", f"/v1/regions/{secret}")
        self.call(KENARI.nik, "/v1/me", token)
        self.call("GET", f"/{secret}/{secret}?{secret}", secret.encode().hex())
        self.call("GET", "/v1/regions/search", params={"q": secret, secret: secret})
        self.call("GET", "/v1/me/coverage", token, params={"on": secret})
        self.call("GET", "/v1/me/timeline", token, params={"cursor": secret, "limit": secret})
        self.call("GET", "/v1/me", token, headers={"Accept": secret, "User-Agent": secret})
        headers = {"Idempotency-Key": f"{secret} é", "Referer": secret}
        self.call("POST", "/v1/me/invoices", token, json={"months": secret})
        self.call("POST", "/v1/me/invoices", token, json={"months": 1}, headers=headers)
        self.call(secret.encode().hex(), "/v1/me", token)
        self.call("POST", f"/snap/v1.0/{secret}", json={secret: secret})

    def pay(self, token: str) -> None:
        self.call("PUT", "/v1/me/plan", token, json={"plan": "basic"})
        bill = self.call("POST", "/v1/me/invoices", token, json={"months": 3}).json()
        self.account = bill["virtual_account_no"]
        order = {"virtual_account_no": self.account, "reference_no": REFERENCE}
        paid = requests.post(f"{self.stack.sandbox}/bank/payments", json=order, timeout=30).json()
        assert paid["payment"]["responseCode"] == "2002500", paid

    def read_keys(self) -> list[dict[str, str]]:
        """Everything by which staff may find her, once she has paid."""
        me = self.call("GET", "/v1/me", self.token).json()
        card = self.call("GET", "/v1/me/coverage", self.token).json()
        self.id = me["id"]
        return [
            {"nik": KENARI.nik},
            {"phone": KENARI.phone},
            {"registration_number": me["registration_number"]},
            {"member_number": card["member_number"]},
            {"virtual_account_no": self.account},
            {"bank_reference": REFERENCE},
            {"full_name": NAME, "birth_date": BORN},
        ]

    def show_card(self, token: str) -> None:
        for path in CARDS:
            assert self.call("GET", path, token).status_code == 200

    def confuse_the_bank(self) -> None:
        """Signed calls, about no bill, with her data in their fields."""
        keys = json.loads((self.stack.settings.data_dir / "keys" / "sandbox.json").read_text())
        now = Clock(self.stack.settings.clock_offset).now
        bank = SnapClient(f"{self.stack.api}/snap/v1.0", BankCredentials.of(keys["bank"]), now=now)
        told = {"virtualAccountName": NAME, "virtualAccountEmail": EMAIL, "referenceNo": NAME}
        for answer in (
            bank.inquiry(KENARI.nik, fields=told),
            bank.payment(KENARI.nik, 8_400, payment_request_id=KENARI.nik, fields=told),
            bank.payment(KENARI.nik, NAME, fields=told),
            bank.status(KENARI.nik, KENARI.phone, fields={"partnerServiceId": NAME}),
            bank.payment(KENARI.nik, 8_400, headers={"X-SIGNATURE": NAME}),
        ):
            assert answer.status in (400, 401, 404), answer
