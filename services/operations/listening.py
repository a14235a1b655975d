"""Whether our ports are free, and whether the server behind one is ready."""

from __future__ import annotations

import errno
import http.client
import logging
import socket
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.settings import Settings

# Far more than anybody runs beside each other.
_PORTS_TO_TRY = 100
_HIGHEST_PORT = 65535
# A Jaring whose supervisor was killed holds its ports until its web server has stopped.
PATIENCE = 15.0
POLL_SECONDS = 0.1
_SIDE_BY_SIDE = (
    "Two that run side by side need a JARING_PORT, JARING_SANDBOX_PORT and JARING_DATA_DIR each."
)

log = logging.getLogger(__name__)


class PortsTaken(Exception):
    """Jaring cannot listen where it should; one sentence a port."""


@dataclass(frozen=True)
class _Refusal:
    """Why we cannot listen somewhere. ``taken``: because somebody else does, who may end."""

    sentence: str
    taken: bool = False


def with_free_metrics_port(settings: Settings, variables: Mapping[str, str]) -> Settings:
    """The settings, with the next free port for metrics where nobody has named one.

    It is only ever ours to choose: whoever collects metrics names it, or reads it at the start.
    """
    if variables.get("JARING_METRICS_PORT"):
        return settings
    first = settings.metrics_port
    ours = (settings.port, settings.sandbox_port)
    for port in range(first, min(first + _PORTS_TO_TRY, _HIGHEST_PORT + 1)):
        if port not in ours and _error_of_listening("127.0.0.1", port) is None:
            return replace(settings, metrics_port=port)
    return settings


def check_ports(settings: Settings, *, patience: float = 0.0) -> None:
    """See that every port of ours can be listened on.

    :param patience: seconds in which whoever has one may let go of it.
    :raises PortsTaken: something else listens on a port of ours, two of ours are one, or
        there is no listening where we should.
    """
    deadline = time.monotonic() + patience
    refusals = _refusals(settings)
    if patience and _may_pass(refusals):
        ports = ", ".join(each.sentence.partition(";")[0] for each in refusals)
        log.warning("%s; waiting up to %d s for an earlier run to end", ports, patience)
    while _may_pass(refusals) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        refusals = _refusals(settings)
    if refusals:
        advice = [_SIDE_BY_SIDE] if any(each.taken for each in refusals) else []
        raise PortsTaken("\n".join([*(each.sentence for each in refusals), *advice]))


def is_ready(settings: Settings) -> bool:
    """Whether the API says that it can do its work."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    return is_ready_at(host, settings.port)


def is_ready_at(host: str, port: int) -> bool:
    """The same of whatever API listens there."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _may_pass(refusals: Sequence[_Refusal]) -> bool:
    return bool(refusals) and all(each.taken for each in refusals)


def _refusals(settings: Settings) -> list[_Refusal]:
    wanted = {
        "JARING_PORT": (settings.host, settings.port),
        "JARING_SANDBOX_PORT": ("127.0.0.1", settings.sandbox_port),
        "JARING_METRICS_PORT": ("127.0.0.1", settings.metrics_port),
    }
    names = defaultdict(list)
    for name, (_, port) in wanted.items():
        names[port].append(name)
    same = [
        _Refusal(f"{' and '.join(n)} are both {port}; set one of them to another one.")
        for port, n in names.items()
        if len(n) > 1
    ]
    errors = {name: _error_of_listening(*where) for name, where in wanted.items()}
    return same + [_refusal(name, wanted[name][1], e) for name, e in errors.items() if e]


def _refusal(name: str, port: int, error: OSError) -> _Refusal:
    if error.errno == errno.EADDRINUSE:
        return _Refusal(f"Port {port} is taken; set {name} to another one.", taken=True)
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        name = "JARING_HOST"
    return _Refusal(f"{name} is nowhere to listen on: {error.strerror}.")


def _error_of_listening(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)
        except OSError as error:
            return error
    return None
