"""Everything that is done in the background: what, for which job, and when it is tried again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import procrastinate
from procrastinate import JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy.engine import make_url

from services import erasing, identity, ledger, messages, month_turn, reminders, spending
from services.audit import sealing, verifying
from services.collective import settling
from services.enrolment import places
from services.housekeeping import forget
from services.jobs import (
    CheckEnrolment,
    CheckIdentity,
    DeliverWebhook,
    Job,
    Pauses,
    SendMessage,
    SendNotice,
    SendReminder,
    SendWelcome,
    SettleCollectiveInvoice,
)
from services.links import check_pacing, expiring, welcoming
from services.outages import GatewayDown
from services.ports import Ports
from services.webhooks import delivering, routing

# A code is of use for five minutes, an identity check for as long as it takes.
MESSAGE_PAUSES = Pauses(timedelta(seconds=2), timedelta(seconds=15))
NOTICE_PAUSES = Pauses(timedelta(seconds=3), timedelta(minutes=10))
COLLECTIVE_PAUSES = Pauses(timedelta(seconds=2), timedelta(minutes=1))
IDENTITY_PAUSES = Pauses(timedelta(seconds=3), timedelta(minutes=5))
# Not of a target that fails, which is no error of the job's, but of a job that does.
WEBHOOK_PAUSES = Pauses(timedelta(seconds=3), timedelta(minutes=5))

# In seconds. A worker that missed five beats is taken for dead and its jobs are done again. Should
# it live after all, a job is done twice: every job finds what it has done already.
HEARTBEAT = 1.0
STALLED_AFTER = 5.0

UPKEEP = "upkeep"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lane:
    """Jobs that wait for each other but for no others.

    A registry that takes ten seconds over each answer must not hold up the codes that people are
    waiting for.

    :param at_once: how many of them a worker does at the same time.
    :param forget: which jobs are not kept once they have ended (``DeleteJobCondition``).
    """

    queue: str
    at_once: int
    forget: str = "successful"


LANES = (
    Lane(SendMessage.queue, at_once=4),
    # A month end's reminders must not hold up the codes; among these they come last.
    Lane(SendNotice.queue, at_once=2),
    Lane(CheckIdentity.queue, at_once=4),
    # A large invoice takes a minute: a small one of somebody else's need not wait for it.
    Lane(SettleCollectiveInvoice.queue, at_once=2),
    # However slow the registry is, a platform's drivers wait behind each other only.
    Lane(CheckEnrolment.queue, at_once=3),
    # Partners' own servers, any of which may be slow: of one partner never more than two at a time.
    Lane(DeliverWebhook.queue, at_once=6),
    # The next round makes up for one that failed. Five may take their time, and still the rescue
    # of what was left behind gets its turn.
    Lane(UPKEEP, at_once=6, forget="always"),
)


class Growing(BaseRetryStrategy):
    """Try again after whatever error, with growing pauses: nothing that was asked for is dropped."""

    def __init__(self, pauses: Pauses) -> None:
        self.pauses = pauses

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> RetryDecision:
        pause = self.pauses.after(job.attempts + 1)
        told = {
            "task": job.task_name,
            "attempt": job.attempts + 1,
            "error": type(exception).__name__,
        }
        log.warning("a job is tried again in %d s", pause.total_seconds(), extra=told)
        return RetryDecision(retry_in={"seconds": max(1, int(pause.total_seconds()))})


def unbound_app(database_url: str) -> procrastinate.App:
    """A queue in this database, and nothing yet that is done for its jobs."""
    conninfo = make_url(database_url).set(drivername="postgresql")
    return procrastinate.App(
        connector=PsycopgConnector(conninfo=conninfo.render_as_string(hide_password=False))
    )


def build_worker(ports: Ports, database_url: str) -> procrastinate.App:
    """Every job that there is, and what is done for it."""
    app = unbound_app(database_url)

    def does(job: type[Job], use_case: Callable[[Ports, UUID], None], pauses: Pauses) -> None:
        @app.task(name=job.name, queue=job.queue, retry=Growing(pauses))
        def run(**arguments: str) -> None:
            use_case(ports, *(UUID(argument) for argument in arguments.values()))

    does(SendMessage, messages.send, MESSAGE_PAUSES)
    does(SendNotice, messages.send, NOTICE_PAUSES)
    does(SendReminder, messages.send, NOTICE_PAUSES)
    does(SendWelcome, messages.send, NOTICE_PAUSES)
    does(CheckIdentity, identity.check, IDENTITY_PAUSES)
    does(CheckEnrolment, identity.check, IDENTITY_PAUSES)
    does(DeliverWebhook, delivering.deliver, WEBHOOK_PAUSES)
    does(SettleCollectiveInvoice, settling.settle, COLLECTIVE_PAUSES)
    _add_upkeep(app, ports)
    _add_rescue(app)
    return app


def _add_upkeep(app: procrastinate.App, ports: Ports) -> None:
    """What the clock asks for."""

    def every(cron: str, name: str, use_case: Callable[[Ports], object]) -> None:
        """One round at a time, and one waiting."""

        @app.periodic(cron=cron)
        @app.task(name=name, queue=UPKEEP, lock=name, queueing_lock=name)
        def run(timestamp: int) -> None:
            use_case(ports)

    every("* * * * * *", "route_events", routing.route)
    every("* * * * * */5", "collect_deliveries", _collect_deliveries)
    every("* * * * * */3", "pace_checks", check_pacing.pace)
    every("* * * * *", "erase", erasing.carry_out)
    every("* * * * *", "seal_audit", sealing.seal)
    every("* * * * *", "remove_left_behind", places.remove_left_behind)
    every("* * * * *", "remind", reminders.remind)
    every("* * * * *", "welcome", welcoming.welcome)
    every("*/5 * * * *", "expire_unclaimed", expiring.expire)
    every("*/5 * * * *", "end_uncompared", expiring.end_uncompared)
    every("*/5 * * * *", "watch_spending", spending.watch)
    every("*/10 * * * *", "turn_month", month_turn.turn)
    every("17 * * * *", "forget", forget)
    # At 3:07 in Jakarta, when few people pay: it reads all of the books.
    every("7 20 * * *", "check_ledger", ledger.check)
    every("37 20 * * *", "check_audit", verifying.check)


def _collect_deliveries(ports: Ports) -> None:
    with suppress(GatewayDown):
        messages.collect_deliveries(ports)


def _add_rescue(app: procrastinate.App) -> None:
    """Jobs that nobody is doing any more are taken up again."""

    # Without a lock: a round that died with its worker would hold it, and nobody would come.
    @app.periodic(cron="* * * * * */2")
    @app.task(name="retry_stalled", queue=UPKEEP, queueing_lock="retry_stalled", pass_context=True)
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            await _rescue(app.job_manager, job)

    @app.periodic(cron="27 * * * *")
    @app.task(name="retry_failed", queue=UPKEEP, queueing_lock="retry_failed", pass_context=True)
    async def retry_failed(context: JobContext, timestamp: int) -> None:
        # A job only fails for good where a worker did not know it: an older program's, in the
        # middle of a roll-out.
        for job in await app.job_manager.list_jobs_async(status=Status.FAILED.value):
            if job.queueing_lock is None and job.task_name in app.tasks:
                await _rescue(app.job_manager, job)
        await app.job_manager.delete_old_jobs(nb_hours=24, queue=UPKEEP, include_failed=True)


async def _rescue(queue: JobManager, job: procrastinate.jobs.Job) -> None:
    """One that cannot be taken up, because its row is gone or changed, must not keep the rest."""
    try:
        await _take_up(queue, job)
    except ConnectorException as error:
        log.warning("a job could not be taken up", extra={"task": job.task_name}, exc_info=error)


async def _take_up(queue: JobManager, stalled: procrastinate.jobs.Job) -> None:
    """A worker that was killed leaves its jobs marked as being done."""
    if stalled.queueing_lock is None:
        log.warning("a job that was left behind is tried again", extra={"task": stalled.task_name})
        await queue.retry_job(stalled)
    else:
        # One round of upkeep. The next one waits already, and there is room for one only.
        await queue.finish_job(stalled, status=Status.FAILED, delete_job=True)
