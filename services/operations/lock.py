"""One at a time: a lock that the kernel lets go of, however its holder ends."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


class AlreadyRunning(Exception):
    """Another process holds what only one may have; the message says which."""


class Lock:
    def __init__(self, path: Path, sentence: str) -> None:
        """:param sentence: what to say when another process holds it."""
        self.path = path
        self.sentence = sentence
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Hold it from now on; nothing happens if this object does already.

        :raises AlreadyRunning: another process holds it.
        """
        if self._file is not None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise AlreadyRunning(self.sentence) from None
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def held_by_another(self) -> bool:
        if not self.path.exists():
            return False
        with self.path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return True
        return False
