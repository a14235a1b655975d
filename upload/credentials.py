"""The partner's secret, and the tokens that it is exchanged for."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import quote_plus

import requests
from requests.auth import AuthBase

# Seconds before its end from which on a token is exchanged for the next.
_IN_TIME = 60.0


@dataclass(frozen=True)
class Credentials(AuthBase):
    """Signs a request for a token (RFC 6749, 2.3.1)."""

    client_id: str
    client_secret: str = field(repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"
        request.headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        return request


@dataclass(frozen=True)
class Token(AuthBase):
    """Signs every other request. As an ``auth`` and not as a header, or requests would put what a
    ``.netrc`` says in its place.

    :param ends: on the clock of whoever asked for it, in seconds.
    """

    access_token: str = field(repr=False)
    ends: float

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.access_token}"
        return request

    def spent(self, now: float) -> bool:
        return now >= self.ends - _IN_TIME
