"""The bulk program begins by itself, goes on by itself, and ends when told to."""

from collections.abc import Callable
from threading import Thread

import pytest

from services.bulk import LANES, Bulk, build_worker
from services.enrolment.pace import Pace
from services.jobs import DrainBatches
from tests.waiting import until

FOR_EVER = 3_600.0


class Files:
    """What there is to do, chunk by chunk."""

    def __init__(self, chunks: int = 0, broken: bool = False) -> None:
        self.chunks, self.broken, self.looks = chunks, broken, 0

    def drain_one(self) -> bool:
        self.looks += 1
        if self.broken:
            raise ConnectionError
        if not self.chunks:
            return False
        self.chunks -= 1
        return True


@pytest.fixture
def running():
    begun: list[tuple[Bulk, Thread]] = []

    def run(drain_one: Callable[[], bool], look: float) -> Bulk:
        bulk = Bulk(drain_one, Pace(100), look)
        thread = Thread(target=bulk.run)
        thread.start()
        begun.append((bulk, thread))
        return bulk

    yield run
    for bulk, thread in begun:
        bulk.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_what_waits_when_it_starts_is_done_at_once(running):
    files = Files(chunks=3)
    running(files.drain_one, FOR_EVER)
    until(lambda: files.chunks == 0 and files.looks == 4)


def test_it_is_woken_by_the_queue(running):
    files = Files()
    bulk = running(files.drain_one, FOR_EVER)
    until(lambda: files.looks)
    files.chunks = 1
    bulk.wake()
    until(lambda: files.chunks == 0)


def test_it_looks_by_itself(running):
    files = Files()
    running(files.drain_one, 0.01)
    until(lambda: files.looks)
    files.chunks = 1
    until(lambda: files.chunks == 0)


def test_trouble_does_not_end_it(running):
    files = Files(broken=True)
    bulk = running(files.drain_one, 0.01)
    until(lambda: files.looks)
    assert not bulk._stopped.is_set()


def test_it_has_a_lane_of_its_own():
    app = build_worker(Bulk(lambda: False, Pace(100)), "postgresql://nobody@nowhere/jaring")
    assert app.tasks[DrainBatches.name].queue == DrainBatches.queue
    assert [lane.queue for lane in LANES] == [DrainBatches.queue]
