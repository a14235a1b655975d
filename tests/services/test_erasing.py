"""What is gone once a worker is erased, and what is kept: whoever adds a table decides which."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from models.enrolment import Link, select_ties_of
from models.erasure_request import ErasureRequest, ErasureStatus
from models.identity_check import IdentityCheck
from models.invoice import InvoiceStatus
from models.message import Message
from models.partner import Partner
from models.values.channel import DeliveryState
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.worker import ERASED, Worker, select_worker
from services import billing, erasing, erasure, identity, ledger, messages, plan_choice
from services.jobs import CheckIdentity, SendMessage, SendNotice
from services.links import shown
from services.once import Once
from services.outages import IdentityRegistryDown
from services.ports import Delivery
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    NIK,
    PHONE,
    bearing,
    join,
    phone_token,
    refusal,
    register,
)
from tests.banks import BankOutcome, Payer, flag, paid, with_banks
from tests.partners import calling
from tests.whole_lives import (
    BIRTH_PLACE,
    EXTERNAL_ID,
    FORMER_PHONE,
    GIVEN,
    NOTED,
    WANTED_PHONE,
    Life,
    about_workers,
    everything,
    live,
)

# What the law has us keep, or what says that there is nothing else.
KEPT = {
    "audit_event": "what officers did, without a value: what they searched for is a digest",
    "bank_call": "what banks asked and told us of payments",
    "contribution": "the months that were paid",
    "coverage_event": "when cover began and ended, which the paid months say as well",
    "data_access": "who saw the data (UU 27/2022, article 32)",
    "enrolment": "who enrolled them and by what consent, without what was sent and the name there",
    "erasure_request": "why there is nothing else",
    "identity_check": "that a registration was checked, without what the registry said",
    "invoice": "what was paid for",
    "ledger_posting": "where money went",
    "partner_posting": "where a partner's money went",
    "payment": "the money",
    "phone_change": "that the number was changed, without a number",
    "phone_change_request": "that somebody asked for another number, without it",
    "privacy_request": "that they asked, and that it was done, without what officers noted",
    "refund_case": "what is to be paid back",
    "review": "what staff decided, without what officers noted",
    "worker_consent": "what was agreed to (UU 27/2022, article 24)",
}


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def life(client, ports, clock):
    """A whole one."""
    return live(client, ports, clock)


@pytest.fixture
def fresh(client, ports):
    """Verified a moment ago, with a plan, and not covered."""
    life = Life.of(ports, join(client, ports))
    ports.jobs.work(ports)
    plan_choice.choose(ports, life.caller, Plan.BASIC)
    return life


def ask(client, life):
    headers = life.headers(**{"Idempotency-Key": "erasure"})
    body = {"phone_token": life.verify_phone(client)}
    answer = client.post("/v1/me/erasure-requests", json=body, headers=headers)
    assert answer.status_code == 202, answer.json


def erase(client, life, clock):
    """A worker who asks for it, when the time has come."""
    ask(client, life)
    come_due(life, clock)


def come_due(life, clock):
    clock.time = request_of(life).not_before
    erasing.carry_out(life.ports)
    assert request_of(life).status is ErasureStatus.DONE


def request_of(life) -> ErasureRequest:
    newest = select(ErasureRequest).where(ErasureRequest.worker_id == life.worker_id)
    with life.ports.transactions.reading() as session:
        return session.scalars(newest.order_by(ErasureRequest.requested_at.desc())).first()


def worker(life) -> Worker:
    with life.ports.transactions.reading() as session:
        return session.scalars(select_worker(life.worker_id)).one()


def traces(life) -> list[str]:
    """Everything that is not kept and can be told from anybody else's."""
    given = {name: str(value) for name, value in GIVEN.items() if name != "occupations"}
    del given["full_name"]
    (occupation,) = GIVEN["occupations"]
    national = PhoneNumber.parse(PHONE).e164.removeprefix("+62")
    phone_key = life.ports.vault.search_key_of(PhoneNumber.parse(PHONE)).hex()
    former = FORMER_PHONE.e164.removeprefix("+62")
    wanted = WANTED_PHONE.e164.removeprefix("+62")
    numbers = (national, phone_key, former, wanted)
    sent = (EXTERNAL_ID, BIRTH_PLACE, NOTED, b"what was sent".hex())
    return [*given.values(), occupation["workplace"], "Rangkasbitung", *numbers, *sent]


def found(connection, life) -> set[str]:
    tables = "\n".join(everything(connection, life.ports.vault).values()).lower()
    return {trace for trace in traces(life) if trace.lower() in tables}


class TestGone:
    def test_no_value_is_left_in_any_table(self, client, life, clock, connection):
        ask(client, life)
        assert found(connection, life) == set(traces(life))
        come_due(life, clock)
        assert found(connection, life) == set()

    def test_a_table_is_emptied_or_on_the_list_of_what_is_kept(
        self, client, life, clock, connection
    ):
        ask(client, life)
        assert [name for name, rows in rows_about(connection, life) if not rows] == []
        come_due(life, clock)
        assert {name for name, rows in rows_about(connection, life) if rows} == KEPT.keys()

    def test_of_the_worker_all_columns_that_need_not_be_kept(self, client, life, clock):
        erase(client, life, clock)
        left = worker(life)
        assert {getattr(left, column) for column in ERASED} == {None}
        assert (left.identity_elements, left.erased_at) == ([], clock.now())

    def test_what_the_registry_said(self, client, life, clock, connection):
        erase(client, life, clock)
        said = ("finding", "response_code", "scores", "notes")
        columns = [getattr(IdentityCheck, name) for name in said]
        assert set(connection.execute(select(*columns)).all()) == {(None,) * len(said)}

    def test_the_consents_no_longer_stand(self, client, life, clock, connection):
        erase(client, life, clock)
        standing = "select count(*) from worker_consent where withdrawn_at is null"
        assert connection.scalar(text(standing)) == 0


def rows_about(connection, life):
    for table in about_workers():
        about = select(func.count()).where(table.c.worker_id == life.worker_id)
        yield table.name, connection.scalar(about)


class TestPartners:
    def test_see_that_their_link_has_ended_and_no_more(self, client, life, clock, ports):
        with ports.transactions.reading() as session:
            ties = session.scalars(select_ties_of(life.worker_id)).all()
        stands = next(each for each in ties if each.ended_at is None)
        erase(client, life, clock)
        with ports.transactions.reading() as session:
            partner = session.get_one(Partner, stands.partner_id)
        caller = calling(partner)
        seen = shown.show(ports, caller, stands.id)
        assert (seen.link, seen.external_id, seen.coverage) == (Link.ENDED, None, None)
        (answer,) = shown.query(ports, caller, [EXTERNAL_ID])
        assert answer.id is None

    def test_keep_none_that_stands(self, client, life, clock, ports, connection):
        erase(client, life, clock)
        ended = text("select count(*) from enrolment where ended_by is null")
        assert connection.scalar(ended) == 0

    def test_of_one_that_stands_nothing_can_be_forgotten(self, life, connection):
        forgotten = text("update enrolment set external_id = null where ended_at is null")
        with pytest.raises(Exception, match="ck_enrolment_complete_or_forgotten"):
            connection.execute(forgotten)


class TestKept:
    def test_nik_name_birth_date_and_numbers(self, client, life, clock, connection):
        before = worker(life)
        erase(client, life, clock)
        after = worker(life)
        kept = (
            "id registration_number registered_at nik_key nik_sealed full_name birth_date"
            " identity_status member_number paid_through"
        )
        for column in kept.split():
            assert getattr(after, column) == getattr(before, column) is not None
        assert NIK in everything(connection, life.ports.vault)["worker"]

    def test_the_books_balance(self, client, life, clock):
        erase(client, life, clock)
        assert ledger.unbalanced(life.ports) == []

    def test_credit_stays_in_the_books(self, client, fresh, clock, ports):
        """A bank told late of a bill, when the same month had been paid by another."""
        first, paid_at = bill_for(fresh), clock.now()
        clock.time = first.expires_at.replace(microsecond=0)
        clock.advance(minutes=1)
        second = bill_for(fresh)
        assert flag(ports, paid(second, clock.now())) is BankOutcome.ACCEPTED
        assert flag(ports, paid(first, paid_at)) is BankOutcome.CREDITED
        erase(client, fresh, clock)
        assert ledger.unbalanced(ports) == []


def bill_for(life, months=1):
    return billing.issue(life.ports, life.caller, months, Once())


class TestTheirPhone:
    def test_cannot_sign_in_any_more(self, client, life, clock):
        erase(client, life, clock)
        assert refusal(client.get("/v1/me", headers=life.headers())) == (401, "not-signed-in")
        token = phone_token(client, life.ports)
        signed_in = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
        assert refusal(signed_in) == (401, "sign-in-refused")

    def test_can_register_again_as_somebody_new(self, client, life, clock):
        erase(client, life, clock)
        again = Life.of(life.ports, join(client, life.ports, **GIVEN))
        life.ports.jobs.work(life.ports)
        assert again.worker_id != life.worker_id
        assert worker(again).identity_status is IdentityStatus.VERIFIED
        assert worker(again).member_number is None

    def test_can_be_erased_again(self, client, life, clock):
        erase(client, life, clock)
        again = Life.of(life.ports, join(client, life.ports, **GIVEN))
        erase(client, again, clock)
        assert worker(again).erased_at == clock.now()

    def test_keeps_what_another_worker_on_it_needs(self, client, fresh, clock, connection):
        other = Life.of(fresh.ports, join(client, fresh.ports, nik=ANOTHER_NIK))
        key = worker(fresh).phone_key
        erase(client, fresh, clock)
        kept = "select count(*) from phone_verification where phone_key = :key"
        assert connection.scalar(text(kept), {"key": key}) == 3
        assert worker(other).phone_key == key

    def test_is_not_taken_for_that_of_another_registration_with_the_nik(self, client, life, clock):
        """Whoever registers the NIK anew is judged by the registry alone."""
        erase(client, life, clock)
        token = phone_token(client, life.ports, ANOTHER_PHONE)
        assert register(client, token, full_name=GIVEN["full_name"]).status_code == 201


class TestMoneyThatComesLate:
    def test_for_a_bill_that_was_paid_in_time_covers_and_is_waited_for(
        self, client, fresh, clock, ports
    ):
        bill, paid_at = bill_for(fresh), clock.now()
        clock.advance(hours=25)
        ask(client, fresh)
        clock.advance(hours=47)
        assert flag(ports, paid(bill, paid_at)) is BankOutcome.ACCEPTED
        clock.advance(hours=1)
        erasing.carry_out(ports)
        waiting = request_of(fresh)
        assert waiting.status is ErasureStatus.WAITING
        assert waiting.not_before == Month(2026, 11).ends_at
        clock.time = waiting.not_before
        erasing.carry_out(ports)
        assert request_of(fresh).done_at <= waiting.due_by

    def test_for_somebody_who_is_erased_is_taken_and_booked(self, client, fresh, clock, ports):
        bill, paid_at = bill_for(fresh), clock.now()
        clock.advance(hours=25)
        erase(client, fresh, clock)
        assert flag(ports, paid(bill, paid_at)) is BankOutcome.ACCEPTED
        assert worker(fresh).paid_through == Month(2026, 11)
        assert worker(fresh).member_number is not None
        assert ledger.unbalanced(ports) == []

    def test_is_refused_where_the_bill_was_called_off_so_that_the_bank_gives_it_back(
        self, client, fresh, clock, ports
    ):
        bill, paid_at = bill_for(fresh), clock.now()
        erase(client, fresh, clock)
        assert flag(ports, paid(bill, paid_at)) is BankOutcome.INACTIVE
        assert Payer(ports, fresh.caller).status(bill) is InvoiceStatus.CANCELLED


class TestWhatWasUnderWay:
    def test_a_check_that_waits_is_about_nobody(self, client, ports, clock):
        ports.identity.down = True
        life = Life.of(ports, join(client, ports))
        (check,) = [job for job in ports.jobs.waiting if isinstance(job, CheckIdentity)]
        erase(client, life, clock)
        ports.identity.asked.clear()
        identity.check(ports, check.check_id)
        assert ports.identity.asked == []

    @pytest.mark.parametrize("down", [False, True])
    def test_an_answer_that_comes_too_late_is_not_written_down(self, client, ports, clock, down):
        life = Life.of(ports, join(client, ports))
        (check,) = [job for job in ports.jobs.waiting if isinstance(job, CheckIdentity)]
        slow = replace(
            ports, identity=Meanwhile(ports.identity, lambda: erase(client, life, clock))
        )
        ports.identity.down = down
        if down:
            with pytest.raises(IdentityRegistryDown):
                identity.check(slow, check.check_id)
        else:
            identity.check(slow, check.check_id)
        assert worker(life).identity_status is IdentityStatus.PENDING

    def test_messages_that_wait_go_to_nobody(self, client, life, clock, ports):
        ask(client, life)
        waiting = [job for job in ports.jobs.waiting if isinstance(job, SendMessage | SendNotice)]
        ports.messages.sent.clear()
        come_due(life, clock)
        for job in waiting:
            messages.send(ports, job.message_id)
        assert waiting
        assert ports.messages.sent == {}

    def test_reports_of_messages_that_are_gone_are_passed_over(
        self, client, life, clock, ports, connection
    ):
        sent = connection.scalars(select(Message.id)).all()
        erase(client, life, clock)
        ports.messages.reports += [Delivery(key=each, state=DeliveryState.FAILED) for each in sent]
        messages.collect_deliveries(ports)
        assert connection.scalar(select(func.count()).select_from(Message)) == 0


class Meanwhile:
    """A registry that takes its time."""

    def __init__(self, registry, happens: Callable[[], None]) -> None:
        self.registry, self.happens = registry, happens

    def compare(self, person):
        self.happens()
        return self.registry.compare(person)


class TestWhoseTurnItIs:
    def test_nobody_before_their_time(self, client, fresh, clock):
        ask(client, fresh)
        clock.advance(hours=48, seconds=-1)
        erasing.carry_out(fresh.ports)
        assert worker(fresh).erased_at is None

    def test_doing_it_again_changes_nothing(self, client, fresh, clock):
        erase(client, fresh, clock)
        done_at = request_of(fresh).done_at
        clock.advance(minutes=1)
        erasing.carry_out(fresh.ports)
        assert request_of(fresh).done_at == worker(fresh).erased_at == done_at

    def test_one_that_goes_wrong_keeps_nobody_else_waiting(
        self, client, fresh, clock, ports, connection, caplog
    ):
        joined = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
        other = Life.of(ports, joined, ANOTHER_PHONE)
        for life in (fresh, other):
            ask(client, life)
        clock.advance(hours=48)
        broken = replace(ports, vault=BrokenFor(ports.vault, f"worker:{fresh.worker_id}"))
        with caplog.at_level(logging.ERROR):
            erasing.carry_out(broken)
        noted = [each.worker_id for each in caplog.records if each.name == erasing.__name__]
        assert noted == [str(fresh.worker_id)]
        assert worker(fresh).erased_at is None
        assert worker(fresh).birth_place is not None
        assert worker(other).erased_at == clock.now()


class BrokenFor:
    """A vault that dies over one text."""

    def __init__(self, vault, dies_of: str) -> None:
        self.vault, self.dies_of = vault, dies_of

    def digest(self, kind, text):
        if text == self.dies_of:
            raise RuntimeError
        return self.vault.digest(kind, text)


def test_calling_off_counts_until_the_last_moment(client, fresh, clock, ports):
    ask(client, fresh)
    clock.advance(hours=48)
    erasure.cancel(ports, fresh.caller, request_of(fresh).id)
    erasing.carry_out(ports)
    assert worker(fresh).erased_at is None


class TestTheDatabase:
    ERASE = text("select erase_contribution_terms(:worker)")
    TERMS = text("select count(*) from contribution_terms where worker_id = :worker")

    def test_removes_terms_of_nobody_who_is_there(self, client, fresh, connection):
        ask(client, fresh)
        connection.execute(self.ERASE, {"worker": fresh.worker_id})
        assert connection.scalar(self.TERMS, {"worker": fresh.worker_id}) == 1

    def test_lets_nobody_be_half_erased(self, fresh, connection):
        half = text("update worker set erased_at = now(), birth_place = null")
        with pytest.raises(Exception, match="ck_worker_complete_or_erased"):
            connection.execute(half)

    def test_lets_nothing_be_written_about_whoever_is_erased(
        self, client, fresh, clock, connection
    ):
        erase(client, fresh, clock)
        with pytest.raises(Exception, match="ck_worker_complete_or_erased"):
            connection.execute(text("update worker set language = 'id'"))
