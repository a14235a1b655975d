"""Background work on procrastinate, in the same database as everything else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import procrastinate
from procrastinate import SyncPsycopgConnector

from services.jobs import Job
from services.prepared import Transaction, driver_of


def _unopened() -> procrastinate.App:
    """Jobs are written on a transaction's own connection, so it needs none."""
    return procrastinate.App(connector=SyncPsycopgConnector())


@dataclass(frozen=True)
class ProcrastinateJobs:
    app: procrastinate.App = field(default_factory=_unopened)

    def defer(self, transaction: Transaction, job: Job) -> None:
        arguments: dict[str, Any] = {name: str(value) for name, value in asdict(job).items()}  # type: ignore[call-overload]
        task = self.app.configure_task(job.name, queue=job.queue, connection=driver_of(transaction))
        task.defer(**arguments)
