"""Lost phones and money that is to be paid back: one officer decides."""

from uuid import UUID

import pytest

from models.identity_verdict import IdentityReason
from models.refund import select_refund_cases
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.values.review import Ruling
from services import identity_refusal, ledger, notices
from services.errors import Invalid
from services.phone_recovery import PhoneChangeOnHold
from services.reviews import claiming
from services.reviews.errors import ReviewNotFound, ReviewOver
from services.timeline import own
from tests.api.joining import ANOTHER_PHONE, PHONE, phone_token
from tests.api.phone_changing import ask_from, asked, join_verified, object_to, sign_in
from tests.banks import Payer, flag, paid, with_banks
from tests.cases import claim_and_decide, decide, lost_phone, reviewer, worker


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


def number_of(ports, worker_id):
    return notices.phone_of(ports, worker(ports, worker_id))


class TestLostPhone:
    @pytest.fixture
    def lost(self, client, ports, clock):
        return lost_phone(client, ports, clock)

    def test_approved_it_is_the_workers_number(self, ports, lost, rina):
        worker_id, request_id = lost
        claim_and_decide(ports, rina, request_id, Ruling.APPROVE)
        assert number_of(ports, worker_id) == PhoneNumber.parse(ANOTHER_PHONE)

    def test_rejected_nothing_changes(self, ports, lost, rina):
        worker_id, request_id = lost
        claim_and_decide(ports, rina, request_id, Ruling.REJECT)
        assert number_of(ports, worker_id) == PhoneNumber.parse(PHONE)
        with pytest.raises(ReviewOver):
            claiming.claim(ports, rina, request_id)

    def test_during_the_hold_nothing_is_decided(self, client, ports, rina):
        joined = join_verified(client, ports)
        ask_from(client, ports)
        request_id = UUID(asked(client, joined["access_token"])[0]["id"])
        with pytest.raises(PhoneChangeOnHold):
            claim_and_decide(ports, rina, request_id, Ruling.APPROVE)

    def test_whoever_objects_meanwhile_is_heard(self, client, ports, lost, rina):
        worker_id, request_id = lost
        claiming.claim(ports, rina, request_id)
        token = sign_in(client, phone_token(client, ports)).json["access_token"]
        object_to(client, token, str(request_id))
        with pytest.raises(ReviewOver):
            decide(ports, rina, request_id, Ruling.APPROVE)
        assert number_of(ports, worker_id) == PhoneNumber.parse(PHONE)

    def test_verify_is_no_decision_about_a_phone(self, ports, lost, rina):
        with pytest.raises(Invalid):
            claim_and_decide(ports, rina, lost[1], Ruling.VERIFY)


class TestRefund:
    @pytest.fixture
    def payer(self, ports, clock):
        """Refused, with two months paid ahead."""
        payer = Payer.of(with_banks(ports))
        flag(payer.ports, paid(payer.billed(3), clock.now()))
        reason = IdentityReason.HELD_BY_ANOTHER
        identity_refusal.refuse(ports, payer.caller.worker_id, reason)
        return payer

    @pytest.fixture
    def case(self, ports, payer):
        return self.case_of(ports, payer)

    def case_of(self, ports, payer):
        with ports.transactions.reading() as session:
            [case] = session.scalars(select_refund_cases(payer.caller.worker_id))
        return case

    def test_it_is_closed_with_the_banks_reference(self, ports, clock, payer, case, rina):
        clock.advance(days=1)
        claim_and_decide(ports, rina, case.id, Ruling.PAID, bank_reference="TRF-7719")
        closed = self.case_of(ports, payer)
        assert (closed.closed_at, closed.bank_reference) == (clock.now(), "TRF-7719")
        assert ledger.unbalanced(ports) == []
        happened = own.listed(ports, payer.caller, PageRequest()).items
        assert "refund_paid" in [each.kind for each in happened]

    def test_without_a_reference_it_is_not(self, ports, payer, case, rina):
        with pytest.raises(Invalid) as refused:
            claim_and_decide(ports, rina, case.id, Ruling.PAID)
        assert [each.pointer for each in refused.value.faults] == ["/bank_reference"]
        assert self.case_of(ports, payer).closed_at is None

    def test_it_is_paid_back_once(self, ports, case, rina):
        claim_and_decide(ports, rina, case.id, Ruling.PAID, bank_reference="TRF-7719")
        with pytest.raises(ReviewOver):
            claim_and_decide(ports, rina, case.id, Ruling.PAID, bank_reference="TRF-7720")

    def test_of_nothing_there_is_no_case(self, ports, rina):
        with pytest.raises(ReviewNotFound):
            claim_and_decide(ports, rina, rina.session_id, Ruling.PAID, bank_reference="TRF-1")
