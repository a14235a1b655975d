"""Do what has been deferred, until told to stop. More of these on more machines is how it grows."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import procrastinate

from services import logs
from services.background import HEARTBEAT, LANES, STALLED_AFTER, Lane, build_worker
from services.operations.usable_settings import usable_settings
from services.wiring import build_ports

# Seconds to finish what was begun. Nothing takes longer than an outside call.
PATIENCE = 20
# Seconds between looks for jobs whose pause is over; of new ones the database tells.
LOOK = 1.0


async def work(app: procrastinate.App) -> None:
    """Until told to stop, or until the database goes away: to be started again then."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(lane.at_once for lane in LANES)))
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    async with app.open_async():
        tasks = [asyncio.create_task(told.wait()), *(_start(app, lane) for lane in LANES)]
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


def main() -> None:
    logs.set_up("worker")
    settings = usable_settings(os.environ)
    asyncio.run(work(build_worker(build_ports(settings), settings.database_url)))


if __name__ == "__main__":
    main()
