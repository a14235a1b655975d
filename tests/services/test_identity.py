import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from sqlalchemy import select

from models.application import Accepted, Application, Occupation
from models.identity_check import IdentityCheck
from models.identity_verdict import IdentityReason
from models.values.channel import Channel
from models.values.identity import Element, Finding, IdentityStatus
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.words import Language
from models.worker import Worker
from services import identity, phone_verification, profile_change, registration
from services.callers import SignedIn
from services.jobs import CheckIdentity
from services.once import Once
from services.outages import IdentityRegistryDown, IdentityRegistryMisconfigured
from services.phone_verification import Start
from services.ports import Comparison
from services.tokens import Kind
from tests.fakes import AGREES

NIK = Nik("3171014507930001")
PHONES = [PhoneNumber(f"+6281234560{number:03}") for number in range(10)]


@pytest.fixture
def joined(ports):
    return join(ports)


def join(ports, phone=PHONES[0], nik=NIK, **changes):
    """Register, and leave the check waiting."""
    start = Start(phone=phone, channel=Channel.SMS, language=Language.ENGLISH, source="")
    verification_id = phone_verification.start(ports, start).verification.id
    code = phone_verification.code_of(ports, verification_id)
    token = phone_verification.confirm(ports, verification_id, code).phone_token
    holder = phone_verification.holder(ports.tokens.read(Kind.PHONE, token, now=ports.clock.now()))
    registered = registration.register(ports, holder, application(ports, nik, **changes), Once())
    claims = ports.tokens.read(Kind.WORKER, registered.access_token, now=ports.clock.now())
    return SignedIn(registered.worker.id, claims["sid"])


def application(ports, nik, **changes):
    form = {
        "nik": nik,
        "full_name": "Siti Aminah",
        "birth_place": "Jakarta",
        "birth_date": date(1993, 7, 5),
        "sex": Sex.FEMALE,
        "mother_maiden_name": "Ratna Dewi",
        "address": "Jl. Kenanga 12",
        "village_code": "31.71.01.1001",
        "occupations": [Occupation(code="TR01")],
        "monthly_income": Rupiah(900_000),
        "consents": [
            Accepted(document=each.document, version=each.version)
            for each in ports.consents.required()
        ],
    }
    return Application(**form | changes)


def found(**scores):
    scores = AGREES | {Element(name): score for name, score in scores.items()}
    return Comparison(finding=Finding.FOUND, scores=scores, response_code="00")


def answer(ports, comparison, nik=NIK):
    ports.identity.answers[nik] = comparison


def check_jobs(ports):
    return [job for job in ports.jobs.waiting if isinstance(job, CheckIdentity)]


def worker(connection, caller):
    return connection.execute(select(Worker.__table__).where(Worker.id == caller.worker_id)).one()


def check(connection):
    """The only check there is, or the last."""
    order = IdentityCheck.id.desc()
    return connection.execute(select(IdentityCheck.__table__).order_by(order)).first()


@dataclass
class CorrectsMeanwhile:
    """A registry that takes its time: the worker corrects something before it answers."""

    correct: Callable[[], object]
    comparison: Comparison = field(default_factory=found)

    def compare(self, person):
        self.correct()
        return self.comparison


class TestVerdict:
    @pytest.mark.parametrize(
        ("comparison", "status", "reason"),
        [
            (found(), IdentityStatus.VERIFIED, None),
            (found(name=85), IdentityStatus.VERIFIED, None),
            (found(name=84), IdentityStatus.NEEDS_CORRECTION, IdentityReason.MISMATCH),
            (found(birth_date=99), IdentityStatus.NEEDS_CORRECTION, IdentityReason.MISMATCH),
            (found(sex=0), IdentityStatus.NEEDS_CORRECTION, IdentityReason.MISMATCH),
            (found(mother_maiden_name=0, birth_place=0), IdentityStatus.VERIFIED, None),
            (
                Comparison(finding=Finding.DECEASED, scores={}),
                IdentityStatus.REFUSED,
                IdentityReason.DECEASED,
            ),
            (
                Comparison(finding=Finding.DUPLICATE, scores={}),
                IdentityStatus.IN_REVIEW,
                IdentityReason.DUPLICATE_RECORD,
            ),
            (
                Comparison(finding=Finding.NOT_FOUND, scores={}),
                IdentityStatus.NEEDS_CORRECTION,
                IdentityReason.NOT_FOUND,
            ),
            (
                Comparison(finding=Finding.INACTIVE, scores={}),
                IdentityStatus.NEEDS_CORRECTION,
                IdentityReason.INACTIVE,
            ),
        ],
    )
    def test_what_the_registry_finds_decides(
        self, ports, connection, joined, comparison, status, reason
    ):
        answer(ports, comparison)
        ports.jobs.work(ports)
        row = worker(connection, joined)
        assert (row.identity_status, row.identity_reason) == (status, reason)
        assert row.identity_checked_at == ports.clock.now()
        assert check(connection).outcome is status

    def test_the_worker_sees_which_of_three_elements_agree(self, ports, connection, joined):
        answer(ports, found(name=70, mother_maiden_name=3))
        ports.jobs.work(ports)
        assert worker(connection, joined).identity_elements == [
            {"name": "name", "matched": False},
            {"name": "birth_date", "matched": True},
            {"name": "sex", "matched": True},
        ]

    def test_staff_can_see_every_score(self, ports, connection, joined):
        answer(ports, found(name=70, mother_maiden_name=3))
        ports.jobs.work(ports)
        row = check(connection)
        assert row.scores == {
            "name": 70,
            "birth_date": 100,
            "sex": 100,
            "birth_place": 100,
            "mother_maiden_name": 3,
        }
        assert (row.finding, row.response_code) == (Finding.FOUND, "00")

    def test_an_element_that_the_registry_does_not_mention_does_not_match(
        self, ports, connection, joined
    ):
        answer(ports, Comparison(finding=Finding.FOUND, scores={Element.NAME: 100}))
        ports.jobs.work(ports)
        assert worker(connection, joined).identity_status is IdentityStatus.NEEDS_CORRECTION

    @pytest.mark.parametrize(
        ("nik", "notes"),
        [
            ("3171014507930001", []),
            ("3199014507930001", ["unknown_regency"]),
            ("3171994507930001", ["unknown_district"]),
            ("1104044507930001", ["retired_district"]),
            ("3171010507930001", ["sex_disagrees"]),
            ("3171014607930001", ["birth_date_disagrees"]),
        ],
    )
    def test_what_deserves_a_second_look_is_noted_and_refuses_nobody(
        self, ports, connection, nik, notes
    ):
        joined = join(ports, nik=Nik(nik))
        ports.jobs.work(ports)
        assert check(connection).notes == notes
        assert worker(connection, joined).identity_status is IdentityStatus.VERIFIED


class TestOutage:
    def test_nothing_is_lost_and_nothing_matches_while_the_registry_is_down(
        self, ports, connection, joined
    ):
        ports.identity.down = True
        [job] = check_jobs(ports)
        for _ in range(3):
            with pytest.raises(IdentityRegistryDown):
                identity.check(ports, job.check_id)
        assert (check(connection).attempts, check(connection).outcome) == (3, None)
        assert worker(connection, joined).identity_status is IdentityStatus.PENDING
        ports.identity.down = False
        identity.check(ports, job.check_id)
        assert worker(connection, joined).identity_status is IdentityStatus.VERIFIED

    def test_a_wrong_set_up_of_ours_alarms_the_operator_and_is_kept(
        self, ports, connection, joined, caplog
    ):
        [job] = check_jobs(ports)
        ports.identity.misconfigured = True
        with caplog.at_level(logging.ERROR), pytest.raises(IdentityRegistryMisconfigured):
            identity.check(ports, job.check_id)
        assert "refuses our set-up" in caplog.text
        assert worker(connection, joined).identity_status is IdentityStatus.PENDING

    def test_a_check_that_was_answered_is_not_asked_again(self, ports, joined):
        [job] = check_jobs(ports)
        identity.check(ports, job.check_id)
        identity.check(ports, job.check_id)
        assert len(ports.identity.asked) == 1

    def test_a_check_of_nobody_is_nothing_to_do(self, ports, joined):
        identity.check(ports, joined.worker_id)
        assert ports.identity.asked == []


class TestCorrectionMeanwhile:
    def correcting(self, ports, joined, comparison, **changes):
        """Answer the first check after the worker has corrected something."""
        first = check_jobs(ports)[0]
        slow = CorrectsMeanwhile(lambda: profile_change.change(ports, joined, changes), comparison)
        identity.check(replace(ports, identity=slow), first.check_id)

    def test_a_late_answer_says_nothing_about_the_corrected_data(self, ports, connection, joined):
        self.correcting(ports, joined, found(), full_name="Somebody Else")
        row = worker(connection, joined)
        assert (row.identity_status, row.identity_elements) == (IdentityStatus.PENDING, [])

    def test_nor_does_it_beyond_the_limit_when_no_new_check_is_on_its_way(
        self, ports, connection, joined
    ):
        for letter in "ABC":
            profile_change.change(ports, joined, {"full_name": f"Siti {letter}"})
        del ports.jobs.waiting[: ports.jobs.waiting.index(check_jobs(ports)[-1])]
        self.correcting(ports, joined, found(), full_name="Somebody Else")
        row = worker(connection, joined)
        assert row.identity_status is IdentityStatus.IN_REVIEW
        assert row.identity_reason == IdentityReason.TOO_MANY_CORRECTIONS

    def test_what_was_answered_late_is_kept_for_staff(self, ports, connection, joined):
        self.correcting(ports, joined, found(name=12), full_name="Somebody Else")
        order = IdentityCheck.id
        first = connection.execute(select(IdentityCheck.__table__).order_by(order)).first()
        assert (first.outcome, first.scores["name"]) == (IdentityStatus.NEEDS_CORRECTION, 12)
        assert first.superseded_at is not None

    def test_a_superseded_check_does_not_ask_the_registry(self, ports, joined):
        profile_change.change(ports, joined, {"full_name": "Siti A"})
        ports.jobs.work(ports)
        assert [person.full_name for person in ports.identity.asked] == ["Siti A"]


class TestWhoHoldsANik:
    def test_the_later_of_two_matching_claims_is_in_review(self, ports, connection):
        callers = [join(ports, phone) for phone in PHONES[:3]]
        ports.jobs.work(ports)
        rows = [worker(connection, caller) for caller in callers]
        assert [row.identity_status for row in rows] == [
            IdentityStatus.VERIFIED,
            IdentityStatus.IN_REVIEW,
            IdentityStatus.IN_REVIEW,
        ]
        assert {row.identity_reason for row in rows[1:]} == {IdentityReason.HELD_BY_ANOTHER}

    def test_the_one_who_is_checked_first_holds_it(self, ports, connection):
        first, second = join(ports, PHONES[0]), join(ports, PHONES[1])
        for job in reversed(check_jobs(ports)):
            identity.check(ports, job.check_id)
        assert worker(connection, second).identity_status is IdentityStatus.VERIFIED
        assert worker(connection, first).identity_status is IdentityStatus.IN_REVIEW

    def test_registering_again_and_again_stops_telling_what_agrees(self, ports, connection):
        answer(ports, found(birth_date=0))
        callers = []
        for phone in PHONES[:6]:
            callers.append(join(ports, phone))
            ports.jobs.work(ports)
        rows = [worker(connection, caller) for caller in callers]
        assert {row.identity_status for row in rows[:5]} == {IdentityStatus.NEEDS_CORRECTION}
        assert rows[5].identity_status is IdentityStatus.IN_REVIEW
        assert rows[5].identity_elements == []

    def test_whoever_knows_everything_at_once_is_verified_all_the_same(self, ports, connection):
        answer(ports, found(birth_date=0))
        for phone in PHONES[:6]:
            join(ports, phone)
        ports.jobs.work(ports)
        answer(ports, found())
        owner = join(ports, PHONES[6])
        ports.jobs.work(ports)
        assert worker(connection, owner).identity_status is IdentityStatus.VERIFIED
