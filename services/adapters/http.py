"""The one way in which we call somebody else's HTTP API."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3

from services.errors import DomainError, Unavailable

log = logging.getLogger(__name__)

_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json", re.IGNORECASE)
_PIECE = 64 * 1024  # bytes
# Uncompressed: a small compressed answer could unfold without end.
_ACCEPTED = {"Accept": "application/json", "Accept-Encoding": "identity"}

NO_REFUSALS: Mapping[int, type[DomainError]] = {}


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait for an answer, in seconds, and how much of one to take, in bytes.

    ``read`` is the longest silence and ``total`` bounds the whole answer, so that
    a server that sends a byte now and then cannot hold a worker.
    """

    connect: float = 3.05
    read: float = 10
    total: float = 20
    size: int = 1024 * 1024


def nothing() -> None:
    """What happens after a call, unless somebody wants to know."""


class _Unusable(Exception):
    """There is no answer that can be read. The message never holds any of it."""


@dataclass(frozen=True, kw_only=True)
class JsonClient:
    """Speaks JSON with one service.

    :param unavailable: raised when there is no usable answer, whatever the cause.
    :param headers: sent with every call; credentials belong here.
    :param after_call: called once the service has answered, before the answer is read.
    """

    base_url: str
    unavailable: type[Unavailable]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    patience: Patience = Patience()
    after_call: Callable[[], None] = field(default=nothing, repr=False)
    # A requests.Session is not promised to be safe between threads.
    _here: threading.local = field(
        default_factory=threading.local, init=False, repr=False, compare=False
    )

    def get(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Get a JSON object.

        :raises Unavailable: ``unavailable``, when there was no usable answer.
        """
        return self._call("GET", path, NO_REFUSALS, params=params)

    def post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        refusals: Mapping[int, type[DomainError]] = NO_REFUSALS,
    ) -> dict[str, Any]:
        """Post a JSON object and return the one that comes back.

        :param refusals: statuses that say something definite, and the error for each.
        :raises Unavailable: ``unavailable``, when there was no usable answer.
        """
        return self._call("POST", path, refusals, json=body)

    def _call(
        self, method: str, path: str, refusals: Mapping[int, type[DomainError]], **sent: Any
    ) -> dict[str, Any]:
        try:
            response, body = self._exchange(method, path, **sent)
            self.after_call()
            if response.status_code in refusals:
                raise refusals[response.status_code]
            return _object_in(response, body)
        except _Unusable as error:
            # Reasons are our own words or the name of an exception: an exception's
            # text may quote what was sent or received. Hence also ``from None``.
            log.warning("no usable answer from %s %s: %s", method, path, error)
            raise self.unavailable from None

    def _exchange(self, method: str, path: str, **sent: Any) -> tuple[requests.Response, bytes]:
        give_up_at = time.monotonic() + self.patience.total
        try:
            with self._session.request(
                method,
                self.base_url + path,
                headers={**_ACCEPTED, **self.headers},
                timeout=(self.patience.connect, self.patience.read),
                allow_redirects=False,
                stream=True,
                **sent,
            ) as response:
                return response, self._read(response, give_up_at)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _Unusable(type(error).__name__) from None

    def _read(self, response: requests.Response, give_up_at: float) -> bytes:
        """All of the body. ``read1`` returns what has come, so the bounds are looked at often."""
        body = bytearray()
        while piece := response.raw.read1(_PIECE, decode_content=False):
            body += piece
            if len(body) > self.patience.size:
                raise _Unusable("the answer is too long")
            if time.monotonic() > give_up_at:
                raise _Unusable("the answer takes too long")
        return bytes(body)

    @property
    def _session(self) -> requests.Session:
        """This thread's own connections."""
        if not hasattr(self._here, "session"):
            session = requests.Session()
            # Otherwise a .netrc on the machine would replace our Authorization.
            session.trust_env = False
            self._here.session = session
        kept: requests.Session = self._here.session
        return kept


def _object_in(response: requests.Response, body: bytes) -> dict[str, Any]:
    if not 200 <= response.status_code < 300:
        raise _Unusable(f"status {response.status_code}")
    media_type = response.headers.get("Content-Type", "").split(";")[0].strip()
    if not _JSON.fullmatch(media_type):
        raise _Unusable("not JSON by its content type")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise _Unusable("not readable as JSON") from None
    if not isinstance(answer, dict):
        raise _Unusable("not a JSON object")
    return answer
