"""Calls to a Jaring over a line that breaks and a server that is restarted.

What got no answer is sent again: reading twice is harmless, and a file carries a key under which it
counts once. A token that runs out is exchanged for another on the way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

import requests
from requests.auth import AuthBase

from upload.credentials import Credentials, Token
from upload.refusals import CannotUpload, Refused

T = TypeVar("T")

TOKEN_PATH = "/v1/oauth/token"  # noqa: S105
TIMEOUT = (10.0, 120.0)
"""Seconds to reach the server, and for it to go on answering."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 15.0
# Of what stalled on its way (408) nothing is kept; what is being received or worked on already
# (409) is answered in a while.
_LATER = frozenset({408, 429, 502, 503, 504})
_GRANT = {"grant_type": "client_credentials"}
_UNDER_WAY = "request-in-progress"
_LOST = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


@dataclass(frozen=True, kw_only=True)
class Call:
    """:param body: opens what is to be sent, from its beginning, however often it is asked."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], AbstractContextManager[Any]] = nullcontext


@dataclass
class Connection:
    """:param patience: for how many seconds a call is made again after it first failed."""

    base_url: str
    credentials: Credentials
    patience: float = 600.0
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _token: Token | None = field(default=None, repr=False)
    _met: bool = False
    _http: requests.Session = field(default_factory=requests.Session, repr=False)

    def document(self, call: Call) -> tuple[dict[str, Any], Mapping[str, str]]:
        """What a call is answered, and the headers of the answer.

        :raises Refused: the server says no.
        :raises CannotUpload: there is no answer, for too long.
        """
        return self.read(call, lambda answer: (self._document_of(answer), answer.headers))

    def read(self, call: Call, take: Callable[[requests.Response], T]) -> T:
        """What is made of the answer to a call.

        :param take: reads the answer while it arrives; it starts anew where that breaks off.
        :raises Refused, CannotUpload: as for ``document``.
        """
        failing = _Failing(self)
        renewed = False
        while True:
            answer = self._try(call, self._signed(), failing)
            if answer is None:
                continue
            with closing(answer):
                if answer.status_code == 401 and not renewed:
                    # It ended with a clock that is not ours, or its secret was revoked.
                    self._token, renewed = None, True
                elif _says_later(answer):
                    failing.wait(_asked_to_wait(answer), _complaint(call, answer))
                elif answer.status_code >= 300:
                    raise self._refusal(answer)
                else:
                    try:
                        return take(answer)
                    except _LOST:
                        failing.wait(0.0, self._silence())

    def _signed(self) -> Token:
        if self._token is None or self._token.spent(self.now()):
            self._token = self._new_token()
        return self._token

    def _new_token(self) -> Token:
        call = Call(method="POST", path=TOKEN_PATH, body=lambda: nullcontext(_GRANT))
        failing = _Failing(self)
        while True:
            asked_at = self.now()
            answer = self._try(call, self.credentials, failing)
            if answer is None:
                continue
            with closing(answer):
                if not _says_later(answer):
                    return self._token_in(answer, asked_at)
                failing.wait(_asked_to_wait(answer), _complaint(call, answer))

    def _token_in(self, answer: requests.Response, asked_at: float) -> Token:
        document = self._document_of(answer)
        if not answer.ok:
            raise CannotUpload(_why_no_token(document))
        return Token(str(document.get("access_token")), asked_at + _lifetime(document))

    def _try(self, call: Call, auth: AuthBase, failing: _Failing) -> requests.Response | None:
        """None where no answer came; nobody there at the very first is not worth waiting for."""
        try:
            answer = self._send(call, auth)
        except requests.exceptions.SSLError:
            raise CannotUpload(
                f"The certificate of {self.base_url} cannot be trusted, so nothing was sent."
            ) from None
        except _LOST:
            if not self._met:
                raise CannotUpload(f"Nobody answers at {self.base_url}: see --url.") from None
            failing.wait(0.0, self._silence())
            return None
        except (requests.RequestException, ValueError):
            raise CannotUpload(f"{self.base_url} is not an address that can be called.") from None
        self._met = True
        return answer

    def _send(self, call: Call, auth: AuthBase) -> requests.Response:
        with call.body() as body:
            return self._http.request(
                call.method,
                self.base_url + call.path,
                params=dict(call.query),
                headers={"Accept-Language": "en", "Accept": "application/json", **call.headers},
                data=body,
                auth=auth,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            )

    def close(self) -> None:
        self._http.close()

    def _silence(self) -> str:
        return f"{self.base_url} stopped answering. Run the same command again: it goes on."

    def _document_of(self, answer: requests.Response) -> dict[str, Any]:
        try:
            document = answer.json()
        except requests.exceptions.JSONDecodeError:
            document = None
        if not isinstance(document, dict):
            raise CannotUpload(f"Whoever answers at {self.base_url} is no Jaring: see --url.")
        return document

    def _refusal(self, answer: requests.Response) -> CannotUpload:
        if answer.is_redirect:
            return CannotUpload(f"{self.base_url} sends us elsewhere: give the right --url.")
        return Refused(self._document_of(answer))


class _Failing:
    """How long a call has gone without an answer, and for how long to wait before the next try."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._since: float | None = None
        self._pauses = growing(FIRST_PAUSE, LONGEST_PAUSE)

    def wait(self, asked: float, complaint: str) -> None:
        """:param asked: for how many seconds the server wants us to wait.
        :raises CannotUpload: with the complaint; it has been too long.
        """
        now = self._connection.now()
        self._since = now if self._since is None else self._since
        pause = max(asked, next(self._pauses))
        if now + pause > self._since + self._connection.patience:
            raise CannotUpload(complaint)
        self._connection.pause(pause)


def growing(first: float, longest: float) -> Iterator[float]:
    """Pauses in seconds, each twice the one before, without end."""
    pause = first
    while True:
        yield pause
        pause = min(2 * pause, longest)


def _says_later(answer: requests.Response) -> bool:
    return answer.status_code in _LATER or (answer.status_code == 409 and _UNDER_WAY in answer.text)


def _asked_to_wait(answer: requests.Response) -> float:
    """``Retry-After``, in seconds."""
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() and len(told) < 7 else 0.0


def _complaint(call: Call, answer: requests.Response) -> str:
    asked = f"{call.method} {call.path}"
    if answer.status_code == 429:
        wait = _asked_to_wait(answer)
        return f"{asked} was made too often; it may be tried again in {wait:.0f} seconds."
    return f"{asked} is still answered with {answer.status_code}. Run the same command again later."


def _why_no_token(document: Mapping[str, Any]) -> str:
    if document.get("error") == "invalid_client":
        return (
            "The client_id and client_secret are not accepted. Check them; if the secret was "
            "revoked, ask for another one."
        )
    return f"No token was given: {document.get('error_description') or document.get('detail')}"


def _lifetime(document: Mapping[str, Any]) -> float:
    told = document.get("expires_in")
    return float(told) if isinstance(told, int) else 0.0
