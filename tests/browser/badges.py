"""Officers with an account, and what they sign in with."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from pyotp import TOTP

from models.values.access import StaffRole
from services.operations.programs import PROJECT
from services.staff import accounts
from services.staff.accounts import NewOfficer
from services.wiring import build_ports
from tests.stack import Stack


@dataclass(frozen=True)
class Badge:
    """What an officer signs in with; the secret is in their phone."""

    username: str
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)

    @property
    def code(self) -> str:
        """What the phone shows now."""
        return self._totp.at(time.time())

    @property
    def next_code(self) -> str:
        """What it shows in half a minute. Phones' clocks differ, so that one is taken, too, by then
        also when the one of now is spent."""
        return self._totp.at(time.time(), counter_offset=1)

    @property
    def wrong_code(self) -> str:
        """One of no moment near this one."""
        near = {self._totp.at(time.time(), counter_offset=step) for step in range(-2, 4)}
        return next(code for code in map("{:06}".format, range(1_000_000)) if code not in near)

    @property
    def _totp(self) -> TOTP:
        return TOTP(self.totp_secret)


@dataclass
class Staff:
    """Everybody who works there."""

    jaring: Stack
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def employ(self, role: StaffRole) -> Badge:
        """Somebody new."""
        ports = build_ports(self.jaring.settings)
        try:
            given = accounts.add(ports, None, NewOfficer(self._username(role), role))
        finally:
            ports.transactions.engine.dispose()
        return Badge(given.account.username, given.password, given.totp_secret)

    def employ_at_command_line(self, role: StaffRole) -> Badge:
        """The same by ``jaring staff add``."""
        about = [self._username(role), "--role", role.value, "--json"]
        answer = subprocess.check_output(
            [sys.executable, "-m", "cli", "staff", "add", *about],
            cwd=PROJECT,
            env=self.jaring.programs["worker"].env,
            text=True,
            timeout=120,
        )
        given = json.loads(answer)
        return Badge(given["username"], given["password"], given["totp_secret"])

    def _username(self, role: StaffRole) -> str:
        return f"{role}.{next(self._numbers)}"
