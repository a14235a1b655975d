"""Who is on a collective invoice, for which month and at which price."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.collective_order import Order
from models.consent import withdraw_everything
from models.contribution import Contribution
from models.erasure_request import ErasureRequest
from models.invoice import expiry_of
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.values.identity import IdentityStatus
from models.values.page import PageRequest
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.worker import Worker, erase_worker, forget_occupations
from services.collective import drawing_up, invoices
from services.errors import Invalid
from services.once import Once
from tests.banks import flag
from tests.fakes import NOON
from tests.fleets import DECEMBER, JANUARY, NOVEMBER, Fleet, flagging
from tests.payers import DRIVER, pay


def amounts(ports, fleet, bill):
    page = invoices.lines(ports, fleet.caller, bill.id, PageRequest(limit=200))
    return {line.external_id: (line.month, line.amount) for line in page.items}


def left_out(bill):
    return [each.external_id for each in bill.left_out]


def test_everybody_is_billed_for_the_oldest_unpaid_month_at_its_own_price(ports, fleet):
    fleet.enrol("complete", plan=Plan.COMPLETE)
    pay(ports, fleet.payer("D-1").billed(1))
    bill = fleet.bill(month=DECEMBER)
    assert amounts(ports, fleet, bill) == {
        "D-1": (DECEMBER, Rupiah(8_400)),
        "D-2": (NOVEMBER, Rupiah(8_400)),
        "D-3": (NOVEMBER, Rupiah(8_400)),
        "complete": (NOVEMBER, Rupiah(28_400)),
    }
    assert (bill.lines, bill.amount) == (4, Rupiah(3 * 8_400 + 28_400))
    assert (bill.status, bill.left_out, bill.more) == (CollectiveStatus.OPEN, (), False)
    assert (bill.created_at, bill.expires_at) == (NOON, expiry_of(NOON))


@pytest.mark.parametrize("payer", [PayerKind.APBN, PayerKind.APBD])
def test_the_kind_of_the_account_decides_the_relief(ports, payer):
    fleet = Fleet.of(ports, 1, payer=payer)
    assert fleet.bill().amount == Rupiah(16_800)


def test_the_sector_and_income_are_the_drivers(ports):
    fleet = Fleet.of(ports)
    fleet.enrol("ojol", occupation=DRIVER, income=2_000_000)
    bill = fleet.bill()
    own = fleet.payer("ojol").billed()
    assert bill.amount == own.amount


def test_somebody_who_is_named_twice_is_paid_for_once(ports, fleet):
    assert fleet.bill("D-2", "D-1", "D-2").lines == 2


def test_those_who_are_named_and_not_known_are_left_out_in_order(ports, fleet):
    bill = fleet.bill("nobody", "D-1", "no one")
    assert (bill.lines, left_out(bill)) == (1, ["nobody", "no one"])
    assert {each.code for each in bill.left_out} == {"not-payable-now"}


def test_the_drivers_of_other_partners_are_unknown(ports, fleet):
    other = Fleet.of(ports)
    other.enrol("theirs", worker=fleet.drivers["D-1"])
    assert left_out(fleet.bill("theirs")) == ["theirs"]
    assert other.bill().lines == 1


def set_worker(ports, fleet, **values):
    with ports.transactions.begin() as session:
        change = update(Worker).where(Worker.id == fleet.drivers["D-1"].worker_id)
        session.execute(change.values(**values))


def be_refused(ports, fleet):
    set_worker(ports, fleet, identity_status=IdentityStatus.REFUSED)


def not_be_verified(ports, fleet):
    set_worker(ports, fleet, identity_status=IdentityStatus.NEEDS_CORRECTION)


def be_erased(ports, fleet):
    worker_id = fleet.drivers["D-1"].worker_id
    with ports.transactions.begin() as session:
        session.execute(forget_occupations(worker_id))
        session.execute(erase_worker(worker_id, NOON))


def be_leaving(ports, fleet):
    with ports.transactions.begin() as session:
        worker = session.get_one(Worker, fleet.drivers["D-1"].worker_id)
        session.add(ErasureRequest.of(worker, NOON))


def withdraw_consent(ports, fleet):
    with ports.transactions.begin() as session:
        session.execute(withdraw_everything(fleet.drivers["D-1"].worker_id, NOON))


def have_paid(ports, fleet):
    pay(ports, fleet.payer("D-1").billed(1))


def be_billed_already(ports, fleet):
    assert fleet.bill("D-1").lines == 1


def be_paid_for_and_not_posted(ports, fleet):
    flag(ports, flagging(fleet.bill("D-1"), NOON))


def have_ended(ports, fleet):
    fleet.end_link("D-1")


@pytest.mark.parametrize(
    "reason",
    [
        be_refused,
        not_be_verified,
        be_erased,
        be_leaving,
        withdraw_consent,
        have_paid,
        be_billed_already,
        be_paid_for_and_not_posted,
        have_ended,
    ],
)
def test_who_cannot_be_paid_for_is_left_out_without_a_reason(ports, fleet, reason):
    reason(ports, fleet)
    bill = fleet.bill("D-1", "D-2")
    assert (bill.lines, left_out(bill)) == (1, ["D-1"])
    assert bill.left_out[0].code == "not-payable-now"
    ports.jobs.work(ports)


@pytest.mark.parametrize(
    "options", [{"plan": None}, {"identity": IdentityStatus.PENDING}], ids=["no plan", "unchecked"]
)
def test_nor_is_anybody_without_a_plan_or_whose_data_was_not_found_true(ports, fleet, options):
    fleet.enrol("new", **options)
    assert left_out(fleet.bill()) == ["new"]


def test_a_month_gone_by_is_nobody_s_who_has_no_arrears(fleet):
    bill = fleet.bill(month=NOVEMBER + -1)
    assert (bill.lines, bill.left_out_count) == (0, 3)


def test_arrears_come_first(ports, clock, fleet):
    pay(ports, fleet.payer("D-1").billed(1))
    clock.time = JANUARY.starts_at + timedelta(days=3)
    bill = fleet.bill("D-1", month=JANUARY)
    assert amounts(ports, fleet, bill)["D-1"][0] == DECEMBER


def test_a_month_more_than_a_year_ahead_is_refused(fleet):
    with pytest.raises(Invalid) as refusal:
        fleet.bill(month=NOVEMBER + 13)
    (fault,) = refusal.value.faults
    assert (fault.pointer, fault.code) == ("/month", "too-far-ahead")


def test_an_invoice_of_nobody_is_empty(fleet):
    bill = fleet.bill("nobody")
    assert (bill.status, bill.amount, bill.expires_in) == (CollectiveStatus.EMPTY, Rupiah(0), 0)


def test_who_was_on_an_invoice_that_ran_out_can_be_on_the_next(clock, fleet):
    bill = fleet.bill()
    clock.time = bill.expires_at + timedelta(seconds=1)
    assert fleet.bill(month=DECEMBER).lines == 3
    assert fleet.show(bill).status is CollectiveStatus.EXPIRED


def test_or_that_was_called_off(ports, fleet):
    bill = fleet.bill()
    assert invoices.cancel(ports, fleet.caller, bill.id).status is CollectiveStatus.CANCELLED
    assert fleet.bill().lines == 3


def test_who_began_anew_with_the_same_partner_is_not_billed_twice(ports, fleet):
    fleet.bill("D-1")
    fleet.end_link("D-1")
    fleet.enrol("again", worker=fleet.drivers["D-1"])
    assert left_out(fleet.bill("again")) == ["again"]


def test_drivers_are_read_in_parts(fleet):
    bill = fleet.bill(read=2)
    assert bill.lines == 3
    assert set(fleet.lines(bill).values()) == {LineStatus.WAITING}


def test_a_full_invoice_says_so_and_the_next_begins_with_the_rest(fleet):
    first, second = fleet.bill(most=2, read=2), fleet.bill(most=2, read=2)
    assert (first.lines, first.more) == (2, True)
    assert (second.lines, second.more) == (1, False)
    assert fleet.lines(first).keys().isdisjoint(fleet.lines(second))


def test_the_number_is_never_a_worker_s(ports, fleet):
    bill = fleet.bill("D-1")
    assert bill.virtual_account_no != fleet.payer("D-1").billed().virtual_account_no
    assert bill.virtual_account_no.startswith(ports.virtual_account_prefix)


def test_as_many_statements_however_many_drivers(ports, queries):
    def asked(drivers):
        fleet = Fleet.of(ports, drivers)
        queries.clear()
        drawing_up.issue(ports, fleet.caller, Order(NOVEMBER, None), Once())
        return len(queries)

    assert asked(2) == asked(6)


def test_nothing_is_settled_by_asking(ports, fleet):
    fleet.bill()
    with ports.transactions.reading() as session:
        assert session.query(Contribution).count() == 0
