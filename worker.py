"""Do what has been deferred, until told to stop. More of these on more machines is how it grows.

``worker.py`` does the jobs; ``worker.py bulk`` works off partners' files and does nothing else.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from threading import Thread
from typing import Any

import procrastinate

from services import background, logs
from services.background import HEARTBEAT, STALLED_AFTER, Lane
from services.operations.usable_settings import usable_settings
from services.settings import Settings
from services.wiring import build_ports

BULK = "bulk"
# Seconds to finish what was begun. Nothing takes longer than an outside call, or a chunk.
PATIENCE = 20
# Seconds between looks for jobs whose pause is over; of new ones the database tells.
LOOK = 1.0
# Whoever waits for an answer goes first.
NICENESS = 5
_THINGS_OF_A_CHUNK = 200_000


async def work(app: procrastinate.App, lanes: Sequence[Lane]) -> None:
    """Until told to stop, or until the database goes away: to be started again then."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(lane.at_once for lane in lanes)))
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    async with app.open_async():
        tasks = [asyncio.create_task(told.wait()), *(_start(app, lane) for lane in lanes)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


def _start(app: procrastinate.App, lane: Lane) -> asyncio.Task[None]:
    return asyncio.create_task(
        app.run_worker_async(
            queues=[lane.queue],
            concurrency=lane.at_once,
            name=lane.queue,
            fetch_job_polling_interval=LOOK,
            delete_jobs=lane.forget,
            shutdown_graceful_timeout=PATIENCE,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
            install_signal_handlers=False,
        )
    )


def do_jobs(settings: Settings) -> None:
    app = background.build_worker(build_ports(settings), settings.database_url)
    asyncio.run(work(app, background.LANES))


def work_off_files(settings: Settings) -> None:
    os.nice(NICENESS)
    # One chunk at a time keeps one processor busy; threads of its own would only take room, and so
    # would its allocator's several heaps (jemalloc's ``narenas``).
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1")
    # Only here: the library that judges whole files takes 60 MB, and no job has any use for it.
    program = import_module("services.bulk")
    bulk = program.build_bulk(build_ports(settings), settings.bulk_share)
    # A chunk makes some hundred thousand small things and leaves nothing behind. Looking for rings
    # among them, every 2,000 of them, took a fifth of the time.
    gc.freeze()
    gc.set_threshold(_THINGS_OF_A_CHUNK)
    with _running(bulk):
        asyncio.run(work(program.build_worker(bulk, settings.database_url), program.LANES))


@contextmanager
def _running(bulk: Any) -> Iterator[None]:
    thread = Thread(target=bulk.run, name=BULK)
    thread.start()
    try:
        yield
    finally:
        bulk.stop()
        thread.join()


def main() -> None:
    bulk = sys.argv[1:] == [BULK]
    logs.set_up(BULK if bulk else "worker")
    settings = usable_settings(os.environ)
    (work_off_files if bulk else do_jobs)(settings)


if __name__ == "__main__":
    main()
