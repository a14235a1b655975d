"""The bulk program: files of drivers are worked off, beside everything else and in nobody's way.

It has a process of its own, so that its pace, its memory and its end are its own. The queue only
wakes it: what there is to do stands in the tables, and it looks there when it starts and every half
second. So nothing is lost with a job, and a file goes on at once after a crash.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

import procrastinate

from services.background import Lane, unbound_app
from services.enrolment.draining import Drainer
from services.enrolment.pace import Pace
from services.jobs import DrainBatches
from services.ports import Ports

# In seconds. One look is two statements that find nothing.
LOOK = 0.5
# What every look meets, the database being away, is not met hundreds of times a minute.
TROUBLE = 2.0

LANES = (Lane(DrainBatches.queue, at_once=1),)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bulk:
    """:param drain_one: see ``Drainer``."""

    drain_one: Callable[[], bool]
    pace: Pace
    look: float = LOOK
    _woken: Event = field(default_factory=Event)
    _stopped: Event = field(default_factory=Event)

    def run(self) -> None:
        """Work until told to stop, which is after the chunk that is being done."""
        while not self._stopped.is_set():
            # Before looking: whoever wakes us while we look has us look again.
            self._woken.clear()
            if not self._drained_one():
                self._woken.wait(self.look)

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopped.set()
        self._woken.set()

    def _drained_one(self) -> bool:
        try:
            return self.pace.kept(self.drain_one, self._stopped.wait)
        except Exception as error:  # the database is away, mostly; there is nobody to tell
            log.warning("no chunk could be begun", exc_info=error)
            self._stopped.wait(TROUBLE)
            return False


def build_bulk(ports: Ports, share: int) -> Bulk:
    return Bulk(Drainer(ports).drain_one, Pace(share))


def build_worker(bulk: Bulk, database_url: str) -> procrastinate.App:
    """What listens to the queue for it."""
    app = unbound_app(database_url)

    @app.task(name=DrainBatches.name, queue=DrainBatches.queue)
    def wake(batch_id: str) -> None:
        bulk.wake()

    return app
