"""How much of the machine the work on files may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """After each stretch of work a rest, so long that work is no more than a share of the whole.

    While it works, a bulk process and what the database does for it take turns more than they run
    beside each other: together they use about one processor.

    :param share: percent of one processor, 1 to 100.
    """

    share: int
    elapsed: Callable[[], float] = time.monotonic

    def kept(self, work: Callable[[], bool], rest: Callable[[float], object]) -> bool:
        """Work once, and rest if there was anything to do. Whether there was."""
        begun = self.elapsed()
        worked = work()
        if worked and self.share < 100:
            rest((self.elapsed() - begun) * (100 - self.share) / self.share)
        return worked
