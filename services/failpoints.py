"""Places where a test wants a process to die, as a power cut would have it.

``JARING_FAILPOINT`` names a directory; development only. A place is a kind of event and the use
case that it happens in, such as ``commit registration.register`` (right after that commit) or
``call identity.check`` (right after the registry has answered).

- ``passed`` lists the places that were passed, one a line.
- ``armed`` is written by the test: a place, and the id of the process to kill there; without an
  id it is the process that comes by.
- ``fired`` is what ``armed`` becomes, with the id of who was killed: each kills once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

# What stands between a use case and the place, or calls use cases.
_MACHINERY = (
    "services.adapters.",
    "services.background",
    "services.failpoints",
    "services.transactions",
)


def nothing() -> None:
    """What happens at a place where nobody wants to die."""


def failpoint(directory: str | None, kind: str) -> Callable[[], None]:
    """What to call where something of a kind (``commit`` or ``call``) has just happened."""
    if directory is None:
        return nothing
    folder = Path(directory)

    def reached() -> None:
        place = f"{kind} {_use_case()}"
        with (folder / "passed").open("a") as passed:
            passed.write(f"{place}\n")
        victim = _claim(folder / "armed", place)
        if victim is not None:
            (folder / "fired").write_text(str(victim))
            os.kill(victim, signal.SIGKILL)

    return reached


def _use_case() -> str:
    """What was asked of ``services``: the outermost of our functions on the stack. So no place has
    to be named by hand, and none can be forgotten."""
    found = "nobody"
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals["__name__"]
        if module.startswith("services.") and not module.startswith(_MACHINERY):
            found = f"{module.removeprefix('services.')}.{frame.f_code.co_name}"
        frame = frame.f_back
    return found


def _claim(armed: Path, place: str) -> int | None:
    """The process to kill, if it is to be killed here and nobody else came first."""
    try:
        wanted, _, victim = armed.read_text().partition("@")
        if wanted != place:
            return None
        armed.unlink()
    except FileNotFoundError:
        return None
    return int(victim or os.getpid())
