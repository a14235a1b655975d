"""The sandbox's time. It moves with Jaring's, or no signature would be accepted."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.values.jakarta import WIB


@dataclass(frozen=True)
class Clock:
    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The present instant, told in Jakarta's time as banks do."""
        return datetime.fromtimestamp(time.time(), WIB) + self.offset


def written(instant: datetime) -> str:
    """As SNAP writes an instant: ``2026-11-22T14:00:00+07:00``."""
    return instant.astimezone(WIB).isoformat(timespec="seconds")
