"""What an installation can set, read from the environment and checked as a whole."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, cast
from urllib.parse import urlsplit

from models.check_pace import DAILY_QUOTA
from services.database_settings import DatabaseSettings, data_dir
from services.environ import BadSettings, Environ, Environment
from services.keys import BadKeys, Keys

__all__ = ["BadSettings", "Environment", "Settings"]

BULK_SHARE = 60
LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a process of ours needs to know.

    ``host`` and ``port`` are the API's; the sandbox and the metrics listen on the
    loopback address only. ``bulk_share`` is how many percent of one processor a
    bulk process may use. ``clock_offset`` is added to the machine's clock, so
    that in development all processes can live at another time. ``failpoint``
    names a directory in which a test says where a process is to die. Of ``X-Forwarded-For`` and
    ``X-Forwarded-Proto`` the API believes what the last ``trusted_proxies`` have added.
    """

    environment: Environment
    data_dir: Path
    host: str
    port: int
    sandbox_port: int
    metrics_port: int
    trusted_proxies: int
    database: DatabaseSettings
    keys: Keys = field(repr=False)
    dukcapil_url: str
    dukcapil_daily_quota: int
    gateway_url: str
    bulk_share: int
    clock_offset: timedelta
    failpoint: str | None

    @property
    def development(self) -> bool:
        return self.environment is Environment.DEVELOPMENT

    @property
    def database_url(self) -> str:
        return self.database.url

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """Read every setting.

        :raises BadSettings: something is missing or wrong; every fault at once.
        """
        environ = Environ(variables)
        port = environ.port("JARING_PORT", 8080)
        sandbox_port = environ.port("JARING_SANDBOX_PORT", 8081)
        sandbox = f"http://127.0.0.1:{sandbox_port}"
        settings = cls(
            environment=environ.environment,
            data_dir=data_dir(environ),
            host=environ.text("JARING_HOST") or "127.0.0.1",
            port=port,
            sandbox_port=sandbox_port,
            metrics_port=environ.port("JARING_METRICS_PORT", beside(port)),
            trusted_proxies=environ.count("JARING_TRUSTED_PROXIES", 0),
            database=DatabaseSettings.read(environ),
            keys=_keys(environ),
            dukcapil_url=_outside(environ, "JARING_DUKCAPIL_URL", sandbox),
            dukcapil_daily_quota=environ.quota("JARING_DUKCAPIL_DAILY_QUOTA", DAILY_QUOTA.value),
            gateway_url=_outside(environ, "JARING_GATEWAY_URL", sandbox),
            bulk_share=environ.percent("JARING_BULK_SHARE", BULK_SHARE),
            clock_offset=_clock_offset(environ),
            failpoint=environ.development_only("JARING_FAILPOINT"),
        )
        environ.finish()
        return settings


def beside(port: int) -> int:
    """The port for what belongs to the server on ``port`` but is not for callers."""
    return port + 1000 if port + 1000 <= 65535 else port - 1000


def _keys(environ: Environ) -> Keys:
    """The key file's secrets. Beside a fault, nothing that may be used."""
    path = environ.text("JARING_KEYS")
    if path is None and not environ.production:
        path = str(data_dir(environ) / "keys" / "keys.json")
    try:
        keys = Keys.parse(Path(path or environ.required("JARING_KEYS", "the key file")).read_text())
    except BadKeys as error:
        for each in error.faults:
            environ.fault(f"JARING_KEYS: {each}")
        return cast(Keys, None)
    except (OSError, ValueError):
        if path is not None:
            environ.fault("JARING_KEYS names a file that cannot be read")
        return cast(Keys, None)
    if environ.production and keys.environment is not Environment.PRODUCTION:
        environ.fault("JARING_KEYS names development keys; production needs keys of its own")
    return keys


def _outside(environ: Environ, name: str, sandbox: str) -> str:
    """The address of a service that is not ours: in production never the sandbox."""
    if not environ.production:
        return environ.web_address(name, sandbox)
    address = environ.web_address(name, None)
    if address and (not address.startswith("https:") or _is_this_machine(address)):
        environ.fault(f"{name} is not the address of a real service: https, and not this machine")
    return address


def _is_this_machine(address: str) -> bool:
    host = (urlsplit(address).hostname or "").rstrip(".")
    ip = _ip_of(host)
    if ip is None:
        return host in LOCAL_NAMES or host.endswith(".localhost")
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_loopback or ip.is_unspecified


def _ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        # As resolvers read it: 127.1 and 2130706433 are addresses too.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        pass
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _clock_offset(environ: Environ) -> timedelta:
    """JARING_NOW is turned into an offset once, by whoever starts the other
    processes, and handed on in JARING_CLOCK_OFFSET: so all agree on the time."""
    moved_to = environ.instant("JARING_NOW")
    offset = environ.seconds("JARING_CLOCK_OFFSET")
    if offset is not None or moved_to is None:
        return offset or timedelta()
    return moved_to - datetime.fromtimestamp(time.time(), UTC)
