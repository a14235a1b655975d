"""Fields of a worker in clear, for who may have them, and on record."""

from datetime import date

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.data_access import DataAccess
from models.values.access import AccessReason, Seen, StaffRole
from models.values.audit import AuditAction
from models.values.ids import new_id
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.staff_fields import StaffField, revealable_by_anybody
from models.worker import Worker, erase_worker, forget_occupations
from services import billing, plan_choice
from services.errors import Invalid
from services.lookup import revealing
from services.lookup.errors import FieldNotRevealed, WorkerNotFound
from services.once import Once
from tests.officers import officer
from tests.payers import add_worker

F = StaffField


@pytest.fixture
def caller(ports):
    caller = add_worker(ports)
    with ports.transactions.begin() as session:
        row = session.get_one(Worker, caller.worker_id)
        row.email_sealed = ports.vault.seal("worker.email", row.id, "siti@contoh.id")
        row.kusuka_number = "3273-01-0042"
    return caller


@pytest.fixture
def reveal(ports, session, caller):
    def reveal(*fields, reason=AccessReason.CALLER_ASKS, role=StaffRole.SUPPORT, worker_id=None):
        by = officer(ports, session, role)
        return revealing.reveal(ports, by, worker_id or caller.worker_id, fields, reason).fields

    return reveal


def test_support_calls_back(reveal):
    assert reveal(F.PHONE, F.EMAIL) == {F.PHONE: "+6281234567890", F.EMAIL: "siti@contoh.id"}


def test_a_reviewer_sees_whom_an_identity_case_is_about(ports, caller, reveal):
    fields = (F.NIK, F.BIRTH_DATE, F.BIRTH_PLACE, F.MOTHER_MAIDEN_NAME)
    told = reveal(*fields, reason=AccessReason.IDENTITY_CASE, role=StaffRole.REVIEWER)
    assert told[F.NIK].startswith("317103450793")
    assert told[F.BIRTH_DATE] == date(1993, 7, 5)
    assert (told[F.BIRTH_PLACE], told[F.MOTHER_MAIDEN_NAME]) == ("Jakarta", "Ratna Dewi")


def test_what_a_bill_depends_on_and_goes_to(ports, caller, reveal):
    assert reveal(F.MONTHLY_INCOME, F.VIRTUAL_ACCOUNT_NO) == {
        F.MONTHLY_INCOME: Rupiah(900_000),
        F.VIRTUAL_ACCOUNT_NO: None,
    }
    plan_choice.choose(ports, caller, Plan.BASIC)
    bill = billing.issue(ports, caller, 1, Once())
    assert reveal(F.VIRTUAL_ACCOUNT_NO) == {F.VIRTUAL_ACCOUNT_NO: bill.virtual_account_no}


def test_everything_that_anybody_may_have_has_a_value(ports, reveal):
    for field in revealable_by_anybody():
        reasons = revealing.RULES[field].revealed_to[StaffRole.REVIEWER]
        told = reveal(field, reason=min(reasons), role=StaffRole.REVIEWER)
        assert list(told) == [field]


def test_who_was_erased_has_a_nik_and_no_phone(ports, clock, caller, reveal):
    with ports.transactions.begin() as session:
        session.execute(forget_occupations(caller.worker_id))
        session.execute(erase_worker(caller.worker_id, clock.now()))
    told = reveal(F.NIK, F.PHONE, reason=AccessReason.PRIVACY_REQUEST, role=StaffRole.REVIEWER)
    assert told[F.NIK].startswith("3171")
    assert told[F.PHONE] is None


def test_what_a_role_never_sees(reveal):
    with pytest.raises(FieldNotRevealed):
        reveal(F.PHONE, F.MOTHER_MAIDEN_NAME, reason=AccessReason.IDENTITY_CASE)
    with pytest.raises(FieldNotRevealed):
        reveal(F.ARREARS, role=StaffRole.REVIEWER)
    with pytest.raises(FieldNotRevealed):
        reveal(F.PHONE, role=StaffRole.AUDITOR)


def test_what_the_reason_does_not_need_each_by_its_place(reveal):
    with pytest.raises(Invalid) as refused:
        reveal(F.NIK, F.PHONE, F.BIRTH_DATE)
    assert [(each.pointer, each.code) for each in refused.value.faults] == [
        ("/fields/0", "not-for-this-reason"),
        ("/fields/2", "not-for-this-reason"),
    ]


def test_for_another_reason_nothing(reveal):
    with pytest.raises(Invalid):
        reveal(F.PHONE, reason=AccessReason.OTHER, role=StaffRole.REVIEWER)


class TestOnRecord:
    def test_which_fields_and_never_what_they_say(self, session, caller, reveal):
        reveal(F.PHONE, F.EMAIL, F.PHONE, reason=AccessReason.PAYMENT_MISSING)
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.refusal) == (AuditAction.REVEALED, None)
        assert (event.worker_id, event.reason) == (caller.worker_id, AccessReason.PAYMENT_MISSING)
        assert event.details == {"fields": ["phone", "email"]}
        assert "81234567890" not in str(vars(event))

    def test_the_worker_is_told_of_each(self, session, caller, reveal):
        reveal(F.PHONE, F.EMAIL)
        told = session.scalars(select(DataAccess)).one()
        assert (told.worker_id, told.seen) == (caller.worker_id, [Seen.PHONE, Seen.EMAIL])

    @pytest.mark.parametrize(
        ("field", "refusal"),
        [(F.MOTHER_MAIDEN_NAME, "field-not-revealed"), (F.NIK, "invalid-request")],
    )
    def test_what_was_refused_and_nobody_is_told(self, session, reveal, field, refusal):
        with pytest.raises((FieldNotRevealed, Invalid)):
            reveal(field)
        event = session.scalars(select(AuditEvent)).one()
        assert (event.refusal, event.details) == (refusal, {"fields": [field]})
        assert session.scalars(select(DataAccess)).all() == []

    def test_somebody_who_is_not_there(self, session, reveal):
        with pytest.raises(WorkerNotFound):
            reveal(F.PHONE, worker_id=new_id())
        assert session.scalars(select(AuditEvent.refusal)).one() == "worker-not-found"
