"""A partner's money is proven beside the workers', and found at the bank again."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from models.enrolment import Enrolment
from models.identity_verdict import IdentityReason
from models.partner_posting import PartnerPosting
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.page import PageRequest
from models.values.rupiah import Rupiah
from models.values.words import Language
from services import identity_refusal, ledger
from services.reconciliation import reconcile
from services.timeline import own
from tests.banks import BANK, flag
from tests.fakes import NOON
from tests.fleets import DECEMBER, Fleet, flagging

PRICE = Rupiah(8_400)


def posting(fleet, bill, **amounts):
    told = {"received": 0, "settled": 0, "credit": 0, "held": 0} | amounts
    return PartnerPosting(
        id=new_id(),
        partner_id=fleet.partner.id,
        partner_invoice_id=bill.id,
        posted_at=NOON,
        **{name: Rupiah(amount) for name, amount in told.items()},
    )


class TestUnbalanced:
    @pytest.fixture(autouse=True)
    def balance(self):
        """Here they do not."""

    def test_money_that_no_bank_told_us_of_is_found(self, ports, fleet):
        with ports.transactions.begin() as session:
            session.add(posting(fleet, fleet.bill(), received=1, credit=1))
        (found,) = ledger.unbalanced_partners(ports)
        assert found.partner_id == fleet.partner.id
        assert (found.paid, found.received, found.credit) == (Rupiah(0), Rupiah(1), Rupiah(1))

    def test_credit_that_was_never_there_is_found(self, ports, fleet):
        with ports.transactions.begin() as session:
            session.add(posting(fleet, fleet.bill(), credit=-1, held=1))
        (found,) = ledger.unbalanced_partners(ports)
        assert (found.credit, found.held, found.waiting) == (Rupiah(-1), Rupiah(1), Rupiah(0))

    def test_a_month_of_cover_that_no_posting_settled_is_found_for_both(self, ports, fleet):
        fleet.pay(fleet.bill("D-1"))
        (month,) = fleet.paid_for("D-1")
        values = {each.key: getattr(month, each.key) for each in type(month).__table__.columns}
        again = type(month)(**values | {"id": new_id(), "month": DECEMBER})
        with ports.transactions.begin() as session:
            session.add(again)
        (partner,), (worker,) = ledger.unbalanced_partners(ports), ledger.unbalanced(ports)
        assert (partner.settled, partner.contributed) == (PRICE, PRICE + PRICE)
        assert (worker.by_partners, worker.contributed_by_partners) == (PRICE, PRICE + PRICE)

    def test_an_alarm_names_no_one(self, ports, fleet, caplog):
        with ports.transactions.begin() as session:
            session.add(posting(fleet, fleet.bill(), received=1, credit=1))
        ledger.check(ports)
        (alarm,) = caplog.records
        assert (alarm.levelname, alarm.partners) == ("ERROR", 1)
        assert fleet.partner.name not in alarm.getMessage()


@pytest.mark.parametrize(
    ("amounts", "rule"),
    [
        ({"received": 1, "credit": 2}, "balances"),
        ({"received": -1, "credit": -1}, "received"),
        ({"received": 1, "settled": 1}, "moves"),
    ],
)
def test_what_a_posting_may_not_be(ports, fleet, amounts, rule):
    bill = fleet.bill()
    with (
        pytest.raises(IntegrityError, match=f"ck_partner_posting_{rule}"),
        ports.transactions.begin() as session,
    ):
        session.add(posting(fleet, bill, **amounts))


def test_while_lines_wait_their_money_is_held(ports, fleet):
    flag(ports, flagging(fleet.bill(), NOON))
    with ports.transactions.reading() as session:
        held = session.scalar(select(func.sum(PartnerPosting.held, type_=PartnerPosting.held.type)))
    assert held == PRICE * 3
    assert ledger.unbalanced_partners(ports) == []


def test_the_bank_s_statement_agrees_with_a_collective_payment(ports, fleet):
    call = flagging(fleet.bill(), NOON)
    flag(ports, call)
    text = (
        "date,reference_no,payment_request_id,virtual_account_no,amount\n"
        f"2026-11-22,{call.reference_no},{call.payment_request_id},{call.virtual_account_no},25200\n"
    )
    report = reconcile(ports, BytesIO(text.encode()), bank=BANK.client_key, day=date(2026, 11, 22))
    assert report.agrees
    assert (report.books.payments, report.books.total) == (1, 25_200)


def test_and_what_the_bank_does_not_list_is_found_with_its_number(ports, fleet):
    bill = fleet.bill()
    flag(ports, flagging(bill, NOON))
    header = b"date,reference_no,payment_request_id,virtual_account_no,amount\n"
    report = reconcile(ports, BytesIO(header), bank=BANK.client_key, day=date(2026, 11, 22))
    ((finding,),) = report.findings.values()
    assert finding.virtual_account_no == bill.virtual_account_no


def story(ports, fleet):
    page = own.listed(ports, fleet.drivers["D-1"], PageRequest(limit=200))
    return [(each.kind, each.text.in_(Language.ENGLISH), each.details) for each in page.items]


def test_a_worker_reads_who_paid_and_what_it_protects(ports, fleet):
    fleet.pay(fleet.bill())
    (kind, text, details), *_ = [each for each in story(ports, fleet) if "partner" in each[0]]
    assert kind == "month_paid_by_partner"
    assert f"was paid by {fleet.partner.name}, and protects you from 22 November 2026" in text
    assert (details["partner"], details["amount"]) == (fleet.partner.name, PRICE)


def test_and_that_a_month_will_not_begin(ports, clock, fleet):
    fleet.pay(fleet.bill())
    fleet.pay(fleet.bill("D-1", month=DECEMBER))
    clock.advance(minutes=1)
    worker_id = fleet.drivers["D-1"].worker_id
    identity_refusal.refuse(ports, worker_id, IdentityReason.HELD_BY_ANOTHER)
    kind, text, _ = story(ports, fleet)[0]
    assert kind == "partner_month_taken_back"
    assert f"The money goes back to {fleet.partner.name}." in text


def test_two_partners_do_not_see_the_same_id_of_a_driver(ports, fleet):
    other = Fleet.of(ports)
    other.enrol("same", worker=fleet.drivers["D-1"], identity=IdentityStatus.VERIFIED)
    with ports.transactions.reading() as session:
        ids = session.scalars(
            select(Enrolment.id).where(Enrolment.worker_id == fleet.drivers["D-1"].worker_id)
        ).all()
    assert len(set(ids)) == 2
