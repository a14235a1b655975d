"""The pause before something that has ended is started again."""

from __future__ import annotations

import time

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
# Who has lived this many seconds has recovered: the next pause is short again.
HEALTHY_SECONDS = 30.0


class Pause:
    """Longer each time, so that what cannot run does not keep the machine busy."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE
        self._over_at = 0.0

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._over_at

    def begin(self, *, lived: float) -> float:
        """:param lived: how many seconds it ran this time. :return: how many it has to wait."""
        seconds = FIRST_PAUSE if lived >= HEALTHY_SECONDS else self._next
        self._over_at = time.monotonic() + seconds
        self._next = min(seconds * 2, LONGEST_PAUSE)
        return seconds
