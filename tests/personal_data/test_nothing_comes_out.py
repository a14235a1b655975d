"""What people tell us stays where it belongs, whatever goes wrong."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from contextlib import contextmanager

import pytest
import requests
from psycopg.sql import SQL, Identifier

from services.jobs import (
    CheckEnrolment,
    CheckIdentity,
    DeliverWebhook,
    DrainBatches,
    SendMessage,
    SendNotice,
    SendWelcome,
    SettleCollectiveInvoice,
)
from tests.canary import KENARI
from tests.driver_files import csv_of
from tests.personal_data.browsing import browse
from tests.personal_data.kenari import (
    BORN,
    CARDS,
    DECEASED,
    DIFFERS,
    NAME,
    OTHER_PHONE,
    TWICE,
    Kenari,
)
from tests.personal_data.ojek import Ojek, driver
from tests.personal_data.petugas import Petugas
from tests.waiting import until

pytestmark = pytest.mark.slow

# Every row that a queue ever held: jobs that are done are deleted.
KEEP_ROWS = """
    create table public.rows_of_queues (told text);
    create function public.keep_row() returns trigger language plpgsql security definer
    as 'begin insert into public.rows_of_queues values (new::text); return null; end';
"""
KEEP_ROWS_OF = """
    create trigger keep_row after insert or update on {}
    for each row execute function public.keep_row()
"""
JOBS = [
    CheckIdentity,
    SendMessage,
    DrainBatches,
    CheckEnrolment,
    SendWelcome,
    DeliverWebhook,
    SettleCollectiveInvoice,
    SendNotice,
]
QUEUES = "select tablename from pg_tables where tablename like 'procrastinate%'"
TABLES = (
    "select tablename from pg_tables where schemaname = 'public' and tablename <> 'rows_of_queues'"
)
# What PostgreSQL then reports names the row: its DETAIL holds the name and more.
SAME_NAME = "create unique index canary on worker (full_name, birth_place)"
ANY_ROW = "alter table worker add constraint canary check (registered_at is null) not valid"
NOT_VERIFIED = (
    "alter table worker add constraint canary check (identity_status = 'pending') not valid"
)


@pytest.fixture(scope="module")
def kenari(jaring):
    """After everything that can happen to her has happened."""
    kenari = Kenari(jaring)
    with superuser(jaring) as database:
        database.execute(KEEP_ROWS)
        for (queue,) in database.execute(QUEUES).fetchall():
            database.execute(KEEP_ROWS_OF.format(queue))
    joins(kenari)
    crashes(kenari)
    kenari.confuse_the_bank()
    return kenari


@pytest.fixture(scope="module")
def ojek(kenari):
    """After everything that a partner can do with her has been done."""
    ojek = Ojek(kenari)
    ojek.listen()
    ojek.send_files()
    ojek.take_some_on()
    ojek.ask_amiss()
    ojek.welcome()
    shares(kenari, ojek)
    until(lambda: len(ojek.identities("verified")) >= 5)
    ojek.pay_for_all()
    ojek.wait_for("batch.completed", "invoice.paid", "coverage.activated")
    ojek.wait_for("worker.identity_verified", "worker.identity_failed", "worker.confirmed")
    enrolling_crashes(ojek)
    until(lambda: ojek.tries_at_the_deaf)
    parts(kenari)
    yield ojek
    ojek.ports.transactions.engine.dispose()


@pytest.fixture(scope="module")
def petugas(kenari, ojek):
    """After officers have seen all of her that they can see, and tried to see more."""
    petugas = Petugas(kenari, [*kenari.keys, {"external_id": "OK-1", "partner": "Ojek Kita"}])
    loses_phone(kenari)
    petugas.find_her()
    petugas.read_about_her()
    petugas.decide_about_her()
    petugas.hand_over_her_data()
    petugas.ask_amiss()
    yield petugas
    petugas.ports.transactions.engine.dispose()


@pytest.fixture(scope="module")
def pages(petugas):
    return browse(petugas)


def loses_phone(kenari):
    """So does a namesake whom the registry has twice."""
    phones = [OTHER_PHONE[:-1] + digit for digit in "89"]
    joined = kenari.register(kenari.verify_phone(phones[0]), nik=TWICE)
    kenari.wait_for_identity(joined.json()["access_token"], "in_review")
    claim = {"nik": KENARI.nik, "full_name": NAME, "birth_date": BORN}
    asked = kenari.call("POST", "/v1/phone-changes", kenari.verify_phone(phones[1]), json=claim)
    assert asked.status_code == 202


def shares(kenari, ojek):
    """She has an account already; and somebody claims the one that was begun for them."""
    claimed = driver(5)
    token = kenari.call(
        "POST", "/v1/sessions", kenari.verify_phone(claimed["phone"]), json={"nik": claimed["nik"]}
    )
    for each in (kenari.token, token.json()["access_token"]):
        [link] = kenari.call("GET", "/v1/me/partners", each).json()["items"]
        its = f"/v1/me/partners/{link['id']}"
        assert kenari.call("POST", f"{its}/confirmation", each).status_code == 200
        for path in ("coverage", "timeline", "access-log"):
            assert kenari.call("GET", f"/v1/me/{path}", each).status_code == 200
    [_, last] = ojek.call(
        "POST", "/coverage-queries", json={"external_ids": ["OK-5", "OK-1"]}
    ).json()["items"]
    assert last["link"] == "confirmed"


def parts(kenari):
    [link] = kenari.call("GET", "/v1/me/partners", kenari.token).json()["items"]
    ended = kenari.call("DELETE", f"/v1/me/partners/{link['id']}", kenari.token)
    assert ended.status_code == 204


def enrolling_crashes(ojek):
    """While a file is worked on, while one is taken on, and while one is compared."""
    with broken(ojek.kenari.stack, ANY_ROW):
        assert ojek.take_on(30).status_code == 500
        path = ojek.offer(csv_of([driver(31), driver(32, nik="x")])).headers["Location"]
        until(lambda: "a chunk is tried again" in ojek.kenari.stack.output)
    with broken(ojek.kenari.stack, NOT_VERIFIED):
        before = ojek.kenari.stack.output.count("CheckViolation")
        assert ojek.take_on(33).status_code == 201
        until(lambda: ojek.kenari.stack.output.count("CheckViolation") > before)
    path = path.removeprefix("/v1/partner")
    until(lambda: ojek.call("GET", path).json()["accepted"] == 1)


def joins(kenari):
    spare = kenari.verify_phone()
    token = kenari.token = kenari.register(kenari.verify_phone()).json()["access_token"]
    kenari.put_it_everywhere(spare, token)
    assert kenari.register(kenari.verify_phone()).json()["code"] == "already-registered"
    again = {"phone": KENARI.phone, "channel": "whatsapp"}
    assert kenari.call("POST", "/v1/phone-verifications", json=again).status_code == 429
    kenari.wait_for_identity(token, "verified")
    kenari.pay(token)
    kenari.show_card(token)
    kenari.keys = kenari.read_keys()
    for nik, place, status in (
        (DECEASED, "Bogor", "refused"),
        (DIFFERS, "Depok", "needs_correction"),
    ):
        changes = {"nik": nik, "birth_place": place}
        other = kenari.register(kenari.verify_phone(OTHER_PHONE), **changes)
        kenari.wait_for_identity(other.json()["access_token"], status)


def crashes(kenari):
    phones = [OTHER_PHONE[:-1] + digit for digit in "567"]
    with broken(kenari.stack, SAME_NAME, "drop index canary"):
        crashed = kenari.register(kenari.verify_phone(phones[0]), nik=KENARI.nik[:-1] + "5")
        assert crashed.status_code == 500
    with broken(kenari.stack, ANY_ROW):
        crashed = kenari.register(kenari.verify_phone(phones[1]), nik=KENARI.nik[:-1] + "6")
        assert crashed.status_code == 500
    with broken(kenari.stack, NOT_VERIFIED):
        before = kenari.stack.output.count("CheckViolation")
        joined = kenari.register(kenari.verify_phone(phones[2]), nik=KENARI.nik[:-1] + "8")
        until(lambda: kenari.stack.output.count("CheckViolation") > before)
    kenari.wait_for_identity(joined.json()["access_token"], "verified")


@contextmanager
def superuser(jaring):
    with jaring.postgres.superuser("jaring") as connection:
        yield connection


@contextmanager
def broken(jaring, how, mended="alter table worker drop constraint canary"):
    with superuser(jaring) as database:
        database.execute(how)
    try:
        yield
    finally:
        with superuser(jaring) as database:
            database.execute(mended)


def rows_of(database, table):
    every = SQL("select t::text from {} t").format(Identifier(table))
    return [row for (row,) in database.execute(every).fetchall()]


def test_no_log_line_of_any_process_tells_of_her(jaring, pages):
    output = jaring.output
    happenings = ("UniqueViolation", "CheckViolation", "violates unique constraint")
    for happened in (*happenings, "a chunk is tried again"):
        assert happened in output
    assert KENARI.traces.findall(output) == []


def test_no_job_tells_of_her(jaring, pages):
    with superuser(jaring) as database:
        kept = [row for (row,) in database.execute("select told from rows_of_queues").fetchall()]
        for (queue,) in database.execute(QUEUES).fetchall():
            kept += rows_of(database, queue)
    for job in JOBS:
        assert any(job.name in row for row in kept), job
    assert KENARI.traces.findall("\n".join(kept)) == []


def test_no_refusal_tells_of_her(kenari, petugas):
    refusals = [each for each in kenari.answers if each.status_code >= 400]
    assert {400, 401, 404, 405, 406, 409, 415, 422, 429, 500} <= {e.status_code for e in refusals}
    for refusal in refusals:
        assert not KENARI.traces.search(f"{refusal.headers}\n{refusal.text}"), refusal.request.url


def test_no_webhook_tells_of_her(ojek):
    heard = ojek.heard()
    assert all(each["verified"] for each in heard)
    assert KENARI.traces.findall(json.dumps(heard)) == []


def test_a_card_tells_of_her_no_more_than_her_first_name_and_an_initial(kenari):
    cards = [each for each in kenari.answers if each.request.path_url in CARDS]
    assert len(cards) == len(CARDS)
    _, payload, _ = cards[0].json()["card"].split(".")
    said = urlsafe_b64decode(payload + "==").decode()
    assert '"name":"Kenari W."' in said
    for told in (said, *(f"{each.headers}{each.content!r}" for each in cards)):
        assert KENARI.traces.findall(told) == []


def test_no_number_tells_of_her(jaring, pages):
    metrics = f"http://127.0.0.1:{jaring.settings.metrics_port}/metrics"
    numbers = requests.get(metrics, timeout=10).text
    for route, status in (
        ("registrations", 201),
        ("partner/workers", 422),
        ("partner/batches", 202),
        ("staff/lookups", 200),
        ("staff/workers/<uuid:worker_id>/reveal", 200),
    ):
        assert f'route="/v1/{route}",status="{status}"' in numbers
    assert KENARI.traces.findall(numbers) == []


def test_what_is_sealed_is_in_no_table_as_it_is(jaring, pages):
    sealed = KENARI.without_texts(NAME)
    with superuser(jaring) as database:
        for (table,) in database.execute(TABLES).fetchall():
            if table != "bank_call":  # banks may name bills as they like
                assert sealed.traces.findall("\n".join(rows_of(database, table))) == [], table


def test_what_staff_did_holds_nothing_of_her(jaring, pages):
    """Not even her name, which the record of a worker may hold."""
    with superuser(jaring) as database:
        for table in ("audit_event", "privacy_request", "data_access", "kept_answer"):
            rows = rows_of(database, table)
            assert rows, table
            assert KENARI.traces.findall("\n".join(rows)) == [], table


def test_only_what_is_asked_for_in_clear_is_answered_so_to_staff(petugas):
    clear = re.compile("/reveal|/export")
    named = re.compile(rf"/staff/(workers/{petugas.kenari.id}\?|reviews/)")
    told = [
        each
        for each in petugas.kenari.answers
        if each.request.path_url.startswith("/v1/staff/") and each.ok
    ]
    assert len(told) > 50
    for answer in told:
        assert answer.headers["Cache-Control"] == "no-store"
        if not clear.search(answer.request.path_url):
            unnamed = KENARI.without_texts(NAME)
            her = unnamed if named.search(answer.request.path_url) else KENARI
            assert her.traces.findall(answer.text) == [], answer.request.path_url
            assert BORN not in answer.text, answer.request.path_url
    in_clear = [each for each in told if KENARI.nik in each.text]
    assert len(in_clear) == 2, "a reviewer's reveal and the copy"


def test_no_page_leads_to_an_address_that_tells_of_her(pages):
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page.text)
        addresses += [page.request.path_url, page.headers.get("Location", "")]
        assert KENARI.traces.findall("\n".join(addresses)) == []
    answered = {page.status_code for page in pages}
    assert {200, 303, 404, 422} <= answered
    assert 500 not in answered
