"""Where the embedded database's socket lies."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path
from urllib.parse import quote

# struct sockaddr_un on Linux holds 108 bytes, one of them the closing NUL
# (104 on macOS, which the shorter name below respects as well).
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"

# A comma separates directories for the server and hosts for the client.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
# TMPDIR may be as long as it likes.
ALWAYS_SHORT = Path("/tmp")  # noqa: S108

DATABASE = "jaring"
OWNER_ROLE = "jaring_owner"
APP_ROLE = "jaring_app"


def socket_directory(data_dir: Path) -> Path:
    """A directory for the socket: under the data directory where that fits, or
    else one of its own in the system's temporary directory, always the same."""
    beside = data_dir.resolve() / "run"
    digest = hashlib.sha256(str(beside).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    elsewhere = (Path(tempfile.gettempdir()).resolve(), ALWAYS_SHORT)
    candidates = (beside, *(place / f"jaring-{digest}" for place in elsewhere))
    return next(candidate for candidate in candidates if _fits(candidate))


def embedded_url(data_dir: Path, role: str, database: str = DATABASE) -> str:
    """The SQLAlchemy address of the embedded database, for one role."""
    host = quote(str(socket_directory(data_dir)), safe="/")
    return f"postgresql+psycopg://{role}@/{database}?host={host}"


def _fits(directory: Path) -> bool:
    path = str(directory / SOCKET_NAME)
    return bool(PLAIN_PATH.fullmatch(path)) and len(path) <= LONGEST_SOCKET_PATH
