"""Signing in by the browser, until the services for it are there."""

from __future__ import annotations

from dataclasses import dataclass

from models.staff import StaffSession
from services.callers import StaffCaller
from services.ports import Ports
from services.staff import access
from services.staff.access import StaffSignInRequired


@dataclass(frozen=True)
class Credentials:
    username: str
    password: str
    otp: str
    source: str


@dataclass(frozen=True)
class Opened:
    officer: StaffCaller
    session: StaffSession
    cookie: str | None


def sign_in(ports: Ports, credentials: Credentials, by_cookie: bool = False) -> Opened:
    raise StaffSignInRequired


def from_cookie(ports: Ports, cookie: str, source: str) -> StaffCaller:
    digest = ports.vault.digest("staff_cookie", cookie)
    with ports.transactions.begin() as session:
        found = session.query(StaffSession).filter_by(cookie_digest=digest).one_or_none()
    if found is None:
        raise StaffSignInRequired
    return access.officer(ports, found.account_id, found.id, source)


def end(ports: Ports, officer: StaffCaller) -> None:
    raise StaffSignInRequired


def end_everywhere(ports: Ports, officer: StaffCaller) -> None:
    raise StaffSignInRequired
