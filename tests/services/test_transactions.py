"""Transactions without a session: as whole as those with one."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.answer import keep_answer, select_answer
from models.long_statement import take_your_time
from services.errors import AlreadyRegistered
from services.failpoints import nothing
from services.prepared import Prepared, driver_of
from services.transactions import DatabaseTransactions, in_one_go
from tests.fakes import NOON

KEEP, KEPT = Prepared(keep_answer()), Prepared(select_answer())
SECOND = timedelta(seconds=1)


def answer(key):
    return {
        "id": uuid4(),
        "owner": b"owner",
        "key": key,
        "request_digest": b"digest",
        "answer_sealed": b"sealed",
        "kept_at": NOON,
    }


@pytest.fixture
def transactions(committed_engine):
    return DatabaseTransactions(committed_engine, nothing)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("lock_timeout", "5s"),
        ("statement_timeout", "20s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ],
)
def test_nobody_waits_for_ever(transactions, name, limit):
    with transactions.reading() as session:
        assert session.scalar(text(f"show {name}")) == limit


def test_what_nobody_waits_for_may_take_longer_in_its_own_transaction_only(transactions):
    asked = text("show statement_timeout")
    with transactions.begin() as session:
        session.execute(take_your_time())
        assert session.scalar(asked) == "15min"
    with transactions.begin() as session:
        assert session.scalar(asked) == "20s"


def kept(transactions, key):
    asked = {"owner": b"owner", "key": key, "since": NOON - SECOND}
    return transactions.first(KEPT, asked) is not None


def test_what_was_sent_is_there_when_the_block_ends(transactions):
    with transactions.direct() as transaction, in_one_go(transaction):
        KEEP.send(driver_of(transaction), answer(b"one"))
        KEEP.send(driver_of(transaction), answer(b"two"))
    assert kept(transactions, b"one")
    assert kept(transactions, b"two")


def test_nothing_of_it_is_there_before(transactions):
    with transactions.direct() as transaction:
        with in_one_go(transaction):
            KEEP.send(driver_of(transaction), answer(b"one"))
        assert not kept(transactions, b"one")


def test_answers_are_there_after_one_go(transactions):
    with transactions.direct() as transaction:
        with in_one_go(transaction):
            KEEP.send(driver_of(transaction), answer(b"one"))
            asked = {"owner": b"owner", "key": b"one", "since": NOON - SECOND}
            found = KEPT.send(driver_of(transaction), asked)
        assert found.first()[1:] == (b"digest", b"sealed")


def keep(transactions, *goes, error=None):
    """Keep some answers in each of several goes, and perhaps fail after them."""
    with transactions.direct() as transaction:
        for answers in goes:
            with in_one_go(transaction):
                for each in answers:
                    KEEP.send(driver_of(transaction), each)
        if error:
            raise error


@pytest.mark.parametrize("error", [AlreadyRegistered, KeyboardInterrupt])
def test_an_error_in_the_block_undoes_all_of_it(transactions, error):
    with pytest.raises(error):
        keep(transactions, [answer(b"one")], error=error)
    assert not kept(transactions, b"one")


@pytest.mark.parametrize("together", [True, False])
def test_a_statement_that_the_database_refuses_undoes_all_of_it(transactions, together):
    first, third = answer(b"one"), answer(b"three")
    second = answer(b"two") | {"id": first["id"]}
    goes = [[first, second, third]] if together else [[first], [second, third]]
    with pytest.raises(psycopg.errors.UniqueViolation):
        keep(transactions, *goes)
    assert not any(kept(transactions, key) for key in (b"one", b"two", b"three"))


@pytest.mark.parametrize("wanted", [b"SELECT 1/0", b"SELECT 1"])
def test_the_connection_that_comes_back_begins_transactions_again(transactions, wanted):
    with transactions.begin() as session:
        before = session.scalar(text("SELECT pg_backend_pid()"))
    try:
        with transactions.direct() as transaction, in_one_go(transaction):
            driver_of(transaction).execute(wanted)
    except psycopg.errors.DivisionByZero:
        pass
    with transactions.begin() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == before
        assert not driver_of(session).autocommit
        assert driver_of(session).info.transaction_status is TransactionStatus.INTRANS


def test_a_connection_that_broke_goes_to_nobody_else(transactions):
    def die():
        with transactions.direct() as transaction, in_one_go(transaction):
            driver_of(transaction).execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(psycopg.OperationalError):
        die()
    assert not kept(transactions, b"one")


def test_each_commit_is_noted_and_no_other_end(committed_engine):
    commits = []
    transactions = DatabaseTransactions(committed_engine, lambda: commits.append(1))
    with transactions.direct():
        assert commits == []
    with pytest.raises(AlreadyRegistered), transactions.direct():
        raise AlreadyRegistered
    assert commits == [1]


def test_a_session_can_send_in_one_go_too(sessions):
    with sessions() as session, in_one_go(session):
        assert isinstance(session, Session)
        KEEP.send(driver_of(session), answer(b"one"))
