"""Where rejected rows are put, to be mended: beside the file that they came in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from upload.refusals import CannotUpload

# It holds NIKs and phone numbers.
_OWNER_ONLY = 0o600


def place_beside(path: Path) -> Path:
    """A name that no file has yet: rows that somebody is mending are not written over."""
    name = path.name.partition(".")[0]
    for number in count(1):
        place = path.with_name(f"{name}.rejected{f'-{number}' if number > 1 else ''}.csv")
        if not place.exists():
            return place
    raise AssertionError("numbers never end")


@contextmanager
def written_whole(place: Path, wanted: Callable[[], object] = lambda: True) -> Iterator[IO[bytes]]:
    """A file that stands there when the block ends well, and leaves nothing behind if not.

    :param wanted: asked at the end whether it is to stand there at all.
    :raises CannotUpload: it cannot be written there.
    """
    unfinished = place.with_name(f"{place.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
            if wanted():
                unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise CannotUpload(f"{error.strerror}: {place}") from None
