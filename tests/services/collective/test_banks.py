"""Banks that ask about collective invoices, and tell of money for them: once, late, twice, too much."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from models.bank_call import BankCall, BankOutcome
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.payment import Payment
from sandbox.snap_client import new_id
from services.bank import payment
from services.bank.inquiry import inquire
from services.bank.status import StatusQuestion, tell
from services.collective import invoices
from tests.banks import BANK, OTHER_BANK, SERVICE_ID, about, calling, flag
from tests.fakes import NOON
from tests.fleets import flagging

MINUTE = timedelta(minutes=1)


@pytest.fixture
def bill(fleet):
    return fleet.bill()


def ask(ports, bill):
    return inquire(ports, BANK, about(bill))


def payments(ports):
    with ports.transactions.reading() as session:
        return session.scalar(select(func.count()).select_from(Payment))


def test_whoever_pays_sees_whose_invoice_it_is(ports, fleet, bill):
    told = ask(ports, bill)
    assert (told.outcome, told.name) == (BankOutcome.ACCEPTED, fleet.partner.name)
    assert (told.collective.amount, told.invoice) == (bill.amount, None)


def test_an_unknown_number_is_unknown(ports, bill):
    unknown = replace(about(bill), virtual_account_no=f"{SERVICE_ID.strip()}1234567890")
    assert inquire(ports, BANK, unknown).outcome is BankOutcome.UNKNOWN_BILL


def expired(ports, clock, fleet, bill):
    clock.time = bill.expires_at + timedelta(seconds=1)


def cancelled(ports, clock, fleet, bill):
    invoices.cancel(ports, fleet.caller, bill.id)


def paid_for(ports, clock, fleet, bill):
    fleet.pay(bill)


@pytest.mark.parametrize(
    ("happened", "outcome"),
    [
        (expired, BankOutcome.INACTIVE),
        (cancelled, BankOutcome.INACTIVE),
        (paid_for, BankOutcome.ALREADY_PAID),
    ],
)
def test_what_can_no_longer_be_paid_is_refused(ports, clock, fleet, bill, happened, outcome):
    happened(ports, clock, fleet, bill)
    assert ask(ports, bill).outcome is outcome
    before = payments(ports)
    assert flag(ports, flagging(bill, clock.now())) is outcome
    assert payments(ports) == before


def test_nor_can_an_empty_one(ports, fleet):
    empty = fleet.bill("nobody")
    assert ask(ports, empty).outcome is BankOutcome.INACTIVE


def test_another_amount_is_refused(ports, fleet, bill):
    too_little = flagging(bill, NOON, amount=Decimal(bill.amount.amount - 1))
    assert flag(ports, too_little) is BankOutcome.WRONG_AMOUNT
    assert fleet.show(bill).status is CollectiveStatus.OPEN


def test_what_was_paid_in_time_is_taken_however_late_it_is_told(ports, clock, fleet, bill):
    clock.time = bill.expires_at + timedelta(days=2)
    assert fleet.pay(bill, NOON + MINUTE) is BankOutcome.ACCEPTED
    assert {each.settled_at for each in fleet.paid_for("D-1")} == {NOON + MINUTE}


def test_told_again_on_any_day_it_gets_the_first_result_and_pays_nothing(ports, clock, fleet, bill):
    call = flagging(bill, NOON)
    first = payment.flag(ports, BANK, call)
    clock.advance(days=1)
    ports.jobs.work(ports)
    again = payment.flag(ports, BANK, told_again(call))
    assert (again.outcome, again.name) == (BankOutcome.ACCEPTED, first.name)
    assert again.decision.id == first.decision.id
    ports.jobs.work(ports)
    assert payments(ports) == 1
    assert len(fleet.paid_for("D-1")) == 1


def told_again(call):
    return payment.PaymentFlag(**vars(call) | {"external_id": new_id()})


def test_a_second_payment_of_it_is_refused(ports, fleet, bill):
    fleet.pay(bill)
    assert flag(ports, flagging(bill, NOON), OTHER_BANK) is BankOutcome.ALREADY_PAID


def test_its_payment_is_inconsistent_with_a_worker_s_bill(ports, fleet, bill):
    call = flagging(bill, NOON)
    flag(ports, call)
    own = fleet.payer("D-1").billed()
    other = flagging(own, NOON, payment_request_id=call.payment_request_id)
    assert flag(ports, other) is BankOutcome.INCONSISTENT


def test_a_bank_can_ask_what_became_of_it(ports, fleet, bill):
    call = flagging(bill, NOON)
    flag(ports, call)
    question = StatusQuestion(
        external_id=new_id(), service_id=SERVICE_ID, virtual_account_no=bill.virtual_account_no
    )
    told = tell(ports, BANK, question)
    assert (told.outcome, told.name) == (BankOutcome.ACCEPTED, fleet.partner.name)
    assert told.decision.payment_request_id == call.payment_request_id


def test_every_call_is_kept_beside_the_invoice_and_with_no_worker(ports, fleet, bill):
    ask(ports, bill)
    fleet.pay(bill)
    with ports.transactions.reading() as session:
        calls = session.scalars(select(BankCall)).all()
    assert {(each.partner_invoice_id, each.worker_id) for each in calls} == {(bill.id, None)}


def test_it_is_paid_through_snap(client, clock, ports, fleet, bill):
    bank = calling(client, clock)
    asked = bank.inquiry(bill.virtual_account_no)
    assert asked.code == "2002400"
    assert asked.data["virtualAccountName"] == fleet.partner.name
    total = asked.data["totalAmount"]["value"]
    assert total == "25200.00"
    (detail,) = asked.data["billDetails"]
    assert detail["billAmount"]["value"] == total
    answer = bank.payment(
        bill.virtual_account_no,
        total,
        external_id=new_id(),
        payment_request_id=new_id(),
        reference_no="1",
        trx_date_time="2026-11-22T12:00:00+07:00",
    )
    assert answer.code == "2002500"
    ports.jobs.work(ports)
    assert set(fleet.lines(bill).values()) == {LineStatus.PAID}


@pytest.mark.parametrize("both", [True, False])
def test_the_database_lets_no_payment_belong_to_both_or_to_neither(ports, fleet, bill, both):
    own = fleet.payer("D-1")
    ids = {
        "partner_invoice_id": bill.id,
        "worker_id": own.caller.worker_id,
        "invoice_id": own.billed().id,
    }
    money = Payment(
        bank="bank",
        payment_request_id=new_id(),
        amount=bill.amount,
        transacted_at=NOON,
        received_at=NOON,
        **(ids if both else {}),
    )
    with pytest.raises(IntegrityError, match="ck_payment_payer"):
        with_money(ports, money)


def with_money(ports, money):
    with ports.transactions.begin() as session:
        session.add(money)
