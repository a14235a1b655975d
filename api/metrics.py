"""How many requests of which kind, and how long they took.

Each web process writes its numbers into files under PROMETHEUS_MULTIPROC_DIR, which
whoever starts them sets and empties; one process of its own adds them up.
"""

from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, Histogram, make_wsgi_app
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = Histogram(
    "jaring_request_seconds",
    "Requests by route and status, and the seconds that they took.",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_children: dict[tuple[str, str, int], Histogram] = {}


def observe(method: str, route: str, status: int, seconds: float) -> None:
    key = (method, route, status)
    child = _children.get(key)
    if child is None:
        child = _children[key] = _SECONDS.labels(method, route, str(status))
    child.observe(seconds)


def directory(data_dir: Path) -> Path:
    """Where the web processes of this installation write their numbers."""
    return data_dir / "metrics"


def server(data_dir: Path, port: int) -> WSGIServer:
    """What answers ``/metrics``, on the loopback address only."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(directory(data_dir)))  # type: ignore[no-untyped-call]
    return make_server("127.0.0.1", port, make_wsgi_app(registry), handler_class=_Quiet)


def serve(data_dir: Path, port: int) -> None:
    """Answer until the process ends."""
    directory(data_dir).mkdir(parents=True, exist_ok=True)
    with server(data_dir, port) as running:
        running.serve_forever()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each time the numbers are fetched."""

    def log_message(self, format: str, *args: object) -> None: ...
