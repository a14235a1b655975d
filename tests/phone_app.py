"""A phone on a bad line: it sends everything again until it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Protocol
from uuid import uuid4

import requests
from sqlalchemy import Engine

from models.values.jakarta import day_of
from tests.waiting import until

_numbers = count(1)
CODE_USED = "code-used"
TAKEN = ("2002500", "4042518")
"""SNAP: the money was taken, now or when the bank first told us of it."""


class Installation(Protocol):
    """Where Jaring and its sandbox answer."""

    @property
    def api(self) -> str: ...

    @property
    def sandbox(self) -> str: ...

    def mend(self) -> None:
        """Start again whatever has died, if nobody else does."""

    def engine(self) -> Engine:
        """As the application's role."""


@dataclass
class PhoneApp:
    """One worker's phone, and their bank.

    :param jaring: what has died is started again before each try.
    :param number: the end of its phone number and of its NIK.
    """

    jaring: Installation
    number: int = field(default_factory=lambda: next(_numbers))
    token: str | None = None
    registration_number: str | None = None
    member_number: str | None = None
    paid: dict[str, Any] = field(default_factory=dict)

    @property
    def nik(self) -> str:
        return f"317101450793{self.number:04}"

    @property
    def phone(self) -> str:
        return f"+628123456{self.number:04}"

    def become_covered(self) -> None:
        """The whole journey."""
        self.register()
        self.pay(self.choose())
        self.see_cover()

    def register(self) -> None:
        self.token = self.verify_phone()
        registered = self.send("POST", "/v1/registrations", self.form())
        self.token = registered["access_token"]
        self.registration_number = registered["worker"]["registration_number"]

    def verify_phone(self) -> str:
        """The phone token. A confirmation whose answer was lost means starting anew."""
        while (token := self.confirm(self.start_verification()["id"])) is None:
            continue
        return token

    def start_verification(self) -> dict[str, Any]:
        asked = {"phone": self.phone, "channel": "whatsapp"}
        return self.send("POST", "/v1/phone-verifications", asked)

    def confirm(self, verification_id: str) -> str | None:
        """The phone token, unless it was given to an earlier try."""
        code = self.code_for(verification_id)
        path = f"/v1/phone-verifications/{verification_id}/confirm"
        answer = self.send("POST", path, {"code": code})
        return None if answer.get("code") == CODE_USED else str(answer["phone_token"])

    def choose(self) -> dict[str, Any]:
        """The bill for three months of the basic plan."""
        self.wait_for("/v1/me", lambda me: me["identity"]["status"] == "verified")
        self.send("PUT", "/v1/me/plan", {"plan": "basic"})
        return self.send("POST", "/v1/me/invoices", {"months": 3})

    def see_cover(self) -> dict[str, Any]:
        cover = self.wait_for("/v1/me/coverage", lambda cover: cover["status"] == "active")
        self.member_number = cover["member_number"]
        return cover

    def pay(self, invoice: dict[str, Any], *, times: int = 1) -> list[dict[str, Any]]:
        """At a bank that tells us again until it hears from us.

        :param times: how often it tells us each time, all at once.
        :returns: our answers.
        """
        order = self.paid = {
            "virtual_account_no": invoice["virtual_account_no"],
            "payment_request_id": uuid4().hex,
            "repeat": times,
        }

        def told() -> list[dict[str, Any]]:
            self.jaring.mend()
            answer = requests.post(f"{self.jaring.sandbox}/bank/payments", json=order, timeout=60)
            order.update(skip_inquiry=True, amount=invoice["amount"])
            said = answer.json() if answer.ok else {}
            payments = [said.get("payment"), *said.get("repeats", [])]
            return [each for each in payments if each and each["responseCode"] in TAKEN]

        return until(told, seconds=60)

    def bank_statement(self) -> list[str]:
        """What the bank holds as paid for the last bill, each time that it does."""
        place = f"{self.jaring.sandbox}/bank/statement"
        # It may have been paid before midnight.
        yesterday = {"date": (day_of(datetime.now(UTC)) - timedelta(days=1)).isoformat()}
        days = [requests.get(place, params=asked, timeout=10).text for asked in (yesterday, {})]
        lines = [line.split(",") for line in "\n".join(days).splitlines()]
        return [line[-1] for line in lines if self.paid["payment_request_id"] in line]

    def wait_for(self, path: str, done: Any) -> dict[str, Any]:
        def answer() -> dict[str, Any] | None:
            found = self.send("GET", path)
            return found if done(found) else None

        return until(answer, seconds=90) or {}

    def send(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The answer, whatever it takes. The key stays the same, so it is done once."""
        headers = {"Idempotency-Key": uuid4().hex, "Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"

        def answer() -> dict[str, Any] | None:
            self.jaring.mend()
            try:
                response = requests.request(
                    method, self.jaring.api + path, json=body, headers=headers, timeout=10
                )
            except requests.RequestException:
                return None
            busy = response.status_code >= 500 or "request-in-progress" in response.text
            return None if busy else dict(response.json())

        return until(answer, seconds=60) or {}

    def code_for(self, verification_id: str) -> str:
        """The newest message. All messages of one verification hold the same code."""
        self.wait_for(
            f"/v1/phone-verifications/{verification_id}",
            lambda seen: seen["delivery"] in ("sent", "delivered"),
        )
        return until(self.codes)[0]

    def codes(self) -> list[str]:
        """Those that were received, newest first."""
        return [str(message["body"][:6]) for message in self.messages()]

    def messages(self) -> list[dict[str, Any]]:
        inbox = f"{self.jaring.sandbox}/messages"
        answer = requests.get(inbox, params={"to": self.phone}, timeout=10)
        return list(answer.json()["items"])

    def form(self) -> dict[str, Any]:
        documents = self.send("GET", "/v1/consents")["items"]
        return {
            "nik": self.nik,
            "full_name": "Siti Aminah",
            "birth_place": "Jakarta",
            "birth_date": "1993-07-05",
            "sex": "F",
            "mother_maiden_name": "Ratna Dewi",
            "address": "Jl. Kenanga 12",
            "village_code": "31.71.01.1001",
            "occupations": [{"code": "TR01"}],
            "monthly_income": 900_000,
            "consents": [{"document": d["document"], "version": d["version"]} for d in documents],
        }
