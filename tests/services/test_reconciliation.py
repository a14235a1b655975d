import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from models.bank_call import BankOutcome
from services import invoices
from services.bank_statement import NotAStatement
from services.reconciliation import BATCH, UnknownBank, reconcile
from services.reconciliation_report import MOST_SHOWN, Kind, as_document, as_text
from tests.banks import BANK, OTHER_BANK, Payer, flag, paid, with_banks
from tests.fakes import NOON

DAY = date(2026, 11, 22)
MIDNIGHT = NOON + timedelta(hours=12)
"""The end of the day in Jakarta."""
SECOND = timedelta(seconds=1)


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@dataclass
class Statement:
    """What the bank holds as paid, from the flags it sent or meant to send."""

    text: str = "date,reference_no,payment_request_id,virtual_account_no,amount\n"

    def lists(self, call, **other):
        cells = {
            "day": DAY,
            "reference_no": call.reference_no,
            "payment_request_id": call.payment_request_id,
            "virtual_account_no": call.virtual_account_no,
            "amount": f"{call.amount:.2f}",
        }
        self.text += ",".join(str(cell) for cell in (cells | other).values()) + "\n"


@pytest.fixture
def statement():
    return Statement()


def payment(ports, at=NOON, **told):
    """Of a bill of somebody's own, which the bank is about to tell us of."""
    return paid(Payer.of(ports).billed(), at, **told)


def compared(ports, statement, day=DAY, bank=BANK):
    file = BytesIO(statement.text.encode())
    return reconcile(ports, file, bank=bank.client_key, day=day)


def only(report):
    """The one finding there is."""
    ((finding,),) = report.findings.values()
    assert report.counts == {finding.kind: 1}
    assert not report.agrees
    return finding


def test_the_books_agree_where_both_sides_hold_the_same(ports, statement):
    for _ in range(3):
        call = payment(ports)
        flag(ports, call)
        statement.lists(call)
    report = compared(ports, statement)
    assert report.agrees
    assert report.statement == report.books
    assert (report.books.payments, report.books.total) == (3, Decimal(25_200))
    assert report.sentence == "The books of bank for 2026-11-22 agree: 3 payments, Rp25,200.00."


def test_a_day_without_payments_agrees(ports, statement):
    assert compared(ports, statement).agrees


def test_a_payment_that_we_were_never_told_of_is_named(ports, statement):
    call = payment(ports)
    statement.lists(call)
    found = only(compared(ports, statement))
    assert (found.kind, found.line, found.outcome) == (Kind.NEVER_TOLD, 2, None)
    assert found.reference_no == call.reference_no
    assert found.amount == call.amount


def test_once_the_bank_has_told_us_the_books_agree(ports, statement):
    call = payment(ports)
    statement.lists(call)
    assert not compared(ports, statement).agrees
    flag(ports, call)
    assert compared(ports, statement).agrees


def test_a_payment_that_we_did_not_take_is_named_with_our_answer(ports, statement):
    payer = Payer.of(ports)
    bill = payer.billed()
    call = paid(bill, NOON)
    invoices.cancel(ports, payer.caller, bill.id)
    flag(ports, call)
    statement.lists(call)
    found = only(compared(ports, statement))
    assert (found.kind, found.outcome) == (Kind.REFUSED, BankOutcome.INACTIVE)


def test_nor_is_a_call_forgotten_that_decided_nothing(ports, statement):
    flag(ports, payment(ports, external_id="7"), OTHER_BANK)
    first, call = payment(ports, external_id="7"), payment(ports, external_id="7")
    flag(ports, first)
    flag(ports, call)
    statement.lists(first)
    statement.lists(call)
    found = only(compared(ports, statement))
    assert (found.kind, found.outcome) == (Kind.REFUSED, BankOutcome.EXTERNAL_ID_REUSED)


def test_a_payment_that_we_were_told_of_with_another_amount_is_named_with_it(ports, statement):
    call = payment(ports)
    flag(ports, replace(call, amount=Decimal(8_000)))
    statement.lists(call)
    found = only(compared(ports, statement))
    assert (found.kind, found.outcome) == (Kind.TOLD_OTHER_AMOUNT, BankOutcome.WRONG_AMOUNT)
    assert (found.amount, found.told) == (Decimal(8_400), Decimal(8_000))


def test_an_amount_that_differs_from_what_we_took_is_named_with_both(ports, statement):
    call = payment(ports)
    flag(ports, call)
    statement.lists(call, amount="8400.50")
    report = compared(ports, statement)
    found = only(report)
    assert (found.kind, found.amount, found.told) == (
        Kind.OTHER_AMOUNT,
        Decimal("8400.50"),
        Decimal(8_400),
    )
    assert (report.statement.total, report.books.total) == (Decimal("8400.50"), Decimal(8_400))


def test_money_that_is_listed_for_another_bill_is_named(ports, statement):
    call, other = payment(ports), payment(ports)
    flag(ports, call)
    statement.lists(call, virtual_account_no=other.virtual_account_no)
    found = only(compared(ports, statement))
    assert (found.kind, found.told_account) == (Kind.OTHER_ACCOUNT, call.virtual_account_no)


def test_a_payment_that_is_ours_and_not_theirs_is_named(ports, statement):
    call = payment(ports)
    flag(ports, call)
    found = only(compared(ports, statement))
    assert (found.kind, found.line) == (Kind.NOT_LISTED, None)
    assert found.reference_no == call.reference_no
    assert found.virtual_account_no == call.virtual_account_no


def test_a_payment_that_is_listed_twice_is_named_and_counts_twice(ports, statement):
    call = payment(ports)
    flag(ports, call)
    statement.lists(call)
    statement.lists(call)
    report = compared(ports, statement)
    assert (only(report).kind, only(report).line) == (Kind.REPEATED, 3)
    assert (report.statement.payments, report.books.payments) == (2, 1)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (MIDNIGHT - SECOND, date(2026, 11, 22)),
        (MIDNIGHT, date(2026, 11, 23)),
    ],
)
def test_a_day_ends_at_midnight_in_jakarta_however_late_we_are_told(
    ports, clock, statement, at, day
):
    call = payment(ports, at)
    clock.advance(days=3)
    flag(ports, call)
    statement.lists(call, day=day)
    assert compared(ports, statement, day).agrees
    for other in (day - timedelta(days=1), day + timedelta(days=1)):
        assert compared(ports, Statement(), other).agrees


def test_what_we_took_as_paid_on_another_day_is_named_with_that_day(ports, clock, statement):
    call = payment(ports, MIDNIGHT)
    clock.advance(days=1)
    flag(ports, call)
    statement.lists(call)
    found = only(compared(ports, statement))
    assert (found.kind, found.told_on) == (Kind.OTHER_DAY, date(2026, 11, 23))


def test_money_that_became_credit_is_in_the_books(ports, clock, statement):
    payer = Payer.of(ports)
    first = payer.billed()
    clock.time = first.expires_at + SECOND
    flag(ports, paid(payer.billed(), clock.now()))
    late = paid(first, NOON)
    assert flag(ports, late) is BankOutcome.CREDITED
    statement.lists(late)
    assert compared(ports, statement).agrees


def test_banks_are_compared_each_with_its_own(ports, statement):
    call, other = payment(ports), payment(ports)
    flag(ports, call)
    flag(ports, other, OTHER_BANK)
    statement.lists(call)
    assert compared(ports, statement).agrees
    assert compared(ports, statement, bank=OTHER_BANK).counts == {
        Kind.NEVER_TOLD: 1,
        Kind.NOT_LISTED: 1,
    }


def test_a_bank_has_to_be_named_where_there_are_several(ports, statement):
    for named in (None, "nobody"):
        with pytest.raises(UnknownBank, match="one of: bank, other-bank"):
            reconcile(ports, BytesIO(statement.text.encode()), bank=named, day=DAY)


def test_the_day_is_that_of_the_first_line(ports, statement):
    call = payment(ports)
    flag(ports, call)
    statement.lists(call)
    assert compared(ports, statement, day=None).day == DAY


def test_without_a_line_the_day_has_to_be_said(ports, statement):
    with pytest.raises(NotAStatement, match="say with --day"):
        compared(ports, statement, day=None)


def test_a_statement_is_of_one_day(ports, statement):
    statement.lists(payment(ports))
    statement.lists(payment(ports), day=date(2026, 11, 23))
    with pytest.raises(NotAStatement, match="Line 3 is of another day"):
        compared(ports, statement)
    with pytest.raises(NotAStatement, match="Line 2 is of another day"):
        compared(ports, statement, day=date(2026, 11, 23))


def test_a_long_statement_takes_few_statements_of_ours(ports, statement, queries):
    call = payment(ports)
    for number in range(2 * BATCH):
        statement.lists(call, payment_request_id=f"P{number}")
    queries.clear()
    report = compared(ports, statement)
    assert report.counts == {Kind.NEVER_TOLD: 2 * BATCH}
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) <= 6


def test_it_is_told_in_json_with_amounts_as_the_bank_writes_them(ports, statement):
    call = payment(ports)
    flag(ports, replace(call, amount=Decimal(8_000)))
    statement.lists(call)
    told = json.loads(json.dumps(as_document(compared(ports, statement))))
    assert (told["bank"], told["day"], told["agrees"]) == ("bank", "2026-11-22", False)
    assert told["statement"] == {"payments": 1, "total": "8400.00"}
    assert told["books"] == {"payments": 0, "total": "0.00"}
    assert told["counts"]["told_other_amount"] == 1
    (finding,) = told["findings"]
    assert (finding["kind"], finding["amount"], finding["told"], finding["outcome"]) == (
        "told_other_amount",
        "8400.00",
        "8000.00",
        "wrong_amount",
    )


def test_it_is_told_to_people_with_totals_and_one_sentence_at_the_end(ports, clock, statement):
    call, late = payment(ports), payment(ports, MIDNIGHT)
    clock.advance(days=1)
    flag(ports, late)
    statement.lists(call)
    statement.lists(late)
    flag(ports, payment(ports, NOON))
    told = as_text(compared(ports, statement))
    assert "statement          2             Rp16,800.00" in told
    assert "our books          1              Rp8,400.00" in told
    assert f"never told us of it: 1\n  line 2  reference {call.reference_no}" in told
    assert "Rp8,400.00  told as paid on 2026-11-23" in told
    assert told.splitlines()[-1] == (
        "The books of bank for 2026-11-22 do not agree, on 3 payments."
    )


def test_people_are_shown_the_first_of_many(ports, statement):
    call = payment(ports)
    for number in range(MOST_SHOWN + 5):
        statement.lists(call, payment_request_id=f"P{number}")
    assert "  and 5 more" in as_text(compared(ports, statement))
