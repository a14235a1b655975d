"""What officers read beside the worker's own timeline, and what looking leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.data_access import DataAccess
from models.message import MessageKind
from models.timeline.staff.topic import Topic
from models.values.access import AccessReason, Seen, StaffRole
from models.values.audit import AuditAction
from models.values.channel import Channel, DeliveryState
from models.values.identity import Element, IdentityStatus
from models.values.ids import new_id
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.worker import select_worker
from services import identity, notices, phone_verification
from services.audit.recording import Deed, record
from services.lookup.errors import WorkerNotFound
from services.lookup.pacing import TooManyViews
from services.messages import collect_deliveries
from services.outages import IdentityRegistryDown
from services.phone_verification import Start
from services.ports import Delivery
from services.timeline import for_staff
from tests.banks import Payer
from tests.fakes import NOON
from tests.payers import add_worker
from tests.services.test_identity import PHONES, answer, check_jobs, found, join
from tests.services.timeline.staff.reading import an_officer, the, timeline
from tests.ties import add_partner, tie

MINUTE = timedelta(minutes=1)
FORMER = PhoneNumber("+6281355501234")


@pytest.fixture
def worker_id(ports):
    return add_worker(ports).worker_id


def look(ports, officer, worker_id, reason=AccessReason.CALLER_ASKS, topic=None, **page):
    return for_staff.listed(ports, officer, worker_id, PageRequest(**page), reason, topic)


def tell(ports, worker_id, **to):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(worker_id)).one()
        now = ports.clock.now()
        return notices.queue(ports, session, worker, MessageKind.PHONE_CHANGED, now, **to).id


class TestIdentity:
    def test_an_answer_is_told_score_by_score(self, ports):
        worker = join(ports)
        answer(ports, found(name=84, mother_maiden_name=40))
        ports.jobs.work(ports)
        answered = the(ports, worker.worker_id, "identity_check_answered")
        assert answered.details["outcome"] is IdentityStatus.NEEDS_CORRECTION
        assert answered.details["response_code"] == "00"
        scores = {each["name"]: each["score"] for each in answered.details["elements"]}
        assert scores == dict.fromkeys(Element, 100) | {"name": 84, "mother_maiden_name": 40}
        assert "nama 84 (perlu 85), tanggal lahir 100" in answered.text.id
        assert "nama gadis ibu kandung 40" in answered.text.id
        assert answered.text.id.endswith("Hasilnya: peserta perlu memperbaiki data.")
        assert "Ratna" not in f"{answered.text} {answered.details}"

    def test_for_a_reason_that_does_not_need_them_scores_are_left_out(self, ports):
        worker = join(ports)
        answer(ports, found(name=84))
        ports.jobs.work(ports)
        page = look(ports, an_officer(ports), worker.worker_id, AccessReason.PHONE_CHANGE)
        [answered] = [each for each in page.items if each.kind == "identity_check_answered"]
        assert (answered.details["elements"], answered.details["scores"]) == (None, None)
        assert "84" not in answered.text.id

    def test_tries_without_an_answer_are_counted(self, ports):
        worker = join(ports)
        [job] = check_jobs(ports)
        ports.identity.down = True
        for _ in range(3):
            with pytest.raises(IdentityRegistryDown):
                identity.check(ports, job.check_id)
        asked = the(ports, worker.worker_id, "identity_check_requested")
        assert asked.details["attempts"] == 3
        assert asked.text.id.endswith("Belum ada jawaban setelah dicoba 3 kali; dicoba terus.")


class TestMessages:
    def test_a_message_is_told_with_its_id_and_what_became_of_it(self, ports, clock, worker_id):
        message_id = tell(ports, worker_id)
        clock.advance(minutes=1)
        ports.jobs.work(ports)
        sent = the(ports, worker_id, "message_sent")
        assert sent.details["message_id"] == message_id
        assert sent.details["delivery"] is DeliveryState.SENT
        assert (sent.at, sent.details["settled_at"]) == (NOON, NOON + MINUTE)

    def test_one_that_failed_is_followed_by_sms(self, ports, clock, worker_id):
        first = tell(ports, worker_id)
        ports.jobs.work(ports)
        clock.advance(minutes=1)
        ports.messages.reports.append(Delivery(key=first, state=DeliveryState.FAILED))
        collect_deliveries(ports)
        after, before = [each for each in timeline(ports, worker_id) if each.kind == "message_sent"]
        assert (before.details["message_id"], after.details["follows"]) == (first, first)
        assert before.details["follow_up"] == after.details["message_id"]
        assert (
            before.text.id
            == "Pesan WhatsApp tentang penggantian nomor HP gagal. Disusul dengan SMS."
        )
        assert after.details["channel"] is Channel.SMS

    def test_another_number_than_that_on_record_is_told_masked(self, ports, worker_id):
        tell(ports, worker_id, to=FORMER)
        sent = the(ports, worker_id, "message_sent")
        assert sent.details["phone_masked"] == FORMER.masked
        assert FORMER.masked in sent.text.id
        assert FORMER.e164 not in f"{sent}"

    def test_codes_to_the_phone_on_record_are_told(self, ports, clock):
        worker = join(ports)
        sent = the(ports, worker.worker_id, "code_sent")
        assert sent.details["confirmed_at"] == NOON
        assert sent.details["wrong_codes"] == 0
        assert "Kodenya dipakai pada" in sent.text.id

    def test_wrong_codes_are_counted(self, ports, clock):
        worker = join(ports)
        clock.advance(minutes=5)
        start = Start(phone=PHONES[0], channel=Channel.SMS, language="id", source="")
        started = phone_verification.start(ports, start).verification.id
        code = phone_verification.code_of(ports, started)
        with pytest.raises(phone_verification.CodeIncorrect):
            phone_verification.confirm(ports, started, str((int(code) + 1) % 10**6).zfill(6))
        latest = timeline(ports, worker.worker_id, Topic.MESSAGES)[0]
        assert latest.text.id.endswith("Kode yang salah dimasukkan 1 kali. Kodenya tidak dipakai.")


class TestTies:
    def test_a_platform_is_told_with_its_name_for_the_worker(self, ports, worker_id):
        worker = add_worker(ports)
        tie(ports, add_partner(ports), worker, "OK-77")
        told = the(ports, worker.worker_id, "partner_enrolled")
        assert told.text.id == "Ojek Kita menyatakan peserta ini mitranya, sebagai OK-77."
        assert told.details["external_id"] == "OK-77"


class TestDeeds:
    def test_what_staff_did_is_told_with_who_and_why(self, ports, clock, worker_id):
        reviewer = an_officer(ports, StaffRole.REVIEWER)
        deed = Deed(
            action=AuditAction.REVEALED,
            worker_id=worker_id,
            reason=AccessReason.IDENTITY_CASE,
            note="Ibunya {menelepon}",
            details={"fields": ["nik", "birth_date"]},
        )
        with ports.transactions.begin() as session:
            record(session, reviewer, deed, clock.now())
        clock.advance(minutes=1)
        [told] = look(ports, an_officer(ports), worker_id, topic=Topic.STAFF).items
        assert told.details["username"] == reviewer.username
        assert told.details["role"] is StaffRole.REVIEWER
        assert told.details["fields"] == ["nik", "birth_date"]
        # What they noted is for the auditor, and may tell of somebody else.
        assert "Ibunya" not in f"{told.text} {told.details}"
        assert told.text.en == (
            f"{reviewer.username} (reviewer) revealed masked data of a worker. What was revealed: "
            "NIK and Birth date. The reason: an identity case."
        )

    def test_a_look_is_itself_told_to_the_next_who_looks(self, ports, clock, worker_id):
        officer = an_officer(ports)
        assert look(ports, officer, worker_id, topic=Topic.STAFF).items == []
        [told] = look(ports, officer, worker_id, topic=Topic.STAFF).items
        assert told.details["action"] is AuditAction.VIEWED_TIMELINE


class TestWhatLookingLeaves:
    @pytest.fixture
    def officer(self, ports):
        return an_officer(ports)

    def looks(self, connection):
        rows = connection.execute(select(DataAccess.reason, DataAccess.name, DataAccess.seen))
        return [tuple(row) for row in rows]

    def test_the_worker_is_told_by_whom_and_why(self, ports, officer, worker_id, connection):
        look(ports, officer, worker_id)
        seen = [Seen.TIMELINE]
        assert self.looks(connection) == [(AccessReason.CALLER_ASKS, StaffRole.SUPPORT, seen)]

    def test_reading_on_is_the_same_look_but_each_page_is_on_record(
        self, ports, officer, worker_id, connection
    ):
        after = look(ports, officer, worker_id, limit=1).next_after
        look(ports, officer, worker_id, limit=1, after=after)
        assert len(self.looks(connection)) == 1
        events = connection.execute(select(AuditEvent.action, AuditEvent.worker_id)).all()
        assert events == [(AuditAction.VIEWED_TIMELINE, worker_id)] * 2

    @pytest.mark.parametrize("how", ["by another officer", "much later", "for another reason"])
    def test_a_page_that_nobody_has_read_up_to_is_a_look_of_its_own(
        self, ports, clock, officer, worker_id, connection, how
    ):
        after = look(ports, officer, worker_id, limit=1).next_after
        reason = AccessReason.CALLER_ASKS
        if how == "by another officer":
            officer = an_officer(ports)
        elif how == "much later":
            clock.advance(minutes=30)
        else:
            reason = AccessReason.PAYMENT_MISSING
        look(ports, officer, worker_id, reason, limit=1, after=after)
        assert len(self.looks(connection)) == 2

    def test_somebody_who_is_not_there_is_on_record_as_asked_for(self, ports, officer, connection):
        nobody = new_id()
        with pytest.raises(WorkerNotFound):
            look(ports, officer, nobody)
        refused = connection.execute(select(AuditEvent.worker_id, AuditEvent.refusal)).one()
        assert refused == (nobody, "worker-not-found")
        assert self.looks(connection) == []

    def test_whoever_reads_faster_than_people_call_is_stopped(self, ports, officer, worker_id):
        for _ in range(20):
            look(ports, officer, worker_id)
        with pytest.raises(TooManyViews):
            look(ports, officer, worker_id)


class TestForWhatReason:
    def test_what_the_reason_does_not_need_is_left_out_and_named(self, ports):
        payer = Payer.of(ports)
        payer.billed(1)
        page = look(ports, an_officer(ports), payer.caller.worker_id, AccessReason.PHONE_CHANGE)
        assert "invoice_made" not in {each.kind for each in page.items}
        assert "open_invoice" in page.withheld

    def test_for_a_payment_that_is_missing_nothing_is(self, ports, worker_id):
        page = look(ports, an_officer(ports), worker_id, AccessReason.PAYMENT_MISSING)
        assert page.withheld == ()

    def test_a_topic_of_which_all_is_left_out_is_empty(self, ports, worker_id):
        officer = an_officer(ports)
        page = look(ports, officer, worker_id, AccessReason.OTHER, Topic.PARTNERS)
        assert (page.items, page.withheld[-1]) == ([], "plan")


def test_it_is_one_statement_however_much_there_is(ports, clock, queries):
    payer = Payer.of(ports)
    officer = an_officer(ports)

    def statements():
        queries.clear()
        look(ports, officer, payer.caller.worker_id)
        return len(queries)

    few = statements()
    for _ in range(3):
        bill = payer.billed(1)
        clock.time = bill.expires_at + MINUTE
    assert statements() == few
    assert len([each for each in queries if "UNION ALL" in each]) == 1


def test_nothing_of_anybody_else_is_told(ports, worker_id):
    other = Payer.of(ports)
    other.billed(1)
    tell(ports, other.caller.worker_id)
    assert {each.kind for each in timeline(ports, worker_id)} == {
        "registered",
        "consent_given",
        "session_started",
    }
