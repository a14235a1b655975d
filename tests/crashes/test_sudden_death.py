"""Power cuts, after every commit and every outside call of the journey."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import text

from services.operations.programs import PROJECT
from tests.crashes.books import assert_all_is_there_once
from tests.phone_app import PhoneApp
from tests.waiting import until

pytestmark = pytest.mark.slow

WEB = (
    "commit phone_verification.start",
    "commit phone_verification.confirm",
    "commit registration.register",
    "commit plan_choice.choose",
    "commit billing.issue",
    "commit bank.inquiry.inquire",
    "commit bank.payment.flag",
)
WORKER = (
    "call messages.send",
    "commit messages.send",
    "call messages.collect_deliveries",
    "commit messages.collect_deliveries",
    "call identity.check",
    "commit identity.check",
)
# What only the clock asks for, and may fall into any journey.
UPKEEP = {
    "commit audit.sealing.seal",
    "commit audit.verifying.check",
    "commit bulk.run",
    "commit enrolment.places.remove_left_behind",
    "commit housekeeping.forget",
    "commit ledger.check",
    "commit links.check_pacing.pace",
    "commit links.expiring.expire",
    "commit links.welcoming.welcome",
    "commit month_turn.turn",
    "commit reminders.remind",
    "commit webhooks.routing.route",
}
UNKNOWN = "select count(*) from message where state in ('queued', 'sent')"
UNDONE = "select count(*) from procrastinate_jobs where queue_name <> 'upkeep' or status = 'failed'"
# Drivers of several partners have one for each of them.
CHECKED = """
    select count(distinct worker_id), count(*), count(outcome)
    from identity_check where enrolment_id is null
"""


def test_these_are_all_the_places_where_the_journey_can_be_cut(jaring):
    jaring.failpoints.forget()
    phone = PhoneApp(jaring)
    phone.become_covered()
    assert_all_is_there_once(phone)
    until(lambda: jaring.failpoints.passed >= {*WEB, *WORKER})
    assert jaring.failpoints.passed - UPKEEP == {*WEB, *WORKER}


@pytest.mark.parametrize("place", [*WEB, *WORKER])
def test_whoever_is_at_work_dies(jaring, place):
    phone = PhoneApp(jaring)
    with jaring.dying_at(place):
        phone.become_covered()
    assert_all_is_there_once(phone)


@pytest.mark.parametrize("place", [*WEB, *WORKER])
def test_the_database_dies(jaring, place):
    phone = PhoneApp(jaring)
    with jaring.dying_at(place, victim=jaring.postgres.process.pid):
        phone.become_covered()
    assert_all_is_there_once(phone)


def test_in_the_end_all_is_done_once_and_it_is_known_what_became_of_every_message(jaring):
    with jaring.engine().connect() as database:
        for left in (UNDONE, UNKNOWN):
            until(lambda left=left: jaring.mend() or database.scalar(text(left)) == 0)
        workers, checks, concluded = database.execute(text(CHECKED)).one()
    assert workers == checks == concluded


def test_in_the_end_the_books_balance(jaring):
    proof = subprocess.run(
        [sys.executable, "-m", "cli", "ledger", "verify", "--json"],
        env=jaring.programs["worker"].env,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert proof.returncode == 0, proof.stderr
    assert json.loads(proof.stdout) == {"balanced": True}
