"""Whom we depend on is away for a while: nothing is lost, nothing is guessed, nothing comes twice."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
import requests

from services.adapters.http import Patience
from services.background import LANES
from services.operations.programs import WEB_WORKERS
from tests.crashes.books import assert_all_is_there_once
from tests.crashes.trouble import rows, trouble
from tests.phone_app import PhoneApp
from tests.processes import alive, descendants_of, send
from tests.waiting import until

pytestmark = pytest.mark.slow

# Attempts that came to nothing, and what is known, of the checks of one worker.
CHECKS = """
    select attempts, outcome, finding, scores from identity_check
    where worker_id = (select id from worker where registration_number = :number)
"""
# When a check was tried, and when it was to be tried next, in turns.
TRIED = """
    select at from procrastinate_events where type in ('started', 'scheduled') and job_id = (
        select id from procrastinate_jobs
        where task_name = 'check_identity' and (args ->> 'check_id')::uuid in (
            select id from identity_check
            where worker_id = (select id from worker where registration_number = :number)
        )
    ) order by at
"""
TRIES = """
    select coalesce(max(attempts), 0) from procrastinate_jobs
    where task_name = 'send_message' and (args ->> 'message_id')::uuid in
        (select id from message where verification_id = :verification)
"""
WAITED = """
    select max(extract(epoch from confirmed_at - started_at)) from phone_verification
    where phone_key = (select phone_key from worker where registration_number = :number)
"""
# A registry that never answers holds a lane of checks until it is given up, and another one then.
TWO_LANES = 2 * max(lane.at_once for lane in LANES)
GIVEN_UP_AFTER = Patience().read


@pytest.mark.parametrize("mode", ["down", "garbage", "quota"])
def test_a_registry_in_trouble_delays_the_check_and_decides_nothing(jaring, mode):
    phones = [PhoneApp(jaring) for _ in range(4)]
    with trouble(jaring, "dukcapil", mode):
        for phone in phones:
            phone.register()
        until(lambda: min(attempts(phone) for phone in phones) >= 2)
        assert all(undecided(phone) for phone in phones)
        # The attempt is counted before the next one is planned.
        until(lambda: len(pauses(phones[-1])) >= 2)
        first, second, *_ = pauses(phones[-1])
        assert 3 <= first < second
    for phone in phones:
        phone.wait_for("/v1/me", lambda me: me["identity"]["status"] == "verified")
        assert attempts(phone) >= 2


def test_a_registry_that_never_answers_holds_up_no_codes(jaring):
    phones, late = [PhoneApp(jaring) for _ in range(TWO_LANES)], PhoneApp(jaring)
    for phone in phones:
        phone.token = phone.verify_phone()
    with trouble(jaring, "dukcapil", "slow"):
        for phone in phones:
            register_verified(phone)
        late.register()
        assert all(undecided(phone) for phone in [*phones, late])
        until(lambda: any(attempts(phone) for phone in phones))
    for phone in [*phones, late]:
        phone.wait_for("/v1/me", lambda me: me["identity"]["status"] == "verified")
    # Behind the checks, its code would have waited until the registry was given up twice.
    assert waited_for_code(late) < 2 * GIVEN_UP_AFTER


@pytest.mark.parametrize("mode", ["down", "garbage", "quota", "slow"])
def test_a_code_arrives_once_the_gateway_is_back(jaring, mode):
    phone = PhoneApp(jaring)
    with trouble(jaring, "gateway", mode):
        started = phone.start_verification()
        until(lambda: rows(jaring, TRIES, verification=started["id"])[0][0] >= 1)
        shown = phone.send("GET", f"/v1/phone-verifications/{started['id']}")
        assert shown["delivery"] == "queued"
    phone.token = phone.confirm(started["id"])
    # Some were on their way although the gateway's answer said nothing: none came twice.
    assert len(phone.codes()) == 1


def test_a_number_without_whatsapp_gets_one_sms(jaring):
    phone = PhoneApp(jaring, number=1000)
    started = phone.start_verification()
    until(lambda: phone.messages())
    phone.confirm(started["id"])
    assert [message["channel"] for message in phone.messages()] == ["sms"]


@pytest.mark.parametrize("place", ["commit messages.collect_deliveries", "commit messages.send"])
def test_a_number_without_whatsapp_gets_one_sms_from_a_worker_that_dies_over_it(jaring, place):
    phone = PhoneApp(jaring, number=2000 if "send" in place else 3000)
    with jaring.dying_at(place):
        started = phone.start_verification()
        until(lambda: jaring.mend() or phone.messages())
    phone.confirm(started["id"])
    assert [message["channel"] for message in phone.messages()] == ["sms"]


def test_a_payment_that_is_told_ten_times_at_once_settles_once(jaring):
    phone = PhoneApp(jaring)
    phone.register()
    answers = phone.pay(phone.choose(), times=10)
    assert sorted(each["responseCode"] for each in answers) == ["2002500", *["4042518"] * 9]
    told = [each["virtualAccountData"] for each in answers]
    assert told == told[:1] * 10
    assert told[0]["paymentFlagStatus"] == "00"
    phone.see_cover()
    assert_all_is_there_once(phone)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_payment_that_is_told_while_the_web_server_restarts_settles_once(jaring, number):
    phone = PhoneApp(jaring)
    phone.register()
    invoice = phone.choose()
    jaring.failpoints.forget()
    processes = web_processes(jaring)
    # Not the other way about: what paying starts again must outlive the thread that does it.
    with ThreadPoolExecutor(1) as nearby:
        ended = nearby.submit(end_when_asked_for_the_bill, jaring, processes, number)
        (answer,) = phone.pay(invoice)
        ended.result()
    assert answer["virtualAccountData"]["paymentFlagStatus"] == "00"
    phone.see_cover()
    assert_all_is_there_once(phone)


def test_without_its_database_the_web_server_says_so_and_recovers_by_itself(jaring):
    phone = PhoneApp(jaring)
    phone.register()
    before = web_processes(jaring)
    os.kill(jaring.postgres.process.pid, signal.SIGKILL)
    until(lambda: ask(phone, "GET", "/readyz").status_code == 503)
    for method, path in (("GET", "/v1/me"), ("POST", "/v1/phone-verifications")):
        answer = ask(phone, method, path)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert ask(phone, "GET", "/healthz").status_code == 200
    jaring.mend()
    assert {ask(phone, "GET", "/v1/me").status_code for _ in range(40)} == {200}
    assert web_processes(jaring) == before


def register_verified(phone: PhoneApp) -> None:
    """With the phone token that it holds."""
    registered = phone.send("POST", "/v1/registrations", phone.form())
    phone.token = registered["access_token"]
    phone.registration_number = registered["worker"]["registration_number"]


def end_when_asked_for_the_bill(jaring, processes: list[psutil.Process], number: int) -> None:
    """The bank has inquired, and is about to tell of the payment."""
    until(lambda: "commit bank.inquiry.inquire" in jaring.failpoints.passed)
    for process in processes:
        send(process, number)


def attempts(phone: PhoneApp) -> int:
    """That came to nothing."""
    return sum(check[0] for check in checks(phone))


def undecided(phone: PhoneApp) -> bool:
    me = phone.send("GET", "/v1/me")
    known = [check[1:] for check in checks(phone)]
    waits = (me["identity"]["status"], me["next_step"]) == ("pending", "wait_for_identity")
    return waits and known == [(None, None, None)]


def checks(phone: PhoneApp) -> list[tuple]:
    return rows(phone.jaring, CHECKS, number=phone.registration_number)


def pauses(phone: PhoneApp) -> list[float]:
    """In seconds, from each attempt to the time for which the next one was planned."""
    tried = [at for (at,) in rows(phone.jaring, TRIED, number=phone.registration_number)]
    planned = zip(tried[::2], tried[1::2], strict=False)
    return [(later - earlier).total_seconds() for earlier, later in planned]


def waited_for_code(phone: PhoneApp) -> float:
    """In seconds, until it was typed in."""
    ((waited,),) = rows(phone.jaring, WAITED, number=phone.registration_number)
    return float(waited)


def web_processes(jaring) -> list[psutil.Process]:
    """Once they are complete: one that died a moment ago may not have been replaced yet."""
    master = psutil.Process(jaring.processes["web"].pid)

    def workers() -> list[psutil.Process] | None:
        living = [each for each in descendants_of(master.pid) if alive(each)]
        return living if len(living) == WEB_WORKERS else None

    return [master, *(until(workers) or ())]


def ask(phone: PhoneApp, method: str, path: str) -> requests.Response:
    return requests.request(
        method,
        phone.jaring.api + path,
        json={"phone": phone.phone, "channel": "sms"} if method == "POST" else None,
        headers={"Authorization": f"Bearer {phone.token}"} if path == "/v1/me" else {},
        timeout=10,
    )
