"""Officers whose password and codes are known, because they were just given to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

from pyotp import TOTP

from models.values.access import StaffRole
from services.ports import Ports
from services.staff import accounts
from services.staff.accounts import NewCredentials, NewOfficer
from services.staff.signing_in import Credentials, Opened, sign_in

DESK = "203.0.113.9"
ELSEWHERE = "198.51.100.77"
_numbers = count(1)


@dataclass
class Newcomer:
    """Signs in from their desk, with the code that their phone shows."""

    ports: Ports
    given: NewCredentials = field(repr=False)

    @classmethod
    def of(cls, ports: Ports, role: StaffRole = StaffRole.SUPPORT) -> Newcomer:
        username = f"new-{role}-{next(_numbers)}"
        return cls(ports, accounts.add(ports, None, NewOfficer(username, role)))

    @property
    def username(self) -> str:
        return self.given.account.username

    @property
    def code(self) -> str:
        return TOTP(self.given.totp_secret).at(self.ports.clock.now())

    def types(self, source: str = DESK, **typed: str) -> Credentials:
        right = Credentials(
            username=self.username, password=self.given.password, otp=self.code, source=source
        )
        return replace(right, **typed)

    def signs_in(self, source: str = DESK, *, by_cookie: bool = False, **typed: str) -> Opened:
        return sign_in(self.ports, self.types(source, **typed), by_cookie=by_cookie)
