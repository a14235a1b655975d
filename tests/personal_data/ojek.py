"""A partner that sends her data wherever a caller can put it, right and wrong."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

from models.driver import COLUMNS
from models.values.month import Month
from services.links import welcoming
from services.partners import accounts
from services.partners.accounts import Credentials, NewAccount
from services.ports import Ports
from services.wiring import build_ports
from tests.api.uploading import CSV, NDJSON, XLSX, digest_of
from tests.canary import KENARI
from tests.driver_files import csv_of, ndjson_of, xlsx_of
from tests.personal_data.kenari import (
    ADDRESS,
    DECEASED,
    DIFFERS,
    MOTHER,
    NAME,
    Kenari,
)
from tests.waiting import until

Row = Mapping[str, str | None]
SECRETS = (KENARI.nik, KENARI.phone, *KENARI.texts)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GOOD: Row = {
    "external_id": "OK-1",
    "nik": KENARI.nik,
    "full_name": NAME,
    "birth_place": "Jakarta",
    "birth_date": "1993-07-09",
    "sex": "F",
    "mother_maiden_name": MOTHER,
    "phone": KENARI.phone,
    "address": ADDRESS,
    "village_code": "31.71.01.1001",
    "occupation_code": "TR01",
    "monthly_income": "900000",
    "consent_version": "2026-11",
    "consented_at": "2026-11-20",
}


def driver(serial: int, **cells: str | None) -> dict[str, str | None]:
    """Somebody whose every number is nearly hers."""
    own = {
        "external_id": f"OK-{serial}",
        "nik": f"{KENARI.nik[:-4]}{serial:04}",
        "phone": f"{KENARI.phone[:-2]}{serial % 100:02}",
    }
    return {**GOOD, **own, **cells}


def misplaced() -> list[Row]:
    """Every value where another one belongs. None can be taken: their NIK is none."""
    return [
        driver(number, nik=f"{KENARI.nik}{number}", **{column: secret})
        for number, (column, secret) in enumerate(
            ((column, secret) for column in COLUMNS if column != "nik" for secret in SECRETS),
            start=100,
        )
    ]


@dataclass
class Ojek:
    """:param kenari: makes the calls, and keeps what was answered."""

    kenari: Kenari
    ports: Ports = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.ports = build_ports(self.kenari.stack.settings)
        self.token = self._token(accounts.add(self.ports, NewAccount(name="Ojek Kita")))

    def call(self, method: str, path: str, **sent: Any) -> requests.Response:
        return self.kenari.call(method, f"/v1/partner{path}", self.token, **sent)

    def _token(self, credentials: Credentials) -> str:
        """Not at the first attempt."""
        right = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
        form = {"grant_type": "client_credentials", **right}
        for secret in SECRETS:
            for name in form:
                self._ask_for_token({**form, name: secret, secret: secret})
        return str(self._ask_for_token(form).json()["access_token"])

    def _ask_for_token(self, form: dict[str, str]) -> requests.Response:
        return self.kenari.call("POST", "/v1/oauth/token", data=form)

    # What follows is a platform's life, in its order.

    def listen(self) -> None:
        """At one place that answers, and at one that does not and has her in its address."""
        self.place = f"{self.kenari.stack.sandbox}/hooks/ojek"
        made = self.call("POST", "/webhooks", json={"url": f"{self.place}?of={KENARI.nik}"})
        secret = {"secret": made.json()["secret"]}
        requests.put(self.place, json=secret, timeout=10).raise_for_status()
        nowhere = f"http://127.0.0.1:9/{KENARI.nik}?{KENARI.phone}"
        self.deaf = self.call("POST", "/webhooks", json={"url": nowhere}).json()["id"]

    def send_files(self) -> None:
        """As tables and as lines: some are taken, some rejected, and some are no files."""
        ours = [GOOD, driver(2), driver(2, external_id="OK-2b"), driver(3, external_id="OK-1")]
        told = [driver(int(DECEASED[-4:])), driver(int(DIFFERS[-4:])), driver(4, sex="x")]
        self.batch = self.send(csv_of([*ours, *told, *misplaced()]))
        self.send(csv_of([GOOD, driver(2, full_name=f"{NAME} {MOTHER}")]), dry="&dry_run=true")
        lines = ndjson_of([driver(5), {**driver(6), KENARI.nik: NAME}, [NAME], NAME])
        self.send(lines + f'{{"nik": "{KENARI.nik}'.encode(), NDJSON)
        cells = [list(each.values()) for each in (driver(7), driver(8, nik=NAME))]
        self.send(xlsx_of([COLUMNS, *cells]), XLSX)
        self.send(csv_of([GOOD]) + f"{NAME},{KENARI.nik}\n{','.join(SECRETS * 5)}\n".encode())
        for secret in SECRETS:
            self.offer(csv_of([GOOD], columns=[*COLUMNS, secret]))
            self.offer(secret.encode(), Content_Encoding="gzip")
            self.offer(csv_of([GOOD]) + secret.encode("utf-16"))
            self.offer(gzip.compress(csv_of([GOOD]))[:-9], Content_Encoding="gzip")
            self.offer(csv_of([GOOD]), Content_Digest=digest_of(secret.encode()))
            self.offer(csv_of([GOOD]), Content_Digest=secret, Content_Encoding=secret)
            self.offer(csv_of([GOOD]), XLSX)
            self.offer(csv_of([GOOD]), query=f"plan={secret}&{secret}={secret}")

    def send(self, data: bytes, media_type: str = CSV, *, dry: str = "") -> str:
        """The id of the file, when all has been done with it."""
        taken = self.offer(data, media_type, query=f"plan=basic{dry}")
        assert taken.status_code == 202, taken.text
        path = f"/batches/{taken.json()['id']}"
        until(lambda: self.call("GET", path).json()["status"] == "completed")
        for accept in (NDJSON, CSV, XLSX):
            got = self.call("GET", f"{path}/results", headers={"Accept": accept})
            assert got.status_code == 200
        return path

    def offer(
        self, data: bytes, media_type: str = CSV, *, query: str = "plan=basic", **headers: str
    ) -> requests.Response:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Content-Type": media_type, "Idempotency-Key": str(uuid4()), **told}
        return self.call("POST", f"/batches?{query}", data=data, headers=given)

    def take_on(self, serial: int, **cells: Any) -> requests.Response:
        return self.call("POST", "/workers", params={"plan": "basic"}, json=driver(serial, **cells))

    def take_some_on(self) -> None:
        """One by one; most of them cannot be."""
        for each in ({}, {"full_name": f"{NAME} {NAME}"}):
            assert self.take_on(20, **each).status_code == 201
        assert self.take_on(21, external_id="OK-2").status_code == 422
        assert self.take_on(20, external_id="OK-20b").status_code == 422
        for row in misplaced():
            assert self.call("POST", "/workers?plan=basic", json=row).status_code == 422
        for secret in SECRETS:
            self.take_on(22, **{secret: secret})
            self.take_on(22, nik=[secret], sex={secret: secret})
            self.call("POST", "/workers", params={"plan": secret}, json=secret)
            headers = {"Idempotency-Key": f"{secret} é"}
            self.call("POST", "/workers?plan=basic", json=driver(22), headers=headers)

    def ask_amiss(self) -> None:
        for secret in SECRETS:
            for place in ("batches", "workers", "invoices", "webhooks"):
                self.call("GET", f"/{place}/{secret}")
                self.call("GET", f"/{place}", params={"cursor": secret, secret: secret})
            self.call("GET", "/workers", params={"identity": secret, "link": secret})
            self.call("GET", f"{self.batch}/results", params={"outcome": secret})
            self.call("GET", f"{self.batch}/results", headers={"Accept": secret})
            self.call("POST", "/coverage-queries", json={"external_ids": [[secret]]})
            self.call("POST", "/invoices", json={"month": secret, "all": secret})
            self.call("POST", "/webhooks", json={"url": secret, "events": [secret]})
            self.call("POST", "/webhooks", json={"url": f"https://10.0.0.1/{secret}"})

    def welcome(self) -> None:
        """At once: the worker would within a minute."""
        welcoming.welcome(self.ports)

    def pay_for_all(self) -> None:
        order = {"month": str(Month.at(self.ports.clock.now()) + 1), "all": True}
        bill = self.call("POST", "/invoices", json=order).json()
        assert bill["lines"] > 0, bill
        its = {"virtual_account_no": bill["virtual_account_no"]}
        paid = requests.post(f"{self.kenari.stack.sandbox}/bank/payments", json=its, timeout=30)
        assert paid.json()["payment"]["responseCode"] == "2002500", paid.text
        path = f"/invoices/{bill['id']}"
        until(lambda: self.call("GET", path).json()["status"] == "paid")
        self.call("GET", f"{path}/lines")
        self.call("GET", f"{path}/left-out")

    def identities(self, status: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(
            "GET", "/workers", params={"identity": status, "limit": 100}
        ).json()["items"]
        return found

    @property
    def tries_at_the_deaf(self) -> int:
        items = self.call("GET", f"/webhooks/{self.deaf}/deliveries").json()["items"]
        return sum(len(each["attempts"]) for each in items)

    def heard(self) -> list[dict[str, Any]]:
        """What was sent to the place that answers."""
        items: list[dict[str, Any]] = requests.get(self.place, timeout=10).json()["items"]
        return items

    def wait_for(self, *events: str) -> None:
        """Until it has heard of each."""
        until(lambda: set(events) <= {each["event"]["type"] for each in self.heard()})
