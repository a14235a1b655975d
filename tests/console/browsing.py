"""Somebody before a browser, signed in as an officer of some role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from console import cookies
from models.staff import StaffSession
from models.values.access import StaffRole
from services.callers import StaffCaller
from services.ports import Ports
from services.staff.sessions import cookie_digest
from tests.officers import officer

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(frozen=True)
class Browser:
    client: FlaskClient
    officer: StaffCaller | None = None
    language: str = "id"

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": self.language}, **options)

    def post(
        self, path: str, fields: dict[str, Any] | None = None, *, on: str | None = None
    ) -> TestResponse:
        """Send a form as it stands on the page ``on`` (any page, unless said), with its token."""
        data = {"token": token_on(self.get(on or "/console/own")), **(fields or {})}
        headers = {**FROM_HERE, "Accept-Language": self.language}
        return self.client.post(path, data=data, headers=headers)

    def speaking(self, language: str) -> Browser:
        return replace(self, language=language)


def signed_in(
    client: FlaskClient, ports: Ports, session: Session, role: StaffRole = StaffRole.SUPPORT
) -> Browser:
    who = officer(ports, session, role)
    cookie = f"cookie-of-{who.username}"
    opened = session.get_one(StaffSession, who.session_id)
    opened.cookie_digest = cookie_digest(ports, cookie)
    session.flush()
    client.set_cookie(cookies.SESSION, cookie)
    return Browser(client, who)


def token_on(page: TestResponse) -> str:
    found = _TOKEN.search(page.text)
    assert found, page.status
    return found[1]


def words_of(page: TestResponse) -> str:
    """The text of a page, as it is read."""
    body = re.sub(r"<head>.*?</head>", "", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
