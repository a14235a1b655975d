"""“I paid, and it says unpaid”: the few lines that an officer reads, for each of the usual causes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from models.values.month import Month
from models.values.rupiah import Rupiah
from services import invoices, month_turn
from services.bank import inquiry, payment, status
from services.bank.status import StatusQuestion
from tests.banks import BANK, OTHER_BANK, SERVICE_ID, Payer, about, flag, paid
from tests.fakes import NOON
from tests.fleets import Fleet
from tests.services.timeline.staff.reading import money, the, timeline

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
COVERED = ["coverage_activated", "months_paid", "payment_received"]


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def worker_id(payer):
    return payer.caller.worker_id


def test_no_bank_ever_called(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.time = bill.expires_at + MINUTE
    assert money(ports, worker_id) == ["invoice_expired", "invoice_made", "terms_chosen"]
    expired = the(ports, worker_id, "invoice_expired")
    assert expired.text.id == (
        f"Tagihan Rp8.400 untuk November 2026, nomor {bill.virtual_account_no}, kedaluwarsa tanpa "
        "pembayaran yang kami terima. Sampai sekarang tidak ada bank yang menghubungi kami tentang "
        "nomor ini."
    )
    assert (expired.details["inquiries"], expired.details["payment_calls"]) == (0, 0)


def test_while_it_can_be_paid_the_same_is_said_with_the_invoice(ports, payer, worker_id):
    payer.billed(1)
    assert the(ports, worker_id, "invoice_made").text.en.endswith(
        "So far no bank has called us about this number."
    )


def test_a_bank_only_asked(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    for _ in range(2):
        clock.advance(minutes=1)
        inquiry.inquire(ports, BANK, about(bill))
    assert money(ports, worker_id)[:3] == ["bank_inquired", "bank_inquired", "invoice_made"]
    made = the(ports, worker_id, "invoice_made")
    assert made.text.id.endswith(
        "Bank menanyakan nomor ini 2 kali, tetapi belum pernah memberi tahu pembayaran."
    )
    asked = timeline(ports, worker_id)[0]
    assert asked.text.en == (
        f"A bank (bank) asked about the invoice of Rp8,400, number {'*' * 15}"
        f"{bill.virtual_account_no[-3:]}. Our answer: it can be paid."
    )


def test_the_amount_was_wrong(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.advance(minutes=1)
    call = paid(bill, clock.now(), amount=Decimal("8000.50"))
    flag(ports, call)
    assert money(ports, worker_id)[:2] == ["payment_refused", "invoice_made"]
    refused = the(ports, worker_id, "payment_refused")
    assert "tetapi jumlahnya harus tepat Rp8.400." in refused.text.id
    assert f"referensi {call.reference_no}" in refused.text.id
    assert refused.details["amount_told"] == "8000.50"
    assert refused.details["amount"] == Rupiah(8_000)
    assert refused.details["due"] == Rupiah(8_400)
    assert refused.details["payment_request_id"] == call.payment_request_id


def test_an_expired_number_was_paid(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.time = bill.expires_at + 5 * MINUTE
    inquiry.inquire(ports, BANK, about(bill))
    flag(ports, paid(bill, clock.now()))
    assert money(ports, worker_id)[:4] == [
        "payment_refused",
        "bank_inquired",
        "invoice_expired",
        "invoice_made",
    ]
    refused = the(ports, worker_id, "payment_refused").text
    assert "tagihannya sudah kedaluwarsa pada 23 November 2026, 12.00 WIB." in refused.id
    assert refused.en.endswith("the worker asks it back there, by that reference.")
    # The number leads nowhere any more, so the officer can compare all of it.
    assert bill.virtual_account_no in refused.en
    assert the(ports, worker_id, "bank_inquired").text.en.endswith("Our answer: it had expired.")


def test_a_cancelled_number_was_paid(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.advance(minutes=1)
    invoices.cancel(ports, payer.caller, bill.id)
    clock.advance(minutes=1)
    inquiry.inquire(ports, BANK, about(bill))
    flag(ports, paid(bill, clock.now()))
    refused = the(ports, worker_id, "payment_refused").text
    assert "tagihannya sudah dibatalkan pada 22 November 2026, 12.01 WIB." in refused.id
    assert the(ports, worker_id, "bank_inquired").text.id.endswith("sudah dibatalkan.")
    assert the(ports, worker_id, "invoice_cancelled").text.en.endswith(
        "A bank told us of a payment under this number; see what it told."
    )


def test_a_superseded_number_was_paid(ports, clock, payer, worker_id):
    first = payer.billed(1)
    clock.time = first.expires_at + MINUTE
    second = payer.billed(1)
    flag(ports, paid(first, NOON + MINUTE))
    clock.advance(minutes=1)
    inquiry.inquire(ports, BANK, about(second))
    clock.advance(minutes=1)
    flag(ports, paid(second, clock.now()))
    assert money(ports, worker_id)[:3] == [
        "payment_refused",
        "bank_inquired",
        "invoice_superseded",
    ]
    refused = the(ports, worker_id, "payment_refused").text
    assert "tagihannya sudah digantikan pada" in refused.id
    assert the(ports, worker_id, "bank_inquired").text.id.endswith("sudah digantikan.")


def test_the_same_invoice_was_paid_twice(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    flag(ports, paid(bill, NOON))
    clock.advance(minutes=3)
    again = paid(bill, clock.now())
    flag(ports, again, OTHER_BANK)
    assert money(ports, worker_id)[:4] == ["payment_refused", *COVERED]
    refused = the(ports, worker_id, "payment_refused")
    assert "sudah lunas dari pembayaran sebelumnya" in refused.text.id
    assert refused.details["bank"] == "other-bank"
    assert refused.details["bank_reference"] == again.reference_no


def test_the_bank_told_us_late(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.time = bill.expires_at + MINUTE
    assert money(ports, worker_id)[0] == "invoice_expired"
    clock.time = NOON + 30 * timedelta(hours=1)
    flag(ports, paid(bill, NOON + MINUTE))
    assert money(ports, worker_id)[:4] == [*COVERED, "invoice_made"]
    received = the(ports, worker_id, "payment_received")
    assert received.text.id.endswith("Bank baru memberi tahu kami 30 jam kemudian.")
    assert (received.details["paid_at"], received.details["told_at"]) == (
        NOON + MINUTE,
        clock.now(),
    )


def test_what_is_told_at_once_is_not_called_late(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    clock.advance(minutes=9)
    flag(ports, paid(bill, NOON))
    assert "baru memberi tahu" not in the(ports, worker_id, "payment_received").text.id


def test_an_older_month_was_settled_first(ports, clock, payer, worker_id):
    flag(ports, paid(payer.billed(1), NOON))
    clock.time = datetime(2027, 1, 10, 5, tzinfo=UTC)
    month_turn.turn(ports)
    flag(ports, paid(payer.billed(1), clock.now()))
    assert money(ports, worker_id)[:4] == [
        "months_paid",
        "payment_received",
        "invoice_made",
        "coverage_grace",
    ]
    settled = timeline(ports, worker_id)[0]
    assert settled.details["months"] == (Month(2026, 12),)
    assert settled.text.id == (
        "Iuran Desember 2026 lunas, tetapi sudah lewat: bulan tertua dilunasi lebih dulu, dan "
        "perlindungan baru berlaku lagi setelah semua tunggakan lunas."
    )


def test_the_money_became_credit(ports, clock, payer, worker_id):
    first = payer.billed(1)
    clock.time = first.expires_at + MINUTE
    flag(ports, paid(payer.billed(1), clock.now()))
    clock.advance(minutes=5)
    flag(ports, paid(first, NOON + MINUTE))
    assert money(ports, worker_id)[:3] == ["credit_added", "invoice_superseded", "payment_received"]
    added = the(ports, worker_id, "credit_added")
    assert added.details["amount"] == Rupiah(8_400)
    assert added.text.id.startswith("Rp8.400 menjadi saldo peserta: bank sudah mengambil uangnya")


def test_the_bank_spoke_of_it_under_a_call_number_that_was_used(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    asked = about(bill)
    inquiry.inquire(ports, BANK, asked)
    clock.advance(minutes=1)
    flag(ports, paid(bill, clock.now(), external_id=asked.external_id))
    refused = the(ports, worker_id, "bank_call_refused")
    assert "nomor permintaannya (X-EXTERNAL-ID) sudah dipakai bank" in refused.text.id
    assert refused.details["amount_told"] == "8400.00"
    assert the(ports, worker_id, "invoice_made").text.en.endswith("see what it told.")


def test_a_payment_id_of_another_s_bill_is_told_where_the_bill_is(ports, clock, payer, worker_id):
    theirs = Payer.of(ports)
    call = paid(theirs.billed(1), NOON)
    flag(ports, call)
    bill = payer.billed(1)
    flag(ports, paid(bill, NOON, payment_request_id=call.payment_request_id))
    refused = the(ports, worker_id, "bank_call_refused")
    assert "nomor pembayarannya milik pembayaran tagihan lain" in refused.text.id
    assert "bank_call_refused" not in money(ports, theirs.caller.worker_id)


def test_repeats_and_questions_of_a_bank_are_told_call_by_call(ports, clock, payer, worker_id):
    bill = payer.billed(1)
    call = paid(bill, NOON)
    flag(ports, call)
    clock.advance(minutes=1)
    flag(ports, call)
    clock.advance(minutes=1)
    flag(ports, paid(bill, NOON, payment_request_id=call.payment_request_id))
    clock.advance(minutes=1)
    question = StatusQuestion(
        external_id="77",
        service_id=SERVICE_ID,
        virtual_account_no=bill.virtual_account_no,
        payment_request_id=call.payment_request_id,
    )
    status.tell(ports, BANK, question)
    assert money(ports, worker_id)[:3] == [
        "bank_asked_status",
        "payment_repeated",
        "payment_repeated",
    ]
    _, otherwise_same, resent = timeline(ports, worker_id)[:3]
    assert "jawabannya sama" in otherwise_same.text.id
    assert "hasil yang pertama tetap berlaku" in resent.text.id
    assert resent.details["answer"] is payment.BankOutcome.INCONSISTENT


class TestPaidByAPlatform:
    @pytest.fixture
    def fleet(self, ports, payer):
        fleet = Fleet.of(ports)
        fleet.enrol("D-1", worker=payer.caller)
        return fleet

    def test_a_platform_has_not_paid_yet(self, ports, fleet, worker_id):
        fleet.bill()
        billed = the(ports, worker_id, "collective_billed")
        assert "Belum dibayar; dapat dibayar sampai" in billed.text.id
        assert billed.details["month"] == Month(2026, 11)
        assert billed.details["amount"] == Rupiah(8_400)
        assert "virtual_account_no" not in billed.details

    def test_a_platform_never_paid(self, ports, clock, fleet, worker_id):
        fleet.bill()
        clock.time = NOON + 2 * DAY
        billed = the(ports, worker_id, "collective_billed")
        assert billed.details["collective"] == "expired"
        assert billed.text.en.endswith("It expired without being paid.")

    def test_a_platform_paid(self, ports, clock, fleet, worker_id):
        bill = fleet.bill()
        clock.advance(minutes=1)
        fleet.pay(bill)
        assert "month_paid_by_partner" in money(ports, worker_id)
        assert the(ports, worker_id, "collective_billed").text.id.endswith("Sudah dibayar.")

    def test_the_worker_had_paid_the_month_before_the_platform(
        self, ports, clock, fleet, payer, worker_id
    ):
        bill = fleet.bill()
        clock.advance(minutes=1)
        flag(ports, paid(payer.billed(1), clock.now()))
        clock.advance(minutes=1)
        fleet.pay(bill)
        billed = the(ports, worker_id, "collective_billed")
        assert billed.details["line"] == "credited"
        assert "uangnya menjadi saldo mitra" in billed.text.id
