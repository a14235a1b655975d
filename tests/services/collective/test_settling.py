"""What a partner's money does for its drivers, and what becomes of money that can do nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models.bank_call import BankOutcome
from models.coverage import CoverageStatus
from models.coverage_event import CoverageEvent
from models.enrolment import Enrolment
from models.erasure_request import ErasureRequest
from models.identity_verdict import IdentityReason
from models.invoice import InvoiceStatus
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.partner_posting import PartnerPosting
from models.refund import select_refund_cases
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.payer import PayerKind
from models.values.rupiah import Rupiah
from models.worker import Worker, erase_worker, forget_occupations
from services import coverage, identity_refusal
from services.collective import settling
from services.jobs import SettleCollectiveInvoice
from tests.banks import flag, paid
from tests.fakes import NOON
from tests.fleets import DECEMBER, JANUARY, NOVEMBER, Fleet, flagging
from tests.payers import pay

PRICE = Rupiah(8_400)
MINUTE = timedelta(minutes=1)
PAID, CREDITED, RETURNED, WAITING = (
    LineStatus.PAID,
    LineStatus.CREDITED,
    LineStatus.RETURNED,
    LineStatus.WAITING,
)


def refuse(ports, fleet, name):
    worker_id = fleet.drivers[name].worker_id
    return identity_refusal.refuse(ports, worker_id, IdentityReason.HELD_BY_ANOTHER)


def test_the_bank_is_answered_before_anything_is_posted(ports, fleet):
    bill = fleet.bill()
    assert flag(ports, flagging(bill, NOON)) is BankOutcome.ACCEPTED
    assert fleet.show(bill).status is CollectiveStatus.SETTLING
    assert fleet.paid_for("D-1") == []
    assert ports.jobs.waiting == [SettleCollectiveInvoice(bill.id)]


def test_every_line_is_a_month_of_cover_from_the_instant_it_was_paid(ports, clock, fleet):
    bill = fleet.bill()
    clock.advance(hours=2)
    fleet.pay(bill, NOON + timedelta(hours=1))
    assert set(fleet.lines(bill).values()) == {PAID}
    for name in fleet.drivers:
        (month,) = fleet.paid_for(name)
        assert (month.month, month.amount) == (NOVEMBER, PRICE)
        assert month.settled_at == NOON + timedelta(hours=1)
        assert (month.payer, month.partner_invoice_id) == (PayerKind.PARTNER, bill.id)
        assert month.invoice_id is None
        assert coverage.show(ports, fleet.drivers[name]).status is CoverageStatus.ACTIVE


def test_as_when_a_worker_pays_there_is_a_number_and_the_cover_is_told(ports, fleet):
    fleet.pay(fleet.bill())
    workers = [fleet.worker(name) for name in fleet.drivers]
    assert len({worker.member_number for worker in workers} - {None}) == 3
    assert {worker.paid_through for worker in workers} == {NOVEMBER}
    with ports.transactions.reading() as session:
        told = session.scalars(select(CoverageEvent)).all()
    assert {each.event for each in told} == {"coverage.activated"}
    assert len(told) == 3


def test_the_invoice_says_when_it_was_paid_and_under_which_reference(ports, clock, fleet):
    bill = fleet.bill()
    clock.advance(minutes=3)
    flag(ports, flagging(bill, NOON + MINUTE, reference_no="20261122000077"))
    ports.jobs.work(ports)
    shown = fleet.show(bill)
    assert (shown.status, shown.bank_reference) == (CollectiveStatus.PAID, "20261122000077")
    assert (shown.paid_at, shown.posted_at) == (NOON + MINUTE, NOON + 3 * MINUTE)
    assert (shown.credited, shown.expires_in) == (Rupiah(0), 0)


def test_the_partner_is_told_once_when_all_is_posted(ports, fleet):
    bill = fleet.bill()
    flag(ports, flagging(bill, NOON))
    assert fleet.told == []
    ports.jobs.work(ports)
    settling.settle(ports, bill.id)
    assert fleet.told == [("invoice.paid", bill.id)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [(timedelta(days=-3), timedelta(0)), (timedelta(hours=9), timedelta(hours=1))],
)
def test_a_bank_s_odd_clock_protects_nobody_before_the_invoice_or_later_than_now(
    clock, fleet, said, meant
):
    bill = fleet.bill()
    clock.advance(hours=1)
    fleet.pay(bill, NOON + said)
    assert fleet.paid_for("D-1")[0].settled_at == NOON + meant


def test_lines_are_posted_in_parts_and_gone_on_with_after_any_of_them(ports, fleet):
    bill = fleet.bill()
    flag(ports, flagging(bill, NOON))

    class PowerCut(Exception):
        pass

    class OnePart:
        def __init__(self, transactions):
            self.transactions, self.left = transactions, 1

        def begin(self):
            self.left -= 1
            if self.left < 0:
                raise PowerCut
            return self.transactions.begin()

    with pytest.raises(PowerCut):
        settling.settle(replace(ports, transactions=OnePart(ports.transactions)), bill.id, size=2)
    assert sorted(fleet.lines(bill).values()) == [PAID, PAID, WAITING]
    assert fleet.show(bill).status is CollectiveStatus.SETTLING
    settling.settle(ports, bill.id, size=2)
    assert set(fleet.lines(bill).values()) == {PAID}
    assert fleet.show(bill).status is CollectiveStatus.PAID


def test_a_month_that_the_driver_paid_meanwhile_is_the_partner_s_credit(ports, fleet):
    bill = fleet.bill()
    pay(ports, fleet.payer("D-1").billed(1))
    fleet.pay(bill)
    assert fleet.lines(bill) == {"D-1": CREDITED, "D-2": PAID, "D-3": PAID}
    assert fleet.credit == fleet.show(bill).credited == PRICE
    assert [each.invoice_id for each in fleet.paid_for("D-1")] != [None]


def test_of_two_partners_the_second_s_money_is_credit(ports, fleet):
    other = Fleet.of(ports)
    other.enrol("same", worker=fleet.drivers["D-1"])
    mine, theirs = fleet.bill(), other.bill()
    fleet.pay(mine)
    other.pay(theirs)
    assert other.lines(theirs) == {"same": CREDITED}
    assert (other.credit, fleet.credit) == (PRICE, Rupiah(0))


def test_a_driver_s_own_open_bill_is_superseded(ports, fleet):
    own = fleet.payer("D-1").billed(2)
    fleet.pay(fleet.bill())
    assert fleet.payer("D-1").status(own) is InvoiceStatus.SUPERSEDED
    assert flag(ports, paid(own, NOON + MINUTE)) is BankOutcome.ALREADY_PAID


def test_the_next_month_may_be_paid_by_the_driver(ports, fleet):
    fleet.pay(fleet.bill())
    pay(ports, fleet.payer("D-1").billed(1))
    first, second = fleet.paid_for("D-1")
    assert [first.payer, second.payer] == [PayerKind.PARTNER, PayerKind.SELF]
    assert [first.month, second.month] == [NOVEMBER, DECEMBER]


def test_credit_is_used_first_on_the_next_invoice(ports, fleet):
    bill = fleet.bill()
    pay(ports, fleet.payer("D-1").billed(1))
    fleet.pay(bill)
    following = fleet.bill(month=DECEMBER)
    assert (following.amount, following.credit_used) == (PRICE + PRICE, PRICE)
    fleet.pay(following)
    assert fleet.credit == Rupiah(0)
    assert set(fleet.lines(following).values()) == {PAID}


@pytest.fixture
def credited(ports, fleet):
    """The price of one month has become credit."""
    bill = fleet.bill("D-1")
    pay(ports, fleet.payer("D-1").billed(1))
    fleet.pay(bill)
    assert fleet.credit == PRICE
    return fleet


def test_what_credit_pays_for_is_settled_without_a_bank(ports, credited):
    bill = credited.bill("D-2")
    assert (bill.amount, bill.credit_used) == (Rupiah(0), PRICE)
    assert bill.status is CollectiveStatus.SETTLING
    ports.jobs.work(ports)
    assert credited.show(bill).status is CollectiveStatus.PAID
    assert credited.paid_for("D-2")[0].payment_id is None


def test_two_open_invoices_do_not_count_on_the_same_credit(credited):
    first, second = credited.bill("D-2", "D-3"), credited.bill("D-1", month=DECEMBER)
    assert (first.credit_used, second.credit_used) == (PRICE, Rupiah(0))


def test_credit_that_a_late_payment_used_is_missing_on_a_newer_invoice(ports, clock, credited):
    late = credited.bill("D-2", "D-3")
    clock.time = late.expires_at + MINUTE
    newer = credited.bill(month=DECEMBER)
    assert newer.credit_used == PRICE
    assert credited.pay(late, NOON + MINUTE) is BankOutcome.ACCEPTED
    assert credited.show(newer).status is CollectiveStatus.SUPERSEDED
    assert set(credited.lines(late).values()) == {PAID}


def test_and_where_the_newer_one_used_it_first_the_late_money_is_credit(ports, clock, credited):
    late = credited.bill("D-2", "D-3")
    clock.time = late.expires_at + MINUTE
    credited.pay(credited.bill(month=DECEMBER))
    assert credited.pay(late, NOON + MINUTE) is BankOutcome.CREDITED
    assert credited.show(late).status is CollectiveStatus.SUPERSEDED
    assert credited.credit == credited.show(late).credited == late.amount


class TestRefused:
    def test_before_it_was_paid_nothing_is_posted(self, ports, clock, fleet):
        bill = fleet.bill()
        clock.advance(minutes=1)
        refuse(ports, fleet, "D-1")
        clock.advance(minutes=1)
        fleet.pay(bill)
        assert fleet.lines(bill)["D-1"] is CREDITED
        assert fleet.credit == PRICE

    def test_between_paying_and_posting_what_had_begun_is_posted(self, ports, clock, fleet):
        bill = fleet.bill()
        flag(ports, flagging(bill, NOON))
        clock.advance(minutes=1)
        refuse(ports, fleet, "D-1")
        ports.jobs.work(ports)
        assert fleet.lines(bill)["D-1"] is PAID

    def test_and_what_had_not_is_not(self, ports, clock, fleet):
        pay(ports, fleet.payer("D-1").billed(1))
        bill = fleet.bill("D-1", month=DECEMBER)
        flag(ports, flagging(bill, NOON))
        clock.advance(minutes=1)
        refuse(ports, fleet, "D-1")
        ports.jobs.work(ports)
        assert fleet.lines(bill)["D-1"] is CREDITED

    def test_afterwards_months_to_come_go_back_to_who_paid_them(self, ports, clock, fleet):
        pay(ports, fleet.payer("D-1").billed(2))
        bill = fleet.bill("D-1", month=JANUARY)
        fleet.pay(bill)
        case = refuse(ports, fleet, "D-1")
        assert case is not None
        assert case.amount == PRICE  # December, which the driver paid
        assert fleet.lines(bill)["D-1"] is RETURNED
        assert fleet.credit == fleet.show(bill).credited == bill.amount
        assert fleet.worker("D-1").paid_through == NOVEMBER

    def test_and_there_is_no_case_where_the_driver_paid_none_of_them(self, ports, fleet):
        fleet.pay(fleet.bill())
        bill = fleet.bill("D-1", month=DECEMBER)
        fleet.pay(bill)
        assert refuse(ports, fleet, "D-1") is None
        assert fleet.lines(bill) == {"D-1": RETURNED}
        with ports.transactions.reading() as session:
            cases = select_refund_cases(fleet.drivers["D-1"].worker_id)
            assert session.scalars(cases).all() == []
        november, december = fleet.paid_for("D-1")
        assert (november.refunded_at, december.refunded_at) == (None, NOON)
        assert (fleet.credit, december.refund_case_id) == (PRICE, None)

    def test_a_month_that_went_back_can_be_paid_again(self, ports, clock, fleet):
        fleet.pay(fleet.bill())
        fleet.pay(fleet.bill("D-1", month=DECEMBER))
        refuse(ports, fleet, "D-1")
        clock.advance(minutes=1)
        with ports.transactions.begin() as session:
            worker = session.get_one(Worker, fleet.drivers["D-1"].worker_id)
            worker.identity_status = IdentityStatus.VERIFIED
        again = fleet.bill("D-1", month=DECEMBER)
        assert again.credit_used == PRICE
        ports.jobs.work(ports)
        months = [(each.month, each.refunded_at is None) for each in fleet.paid_for("D-1")]
        assert sorted(months) == [(NOVEMBER, True), (DECEMBER, False), (DECEMBER, True)]


def test_who_asked_to_be_erased_stays_until_the_end_of_what_was_paid(ports, fleet):
    bill = fleet.bill("D-1")
    with ports.transactions.begin() as session:
        worker = session.get_one(Worker, fleet.drivers["D-1"].worker_id)
        session.add(ErasureRequest.of(worker, NOON))
    fleet.pay(bill)
    with ports.transactions.reading() as session:
        request = session.scalars(select(ErasureRequest)).one()
    assert request.not_before == NOVEMBER.ends_at


def test_nothing_is_posted_for_who_has_been_erased(ports, fleet):
    bill = fleet.bill("D-1")
    with ports.transactions.begin() as session:
        worker_id = fleet.drivers["D-1"].worker_id
        session.execute(forget_occupations(worker_id))
        session.execute(erase_worker(worker_id, NOON))
    fleet.pay(bill)
    assert fleet.lines(bill) == {"D-1": CREDITED}


def test_a_link_that_ended_after_the_invoice_was_made_is_paid_for(fleet):
    bill = fleet.bill()
    fleet.end_link("D-1")
    fleet.pay(bill)
    assert set(fleet.lines(bill).values()) == {PAID}


def test_a_line_follows_a_record_that_its_person_takes_over(ports, fleet):
    bill = fleet.bill("D-1")
    person = Fleet.of(ports, 1).drivers["D-1"]
    with ports.transactions.begin() as session:
        link = update(Enrolment).where(Enrolment.external_id == "D-1")
        mine = link.where(Enrolment.partner_id == fleet.partner.id)
        session.execute(mine.values(worker_id=person.worker_id))
    fleet.pay(bill)
    fleet.drivers["person"] = person
    assert fleet.paid_for("D-1") == []
    assert [each.month for each in fleet.paid_for("person")] == [NOVEMBER]


def test_a_line_is_posted_once_by_the_database_s_own_rule(ports, fleet):
    bill = fleet.bill("D-1")
    fleet.pay(bill)
    with ports.transactions.reading() as session:
        line = session.scalars(
            select(PartnerPosting).where(PartnerPosting.enrolment_id.is_not(None))
        ).one()
    again = {each.key: getattr(line, each.key) for each in PartnerPosting.__table__.columns}
    with (
        pytest.raises(IntegrityError, match="uq_partner_posting_line"),
        ports.transactions.begin() as s,
    ):
        s.add(PartnerPosting(**again | {"id": new_id()}))
