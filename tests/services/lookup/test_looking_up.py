"""Workers are found by what somebody on the phone can tell."""

from datetime import date

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.data_access import DataAccess
from models.enrolment import EndedBy
from models.invoice import InvoiceStatus
from models.payment import Payment
from models.record_standing import RecordStanding
from models.sought import BilledNumber, NameAndDay, PartnersName, Search
from models.values.access import AccessReason, Seen, StaffRole, Viewer
from models.values.audit import AuditAction, SearchedBy
from models.values.bank_reference import BankReference
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.registration_number import RegistrationNumber
from models.worker import Worker, erase_worker, forget_occupations
from services import billing, invoices, plan_choice
from services.bank import inquiry, payment
from services.errors import Invalid
from services.lookup import looking_up
from services.once import Once
from tests.banks import BANK, BankOutcome, Payer, about, paid, with_banks
from tests.enrolled import enrol
from tests.fleets import Fleet
from tests.officers import officer
from tests.payers import add_worker, pay
from tests.ties import add_partner, tie

BORN = date(1993, 7, 5)
NIK = "3171010507930777"
PHONE = "0812-9999-0001"


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def support(ports, session):
    return officer(ports, session)


@pytest.fixture
def find(ports, support):
    def find(by, **search):
        told = {"reason": AccessReason.CALLER_ASKS, **search}
        return looking_up.look_up(ports, support, Search(by=by, **told))

    return find


@pytest.fixture
def whom(find):
    def whom(by):
        return [match.worker_id for match in find(by).matches]

    return whom


def worker(ports, worker_id):
    with ports.transactions.reading() as session:
        return session.get_one(Worker, worker_id)


def named(ports, full_name, born=BORN):
    """Somebody with this name and birthday."""
    caller = add_worker(ports)
    with ports.transactions.begin() as session:
        row = session.get_one(Worker, caller.worker_id)
        row.full_name, row.birth_date = full_name, born
    return caller.worker_id


def member(ports, months=1):
    """Somebody who has paid, and the bill."""
    caller = add_worker(ports)
    plan_choice.choose(ports, caller, Plan.BASIC)
    bill = billing.issue(ports, caller, months, Once())
    pay(ports, bill)
    return caller.worker_id, bill


def erase(ports, worker_id):
    with ports.transactions.begin() as session:
        session.execute(forget_occupations(worker_id))
        session.execute(erase_worker(worker_id, ports.clock.now()))


class TestByNumber:
    def test_a_nik_finds_who_holds_and_who_claims_it(self, ports, whom):
        holder = add_worker(ports).worker_id
        add_worker(ports)
        row = worker(ports, holder)
        nik = Nik(ports.vault.open("worker.nik", holder, row.nik_sealed))
        with ports.transactions.begin() as session:
            claimant = add_worker(ports)
            other = session.get_one(Worker, claimant.worker_id)
            other.identity_status, other.nik_key = "in_review", row.nik_key
            other.nik_sealed = ports.vault.seal("worker.nik", other.id, str(nik))
        assert whom(nik) == [holder, claimant.worker_id]

    def test_a_phone_finds_a_family(self, ports, whom):
        partner = add_partner(ports)
        family = {
            enrol(ports, partner, f"31710105079300{n:02}", PHONE).began_with for n in range(1, 4)
        }
        add_worker(ports)
        assert set(whom(PhoneNumber.parse("+62 812 9999 0001"))) == family

    def test_registration_and_member_numbers(self, ports, whom):
        worker_id, _ = member(ports)
        row = worker(ports, worker_id)
        assert whom(RegistrationNumber(row.registration_number)) == [worker_id]
        assert whom(MemberNumber(row.member_number)) == [worker_id]

    def test_a_virtual_account_of_an_open_invoice_and_of_an_old_one(self, ports, whom):
        payer = Payer.of(ports)
        first = payer.billed()
        invoices.cancel(ports, payer.caller, first.id)
        second = payer.billed()
        assert second.status is InvoiceStatus.OPEN
        for bill in (first, second):
            assert whom(BilledNumber(bill.virtual_account_no)) == [payer.caller.worker_id]
        assert whom(BilledNumber("888998706291395132")) == []

    def test_a_bank_reference_of_money_that_was_taken(self, ports, whom):
        worker_id, _ = member(ports)
        assert whom(BankReference.parse("2026 1122.0000-1234")) == [worker_id]

    def test_a_bank_reference_of_money_that_was_refused(self, ports, clock, whom):
        payer = Payer.of(ports)
        bill = payer.billed()
        invoices.cancel(ports, payer.caller, bill.id)
        told = paid(bill, clock.now(), reference_no="Ref-77aa")
        assert payment.flag(ports, BANK, told).outcome is BankOutcome.INACTIVE
        assert whom(BankReference.parse(" Ref-77aa ")) == [payer.caller.worker_id]

    def test_a_bank_reference_of_a_call_that_was_refused_before_the_bill_was_looked_at(
        self, ports, clock, whom
    ):
        payer = Payer.of(ports)
        bill = payer.billed()
        asked = about(bill)
        inquiry.inquire(ports, BANK, asked)
        told = paid(bill, clock.now(), external_id=asked.external_id, reference_no="Ref-78aa")
        assert payment.flag(ports, BANK, told).outcome is BankOutcome.EXTERNAL_ID_REUSED
        assert whom(BankReference.parse("Ref-78aa")) == [payer.caller.worker_id]

    def test_a_partners_payment_for_many_is_no_workers(self, ports, whom):
        fleet = Fleet.of(ports, 2)
        bill = fleet.bill()
        assert fleet.pay(bill) is BankOutcome.ACCEPTED
        with ports.transactions.reading() as session:
            [reference] = session.scalars(select(Payment.reference_no)).all()
        assert whom(BankReference.parse(reference)) == []
        assert whom(BilledNumber(bill.virtual_account_no)) == []


class TestByPartnersName:
    @pytest.fixture
    def partner(self, ports):
        return add_partner(ports, "Ojek Kita")

    def test_of_a_driver_of_this_partner_and_of_no_other(self, ports, partner, whom):
        driver, other = add_worker(ports), add_worker(ports)
        tie(ports, partner, driver, "DRV-1")
        tie(ports, add_partner(ports, "Kurir"), other, "DRV-1")
        for said in ("Ojek Kita", "ojek kita", str(partner.id), partner.client_id):
            assert whom(PartnersName("DRV-1", said)) == [driver.worker_id]
        assert whom(PartnersName("drv-1", "Ojek Kita")) == []

    def test_of_a_driver_who_has_left(self, ports, clock, partner, whom):
        gone, stays = add_worker(ports), add_worker(ports)
        left = {"ended_at": clock.now(), "ended_by": EndedBy.WORKER}
        tie(ports, partner, gone, "DRV-1", **left)
        tie(ports, partner, stays, "DRV-1")
        assert set(whom(PartnersName("DRV-1", "Ojek Kita"))) == {gone.worker_id, stays.worker_id}

    def test_of_two_accounts_whose_names_differ_in_case_the_exact_one_counts(self, ports, whom):
        small, large = add_partner(ports, "ojek kita"), add_partner(ports, "OJEK KITA")
        driver = add_worker(ports)
        tie(ports, large, driver, "DRV-1")
        assert whom(PartnersName("DRV-1", "OJEK KITA")) == [driver.worker_id]
        assert whom(PartnersName("DRV-1", "ojek kita")) == []
        assert small.id != large.id

    def test_an_unknown_partner_is_said_to_be_unknown_and_on_record(self, find, session):
        with pytest.raises(Invalid) as refused:
            find(PartnersName("DRV-1", "Ojek Mereka"))
        assert [(f.pointer, f.code) for f in refused.value.faults] == [
            ("/partner", "unknown-partner")
        ]
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.refusal) == (AuditAction.LOOKED_UP, "invalid-request")
        assert event.searched_by is SearchedBy.EXTERNAL_ID


class TestByName:
    def test_the_likest_comes_first_and_another_birthday_never(self, ports, whom):
        less = named(ports, "Siti Aminah Rahayu")
        same = named(ports, "SITI AMINAH")
        close = named(ports, "Sitti Amina")
        named(ports, "Siti Aminah", date(1993, 7, 6))
        named(ports, "Joko Widodo")
        assert whom(NameAndDay("siti aminah", BORN)) == [same, close, less]

    def test_at_most_twenty_the_likest_and_that_there_were_more(self, ports, find):
        same = named(ports, "Siti Aminah")
        for _ in range(20):
            named(ports, "Siti Aminah Rahayu")
        found = find(NameAndDay("Siti Aminah", BORN))
        assert len(found.matches) == 20
        assert found.more
        assert found.matches[0].worker_id == same

    def test_exactly_twenty_are_all(self, ports, find):
        for _ in range(20):
            named(ports, "Siti Aminah")
        found = find(NameAndDay("Siti Aminah", BORN))
        assert (len(found.matches), found.more) == (20, False)


def test_more_than_twenty_of_one_number_are_cut_and_said_to_be_more(ports, find):
    partner = add_partner(ports)
    for n in range(1, 22):
        enrol(ports, partner, f"31710105079300{n:02}", PHONE)
    found = find(PhoneNumber.parse(PHONE))
    assert (len(found.matches), found.more) == (20, True)


class TestWhatIsShown:
    def test_parts_that_tell_people_apart_and_nobody_who_they_are(self, ports, find):
        worker_id, _ = member(ports)
        row = worker(ports, worker_id)
        [match] = find(MemberNumber(row.member_number)).matches
        nik = ports.vault.open("worker.nik", worker_id, row.nik_sealed)
        assert vars(match) == {
            "worker_id": worker_id,
            "standing": RecordStanding.REGISTERED,
            "registered_at": row.registered_at,
            "name_masked": "S*** Ami***",
            "birth_year": 1993,
            "nik_masked": "*" * 14 + nik[-2:],
            "phone_masked": "+62*******890",
            "registration_number_masked": "*" * 9 + row.registration_number[-3:],
            "member_number_masked": "*" * 8 + row.member_number[-3:],
            "regency": "Kota Administrasi Jakarta Pusat",
            "identity_status": "verified",
        }

    def test_who_was_only_enrolled_is_shown_as_unclaimed_behind_who_signed_in(self, ports, find):
        registered = named(ports, "Siti Aminah")
        unclaimed = enrol(ports, add_partner(ports), NIK).began_with
        found = find(NameAndDay("Siti Aminah", BORN)).matches
        assert [(each.worker_id, each.standing) for each in found] == [
            (registered, RecordStanding.REGISTERED),
            (unclaimed, RecordStanding.UNCLAIMED),
        ]

    def test_who_was_erased_is_found_by_what_is_left_and_shown_as_erased(self, ports, find, whom):
        worker_id, bill = member(ports)
        before = worker(ports, worker_id)
        nik = Nik(ports.vault.open("worker.nik", worker_id, before.nik_sealed))
        erase(ports, worker_id)
        for by in (
            nik,
            NameAndDay("Siti Aminah", BORN),
            RegistrationNumber(before.registration_number),
            MemberNumber(before.member_number),
            BilledNumber(bill.virtual_account_no),
            BankReference("2026112200001234"),
        ):
            assert whom(by) == [worker_id]
        [match] = find(nik).matches
        assert match.standing is RecordStanding.ERASED
        assert (match.phone_masked, match.regency) == (None, None)
        assert match.nik_masked is not None


class TestOnRecord:
    def test_one_event_with_a_keyed_digest_and_the_count(self, ports, find, session, support):
        for _ in range(3):
            named(ports, "Siti Aminah")
        find(
            NameAndDay("Siti Aminah", BORN),
            reason=AccessReason.IDENTITY_CASE,
            note="Ia di telepon.",
        )
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.refusal) == (AuditAction.LOOKED_UP, None)
        assert (event.account_id, event.role) == (support.account_id, StaffRole.SUPPORT)
        assert (event.reason, event.note) == (AccessReason.IDENTITY_CASE, "Ia di telepon.")
        assert event.searched_by is SearchedBy.NAME
        assert len(event.searched_key) == 16
        assert event.worker_id is None
        assert event.details == {"found": 3, "more": False}

    def test_nobody_found_is_on_record_too(self, find, session):
        assert find(Nik(NIK)).matches == ()
        event = session.scalars(select(AuditEvent)).one()
        assert (event.searched_by, event.details["found"]) == (SearchedBy.NIK, 0)
        assert NIK not in str(vars(event))

    def test_who_alone_was_found_is_named(self, ports, find, session):
        worker_id = named(ports, "Siti Aminah")
        find(NameAndDay("Siti Aminah", BORN))
        assert session.scalars(select(AuditEvent.worker_id)).one() == worker_id

    def test_everybody_who_was_found_is_told(self, ports, find, session):
        found = {named(ports, "Siti Aminah") for _ in range(3)}
        named(ports, "Joko Widodo")
        find(NameAndDay("Siti Aminah", BORN), reason=AccessReason.PAYMENT_MISSING)
        told = session.scalars(select(DataAccess)).all()
        assert {each.worker_id for each in told} == found
        for each in told:
            assert (each.viewer, each.name) == (Viewer.STAFF, StaffRole.SUPPORT)
            assert (each.reason, each.seen) == (AccessReason.PAYMENT_MISSING, [Seen.MATCH])

    @pytest.mark.parametrize(
        ("by", "searched_by"),
        [
            (Nik(NIK), SearchedBy.NIK),
            (PhoneNumber.parse(PHONE), SearchedBy.PHONE),
            (MemberNumber("44312772276"), SearchedBy.MEMBER_NUMBER),
            (RegistrationNumber("534241499998"), SearchedBy.REGISTRATION_NUMBER),
            (BankReference("2026112200001234"), SearchedBy.BANK_REFERENCE),
            (BilledNumber("888998706291395132"), SearchedBy.VIRTUAL_ACCOUNT_NO),
            (PartnersName("DRV-1", "Ojek Kita"), SearchedBy.EXTERNAL_ID),
            (NameAndDay("Siti Aminah", BORN), SearchedBy.NAME),
        ],
    )
    def test_it_says_by_which_key(self, ports, find, session, by, searched_by):
        add_partner(ports, "Ojek Kita")
        find(by)
        assert session.scalars(select(AuditEvent.searched_by)).one() is searched_by


@pytest.mark.parametrize("many", [1, 5, 19])
def test_as_many_statements_however_many_are_found(ports, find, queries, many):
    partner = add_partner(ports)
    for n in range(1, many + 1):
        enrol(ports, partner, f"31710105079300{n:02}", PHONE)
    queries.clear()
    assert len(find(PhoneNumber.parse(PHONE)).matches) == many
    by_number = len(queries)
    queries.clear()
    assert len(find(NameAndDay("Siti Aminah", BORN)).matches) == many
    # Beside begin and end: the lock, the count, whom, the audit, and who was told.
    assert (by_number, len(queries)) == (7, 8)
