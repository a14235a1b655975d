"""Background work on procrastinate, in the same database as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import procrastinate
from procrastinate import SyncPsycopgConnector
from procrastinate.jobs import JobDeferrer

from services.jobs import Job
from services.prepared import Transaction, driver_of


def _unopened() -> procrastinate.App:
    """Jobs are written on a transaction's own connection, so it needs none."""
    return procrastinate.App(connector=SyncPsycopgConnector())


@dataclass(frozen=True)
class ProcrastinateJobs:
    app: procrastinate.App = field(default_factory=_unopened)

    def defer(self, transaction: Transaction, job: Job) -> None:
        self._task(transaction, job).defer(**_arguments(job))

    def defer_all(self, transaction: Transaction, jobs: Sequence[Job]) -> None:
        if jobs:
            self._task(transaction, jobs[0]).batch_defer(*map(_arguments, jobs))

    def _task(self, transaction: Transaction, job: Job) -> JobDeferrer:
        return self.app.configure_task(
            job.name, queue=job.queue, priority=job.priority, connection=driver_of(transaction)
        )


def _arguments(job: Job) -> dict[str, Any]:
    return {name: str(value) for name, value in asdict(job).items()}  # type: ignore[call-overload]
