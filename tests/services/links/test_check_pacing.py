"""What partners sent is compared at a pace, and leaves the registry to people who wait for it."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from models.audit_event import AuditEvent
from models.check_pace import BURST, MOST_OPEN, CheckPace
from models.enrolment import Enrolment
from models.enrolment_batch import EnrolmentBatch
from models.identity_check import IdentityCheck
from models.values.audit import AuditAction
from models.values.identity import Finding, IdentityStatus
from models.values.nik import Nik
from services.background import LANES
from services.jobs import CheckEnrolment, CheckIdentity
from services.links import batch_trial, check_pacing
from services.links.batch_trial import NotPaused
from services.outages import IdentityRegistryDown
from services.partners import accounts
from services.ports import Comparison
from tests.api.joining import join
from tests.enrolled import enrol, file_of
from tests.fakes import NOON
from tests.ties import add_partner

PHONE = "0812-3456-7{:03}"


@pytest.fixture
def ojek(ports):
    return add_partner(ports)


def nik(number):
    return f"317101450793{number:04}"


def enrol_many(ports, partner, number, *, first=1, batch=None):
    return [
        enrol(ports, partner, nik(each), PHONE.format(each), batch=batch)
        for each in range(first, first + number)
    ]


def asked(connection):
    """How many of each partner's."""
    rows = select(Enrolment.partner_id).where(Enrolment.identity_asked_at.is_not(None))
    return Counter(connection.scalars(rows).all())


def jobs(ports):
    return [job for job in ports.jobs.waiting if isinstance(job, CheckEnrolment)]


def with_quota(ports, per_day):
    return replace(ports, registry_checks_per_day=per_day)


class TestAsking:
    def test_everybody_is_asked_about_once(self, ports, ojek, connection):
        enrolled = enrol_many(ports, ojek, 3)
        for _ in range(2):
            check_pacing.pace(ports)
        assert len(jobs(ports)) == 3
        assert [each.enrolment.identity_asked_at for each in enrolled] == [NOON] * 3
        checks = connection.execute(select(IdentityCheck.enrolment_id)).scalars().all()
        assert set(checks) == {each.id for each in enrolled}

    def test_whoever_registers_by_themself_is_in_another_lane(self):
        lanes = {lane.queue for lane in LANES}
        assert {CheckEnrolment.queue, CheckIdentity.queue} < lanes
        assert CheckEnrolment.queue != CheckIdentity.queue

    def test_whose_tie_has_ended_is_not_asked_about(self, ports, ojek, connection):
        enrol_many(ports, ojek, 1)
        connection.execute(text("update enrolment set ended_at = now(), ended_by = 'partner'"))
        check_pacing.pace(ports)
        assert jobs(ports) == []

    def test_a_job_carries_ids_only(self, ports, ojek):
        enrol_many(ports, ojek, 1)
        check_pacing.pace(ports)
        assert [list(vars(job)) for job in jobs(ports)] == [["check_id"]]


class TestQuota:
    def test_half_of_the_registrys_stays_for_people_who_register_by_themselves(
        self, ports, ojek, clock
    ):
        ports = with_quota(ports, 10)
        enrol_many(ports, ojek, 8)
        for _ in range(12):
            check_pacing.pace(ports)
            clock.advance(hours=1)
        assert len(jobs(ports)) == 5

    def test_the_next_jakarta_day_has_its_own(self, ports, ojek, clock):
        ports = with_quota(ports, 4)
        enrol_many(ports, ojek, 5)
        check_pacing.pace(ports)
        clock.advance(hours=11, minutes=59)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 2
        clock.advance(minutes=2)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 3

    def test_a_registry_that_sells_nothing_is_asked_nothing(self, ports, ojek):
        enrol_many(ports, ojek, 1)
        check_pacing.pace(with_quota(ports, 1))
        assert jobs(ports) == []

    def test_what_people_ask_for_themselves_uses_nothing_up(self, client, ports, ojek):
        join(client, ports, phone="0813-9999-0001", nik=nik(99))
        enrol_many(ports, ojek, 2)
        check_pacing.pace(with_quota(ports, 4))
        assert len(jobs(ports)) == 2

    def test_each_partner_has_one_of_its_own(self, ports, connection, clock):
        small = add_partner(ports, "Kecil", checks_per_day=2)
        enrol_many(ports, small, 4)
        for _ in range(3):
            check_pacing.pace(ports)
            clock.advance(hours=3)
        assert asked(connection) == {small.id: 2}

    def test_what_there_is_is_shared_by_all_partners_in_turn(self, ports, ojek, connection):
        other = add_partner(ports, "Kurir Kita")
        enrol_many(ports, ojek, 8)
        enrol_many(ports, other, 3, first=100)
        check_pacing.pace(with_quota(ports, 10))
        assert asked(connection) == {ojek.id: 3, other.id: 2} or asked(connection) == {
            ojek.id: 2,
            other.id: 3,
        }

    def test_who_has_had_least_today_comes_first(self, ports, ojek, connection, clock):
        enrol_many(ports, ojek, 4)
        check_pacing.pace(with_quota(ports, 6))
        clock.advance(hours=8)
        other = add_partner(ports, "Kurir Kita")
        enrol_many(ports, other, 1, first=100)
        check_pacing.pace(with_quota(ports, 8))
        assert asked(connection)[other.id] == 1

    def test_while_the_registry_is_down_no_more_than_some_hundreds_wait(
        self, ports, ojek, connection
    ):
        enrol_many(ports, ojek, 3)
        check_pacing.pace(ports)
        open_ones = MOST_OPEN.value - 2
        connection.execute(
            text(
                "insert into identity_check (id, worker_id, enrolment_id, nik_key, requested_at,"
                " attempts) select gen_random_uuid(), worker_id, id, nik_key, now(), 0"
                " from (select * from enrolment limit 1) e, generate_series(1, :open)"
            ),
            {"open": open_ones - 1},
        )
        enrol_many(ports, ojek, 2, first=50)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 3

    def test_nothing_is_lost_while_it_is_down(self, ports, ojek):
        (enrolled,) = enrol_many(ports, ojek, 1)
        check_pacing.pace(ports)
        ports.identity.down = True
        with pytest.raises(IdentityRegistryDown):
            ports.jobs.work(ports)
        assert enrolled.enrolment.identity_status is IdentityStatus.PENDING


class TestPace:
    @given(
        per_day=st.integers(1, 1_000_000),
        moments=st.lists(st.integers(0, 86_400), min_size=1, max_size=30),
    )
    def test_no_hour_gets_more_than_its_share_and_a_burst(self, per_day, moments):
        pace, spent = CheckPace(id=1, spent_until=NOON - timedelta(days=400)), []
        for second in sorted(moments):
            now = NOON + timedelta(seconds=second)
            room = pace.room(per_day, now)
            if room:
                pace.spend(room, per_day, now)
            spent.append((second, room))
        burst = min(BURST.value, per_day)
        for start, _ in spent:
            within = sum(room for second, room in spent if start <= second <= start + 3600)
            assert within <= burst + per_day * 3600 / 86_400 + 1

    def test_a_few_hundred_are_asked_about_at_once(self):
        pace = CheckPace(id=1, spent_until=NOON - timedelta(days=400))
        assert pace.room(100_000, NOON) == BURST.value

    def test_then_as_many_as_go_into_the_day(self):
        pace = CheckPace(id=1, spent_until=NOON)
        assert pace.room(86_400, NOON + timedelta(seconds=10)) == 10


class TestFileOfNobody:
    def answers(self, ports, connection, batch, *, found, not_found):
        """Count answers of a file as if so many had come."""
        with ports.transactions.begin() as session:
            some = session.scalars(select(Enrolment.id).where(Enrolment.batch_id == batch)).first()
            for each in [False] * found + [True] * not_found:
                batch_trial.count_answer(session, some, not_found=each, now=ports.clock.now())

    def paused(self, connection, batch):
        column = select(EnrolmentBatch.checks_paused_at).where(EnrolmentBatch.id == batch)
        return connection.scalar(column) is not None

    @pytest.fixture
    def batch(self, ports, ojek):
        batch = file_of(ports, ojek)
        enrol_many(ports, ojek, 3, batch=batch)
        return batch

    def test_is_paused_once_over_a_fifth_of_its_first_five_hundred_are_nobody(
        self, ports, connection, batch, caplog
    ):
        self.answers(ports, connection, batch, found=0, not_found=100)
        assert not self.paused(connection, batch)
        with caplog.at_level(logging.ERROR):
            self.answers(ports, connection, batch, found=0, not_found=1)
        assert self.paused(connection, batch)
        assert "checks of a batch are paused" in caplog.text

    def test_what_comes_after_the_first_five_hundred_does_not_count(self, ports, connection, batch):
        self.answers(ports, connection, batch, found=400, not_found=100)
        self.answers(ports, connection, batch, found=0, not_found=50)
        assert not self.paused(connection, batch)

    def test_its_rest_is_not_asked_about_until_somebody_says_so(self, ports, connection, batch):
        self.answers(ports, connection, batch, found=0, not_found=101)
        check_pacing.pace(ports)
        assert jobs(ports) == []
        batch_trial.resume(ports, batch)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 3
        self.answers(ports, connection, batch, found=0, not_found=101)
        assert not self.paused(connection, batch)

    def test_who_said_so_at_the_command_line_is_on_record(self, ports, connection, batch):
        self.answers(ports, connection, batch, found=0, not_found=101)
        batch_trial.resume(ports, batch)
        [event] = connection.execute(select(AuditEvent.__table__)).all()
        assert (event.action, event.source) == (AuditAction.RESUMED_BATCH, "command line")
        assert (event.about_id, event.account_id) == (batch, None)

    def test_other_files_go_on(self, ports, ojek, connection, batch):
        self.answers(ports, connection, batch, found=0, not_found=101)
        enrol_many(ports, ojek, 2, first=50, batch=file_of(ports, ojek))
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 2

    def test_no_more_than_five_hundred_are_asked_before_these_are_answered(
        self, ports, connection, batch
    ):
        self.answers(ports, connection, batch, found=498, not_found=0)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 2
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 2
        ports.jobs.work(ports)
        check_pacing.pace(ports)
        assert len(jobs(ports)) == 1

    def test_the_registrys_answers_are_what_is_counted(self, ports, connection, batch):
        ports.identity.answers[Nik(nik(1))] = Comparison(finding=Finding.NOT_FOUND, scores={})
        check_pacing.pace(ports)
        ports.jobs.work(ports)
        counted = "select answered, not_found from batch_checks"
        assert connection.execute(text(counted)).one() == (3, 1)

    def test_only_what_is_paused_can_be_resumed(self, ports, batch):
        with pytest.raises(NotPaused):
            batch_trial.resume(ports, batch)


def test_what_is_spent_is_kept_for_each_partner_and_day(ports, ojek, connection):
    enrol_many(ports, ojek, 3)
    check_pacing.pace(ports)
    spent = "select day::text, partner_id, asked from partner_checks"
    assert connection.execute(text(spent)).all() == [("2026-11-22", ojek.id, 3)]
    assert connection.scalar(select(func.count()).select_from(IdentityCheck)) == 3


def test_a_closed_account_asks_about_nobody(ports, ojek, connection):
    kurir = add_partner(ports, "Kurir Cepat")
    for number, partner in enumerate((ojek, kurir), start=1):
        enrol_many(ports, partner, 1, first=number)
    accounts.close(ports, ojek.client_id)
    check_pacing.pace(ports)
    assert asked(connection) == {kurir.id: 1}
