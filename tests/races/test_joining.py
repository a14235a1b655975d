"""Many at once, with real commits on connections of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from api.app import create_app
from models.phone_verification import PhoneVerification
from models.values.identity import Element, Finding, IdentityStatus
from models.worker import Worker
from services import identity
from services.jobs import CheckIdentity
from services.phone_verification import code_of
from services.ports import Comparison
from tests.api.joining import (
    ANOTHER_PHONE,
    NIK,
    bearing,
    confirm,
    phone_token,
    register,
    start,
)
from tests.fakes import AGREES
from tests.installation import DEVELOPMENT

pytestmark = pytest.mark.slow
# Fewer than a process has connections: who cannot get one is told to come again.
AT_ONCE = 14


def at_once(does: Callable[[Any], Any], things: Iterable[Any]) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(does, things))


def statuses(answers):
    return Counter(answer.status_code for answer in answers)


def codes(answers):
    return Counter(answer.json.get("code", answer.status_code) for answer in answers)


def check_all(ports):
    jobs = [job for job in ports.jobs.waiting if isinstance(job, CheckIdentity)]
    at_once(lambda job: identity.check(ports, job.check_id), jobs)


def standing(engine):
    """How many workers stand where with their identity."""
    with engine.connect() as connection:
        rows = connection.execute(
            select(Worker.identity_status, Worker.identity_reason, func.count()).group_by(
                Worker.identity_status, Worker.identity_reason
            )
        )
        return {(status, reason): count for status, reason, count in rows}


def phones(count):
    return [f"0812{number:07}" for number in range(1, count + 1)]


class TestOneNik:
    def test_two_hundred_register_it_at_once_and_one_holds_it(self, app, client, ports, engine):
        tokens = [phone_token(client, ports, phone) for phone in phones(200)]
        answers = at_once(lambda token: register(app.test_client(), token), tokens)
        assert statuses(answers) == {201: 200}
        check_all(ports)
        assert standing(engine) == {
            (IdentityStatus.VERIFIED, None): 1,
            (IdentityStatus.IN_REVIEW, "held_by_another"): 199,
        }

    def test_the_only_one_who_matches_holds_it_whenever_they_come(self, app, client, ports, engine):
        differs = AGREES | {Element.NAME: 10}
        tokens = [phone_token(client, ports, phone) for phone in phones(30)]

        class KnowsItsOwner:
            def compare(self, person):
                scores = AGREES if person.full_name == "Its Owner" else differs
                return Comparison(finding=Finding.FOUND, scores=scores)

        def join(numbered):
            number, token = numbered
            name = "Its Owner" if number == 17 else "Somebody Else"
            return register(app.test_client(), token, full_name=name)

        assert statuses(at_once(join, enumerate(tokens))) == {201: 30}
        check_all(replace(ports, identity=KnowsItsOwner()))
        assert standing(engine) == {
            (IdentityStatus.VERIFIED, None): 1,
            (IdentityStatus.IN_REVIEW, "too_many_corrections"): 29,
        }

    def test_one_phone_claims_it_once(self, app, client, ports, engine):
        tokens = [phone_token(client, ports) for _ in range(3)]
        answers = at_once(lambda token: register(app.test_client(), token), tokens)
        assert codes(answers) == {201: 1, "already-registered": 2}


class TestOneCode:
    def test_of_a_thousand_guesses_five_are_judged(self, app, client, ports, engine):
        verification_id = start(client).json["id"]
        right = code_of(ports, UUID(verification_id))
        guesses = [f"{(int(right) + step) % 1_000_000:06}" for step in range(1, 1000)]
        guesses.insert(500, right)
        seen = codes(
            at_once(lambda guess: confirm(app.test_client(), verification_id, guess), guesses)
        )
        # Where the right one was among them, the others came too late to be judged.
        judged = seen["code-incorrect"] + seen[200]
        assert judged == 5 or (seen[200] == 1 and judged < 5)
        with engine.connect() as connection:
            assert connection.scalar(select(PhoneVerification.tries)) == judged
        assert set(seen) <= {"code-incorrect", "too-many-tries", "code-used", 200}
        assert seen.total() == 1000

    def test_the_right_one_works_once(self, app, client, ports):
        verification_id = start(client).json["id"]
        right = code_of(ports, UUID(verification_id))
        seen = codes(
            at_once(lambda _: confirm(app.test_client(), verification_id, right), range(100))
        )
        assert seen == {200: 1, "code-used": 99}

    def test_guesses_at_several_codes_of_one_phone_are_counted_together(
        self, app, client, ports, engine
    ):
        ids = [start(client).json["id"] for _ in range(3)]
        ports.clock.advance(hours=1)
        ids += [start(client).json["id"] for _ in range(3)]
        ports.clock.advance(seconds=1)
        guesses = [(each, f"{number:06}") for number in range(60) for each in ids[3:]]
        at_once(lambda guess: confirm(app.test_client(), *guess), guesses)
        with engine.connect() as connection:
            tries = connection.scalars(select(PhoneVerification.tries)).all()
        assert sorted(tries) == [0, 0, 0, 5, 5, 5]

    def test_the_guesses_of_a_day_are_counted_together_however_many_codes_are_guessed_at(
        self, app, client, ports, engine
    ):
        def guess(verification_id):
            wrong = (int(code_of(ports, UUID(verification_id))) + 1) % 1_000_000
            return confirm(app.test_client(), verification_id, f"{wrong:06}")

        for _ in range(3):
            at_once(guess, [start(client).json["id"]] * 5)
        ports.clock.advance(hours=1)
        at_once(guess, [start(client).json["id"]] * 5)
        ports.clock.advance(seconds=1)
        ids = [start(client).json["id"] for _ in range(2)]
        seen = codes(at_once(guess, ids * 5))
        assert seen == {"code-incorrect": 5, "too-many-tries": 5}
        with engine.connect() as connection:
            assert sum(connection.scalars(select(PhoneVerification.tries))) == 25


class TestOnePhone:
    def test_three_verifications_start_of_thirty_asked_for_at_once(self, app):
        answers = at_once(lambda _: start(app.test_client()), range(30))
        assert statuses(answers) == {202: 3, 429: 27}
        assert {answer.headers.get("Retry-After") for answer in answers} == {None, "3600"}

    def test_one_token_is_spent_once(self, app, client, ports, engine):
        token = phone_token(client, ports)
        niks = [f"317101450793{number:04}" for number in range(1, 21)]
        answers = at_once(lambda nik: register(app.test_client(), token, nik=nik), niks)
        assert codes(answers) == {201: 1, "phone-not-verified": 19}
        assert sum(standing(engine).values()) == 1

    def test_a_registration_and_a_sign_in_do_not_both_spend_it(self, app, client, ports):
        register(client, phone_token(client, ports))
        token = phone_token(client, ports)

        def either(number):
            if number % 2:
                return register(app.test_client(), token, nik="3171014507930009")
            body = {"nik": NIK}
            return app.test_client().post("/v1/sessions", json=body, headers=bearing(token))

        assert statuses(at_once(either, range(20))) == {201: 1, 401: 19}

    def test_wrong_niks_that_are_tried_at_once_are_all_counted(self, app, client, ports, engine):
        register(client, phone_token(client, ports))
        token = phone_token(client, ports)

        def sign_in(nik):
            body = {"nik": nik}
            return app.test_client().post("/v1/sessions", json=body, headers=bearing(token))

        wrong = [f"317101450793{number:04}" for number in range(1, 41)]
        answers = at_once(sign_in, [*wrong, NIK])
        assert statuses(answers) == {401: 41}
        with engine.connect() as connection:
            assert max(connection.scalars(select(PhoneVerification.wrong_niks))) == 5

    def test_no_more_than_five_are_told_at_once_who_is_registered(self, app, client, ports):
        register(client, phone_token(client, ports))
        for job in ports.jobs.waiting:
            if isinstance(job, CheckIdentity):
                identity.check(ports, job.check_id)
        token = phone_token(client, ports, ANOTHER_PHONE)
        answers = at_once(lambda _: register(app.test_client(), token), range(AT_ONCE))
        assert statuses(answers) == {409: 5, 401: AT_ONCE - 5}


class TestOneRequest:
    def test_one_key_does_the_work_once(self, app, client, ports, engine):
        token = phone_token(client, ports)
        answers = at_once(
            lambda _: register(app.test_client(), token, Idempotency_Key="one"), range(20)
        )
        assert set(codes(answers)) <= {201, "request-in-progress"}
        assert len({answer.data for answer in answers if answer.status_code == 201}) == 1
        assert sum(standing(engine).values()) == 1

    def test_one_refresh_token_gives_one_pair(self, app, client, ports):
        token = register(client, phone_token(client, ports)).json["refresh_token"]
        body = {"refresh_token": token}
        answers = at_once(
            lambda _: app.test_client().post("/v1/sessions/refresh", json=body), range(20)
        )
        assert statuses(answers) == {200: 20}
        assert len({answer.data for answer in answers}) == 1

    def test_it_gives_one_pair_however_late_each_request_arrives(self, client, ports):
        token = register(client, phone_token(client, ports)).json["refresh_token"]
        start, late = ports.clock.now(), count(1)

        class Ticking:
            def now(self):
                return start + timedelta(seconds=next(late))

        app = create_app(DEVELOPMENT, replace(ports, clock=Ticking()))
        body = {"refresh_token": token}
        answers = at_once(
            lambda _: app.test_client().post("/v1/sessions/refresh", json=body), range(10)
        )
        assert statuses(answers) == {200: 10}
        assert len({answer.json["refresh_token"] for answer in answers}) == 1

    def test_one_consent_is_written_once(self, app, client, ports):
        token = register(client, phone_token(client, ports)).json["access_token"]
        body = {"document": "reminders", "version": "2026-11"}
        answers = at_once(
            lambda _: app.test_client().post("/v1/me/consents", json=body, headers=bearing(token)),
            range(20),
        )
        assert statuses(answers) == {201: 20}
        given = client.get("/v1/me/consents", headers=bearing(token)).json["items"]
        assert [each["document"] for each in given].count("reminders") == 1
