"""Environment variables, read so that every fault can be told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

PORT = re.compile(r"[0-9]{1,5}")
COUNT = re.compile(r"[0-9]{1,2}")
QUOTA = re.compile(r"[0-9]{1,9}")
PERCENT = re.compile(r"[1-9][0-9]?|100")


class Environment(StrEnum):
    PRODUCTION = "production"
    DEVELOPMENT = "development"


class BadSettings(Exception):
    """What is wrong with the settings: one sentence a fault, never a value."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(["The settings cannot be used:", *(f"- {f}" for f in faults)]))
        self.faults = tuple(faults)


class Environ:
    """Reads one variable at a time and keeps what is wrong for the end.

    A faulty variable reads as its fallback, so that the reading can go on;
    nothing that was read may be used before ``finish`` has been called.
    An empty variable counts as unset.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.faults: list[str] = []
        self.environment = self._environment()

    @property
    def production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    def finish(self) -> None:
        """:raises BadSettings: something that was read is missing or wrong."""
        if self.faults:
            raise BadSettings(self.faults)

    def fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    def text(self, name: str) -> str | None:
        return self.variables.get(name) or None

    def required(self, name: str, what: str) -> str:
        value = self.text(name)
        if value is None:
            self.fault(f"{name} is missing: {what}")
        return value or ""

    def port(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not PORT.fullmatch(value) or not 1 <= int(value) <= 65535:
            self.fault(f"{name} is not a port: a whole number from 1 to 65535")
            return default
        return int(value)

    def count(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not COUNT.fullmatch(value):
            self.fault(f"{name} is not a count: a whole number from 0 to 99")
            return default
        return int(value)

    def quota(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not QUOTA.fullmatch(value):
            self.fault(f"{name} is not a quota: a whole number below a thousand million")
            return default
        return int(value)

    def percent(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not PERCENT.fullmatch(value):
            self.fault(f"{name} is not a percentage: a whole number from 1 to 100")
            return default
        return int(value)

    def web_address(self, name: str, default: str | None) -> str:
        """An address that a service is reached at, without a closing slash."""
        value = self.text(name) or default or self.required(name, "the address of the service")
        if value and not _is_web_address(value):
            self.fault(f"{name} is not an address: it should look like https://host/path")
        return value.rstrip("/")

    def development_only(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and self.production:
            self.fault(f"{name} is for development; unset it in production")
        return value

    def instant(self, name: str) -> datetime | None:
        """A moment with its offset from UTC; development only."""
        value = self.development_only(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fault(f"{name} is not an instant: it should look like 2027-02-10T09:00:00+07:00")
            return None
        return moment

    def seconds(self, name: str) -> timedelta | None:
        """A length of time in seconds, which may be negative; development only."""
        value = self.development_only(name)
        try:
            return None if value is None else timedelta(seconds=float(value))
        except (ValueError, OverflowError):
            self.fault(f"{name} is not a number of seconds")
            return None

    def _environment(self) -> Environment:
        value = self.text("JARING_ENV") or Environment.PRODUCTION
        try:
            return Environment(value)
        except ValueError:
            self.fault("JARING_ENV is neither production nor development")
            return Environment.PRODUCTION


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
