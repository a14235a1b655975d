"""What the sandbox has to know: where Jaring listens, what time it is, who may call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from models.values.jakarta import WIB
from sandbox.clock import Clock
from sandbox.dukcapil import RegistryAccount
from sandbox.snap_signing import BankCredentials


@dataclass(frozen=True, kw_only=True)
class Config:
    """:param slowness: how long a slow answer takes unless told otherwise; longer
    than Jaring waits for one.
    """

    snap_url: str
    bank: BankCredentials = field(repr=False)
    dukcapil: RegistryAccount
    gateway_token: str = field(repr=False)
    clock: Clock = field(default_factory=Clock)
    slowness: timedelta = timedelta(seconds=15)

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """From the environment and the key file.

        :raises OSError: there is no key file.
        :raises ValueError: a variable or the key file cannot be read.
        :raises KeyError or TypeError: the key file lacks something.
        """
        keys = json.loads(_keys_path(variables).read_text())
        port = int(variables.get("JARING_PORT") or 8080)
        return cls(
            snap_url=f"http://127.0.0.1:{port}/snap/v1.0",
            bank=BankCredentials.of(keys["bank"]),
            dukcapil=_registry_account(keys["dukcapil"]),
            gateway_token=keys["gateway"]["token"],
            clock=Clock(_offset(variables)),
        )


def _registry_account(keys: Mapping[str, Any]) -> RegistryAccount:
    return RegistryAccount(
        user_id=keys["user_id"], password=keys["password"], institution=keys["institution"]
    )


def _keys_path(variables: Mapping[str, str]) -> Path:
    written = variables.get("JARING_SANDBOX_KEYS")
    return Path(written or Path(variables.get("JARING_DATA_DIR") or "var", "keys", "sandbox.json"))


def _offset(variables: Mapping[str, str]) -> timedelta:
    """JARING_CLOCK_OFFSET, in seconds, is JARING_NOW worked out once for all processes."""
    if offset := variables.get("JARING_CLOCK_OFFSET"):
        return timedelta(seconds=float(offset))
    if moved_to := variables.get("JARING_NOW"):
        return _aware(datetime.fromisoformat(moved_to)) - Clock().now()
    return timedelta(0)


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)
