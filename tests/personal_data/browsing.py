"""What officers see of her in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests

from console import cookies
from models.values.access import StaffRole
from tests.canary import KENARI
from tests.personal_data.petugas import CALLER, REVIEWS, SECRETS, Petugas

_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass
class Browser:
    """:param pages: everything that was shown, or that it was sent on to."""

    petugas: Petugas
    role: StaffRole
    pages: list[requests.Response]

    def __post_init__(self) -> None:
        self._cookie = str(uuid4())
        self.petugas.officer(self.role, self._cookie)

    def get(self, path: str, **query: str) -> requests.Response:
        return self._open("GET", path, params=query)

    def post(self, path: str, **fields: Any) -> requests.Response:
        token = _TOKEN.search(self.get("/own").text)
        assert token
        return self._open("POST", path, data={"token": token[1], **fields})

    def _open(self, method: str, path: str, **sent: Any) -> requests.Response:
        headers = {
            "Cookie": f"{cookies.SESSION}={self._cookie}",
            "Sec-Fetch-Site": "same-origin",
            "Accept-Language": "en",
        }
        url = f"{self.petugas.kenari.stack.api}/console{path}"
        page = requests.request(
            method, url, headers=headers, timeout=20, allow_redirects=False, **sent
        )
        self.pages.append(page)
        return page


def browse(petugas: Petugas) -> list[requests.Response]:
    """Everything that was shown, and whatever else was answered."""
    pages: list[requests.Response] = []
    _find_her(petugas, pages)
    _read_about_her(petugas, pages)
    _see_to_her(petugas, pages)
    return pages


def _find_her(petugas: Petugas, pages: list[requests.Response]) -> None:
    support = Browser(petugas, StaffRole.SUPPORT, pages)
    auditor = Browser(petugas, StaffRole.AUDITOR, pages)
    for key in petugas.keys:
        fields = _typed(key)
        assert petugas.kenari.id in support.post("/lookup", **CALLER, **fields).text, key
        assert auditor.post("/audit/searches", **fields).status_code == 200
    for secret in SECRETS:
        fields = _typed({"external_id": secret, "partner": secret})
        support.post("/lookup", reason=secret, note=KENARI.nik, **fields)
        auditor.post("/audit/searches", **fields)
        # An address that the officer made themself: what stands in its page is not looked at.
        Browser(petugas, StaffRole.AUDITOR, []).get("/audit", account=secret)
    auditor.get("/audit", worker=petugas.kenari.id)


def _typed(key: dict[str, str]) -> dict[str, str]:
    """Into the form, whose numbers have one field."""
    [first, *more] = key
    if more:
        return key | {"by": "name" if first == "full_name" else first}
    return {"by": first, "number": key[first]}


def _read_about_her(petugas: Petugas, pages: list[requests.Response]) -> None:
    support = Browser(petugas, StaffRole.SUPPORT, pages)
    her = f"/workers/{petugas.kenari.id}"
    for path in (her, f"{her}/caller-asks", f"{her}/caller-asks/all", f"{her}/caller-asks/reveal"):
        assert support.get(path).status_code == 200, path
    shown = support.post(f"{her}/caller-asks/reveal", fields=["phone", "email", "address"])
    assert KENARI.texts[3] in shown.text
    for secret in SECRETS:
        support.post(f"{her}/caller-asks/reveal", fields=[secret], note=KENARI.nik)
        support.post(her, reason=secret)
        support.post(f"{her}/caller-asks/messages/{uuid4()}/resend", channel=secret)
        support.post("/own/password", current_password=secret, new_password=secret, otp=secret)


def _see_to_her(petugas: Petugas, pages: list[requests.Response]) -> None:
    reviewer = Browser(petugas, StaffRole.REVIEWER, pages)
    items = petugas.call(StaffRole.REVIEWER, "GET", REVIEWS).json()["items"]
    for item in items:
        reviewer.get(f"/reviews/{item['id']}")
        reviewer.post(f"/reviews/{item['id']}/claim")
        reviewer.post(f"/reviews/{item['id']}/decision", decision="verify", note=KENARI.nik)
    reviewer.post(f"/privacy-requests/for/{petugas.kenari.id}", kind="export", note=KENARI.nik)
    reviewer.get(f"/privacy-requests/for/{petugas.kenari.id}")
