"""Impatient people: the same request many times at once, over real connections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import requests

from tests.crashes.trouble import rows
from tests.phone_app import PhoneApp

pytestmark = pytest.mark.slow

WORKERS = """
    select (select count(*) from worker), (select count(*) from sign_in),
    (select count(*) from identity_check), (select count(*) from kept_answer)
"""


def test_fifty_equal_registrations_make_one_worker(jaring):
    phone = PhoneApp(jaring)
    token, form = phone.verify_phone(), phone.form()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "the-same"}
    before = written(jaring)

    def register() -> requests.Response:
        return requests.post(
            f"{jaring.api}/v1/registrations", json=form, headers=headers, timeout=60
        )

    answers = at_once(50, register)
    made = [answer for answer in answers if answer.status_code == 201]
    others = [answer for answer in answers if answer.status_code != 201]
    assert {(each.status_code, each.json()["code"]) for each in others} <= {
        (409, "request-in-progress")
    }
    assert sum("Idempotency-Replayed" not in answer.headers for answer in made) == 1
    assert {answer.content for answer in made} == {register().content}
    assert [now - then for now, then in zip(written(jaring), before, strict=True)] == [1, 1, 1, 1]


def test_twenty_equal_confirmations_give_one_token(jaring):
    phone = PhoneApp(jaring)
    started = phone.start_verification()
    code = phone.code_for(started["id"])

    def confirm() -> requests.Response:
        path = f"/v1/phone-verifications/{started['id']}/confirm"
        return requests.post(jaring.api + path, json={"code": code}, timeout=60)

    answers = at_once(20, confirm)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 19}
    refused = [answer.json()["code"] for answer in answers if not answer.ok]
    assert set(refused) == {"code-used"}


def written(jaring) -> tuple[Any, ...]:
    (counts,) = rows(jaring, WORKERS)
    return counts


def at_once(times: int, ask: Callable[[], requests.Response]) -> list[requests.Response]:
    start = Barrier(times)

    def asked(_: int) -> requests.Response:
        start.wait(30)
        return ask()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(asked, range(times)))
