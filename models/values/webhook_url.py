"""Where a partner wants to be told of events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Self

from models.values.public_address import is_loopback, is_public

LONGEST = 2000
HTTPS_PORT, HTTP_PORT = 443, 80

# Read once, by us alone: of what two readers understand differently, one makes a hole. Nobody can
# stand before an @ here, and nothing that ends a line or a host can stand anywhere.
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?][!-\[\]-~]*)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z][A-Za-z0-9-]{0,62}")


class UrlFault(StrEnum):
    """Why no event can be sent there."""

    NOT_A_URL = "not-a-url"
    NOT_HTTPS = "not-https"
    OTHER_PORT = "other-port"
    NOT_PUBLIC = "address-not-public"


class UrlRefused(ValueError):
    def __init__(self, fault: UrlFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class WebhookUrl:
    """:param host: a name, or an address without its brackets.
    :param path: with its query; it may hold a token, so it is shown to nobody but its owner.
    """

    secure: bool
    host: str = field(repr=False)
    port: int
    path: str = field(repr=False)

    @classmethod
    def parse(cls, written: str, *, loopback: bool) -> Self:
        """:param loopback: whether this machine may be called, by http and on any port.
        :raises UrlRefused: nothing can be sent there.
        """
        found = _URL.fullmatch(written)
        if found is None or len(written) > LONGEST or "#" in written:
            raise UrlRefused(UrlFault.NOT_A_URL)
        secure = found["scheme"].lower() == "https"
        usual = HTTPS_PORT if secure else HTTP_PORT
        rest = found["rest"] or "/"
        path = rest if rest.startswith("/") else f"/{rest}"
        url = cls(secure, _host(found["host"]), int(found["port"] or usual), path)
        if not (loopback and url.is_this_machine and url.port <= 65535):
            url._refuse_unless_public()
        return url

    @property
    def is_this_machine(self) -> bool:
        return self.host == "localhost" or is_loopback(self.host)

    @property
    def authority(self) -> str:
        """As it stands in the header ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = HTTPS_PORT if self.secure else HTTP_PORT
        return host if self.port == usual else f"{host}:{self.port}"

    def _refuse_unless_public(self) -> None:
        if not self.secure:
            raise UrlRefused(UrlFault.NOT_HTTPS)
        if self.port != HTTPS_PORT:
            raise UrlRefused(UrlFault.OTHER_PORT)
        if self.is_this_machine or (_is_address(self.host) and not is_public(self.host)):
            raise UrlRefused(UrlFault.NOT_PUBLIC)


def _host(written: str) -> str:
    """:raises UrlRefused: it is neither a name nor an address. Other ways to write an address, such
    as 127.1 and 0x7f000001, are neither."""
    host = written.removeprefix("[").removesuffix("]").lower().removesuffix(".")
    if not (_is_address(host) or _NAME.fullmatch(host)):
        raise UrlRefused(UrlFault.NOT_A_URL)
    return host


def _is_address(host: str) -> bool:
    try:
        return bool(IPv6Address(host) if ":" in host else IPv4Address(host))
    except AddressValueError:
        return False
