import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.contribution import Contribution, select_contributions
from models.invoice import InvoiceStatus, select_invoice
from models.payment import LedgerPosting
from models.refund import RefundCase
from models.settling import select_worker_to_settle
from models.values.ids import new_id
from models.values.member_number import MemberNumber
from models.values.rupiah import Rupiah
from models.worker import Worker
from services import ledger
from services.settlement import CannotSettle, issue_member_number, settle_by_credit
from tests.banks import Payer
from tests.fakes import NOON
from tests.payers import pay, pay_twice


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


def changing(ports, payer, change):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_settle(payer.caller.worker_id)).one()
        return change(session, worker)


def drawn(*numbers):
    remaining = iter(numbers)
    return lambda: MemberNumber(next(remaining))


def number_of(ports, payer):
    with ports.transactions.reading() as session:
        return session.get_one(Worker, payer.caller.worker_id).member_number


def a_month_too_many(session, worker):
    paid = session.scalars(select_contributions(worker.id)).one()
    return Contribution(
        worker_id=worker.id,
        month=paid.month + 1,
        settled_at=paid.settled_at,
        invoice_id=paid.invoice_id,
        payment_id=paid.payment_id,
        **paid.pricing,
    )


def test_a_member_number_that_is_taken_is_drawn_again(ports, payer):
    other, taken, free = Payer.of(ports), "20000000001", "20000000002"
    changing(ports, other, lambda s, worker: issue_member_number(s, worker, drawn(taken)))
    changing(ports, payer, lambda s, worker: issue_member_number(s, worker, drawn(taken, free)))
    assert (number_of(ports, other), number_of(ports, payer)) == (taken, free)


def test_a_member_number_is_for_life(ports, payer):
    for number in ("20000000001", "20000000002"):
        draw = drawn(number)
        changing(ports, payer, lambda s, worker, draw=draw: issue_member_number(s, worker, draw))
    assert number_of(ports, payer) == "20000000001"


def test_what_was_written_before_a_collision_stays(ports, payer):
    other, taken = Payer.of(ports), "20000000001"
    changing(ports, other, lambda s, worker: issue_member_number(s, worker, drawn(taken)))

    def change(session, worker):
        worker.kusuka_number = "K1"
        issue_member_number(session, worker, drawn(taken, "20000000002"))

    changing(ports, payer, change)
    with ports.transactions.reading() as session:
        assert session.get_one(Worker, payer.caller.worker_id).kusuka_number == "K1"


def test_credit_settles_a_bill_of_nothing_from_now_on(ports, clock, payer):
    """The price of one month has become credit, and pays for the next."""
    pay_twice(ports, clock, payer.caller)
    bill = payer.billed()
    assert (bill.amount, bill.status) == (Rupiah(0), InvoiceStatus.PAID)
    with ports.transactions.reading() as session:
        posting = session.scalars(
            select(LedgerPosting).where(LedgerPosting.invoice_id == bill.id)
        ).one()
    assert (posting.received, posting.settled, posting.credit) == (
        Rupiah(0),
        Rupiah(8_400),
        Rupiah(-8_400),
    )
    assert not ledger.unbalanced(ports)


def test_credit_that_is_not_there_settles_nothing(ports, payer):
    bill = payer.billed()

    def change(session, worker):
        invoice = session.scalars(select_invoice(bill.id, worker_id=worker.id)).one()
        session.expunge(invoice)  # no bill like this was ever made
        invoice.credit_used, invoice.amount = invoice.amount, Rupiah(0)
        settle_by_credit(ports, session, worker, invoice)

    with pytest.raises(CannotSettle):
        changing(ports, payer, change)


def test_credit_does_not_settle_what_is_left_to_pay(ports, payer):
    bill = payer.billed()

    def change(session, worker):
        invoice = session.scalars(select_invoice(bill.id, worker_id=worker.id)).one()
        settle_by_credit(ports, session, worker, invoice)

    with pytest.raises(ValueError, match="left to pay"):
        changing(ports, payer, change)


def test_money_that_does_not_add_up_is_found(ports, payer):
    pay(ports, payer.billed())
    assert not ledger.unbalanced(ports)

    changing(ports, payer, lambda session, worker: session.add(a_month_too_many(session, worker)))
    (found,) = ledger.unbalanced(ports)
    assert found.worker_id == payer.caller.worker_id
    assert (found.paid, found.received, found.settled) == (Rupiah(8_400),) * 3
    assert (found.credit, found.contributed) == (Rupiah(0), Rupiah(16_800))


def test_every_night_the_books_are_looked_at_and_an_alarm_names_no_one(ports, payer, caplog):
    pay(ports, payer.billed())
    ledger.check(ports)
    assert not caplog.records
    changing(ports, payer, lambda session, worker: session.add(a_month_too_many(session, worker)))
    ledger.check(ports)
    (alarm,) = caplog.records
    assert (alarm.levelname, alarm.workers) == ("ERROR", 1)
    assert str(payer.caller.worker_id) not in alarm.getMessage()


def test_the_clock_of_the_bill_is_the_bank(ports, clock, payer):
    bill = payer.billed()
    clock.advance(hours=3)
    pay(ports, bill, at=NOON)
    assert payer.invoice(bill).closed_at == NOON


def posting(invoice_id, worker, **amounts):
    told = {"received": 0, "settled": 0, "credit": 0, "refund": 0} | amounts
    rupiah = {name: Rupiah(amount) for name, amount in told.items()}
    return LedgerPosting(worker_id=worker.id, invoice_id=invoice_id, posted_at=NOON, **rupiah)


def test_money_that_no_bank_told_us_of_is_found(ports, payer):
    bill = payer.billed()
    changing(ports, payer, lambda s, worker: s.add(posting(bill.id, worker, received=1, credit=1)))
    (found,) = ledger.unbalanced(ports)
    assert (found.paid, found.received, found.credit) == (Rupiah(0), Rupiah(1), Rupiah(1))


def test_a_month_that_was_taken_back_without_a_posting_is_found(ports, payer):
    pay(ports, payer.billed(2))

    def change(session, worker):
        case = RefundCase(id=new_id(), worker_id=worker.id, opened_at=NOON, amount=Rupiah(8_400))
        session.add(case)
        session.flush()
        paid = session.scalars(select_contributions(worker.id)).all()[-1]
        paid.refund_case_id, paid.refunded_at = case.id, NOON

    changing(ports, payer, change)
    (found,) = ledger.unbalanced(ports)
    assert (found.settled, found.contributed) == (Rupiah(16_800), Rupiah(8_400))
    assert (found.refund, found.taken_back, found.owed) == (Rupiah(0), Rupiah(8_400), Rupiah(8_400))


@pytest.mark.parametrize(
    ("amounts", "rule"),
    [
        ({"settled": -8_400, "credit": 8_400}, "settled"),
        ({"settled": -8_400, "refund": 8_400}, "settled|refund"),
        ({"received": 8_400, "settled": 8_400, "credit": 1}, "balances"),
    ],
)
def test_what_a_posting_may_not_be(ports, payer, amounts, rule):
    bill = payer.billed()
    with pytest.raises(IntegrityError, match=rf"ck_ledger_posting_({rule})"):
        changing(ports, payer, lambda s, worker: s.add(posting(bill.id, worker, **amounts)))


def test_credit_that_was_used_and_never_given_is_found(ports, payer):
    pay(ports, payer.billed())
    unpaid = payer.billed()

    def change(session, worker):
        session.add(a_month_too_many(session, worker))
        session.add(posting(unpaid.id, worker, settled=8_400, credit=-8_400))

    changing(ports, payer, change)
    (found,) = ledger.unbalanced(ports)
    assert found.credit == Rupiah(-8_400)
    assert found.settled == found.contributed
