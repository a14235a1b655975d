from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.bank_call import BankCall, BankOutcome
from models.contribution import select_contributions
from models.invoice import InvoiceStatus
from models.payment import Payment, select_credit
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.worker import select_worker
from services import consents, invoices, ledger
from services.bank import payment
from tests.banks import BANK, OTHER_BANK, Payer, flag, paid
from tests.fakes import NOON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bill(payer):
    return payer.billed(3)


def read(ports, statement):
    with ports.transactions.reading() as session:
        return session.scalars(statement).all()


def payments(ports):
    return read(ports, select(func.count()).select_from(Payment))[0]


def contributions(ports, payer):
    return read(ports, select_contributions(payer.caller.worker_id))


def credit(ports, payer):
    return read(ports, select_credit(payer.caller.worker_id))[0]


def test_a_payment_settles_the_bill(ports, clock, payer, bill):
    clock.advance(minutes=10)
    assert flag(ports, paid(bill, NOON + MINUTE)) is BankOutcome.ACCEPTED
    months = contributions(ports, payer)
    assert [each.month for each in months] == list(Month(2026, 11).span(3))
    assert {each.settled_at for each in months} == {NOON + MINUTE}
    assert payer.status(bill) is InvoiceStatus.PAID
    worker = read(ports, select_worker(payer.caller.worker_id))[0]
    assert worker.paid_through == Month(2027, 1)
    assert len(worker.member_number) == 11
    assert not ledger.unbalanced(ports)


def test_a_member_keeps_the_number(ports, payer):
    numbers = set()
    for _ in range(2):
        flag(ports, paid(payer.billed(), NOON))
        numbers.add(read(ports, select_worker(payer.caller.worker_id))[0].member_number)
    assert len(numbers) == 1


def test_the_reference_of_the_bank_is_kept(ports, bill):
    flag(ports, paid(bill, NOON, reference_no="REF 42"))
    assert read(ports, select(Payment.reference_no)) == ["REF 42"]


@pytest.mark.parametrize("at", [NOON - timedelta(hours=1), NOON])
def test_cover_starts_at_the_earliest_when_the_bill_was_made(ports, payer, bill, at):
    flag(ports, paid(bill, at))
    assert contributions(ports, payer)[0].settled_at == NOON


def test_cover_starts_at_the_latest_now(ports, clock, payer, bill):
    flag(ports, paid(bill, NOON + timedelta(hours=2)))
    assert contributions(ports, payer)[0].settled_at == NOON


def test_a_repeat_under_another_external_id_gets_the_same_result(ports, bill):
    call = paid(bill, NOON, payment_request_id="P1", external_id="1")
    again = paid(bill, NOON, payment_request_id="P1", external_id="2")
    first, second = payment.flag(ports, BANK, call), payment.flag(ports, BANK, again)
    assert second.outcome is BankOutcome.ACCEPTED
    assert second.decision.id == first.decision.id
    assert payments(ports) == 1


def test_a_repeat_under_the_same_external_id_is_inconsistent_with_the_same_result(ports, bill):
    call = paid(bill, NOON)
    assert flag(ports, call) is BankOutcome.ACCEPTED
    again = payment.flag(ports, BANK, call)
    assert again.outcome is BankOutcome.INCONSISTENT
    assert again.decision.outcome is BankOutcome.ACCEPTED


def test_a_repeat_after_midnight_gets_the_same_result(ports, clock, payer):
    clock.time = datetime(2026, 11, 22, 16, 59, 50, tzinfo=UTC)
    bill = payer.billed()
    call = paid(bill, clock.time)
    assert flag(ports, call) is BankOutcome.ACCEPTED
    clock.advance(seconds=20)
    assert flag(ports, call) is BankOutcome.ACCEPTED
    assert payments(ports) == 1


def test_a_repeat_of_another_amount_is_inconsistent_with_the_same_result(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1"))
    again = payment.flag(
        ports, BANK, paid(bill, NOON, payment_request_id="P1", amount=Decimal("1.00"))
    )
    assert again.outcome is BankOutcome.INCONSISTENT
    assert again.decision.outcome is BankOutcome.ACCEPTED


def test_a_payment_that_is_told_of_another_bill_pays_nothing_and_tells_of_nobody(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1"))
    other = Payer.of(ports)
    theirs = other.billed()
    told = payment.flag(ports, BANK, paid(theirs, NOON, payment_request_id="P1"))
    assert (told.outcome, told.decision, told.name) == (BankOutcome.INCONSISTENT, None, None)
    assert other.status(theirs) is InvoiceStatus.OPEN
    assert payments(ports) == 1


def test_the_same_external_id_with_another_payment_is_a_conflict(ports, payer, bill):
    flag(ports, paid(bill, NOON, external_id="7"))
    later = payer.billed()
    other = paid(later, NOON, external_id="7")
    assert flag(ports, other) is BankOutcome.EXTERNAL_ID_REUSED
    assert payer.status(later) is InvoiceStatus.OPEN


def test_a_conflict_decides_nothing(ports, payer, bill):
    flag(ports, paid(bill, NOON, external_id="7"))
    later = payer.billed()
    flag(ports, paid(later, NOON, external_id="7", payment_request_id="P2"))
    again = paid(later, NOON, external_id="8", payment_request_id="P2")
    assert flag(ports, again) is BankOutcome.ACCEPTED


def test_a_settled_payment_is_never_a_conflict(ports, payer, bill):
    call = paid(bill, NOON, external_id="7", payment_request_id="P1")
    flag(ports, call)
    flag(ports, paid(payer.billed(), NOON, external_id="8"))
    again = paid(bill, NOON, external_id="8", payment_request_id="P1")
    assert flag(ports, again) is BankOutcome.ACCEPTED


def test_a_repeat_spends_its_external_id_too(ports, payer, bill):
    flag(ports, paid(bill, NOON, external_id="1", payment_request_id="P1"))
    flag(ports, paid(bill, NOON, external_id="2", payment_request_id="P1"))
    later = payer.billed()
    assert flag(ports, paid(later, NOON, external_id="2")) is BankOutcome.EXTERNAL_ID_REUSED


def test_an_external_id_is_good_again_the_next_day(ports, clock, payer, bill):
    flag(ports, paid(bill, NOON, external_id="7"))
    clock.advance(days=1)
    assert flag(ports, paid(payer.billed(), NOON, external_id="7")) is BankOutcome.ACCEPTED


def test_two_banks_may_use_the_same_ids(ports, payer, bill):
    ids = {"external_id": "7", "payment_request_id": "P1"}
    flag(ports, paid(bill, NOON, **ids))
    other = paid(payer.billed(), NOON, **ids)
    assert flag(ports, other, OTHER_BANK) is BankOutcome.ACCEPTED


def test_a_second_payment_of_a_settled_bill_is_refused(ports, bill):
    flag(ports, paid(bill, NOON))
    assert flag(ports, paid(bill, NOON)) is BankOutcome.ALREADY_PAID
    assert payments(ports) == 1


@pytest.mark.parametrize("amount", ["33600", "33600.0", "33600.00"])
def test_amounts_are_compared_as_numbers(ports, bill, amount):
    assert flag(ports, paid(bill, NOON, amount=Decimal(amount))) is BankOutcome.ACCEPTED


@pytest.mark.parametrize("amount", ["0", "33599", "33600.50", "33601", "9999999999999999.99"])
def test_another_amount_is_refused(ports, payer, bill, amount):
    assert flag(ports, paid(bill, NOON, amount=Decimal(amount))) is BankOutcome.WRONG_AMOUNT
    assert payer.status(bill) is InvoiceStatus.OPEN


@pytest.mark.parametrize("total", ["0", "1"])
def test_another_total_is_refused(ports, bill, total):
    assert flag(ports, paid(bill, NOON, total=Decimal(total))) is BankOutcome.WRONG_AMOUNT


def test_a_refused_payment_stays_refused(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1", amount=Decimal(1)))
    same = paid(bill, NOON, payment_request_id="P1", amount=Decimal(1))
    assert flag(ports, same) is BankOutcome.WRONG_AMOUNT
    mended = payment.flag(ports, BANK, paid(bill, NOON, payment_request_id="P1"))
    assert mended.outcome is BankOutcome.INCONSISTENT
    assert mended.decision.outcome is BankOutcome.WRONG_AMOUNT


def test_an_unknown_number_is_no_bill(ports, bill):
    call = paid(bill, NOON, virtual_account_no=bill.virtual_account_no + "0")
    assert flag(ports, call) is BankOutcome.UNKNOWN_BILL


def test_a_bill_of_another_service_is_no_bill(ports, bill):
    assert flag(ports, paid(bill, NOON, service_id="1")) is BankOutcome.UNKNOWN_BILL


def test_a_bill_that_is_out_is_settled_whatever_consent_was_withdrawn_since(ports, payer, bill):
    """The worker asked for it, pays of their own accord, and is covered for it."""
    consents.withdraw(ports, payer.caller, ports.consents.required()[0].document)
    assert flag(ports, paid(bill, NOON)) is BankOutcome.ACCEPTED
    assert payer.status(bill) is InvoiceStatus.PAID


def test_a_cancelled_bill_is_refused(ports, clock, payer, bill):
    clock.advance(minutes=5)
    invoices.cancel(ports, payer.caller, bill.id)
    assert flag(ports, paid(bill, NOON)) is BankOutcome.INACTIVE


def test_a_late_flag_is_taken_up_to_the_last_instant(ports, clock, bill):
    clock.time = bill.expires_at + timedelta(days=3)
    assert flag(ports, paid(bill, bill.expires_at)) is BankOutcome.ACCEPTED


def test_what_was_paid_after_the_end_is_refused(ports, clock, bill):
    clock.time = bill.expires_at + timedelta(days=3)
    assert flag(ports, paid(bill, bill.expires_at + SECOND)) is BankOutcome.INACTIVE


def test_a_bank_whose_clock_is_ahead_pays_in_time(ports, clock, bill):
    clock.time = bill.expires_at
    assert flag(ports, paid(bill, bill.expires_at + MINUTE)) is BankOutcome.ACCEPTED


def test_a_late_payment_supersedes_the_bill_that_followed(ports, clock, payer):
    first = payer.billed()
    clock.time = first.expires_at + MINUTE
    second = payer.billed()
    clock.advance(minutes=10)
    assert flag(ports, paid(first, first.expires_at)) is BankOutcome.ACCEPTED
    assert payer.status(second) is InvoiceStatus.SUPERSEDED
    assert flag(ports, paid(second, clock.now())) is BankOutcome.ALREADY_PAID
    assert not ledger.unbalanced(ports)


def test_money_taken_before_the_bill_was_superseded_becomes_credit(ports, clock, payer):
    first = payer.billed()
    clock.time = first.expires_at + MINUTE
    second = payer.billed()
    clock.advance(minutes=10)
    flag(ports, paid(first, first.expires_at))
    late = paid(second, clock.now() - MINUTE)
    assert flag(ports, late) is BankOutcome.CREDITED
    assert flag(ports, paid(second, clock.now() - MINUTE)) is BankOutcome.ALREADY_PAID
    assert credit(ports, payer) == second.amount
    assert len(contributions(ports, payer)) == 1
    assert not ledger.unbalanced(ports)


def test_a_late_flag_for_months_that_were_settled_meanwhile_becomes_credit(ports, clock, payer):
    first = payer.billed()
    clock.time = first.expires_at + MINUTE
    second = payer.billed(2)
    flag(ports, paid(second, clock.now()))
    assert flag(ports, paid(first, NOON + MINUTE)) is BankOutcome.CREDITED
    assert payer.status(first) is InvoiceStatus.SUPERSEDED
    assert credit(ports, payer) == first.amount
    third = payer.billed(3)
    assert third.credit_used == first.amount
    assert not ledger.unbalanced(ports)


def test_credit_is_not_used_twice(ports, clock, payer):
    """Two bills for different months count on the same credit, and the older is paid last."""
    first = payer.billed()
    clock.time = first.expires_at + MINUTE
    second = payer.billed()
    flag(ports, paid(second, clock.now()))
    flag(ports, paid(first, NOON + MINUTE))
    # There is credit for a month. Arrears are billed with it, but the bank's word of their
    # payment comes when the membership has lapsed and the current month was billed with it too.
    clock.time = datetime(2027, 2, 28, 10, tzinfo=UTC)
    arrears = payer.billed(3)
    assert arrears.credit_used == Rupiah(8_400)
    clock.time = datetime(2027, 4, 2, tzinfo=UTC)
    current = payer.billed()
    assert current.credit_used == Rupiah(8_400)
    assert flag(ports, paid(current, clock.now())) is BankOutcome.ACCEPTED
    assert flag(ports, paid(arrears, arrears.expires_at)) is BankOutcome.CREDITED
    assert credit(ports, payer) == arrears.amount
    assert not ledger.unbalanced(ports)


def test_arrears_told_of_late_restore_the_months_between(ports, clock, payer):
    flag(ports, paid(payer.billed(), NOON))
    clock.time = datetime(2027, 2, 28, 10, tzinfo=UTC)
    arrears = payer.billed(3)
    clock.time = datetime(2027, 3, 2, tzinfo=UTC)
    assert flag(ports, paid(arrears, arrears.expires_at)) is BankOutcome.ACCEPTED
    worker = read(ports, select_worker(payer.caller.worker_id))[0]
    assert worker.paid_through == Month(2027, 2)


def test_every_call_is_remembered(ports, bill):
    call = paid(bill, NOON, payment_request_id="P1")
    flag(ports, call)
    flag(ports, call)
    flag(ports, paid(bill, NOON))
    calls = read(ports, select(BankCall).order_by(BankCall.id))
    assert {each.outcome for each in calls} == {
        BankOutcome.ACCEPTED,
        BankOutcome.INCONSISTENT,
        BankOutcome.ALREADY_PAID,
    }
    assert {each.invoice_id for each in calls} == {bill.id}
    assert sorted(each.decides for each in calls) == [False, True, True]


def test_a_payment_takes_few_statements(ports, bill, queries):
    flag(ports, paid(bill, NOON))
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) <= 21
