from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from models.bank_call import BankOutcome
from models.identity_verdict import IdentityReason
from models.message import MessageKind
from models.values.channel import Channel, DeliveryState
from models.values.identity import Finding, IdentityStatus
from models.values.jakarta import WIB
from models.values.month import Month
from models.values.page import PageRequest
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import select_worker
from services import (
    billing,
    consents,
    identity,
    identity_refusal,
    invoices,
    month_turn,
    notices,
    plan_choice,
    profile_change,
)
from services import sign_in as signing_in
from services.bank import inquiry
from services.identity import CHECKS_PER_NIK
from services.once import Once
from services.ports import Comparison
from services.timeline import own
from tests.banks import BANK, Payer, about, flag, paid
from tests.fakes import NOON
from tests.payers import add_worker, pay, pay_twice
from tests.services.test_identity import PHONES, CorrectsMeanwhile, answer, check_jobs, found, join
from tests.services.timeline.reading import kinds, the, timeline

MINUTE = timedelta(minutes=1)
JOINED = ["registered", "consent_given", "consent_given", "session_started"]
PLANNED = [*JOINED, "terms_chosen"]


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def joined(ports):
    """Registered, and waiting for the population registry."""
    return join(ports)


def check(ports):
    ports.jobs.work(ports)


class TestJoining:
    def test_registering_is_told_in_order_with_all_that_it_did(self, ports, joined):
        assert kinds(ports, joined) == [*JOINED, "identity_check_requested"]
        registered = the(ports, joined, "registered")
        number = registered.details["registration_number"]
        assert registered.at == NOON
        assert registered.text.en == f"You registered, under the number {number}."

    def test_an_identity_that_agrees_is_told_with_what_was_compared(self, ports, joined):
        check(ports)
        answered = the(ports, joined, "identity_check_answered")
        assert answered.details["outcome"] is IdentityStatus.VERIFIED
        assert answered.details["elements"] == [
            {"name": "name", "matched": True},
            {"name": "birth_date", "matched": True},
            {"name": "sex", "matched": True},
        ]

    def test_what_differs_is_told_but_neither_scores_nor_the_mother_s_name(self, ports, joined):
        answer(ports, found(name=84, mother_maiden_name=0))
        check(ports)
        answered = the(ports, joined, "identity_check_answered")
        assert answered.text.en.endswith("differs from its records: the name.")
        assert [each["name"] for each in answered.details["elements"] if not each["matched"]] == [
            "name"
        ]
        assert set(answered.details) == {"outcome", "finding", "elements"}
        assert "84" not in str(answered.details)
        assert "mother" not in str(answered.details)

    def test_an_element_that_the_registry_does_not_mention_differs(self, ports, joined):
        answer(ports, Comparison(finding=Finding.FOUND, scores={}))
        check(ports)
        elements = the(ports, joined, "identity_check_answered").details["elements"]
        assert [each["matched"] for each in elements] == [False, False, False]

    def test_whoever_has_tried_too_often_is_not_told_what_differs(self, ports, joined):
        answer(ports, found(name=0))
        check(ports)
        others = [join(ports, phone=phone) for phone in PHONES[1 : CHECKS_PER_NIK + 1]]
        check(ports)
        last = the(ports, others[-1], "identity_check_answered")
        assert last.details["outcome"] is IdentityStatus.IN_REVIEW
        assert last.details["elements"] == []

    def test_a_second_claim_to_a_nik_is_told_nothing_of_the_first(self, ports, joined):
        check(ports)
        second = join(ports, phone=PHONES[1], full_name="Rina Wati")
        check(ports)
        answered = the(ports, second, "identity_check_answered")
        assert answered.details["outcome"] is IdentityStatus.IN_REVIEW
        assert answered.details["elements"] == []

    def test_a_correction_before_the_answer_supersedes_the_question(self, ports, clock, joined):
        first = ports.jobs.waiting[:]
        clock.advance(minutes=1)
        profile_change.change(ports, joined, {"birth_place": "Bogor"})
        assert kinds(ports, joined)[len(JOINED) :] == [
            "identity_check_requested",
            "identity_check_superseded",
            "identity_check_requested",
        ]
        clock.advance(minutes=1)
        ports.jobs.waiting = [*first, *ports.jobs.waiting]
        check(ports)
        assert kinds(ports, joined).count("identity_check_answered") == 1

    def test_an_answer_that_comes_after_the_correction_is_not_told(self, ports, clock, joined):
        def correct():
            profile_change.change(ports, joined, {"full_name": "Siti Aminah Putri"})

        [job] = check_jobs(ports)
        thinking = replace(ports, identity=CorrectsMeanwhile(correct, found(name=0)))
        identity.check(thinking, job.check_id)
        assert "identity_check_answered" not in kinds(ports, joined)

    def test_consents_and_their_withdrawal_are_told(self, ports, clock, payer):
        clock.advance(minutes=1)
        consents.withdraw(ports, payer.caller, "terms")
        assert kinds(ports, payer.caller) == [*PLANNED, "consent_withdrawn"]
        withdrawn = the(ports, payer.caller, "consent_withdrawn")
        assert withdrawn.at == NOON + MINUTE
        assert withdrawn.text.en == "You took back your consent to “Terms of service”."

    def test_signing_out_is_told(self, ports, clock, payer):
        clock.advance(minutes=1)
        signing_in.sign_out(ports, payer.caller)
        assert kinds(ports, payer.caller) == [*PLANNED, "session_ended"]

    def test_a_choice_is_told_with_the_month_from_which_it_counts(self, ports, clock, payer):
        pay(ports, payer.billed(1))
        clock.advance(minutes=1)
        plan_choice.choose(ports, payer.caller, Plan.COMPLETE, Rupiah(1_500_000))
        chosen = timeline(ports, payer.caller)[0]
        assert chosen.details == {
            "plan": Plan.COMPLETE,
            "monthly_income": Rupiah(1_500_000),
            "sector": Sector.OTHER,
            "from_month": Month(2026, 12),
        }
        assert chosen.text.id == (
            "Mulai Desember 2026 berlaku Paket Lengkap, dengan penghasilan Rp1.500.000 sebulan."
        )


class TestMoney:
    def test_a_payment_is_told_with_what_it_paid_for_and_protects(self, ports, clock, payer):
        bill = payer.billed(3)
        clock.advance(minutes=10)
        call = paid(bill, NOON + MINUTE)
        flag(ports, call)
        assert kinds(ports, payer.caller) == [
            *PLANNED,
            "invoice_made",
            "payment_received",
            "months_paid",
            "coverage_activated",
        ]
        received = the(ports, payer.caller, "payment_received")
        assert received.at == NOON + 10 * MINUTE
        assert received.details == {
            "invoice_id": bill.id,
            "amount": Rupiah(33_600),
            "bank_reference": call.reference_no,
            "paid_at": NOON + MINUTE,
        }
        months = the(ports, payer.caller, "months_paid")
        assert months.details == {
            "invoice_id": bill.id,
            "months": tuple(Month(2026, 11).span(3)),
            "amount": Rupiah(33_600),
            "settled_at": NOON + MINUTE,
            "protected_from": NOON + MINUTE,
            "protected_until": Month(2027, 1).last_day,
        }
        assert months.text.en == (
            "The contribution for November 2026 to January 2027 is paid, and protects you from "
            "22 November 2026, 12:01 WIB until 31 January 2027."
        )

    def test_months_ahead_protect_from_their_first_day_on(self, ports, clock, payer):
        pay(ports, payer.billed(1))
        clock.advance(minutes=1)
        pay(ports, payer.billed(2))
        months = timeline(ports, payer.caller)[0].details
        assert months["protected_from"] == datetime(2026, 12, 1, tzinfo=WIB)
        assert months["protected_until"] == Month(2027, 1).last_day

    def test_months_gone_by_protect_nothing(self, ports, clock, payer):
        pay(ports, payer.billed(1))
        clock.time = datetime(2027, 1, 10, 5, tzinfo=UTC)
        pay(ports, payer.billed(1))
        months = timeline(ports, payer.caller)[0]
        assert (months.kind, months.details["protected_until"]) == ("months_paid", None)
        assert "Bulan yang sudah lewat" in months.text.id

    @pytest.mark.parametrize("year", [1, 9999])
    def test_a_bank_whose_clock_is_wrong_spoils_nothing(self, ports, clock, payer, year):
        bill = payer.billed(1)
        clock.advance(minutes=1)
        flag(ports, paid(bill, NOON.replace(year=year)))
        received = the(ports, payer.caller, "payment_received")
        assert received.details["paid_at"] in (NOON, NOON + MINUTE)

    def test_a_bill_that_was_called_off_is_told(self, ports, clock, payer):
        bill = payer.billed(1)
        clock.advance(minutes=1)
        invoices.cancel(ports, payer.caller, bill.id)
        assert kinds(ports, payer.caller) == [*PLANNED, "invoice_made", "invoice_cancelled"]
        cancelled = the(ports, payer.caller, "invoice_cancelled")
        assert (cancelled.at, cancelled.details["invoice_id"]) == (NOON + MINUTE, bill.id)

    def test_a_bill_expires_by_the_clock_alone(self, ports, clock, payer):
        bill = payer.billed(1)
        clock.time = bill.expires_at
        assert "invoice_expired" not in kinds(ports, payer.caller)
        clock.advance(microseconds=1)
        assert the(ports, payer.caller, "invoice_expired").at == bill.expires_at

    def test_a_bill_that_is_stored_as_expired_is_told_once_and_where_it_expired(
        self, ports, clock, payer
    ):
        bill = payer.billed(1)
        clock.time = bill.expires_at + MINUTE
        payer.billed(1)
        assert the(ports, payer.caller, "invoice_expired").at == bill.expires_at
        assert kinds(ports, payer.caller)[-2:] == ["invoice_expired", "invoice_made"]

    def test_a_bill_that_was_paid_in_time_did_not_expire_after_all(self, ports, clock, payer):
        bill = payer.billed(1)
        clock.time = bill.expires_at + MINUTE
        assert "invoice_expired" in kinds(ports, payer.caller)
        flag(ports, paid(bill, NOON + MINUTE))
        assert kinds(ports, payer.caller) == [
            *PLANNED,
            "invoice_made",
            "payment_received",
            "months_paid",
            "coverage_activated",
        ]

    def test_money_for_months_that_were_paid_already_is_told_as_credit(self, ports, clock, payer):
        pay_twice(ports, clock, payer.caller)
        told = kinds(ports, payer.caller)
        assert told[-2:] == ["invoice_superseded", "credit_added"]
        added = the(ports, payer.caller, "credit_added")
        assert added.details["amount"] == Rupiah(8_400)
        assert added.text.id.startswith("Rp8.400 menjadi saldo Anda")

    def test_credit_that_pays_for_everything_is_told(self, ports, clock, payer):
        pay_twice(ports, clock, payer.caller)
        clock.time = datetime(2026, 12, 5, 5, tzinfo=UTC)
        plan_choice.choose(ports, payer.caller, Plan.BASIC)
        bill = payer.billed(1)
        told = [each for each in timeline(ports, payer.caller) if each.at == clock.time]
        assert [str(each.kind) for each in reversed(told)][-4:] == [
            "invoice_made",
            "credit_used",
            "months_paid",
            "coverage_restored",
        ]
        used = the(ports, payer.caller, "credit_used")
        assert used.details == {
            "invoice_id": bill.id,
            "months": (Month(2026, 12),),
            "amount": Rupiah(8_400),
        }

    @pytest.mark.parametrize(
        ("because", "outcome"),
        [
            ({"amount": Decimal("8400.50")}, BankOutcome.WRONG_AMOUNT),
            ({"amount": Decimal(10**16 - 1)}, BankOutcome.WRONG_AMOUNT),
            ({"transacted_at": NOON + timedelta(days=2)}, BankOutcome.INACTIVE),
        ],
    )
    def test_a_payment_that_could_not_be_taken_is_told_with_the_reason(
        self, ports, clock, payer, because, outcome
    ):
        bill = payer.billed(1)
        clock.advance(days=3)
        call = paid(bill, NOON + MINUTE, **because)
        assert flag(ports, call) is outcome
        refused = the(ports, payer.caller, "payment_refused")
        assert refused.details["reason"] is outcome
        assert refused.details["amount"] == Rupiah(int(call.amount))
        assert refused.details["bank_reference"] == call.reference_no
        assert refused.details["bank_reference"] in refused.text.en

    def test_a_bill_that_was_paid_already_is_named_as_the_reason(self, ports, clock, payer):
        bill = payer.billed(1)
        pay(ports, bill)
        clock.advance(minutes=1)
        flag(ports, paid(bill, NOON + MINUTE))
        assert the(ports, payer.caller, "payment_refused").details["reason"] == "already_paid"

    def test_however_often_a_bank_repeats_itself_it_is_told_once(self, ports, clock, payer):
        bill = payer.billed(1)
        call = paid(bill, NOON, amount=Decimal(5))
        for _ in range(3):
            flag(ports, call)
            clock.advance(minutes=1)
        assert kinds(ports, payer.caller).count("payment_refused") == 1

    def test_what_a_bank_only_asks_is_not_told(self, ports, clock, payer):
        bill = payer.billed(1)
        before = kinds(ports, payer.caller)
        inquiry.inquire(ports, BANK, about(bill))
        assert kinds(ports, payer.caller) == before


class TestMessages:
    def test_a_message_is_told_with_what_became_of_it(self, ports, clock, joined):
        with ports.transactions.begin() as session:
            worker = session.scalars(select_worker(joined.worker_id)).one()
            notices.queue(ports, session, worker, MessageKind.PHONE_CHANGED, clock.now())
        assert the(ports, joined, "message_sent").details == {
            "message": MessageKind.PHONE_CHANGED,
            "channel": Channel.WHATSAPP,
            "delivery": DeliveryState.QUEUED,
        }
        check(ports)
        sent = the(ports, joined, "message_sent")
        assert sent.details["delivery"] is DeliveryState.SENT
        assert sent.text.en == (
            "We sent you a WhatsApp message about the change of your phone number."
        )

    def test_codes_are_not_told(self, ports, joined):
        assert ports.jobs.waiting
        assert "message_sent" not in kinds(ports, joined)


def test_nothing_of_the_future_is_told(ports, clock, payer):
    pay(ports, payer.billed(1))
    clock.advance(minutes=-1)
    assert timeline(ports, payer.caller) == []


def test_nothing_of_anybody_else_is_told(ports, clock, payer):
    other = Payer.of(ports)
    pay_twice(ports, clock, other.caller)
    assert kinds(ports, payer.caller) == PLANNED
    place = timeline(ports, other.caller)[0].place
    page = own.listed(ports, payer.caller, PageRequest(after=place))
    assert [str(each.kind) for each in reversed(page.items)] == PLANNED


def test_it_is_one_statement(ports, payer, queries):
    billing.issue(ports, payer.caller, 3, Once())
    queries.clear()
    timeline(ports, payer.caller)
    assert len([each for each in queries if each.startswith("SELECT")]) == 1


def test_a_worker_who_has_only_registered_has_a_short_one(ports):
    assert kinds(ports, add_worker(ports, consenting=False)) == ["registered", "session_started"]


def test_months_that_are_to_be_paid_back_are_named(ports, payer, clock):
    pay(ports, payer.billed(3))
    clock.time += MINUTE
    case = identity_refusal.refuse(ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)
    opened = the(ports, payer.caller, "refund_opened")
    assert opened.details == {"months": tuple(Month(2026, 12).span(2)), "amount": case.amount}
    assert "Desember 2026 dan Januari 2027" in opened.text.id


def test_a_month_that_begins_unpaid_ends_the_cover_and_a_payment_begins_it_again(
    ports, payer, clock
):
    pay(ports, payer.billed(1))
    clock.time = datetime(2026, 12, 5, 5, tzinfo=UTC)
    month_turn.turn(ports)
    ended = the(ports, payer.caller, "coverage_grace")
    assert (ended.at, ended.details) == (Month(2026, 12).starts_at, {"month": Month(2026, 12)})
    assert "Desember 2026 belum dibayar" in ended.text.id
    pay(ports, payer.billed(1))
    restored = the(ports, payer.caller, "coverage_restored")
    assert (restored.at, restored.details) == (clock.time, {"since": clock.time})
    clock.time = datetime(2027, 4, 1, 5, tzinfo=UTC)
    month_turn.turn(ports)
    assert kinds(ports, payer.caller)[-2:] == ["coverage_grace", "coverage_lapsed"]


def test_whoever_is_refused_before_the_registry_answers_is_not_said_to_have_corrected_anything(
    ports, joined
):
    identity_refusal.refuse(ports, joined.worker_id, IdentityReason.HELD_BY_ANOTHER)
    assert "memperbaiki" not in the(ports, joined, "identity_check_superseded").text.id


def test_a_bill_that_fell_because_months_were_taken_back_is_not_blamed_on_another_payment(
    ports, payer, clock
):
    flag(ports, paid(payer.billed(2), NOON))
    january = payer.billed(1)
    clock.time = january.expires_at + MINUTE
    identity_refusal.refuse(ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)
    flag(ports, paid(january, NOON + MINUTE))
    assert "pembayaran lain" not in the(ports, payer.caller, "invoice_superseded").text.id
