"""What our staff see of partners' files, and how they let one go on."""

import pytest
from sqlalchemy import select, update

from models.audit_event import AuditEvent
from models.batch_inspection import TrialState, trial_state
from models.batch_trial import TRIAL, pause_checks
from models.check_pace import BatchChecks
from models.enrolment_batch import BatchStatus, EnrolmentBatch
from models.values.access import StaffRole
from models.values.ids import new_id
from models.values.page import PageRequest
from services import batches_for_staff
from services.batches_for_staff import BatchNotPaused
from services.enrolment.batches import BatchNotFound
from tests.batches import cells, framed, received
from tests.partners import partner
from tests.services.timeline.staff.reading import an_officer
from tests.worked_batches import work_on

NIKS = {cells(number)["nik"] for number in range(1, 9)}


@pytest.fixture
def officer(ports):
    return an_officer(ports, StaffRole.OFFICER)


@pytest.fixture
def ojek(ports, session):
    return partner(ports, session, "Ojek Kita")


def a_file(ports, session, owner, rows=None, **options):
    rows = rows or [cells(1), cells(2, sex=None), cells(3)]
    batch_id = received(ports, session, owner, framed(rows, **options))
    session.commit()
    return batch_id


def paused(ports, session, owner):
    batch_id = a_file(ports, session, owner)
    session.add(BatchChecks(batch_id=batch_id, answered=212, not_found=101))
    session.execute(pause_checks(batch_id, ports.clock.now()))
    session.commit()
    return batch_id


def listed(ports, officer, limit=50, after=None, **filters):
    page = batches_for_staff.listed(ports, officer, PageRequest(limit, after), **filters)
    return [each.id for each in page.items]


class TestList:
    @pytest.fixture
    def files(self, ports, session, clock, ojek):
        """The newest first."""
        kurir = partner(ports, session, "Kurir Kota")
        made = []
        for owner in (ojek, kurir, ojek):
            make = paused if owner is kurir else a_file
            made.append(make(ports, session, owner))
            clock.advance(minutes=1)
        return made[::-1]

    def test_every_partner_s_are_in_it_the_newest_first(self, ports, officer, files):
        assert listed(ports, officer) == files

    def test_pages_join(self, ports, officer, files):
        first = batches_for_staff.listed(ports, officer, PageRequest(2))
        assert [each.id for each in first.items] == files[:2]
        assert listed(ports, officer, after=first.next_after) == files[2:]

    def test_those_of_one_partner(self, ports, officer, ojek, files):
        assert listed(ports, officer, partner_id=ojek.id) == [files[0], files[2]]

    def test_those_that_wait_for_somebody_to_look(self, ports, officer, files):
        assert listed(ports, officer, paused=True) == [files[1]]
        assert listed(ports, officer, paused=False) == [files[0], files[2]]

    def test_those_that_stand_so(self, ports, officer, session, files):
        done = update(EnrolmentBatch).where(EnrolmentBatch.id == files[2])
        session.execute(done.values(status=BatchStatus.COMPLETED))
        session.commit()
        assert listed(ports, officer, status=BatchStatus.COMPLETED) == [files[2]]

    def test_however_long_it_is_it_is_one_statement(self, ports, officer, files, queries):
        listed(ports, officer)
        few = len(queries)
        queries.clear()
        listed(ports, officer, limit=1)
        assert len(queries) == few

    def test_it_is_on_record_once(self, ports, officer, files, connection):
        listed(ports, officer)
        assert connection.scalars(select(AuditEvent.action)).all() == ["listed_batches"]


class TestOne:
    def test_what_is_wrong_is_counted_by_column_and_code(self, ports, session, officer, ojek):
        rows = [
            cells(1),
            cells(2, sex=None),
            cells(3, sex=None),
            cells(1, external_id="D-9"),
            cells(4),
        ]
        batch_id = a_file(ports, session, ojek, rows, repeated=[3])
        work_on(ports, session, batch_id)
        session.commit()
        shown = batches_for_staff.one(ports, officer, batch_id)
        told = [(each.field, each.code, each.rows, each.first_rows) for each in shown.faults.counts]
        assert told == [
            ("sex", "required", 2, [2, 3]),
            ("nik", "duplicate-in-file", 1, [4]),
        ]
        assert shown.faults.counts[0].words.id == "Wajib diisi."
        assert (shown.faults.rejected_rows, shown.faults.all_counted) == (3, True)
        assert (shown.batch.rows, shown.batch.accepted, shown.batch.rejected) == (5, 2, 3)
        assert shown.batch.partner == "Ojek Kita"

    def test_nobody_in_it_is_told_of(self, ports, session, officer, ojek):
        batch_id = a_file(ports, session, ojek)
        work_on(ports, session, batch_id)
        session.commit()
        shown = str(batches_for_staff.one(ports, officer, batch_id))
        assert not [nik for nik in NIKS if nik in shown]
        assert "D-1" not in shown
        assert "Budi" not in shown

    def test_only_the_first_few_rows_are_named(self, ports, session, officer, ojek):
        rows = [cells(number, sex=None) for number in range(1, 9)]
        batch_id = a_file(ports, session, ojek, rows)
        work_on(ports, session, batch_id)
        session.commit()
        [count] = batches_for_staff.one(ports, officer, batch_id).faults.counts
        assert (count.rows, count.first_rows) == (8, [1, 2, 3, 4, 5])

    def test_of_a_file_with_more_chunks_than_are_read_it_is_said_that_not_all_were_counted(
        self, ports, session, officer, ojek
    ):
        most = batches_for_staff.MOST_CHUNKS.value
        frames = [framed([cells(number, sex=None)]) for number in range(1, most + 2)]
        batch_id = received(ports, session, ojek, *frames)
        work_on(ports, session, batch_id)
        session.commit()
        faults = batches_for_staff.one(ports, officer, batch_id).faults
        assert (faults.rejected_rows, faults.all_counted) == (most, False)

    def test_one_that_there_is_not(self, ports, officer, connection):
        with pytest.raises(BatchNotFound):
            batches_for_staff.one(ports, officer, new_id())
        assert connection.scalars(select(AuditEvent.refusal)).all() == ["batch-not-found"]


class TestTrial:
    @pytest.mark.parametrize(
        ("answered", "paused", "resumed", "state"),
        [
            (0, False, False, TrialState.NOT_BEGUN),
            (1, False, False, TrialState.RUNNING),
            (TRIAL.value.checks, False, False, TrialState.PASSED),
            (212, True, False, TrialState.PAUSED),
            (212, False, True, TrialState.RESUMED),
        ],
    )
    def test_where_it_stands(self, answered, paused, resumed, state):
        assert trial_state(answered=answered, paused=paused, resumed=resumed) is state

    def test_it_says_how_many_were_not_found(self, ports, session, officer, ojek):
        shown = batches_for_staff.one(ports, officer, paused(ports, session, ojek)).batch
        assert shown.paused
        assert shown.trial.said.id.startswith(
            "Pemeriksaan dijeda: dari 212 jawaban pertama, 101 orang tidak ditemukan Dukcapil, lebih "
            "dari 100 yang diperbolehkan."
        )


class TestResuming:
    def test_the_rest_is_checked_from_now_on(self, ports, session, officer, ojek, connection):
        batch_id = paused(ports, session, ojek)
        shown = batches_for_staff.resume(ports, officer, batch_id, "Datanya dari cabang lama.")
        assert (shown.paused, shown.trial.state) == (False, TrialState.RESUMED)
        assert shown.trial.resumed_at == ports.clock.now()
        event = connection.execute(
            select(AuditEvent.action, AuditEvent.about_id, AuditEvent.note, AuditEvent.role)
        ).one()
        assert event == ("resumed_batch", batch_id, "Datanya dari cabang lama.", "officer")

    def test_one_that_is_not_paused(self, ports, session, officer, ojek, connection):
        batch_id = a_file(ports, session, ojek)
        with pytest.raises(BatchNotPaused):
            batches_for_staff.resume(ports, officer, batch_id, "?")
        assert connection.scalars(select(AuditEvent.refusal)).all() == ["batch-not-paused"]

    def test_one_that_there_is_not(self, ports, officer):
        with pytest.raises(BatchNotFound):
            batches_for_staff.resume(ports, officer, new_id(), "?")
