"""A phone's connection to a server: what is lost on the way is sent again, and done once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

TIMEOUT = (5.0, 20.0)
"""Seconds to reach the server, and for it to answer."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class CannotGoOn(Exception):
    """The journey ends here; the message says why, and what to do about it."""


class Refused(CannotGoOn):
    """The server has understood, and says no. ``code`` is the problem's."""

    def __init__(self, asked: str, answer: Mapping[str, Any]) -> None:
        said = [str(answer.get("detail") or answer.get("error") or "no reason given")]
        said += [_told(fault) for fault in answer.get("errors", ())]
        super().__init__(f"{asked} was refused: {' '.join(said)}")
        self.code = answer.get("code")


@dataclass
class Connection:
    """:param advice: what to do when nobody answers.
    :param patience: for how many seconds one request is sent again.
    """

    base_url: str
    advice: str
    patience: float = 60.0
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    token: str | None = None
    _met: bool = False
    _http: requests.Session = field(default_factory=requests.Session, repr=False)

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        return self.send("GET", path, query=query)

    def send(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The answer to a request, which keeps its ``Idempotency-Key`` however often it is sent.

        :raises Refused: the server says no.
        :raises CannotGoOn: nobody answers, or only to say that we should come back much later.
        """
        asked, headers = f"{method} {path}", self._headers()
        deadline = self.now() + self.patience
        for pause in growing(FIRST_PAUSE, LONGEST_PAUSE):
            answer = self._try(method, path, headers=headers, json=body, params=query)
            if answer is not None and not _says_later(answer):
                return self._read(asked, answer)
            wait = max(pause, _asked_to_wait(answer))
            if self.now() + wait > deadline:
                raise CannotGoOn(self._complaint(asked, answer, wait))
            self.pause(wait)
        raise AssertionError("pauses never end")

    def _headers(self) -> dict[str, str]:
        signed_in = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"Idempotency-Key": str(uuid4()), "Accept-Language": "en", **signed_in}

    def _try(self, method: str, path: str, **options: Any) -> requests.Response | None:
        """None where no answer came; nobody there at the very first is not worth waiting for."""
        try:
            answer = self._http.request(
                method, self.base_url + path, timeout=TIMEOUT, allow_redirects=False, **options
            )
        except (
            requests.ConnectionError,
            requests.Timeout,
            requests.exceptions.ChunkedEncodingError,
        ):
            if not self._met:
                raise CannotGoOn(f"Nobody answers at {self.base_url}. {self.advice}") from None
            return None
        except requests.RequestException:
            raise CannotGoOn(f"{self.base_url} is not an address that can be called.") from None
        self._met = True
        return answer

    def _read(self, asked: str, answer: requests.Response) -> dict[str, Any]:
        try:
            document = answer.json()
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise CannotGoOn(f"Whoever answers at {self.base_url} is not who should be there.")
        if not answer.ok:
            raise Refused(asked, document)
        return document

    def _complaint(self, asked: str, answer: requests.Response | None, wait: float) -> str:
        if answer is None:
            return f"{self.base_url} stopped answering. {self.advice}"
        if answer.status_code == 429:
            return f"{asked} may be tried again in {wait:.0f} seconds, not before."
        return f"{asked} is still answered with {answer.status_code}: see what the server logs."


def growing(first: float, longest: float) -> Iterator[float]:
    """Pauses in seconds, each twice the one before, without end."""
    pause = first
    while True:
        yield pause
        pause = min(2 * pause, longest)


def _says_later(answer: requests.Response) -> bool:
    busy = answer.status_code == 409 and "request-in-progress" in answer.text
    return busy or answer.status_code == 429 or answer.status_code >= 500


def _asked_to_wait(answer: requests.Response | None) -> float:
    """``Retry-After``, in seconds."""
    told = answer.headers.get("Retry-After", "") if answer is not None else ""
    return float(told) if told.isdecimal() else 0.0


def _told(fault: Mapping[str, Any]) -> str:
    where = fault.get("pointer") or fault.get("parameter") or fault.get("header")
    return f"{where}: {fault.get('detail')}"
