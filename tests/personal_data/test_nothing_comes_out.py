"""What people tell us stays where it belongs, whatever goes wrong."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from contextlib import contextmanager

import pytest
import requests
from psycopg.sql import SQL, Identifier

from tests.canary import KENARI
from tests.personal_data.kenari import CARDS, DECEASED, DIFFERS, NAME, OTHER_PHONE, Kenari
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


def joins(kenari):
    spare = kenari.verify_phone()
    token = kenari.register(kenari.verify_phone()).json()["access_token"]
    kenari.put_it_everywhere(spare, token)
    assert kenari.register(kenari.verify_phone()).json()["code"] == "already-registered"
    again = {"phone": KENARI.phone, "channel": "whatsapp"}
    assert kenari.call("POST", "/v1/phone-verifications", json=again).status_code == 429
    kenari.wait_for_identity(token, "verified")
    kenari.pay(token)
    kenari.show_card(token)
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


def test_no_log_line_of_any_process_tells_of_her(jaring, kenari):
    output = jaring.output
    for happened in ("UniqueViolation", "CheckViolation", "violates unique constraint"):
        assert happened in output
    assert KENARI.traces.findall(output) == []


def test_no_job_tells_of_her(jaring, kenari):
    with superuser(jaring) as database:
        kept = [row for (row,) in database.execute("select told from rows_of_queues").fetchall()]
        for (queue,) in database.execute(QUEUES).fetchall():
            kept += rows_of(database, queue)
    assert any("check_identity" in row for row in kept)
    assert any("send_message" in row for row in kept)
    assert KENARI.traces.findall("\n".join(kept)) == []


def test_no_refusal_tells_of_her(kenari):
    refusals = [each for each in kenari.answers if each.status_code >= 400]
    assert {400, 401, 404, 405, 406, 409, 415, 422, 429, 500} <= {e.status_code for e in refusals}
    for refusal in refusals:
        assert not KENARI.traces.search(f"{refusal.headers}\n{refusal.text}"), refusal.request.url


def test_a_card_tells_of_her_no_more_than_her_first_name_and_an_initial(kenari):
    cards = [each for each in kenari.answers if each.request.path_url in CARDS]
    assert len(cards) == len(CARDS)
    _, payload, _ = cards[0].json()["card"].split(".")
    said = urlsafe_b64decode(payload + "==").decode()
    assert '"name":"Kenari W."' in said
    for told in (said, *(f"{each.headers}{each.content!r}" for each in cards)):
        assert KENARI.traces.findall(told) == []


def test_no_number_tells_of_her(jaring, kenari):
    metrics = f"http://127.0.0.1:{jaring.settings.metrics_port}/metrics"
    numbers = requests.get(metrics, timeout=10).text
    assert 'route="/v1/registrations",status="201"' in numbers
    assert KENARI.traces.findall(numbers) == []


def test_what_is_sealed_is_in_no_table_as_it_is(jaring, kenari):
    sealed = KENARI.without_texts(NAME)
    with superuser(jaring) as database:
        for (table,) in database.execute(TABLES).fetchall():
            if table != "bank_call":  # banks may name bills as they like
                assert sealed.traces.findall("\n".join(rows_of(database, table))) == [], table
