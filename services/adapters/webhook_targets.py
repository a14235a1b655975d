"""Sending to addresses that somebody else has named.

An address is looked up once, every answer is judged, and the connection goes to the very one that
was judged: a name that means something else a moment later leads nowhere else. The name still goes
into TLS and is what the certificate must be for. Nothing is redirected, no proxy and no setting of
the machine has a say, and of the answer nothing is read but its status.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from typing import Any

import certifi

from models.values.public_address import is_loopback, is_public
from models.values.target_trouble import TargetTrouble
from models.values.webhook_url import UrlRefused, WebhookUrl
from services.adapters.http import nothing
from services.ports import TargetAnswer

Place = tuple[Any, ...]
"""Where to connect to, as the socket library writes it: address and port first."""
Resolve = Callable[[str, int], Sequence[Place]]

PATIENCE = 10.0
_CONNECT = 3.0
# Of a name with very many addresses only some are tried.
_TRIED = 3


class _NoAnswer(Exception):
    def __init__(self, trouble: TargetTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _trusting_the_usual() -> ssl.SSLContext:
    """The same authorities on every machine."""
    return ssl.create_default_context(cafile=certifi.where())


def resolved(host: str, port: int) -> Sequence[Place]:
    """:raises OSError: there is no such name.
    :raises UnicodeError: nor can there be one.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [place for _, _, _, _, place in found]


@dataclass(frozen=True, kw_only=True)
class CheckedTargets:
    """:param loopback: whether this machine may be called: for development.
    :param resolve: gives all places of a name.
    :param is_allowed: judges an address.
    :param patience: for a whole exchange, in seconds.
    :param after_call: called once the other side has answered.
    """

    loopback: bool
    tls: ssl.SSLContext = field(default_factory=_trusting_the_usual, repr=False)
    resolve: Resolve = resolved
    is_allowed: Callable[[str], bool] = is_public
    patience: float = PATIENCE
    after_call: Callable[[], None] = field(default=nothing, repr=False)

    def read(self, url: str) -> WebhookUrl:
        return WebhookUrl.parse(url, loopback=self.loopback)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> TargetAnswer:
        left = _Deadline(self.patience)
        try:
            target = self.read(url)
            with closing(self._connected(target, left)) as line:
                status = _exchange(line, target, body, headers)
        except UrlRefused:
            return TargetAnswer(trouble=TargetTrouble.URL_REFUSED)
        except _NoAnswer as none:
            return TargetAnswer(trouble=none.trouble)
        except TimeoutError:
            return TargetAnswer(trouble=TargetTrouble.TIMED_OUT)
        except (OSError, HTTPException, ValueError):
            # Also of what a certificate or an answer says: nothing of it is kept.
            return TargetAnswer(trouble=TargetTrouble.NO_HTTP)
        self.after_call()
        return TargetAnswer(status=status)

    def _connected(self, target: WebhookUrl, left: _Deadline) -> _Line:
        plain = _connected_to(self._places(target, left), left)
        if not target.secure:
            return _Line(plain, left)
        try:
            plain.settimeout(left.seconds())
            return _Line(self.tls.wrap_socket(plain, server_hostname=target.host), left)
        except ssl.SSLCertVerificationError:
            plain.close()
            raise _NoAnswer(TargetTrouble.CERTIFICATE_REFUSED) from None
        except BaseException:
            plain.close()
            raise

    def _places(self, target: WebhookUrl, left: _Deadline) -> Sequence[Place]:
        """All places of the target, each of which may be called."""
        places = _looked_up(self.resolve, target, left.seconds())
        allowed = is_loopback if self.loopback and target.is_this_machine else self.is_allowed
        if not all(allowed(place[0]) for place in places):
            raise _NoAnswer(TargetTrouble.ADDRESS_NOT_PUBLIC)
        return places[:_TRIED]


class _Deadline:
    def __init__(self, patience: float) -> None:
        self._ends = time.monotonic() + patience

    def seconds(self) -> float:
        """:raises TimeoutError: none are left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Line(io.RawIOBase):
    """A connection as ``http.client`` uses one, whose every byte is awaited within one deadline.

    A time-out of the socket's own would begin anew with each byte of a target that drips them.
    """

    def __init__(self, connection: socket.socket, left: _Deadline) -> None:
        self._connection, self._left = connection, left

    def sendall(self, data: Any) -> None:
        self._connection.settimeout(self._left.seconds())
        self._connection.sendall(data)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(self._left.seconds())
        return self._connection.recv_into(buffer)

    def close(self) -> None:
        self._connection.close()
        super().close()


def _looked_up(resolve: Resolve, target: WebhookUrl, patience: float) -> Sequence[Place]:
    """Resolvers know no deadline, so one that hangs is left behind on a thread of its own."""
    answer: SimpleQueue[Sequence[Place]] = SimpleQueue()

    def look_up() -> None:
        try:
            answer.put(resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answer.put(())

    threading.Thread(target=look_up, daemon=True, name="look-up").start()
    try:
        places = answer.get(timeout=patience)
    except Empty:
        raise TimeoutError from None
    if not places:
        raise _NoAnswer(TargetTrouble.NAME_NOT_FOUND)
    return places


def _connected_to(places: Sequence[Place], left: _Deadline) -> socket.socket:
    """To the first place that takes the connection."""
    trouble = TargetTrouble.NO_CONNECTION
    for place in places:
        try:
            return socket.create_connection(place[:2], min(_CONNECT, left.seconds()))
        except TimeoutError:
            trouble = TargetTrouble.TIMED_OUT
        except OSError:
            trouble = TargetTrouble.NO_CONNECTION
    raise _NoAnswer(trouble)


def _exchange(line: _Line, target: WebhookUrl, body: bytes, headers: Mapping[str, str]) -> int:
    """:returns: the status of the answer."""
    http = HTTPConnection(target.host, target.port)
    http.sock = line
    about = {
        "Host": target.authority,
        "Content-Type": "application/json",
        "User-Agent": "Jaring-Webhooks/1",
        "Connection": "close",
    }
    http.request("POST", target.path, body, {**about, **headers})
    return http.getresponse().status
