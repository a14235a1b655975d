"""A worker's record as an officer sees it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.coverage import CoverageStatus
from models.data_access import DataAccess
from models.erasure_request import ErasureRequest
from models.message import Message, MessageKind
from models.next_step import NextStep
from models.phone_change_request import PhoneChangeRequest, PhoneChangeStatus
from models.record_standing import RecordStanding
from models.refund import RefundCase
from models.staff_record import CaseKind
from models.values.access import STAFF_REASONS, AccessReason, Seen, StaffRole
from models.values.audit import AuditAction
from models.values.channel import Channel, DeliveryState
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.staff_fields import Shown, Sight, StaffField
from models.worker import Worker, erase_worker, forget_occupations
from services import billing, month_turn, plan_choice
from services.links import own
from services.lookup import record_view
from services.lookup.errors import WorkerNotFound
from services.once import Once
from tests.enrolled import enrol
from tests.officers import officer
from tests.payers import add_worker, pay
from tests.ties import add_partner, tie

NIK = "3171010507930777"


@pytest.fixture
def support(ports, session):
    return officer(ports, session)


@pytest.fixture
def view(ports, support):
    def view(worker_id, reason=AccessReason.CALLER_ASKS, by=support):
        return record_view.view(ports, by, worker_id, reason)

    return view


@pytest.fixture
def caller(ports):
    """Covered for a month, with a bill for the next."""
    caller = add_worker(ports)
    plan_choice.choose(ports, caller, Plan.BASIC)
    pay(ports, billing.issue(ports, caller, 1, Once()))
    return caller


def worker(ports, worker_id):
    with ports.transactions.reading() as session:
        return session.get_one(Worker, worker_id)


def add(ports, *rows):
    with ports.transactions.begin() as session:
        session.add_all(rows)


def message(worker_id, at, state, settled_at=None):
    return Message(
        id=new_id(),
        kind=MessageKind.REMINDER,
        worker_id=worker_id,
        channel=Channel.WHATSAPP,
        state=state,
        queued_at=at,
        settled_at=settled_at,
    )


def test_what_a_caller_asks_about(ports, view, caller):
    tie(ports, add_partner(ports), caller, "OK-1")
    bill = billing.issue(ports, caller, 1, Once())
    row = worker(ports, caller.worker_id)
    record = view(caller.worker_id)
    assert record.standing is RecordStanding.REGISTERED
    assert record.full_name == "Siti Aminah"
    assert record.birth_year == 1993
    assert record.registration_number_masked == "*" * 9 + row.registration_number[-3:]
    assert record.member_number_masked == "*" * 8 + row.member_number[-3:]
    assert record.nik_masked.startswith("*" * 14)
    assert record.phone_masked == "+62*******890"
    assert record.regency == "Kota Administrasi Jakarta Pusat"
    assert record.village.code == "31.71.01.1001"
    assert [each.code for each in record.occupations] == ["FI01"]
    assert record.identity.status is IdentityStatus.VERIFIED
    assert record.plan is Plan.BASIC
    assert record.cover.status is CoverageStatus.ACTIVE
    assert record.cover.protected_until == date(2026, 11, 30)
    assert "30 November 2026" in record.cover.explanation.en
    assert (record.arrears.months, record.credit) == (0, Rupiah(0))
    assert record.open_invoice.id == bill.id
    assert record.open_invoice.virtual_account_no_masked.endswith(bill.virtual_account_no[-3:])
    assert record.open_invoice.virtual_account_no_masked[:-3] == "*" * 15
    assert [str(each) for each in record.open_invoice.months] == ["2026-12"]
    assert {each.document for each in record.consents} == {"privacy", "terms"}
    assert [(each.name, each.external_id) for each in record.partner_links] == [
        ("Ojek Kita", "OK-1")
    ]
    assert record.next_step is NextStep.WAIT_FOR_PAYMENT


@pytest.mark.parametrize("reason", STAFF_REASONS)
def test_what_is_owed_is_told_only_for_reasons_that_need_it(ports, clock, view, caller, reason):
    clock.time = datetime(2027, 1, 10, 5, tzinfo=UTC)
    month_turn.turn(ports)
    record = view(caller.worker_id, reason)
    assert record.cover.status is CoverageStatus.GRACE
    told = "Rp" in str(record.cover.explanation)
    assert told == (record.arrears is not None)


def test_a_bill_that_ran_out_is_not_open(ports, clock, view, caller):
    bill = billing.issue(ports, caller, 1, Once())
    clock.time = bill.expires_at + timedelta(seconds=1)
    assert view(caller.worker_id).open_invoice is None


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.REVIEWER])
@pytest.mark.parametrize("reason", STAFF_REASONS)
def test_no_more_is_shown_than_the_table_says(ports, session, view, caller, role, reason):
    billing.issue(ports, caller, 1, Once())
    record = view(caller.worker_id, reason, officer(ports, session, role))
    sight = Sight(role, reason)
    assert (record.withheld, record.revealable) == (sight.withheld, sight.revealable)
    for field in StaffField:
        shown = sight.of(field)
        if hasattr(record, field):
            assert (getattr(record, field) is not None) <= (shown is Shown.PLAIN), field
        if hasattr(record, f"{field}_masked"):
            assert (getattr(record, f"{field}_masked") is not None) == (shown is Shown.MASKED), (
                field
            )
    elements = record.identity.elements
    assert (elements is None) == (sight.of(StaffField.IDENTITY_ELEMENTS) is Shown.ABSENT)


def test_every_field_has_its_place_or_is_only_revealed(ports, view, caller):
    billing.issue(ports, caller, 1, Once())
    record = view(caller.worker_id)
    places = {*vars(record), *(name.removesuffix("_masked") for name in vars(record))}
    inside = {StaffField.IDENTITY_ELEMENTS, StaffField.VIRTUAL_ACCOUNT_NO}
    for field in set(StaffField) - inside:
        assert field in places or field in record.withheld, field


def test_who_was_only_enrolled(ports, view):
    unclaimed = enrol(ports, add_partner(ports), NIK).began_with
    record = view(unclaimed)
    assert record.standing is RecordStanding.UNCLAIMED
    assert (record.claimed_at, record.member_number_masked) == (None, None)
    assert record.next_step is NextStep.WAIT_FOR_IDENTITY


def test_who_was_erased(ports, clock, view, caller):
    with ports.transactions.begin() as session:
        session.execute(forget_occupations(caller.worker_id))
        session.execute(erase_worker(caller.worker_id, clock.now()))
    record = view(caller.worker_id)
    assert record.standing is RecordStanding.ERASED
    assert record.erased_at == clock.now()
    assert record.full_name == "Siti Aminah"
    assert record.nik_masked is not None
    assert (record.phone_masked, record.village, record.sex) == (None, None, None)
    assert record.next_step is NextStep.NONE
    assert record.cover.status is CoverageStatus.ACTIVE


class TestMessages:
    def test_whether_they_reach_the_phone(self, ports, clock, view, caller):
        now = clock.now()
        add(
            ports,
            message(caller.worker_id, now - timedelta(days=40), DeliveryState.DELIVERED, now),
            message(
                caller.worker_id,
                now - timedelta(days=3),
                DeliveryState.DELIVERED,
                now - timedelta(days=3),
            ),
            message(
                caller.worker_id,
                now - timedelta(days=1),
                DeliveryState.FAILED,
                now - timedelta(days=1),
            ),
        )
        messages = view(caller.worker_id).messages
        assert messages.state is DeliveryState.FAILED
        assert messages.sent_at == now - timedelta(days=1)
        assert messages.delivered_at == now - timedelta(days=3)
        assert messages.failed_at == now - timedelta(days=1)

    def test_of_a_month_in_which_nothing_was_sent_nothing_is_known(self, view, caller):
        messages = view(caller.worker_id).messages
        assert set(vars(messages).values()) == {None}


class TestCases:
    def test_what_is_open_with_its_id(self, ports, clock, view, caller):
        now, ids = clock.now(), [new_id() for _ in range(3)]
        with ports.transactions.begin() as session:
            row = session.get_one(Worker, caller.worker_id)
            row.identity_status, row.identity_checked_at = IdentityStatus.IN_REVIEW, now
            erasure = ErasureRequest.of(row, now)
            erasure.id = ids[0]
        change = PhoneChangeRequest(
            id=ids[1],
            worker_id=caller.worker_id,
            phone_key=b"k",
            phone_sealed=b"s",
            requested_at=now,
            hold_until=now,
            status=PhoneChangeStatus.ON_HOLD,
        )
        refund = RefundCase(id=ids[2], worker_id=caller.worker_id, opened_at=now, amount=Rupiah(1))
        add(ports, erasure, change, refund)
        cases = {each.kind: each.id for each in view(caller.worker_id).open_cases}
        assert cases == {
            CaseKind.IDENTITY: caller.worker_id,
            CaseKind.ERASURE: ids[0],
            CaseKind.PHONE_CHANGE: ids[1],
            CaseKind.REFUND: ids[2],
        }

    def test_what_is_closed_is_none(self, ports, clock, view, caller):
        now = clock.now()
        change = PhoneChangeRequest(
            id=new_id(),
            worker_id=caller.worker_id,
            requested_at=now,
            hold_until=now,
            status=PhoneChangeStatus.OBJECTED,
            closed_at=now,
        )
        refund = RefundCase(
            id=new_id(),
            worker_id=caller.worker_id,
            opened_at=now,
            closed_at=now,
            amount=Rupiah(1),
        )
        add(ports, change, refund)
        assert view(caller.worker_id).open_cases == []


def test_it_is_on_record_and_the_worker_is_told(ports, session, view, support, caller):
    view(caller.worker_id, AccessReason.PAYMENT_MISSING)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.refusal) == (AuditAction.VIEWED_WORKER, None)
    assert (event.worker_id, event.account_id) == (caller.worker_id, support.account_id)
    assert event.reason is AccessReason.PAYMENT_MISSING
    told = session.scalars(select(DataAccess)).one()
    assert (told.worker_id, told.name, told.seen) == (
        caller.worker_id,
        StaffRole.SUPPORT,
        [Seen.RECORD],
    )


def test_an_id_that_there_is_not_is_on_record_too(session, view):
    made_up = new_id()
    with pytest.raises(WorkerNotFound):
        view(made_up)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.refusal) == (AuditAction.VIEWED_WORKER, "worker-not-found")
    assert event.worker_id == made_up
    assert session.scalars(select(DataAccess)).all() == []


@pytest.mark.parametrize("many", [1, 6])
def test_as_many_statements_however_much_there_is(ports, clock, queries, view, caller, many):
    for n in range(many):
        link = tie(ports, add_partner(ports, f"Ojek {n}"), caller, f"OK-{n}")
        own.confirm(ports, caller, link.id)
        add(ports, message(caller.worker_id, clock.now(), DeliveryState.SENT))
    billing.issue(ports, caller, many, Once())
    queries.clear()
    view(caller.worker_id)
    assert len(queries) == 15
