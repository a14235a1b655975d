"""What enrolling writes, and what it leaves alone."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, select, text

from models.enrolment import EndedBy
from models.terms import ContributionTerms
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import Worker, WorkerOccupation
from tests.enrolling import BUDI, codes, driver, enrolment, row, send, words


def worker(session, outcome):
    tie = enrolment(session, outcome)
    return session.get_one(Worker, tie.worker_id, populate_existing=True)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def claim(session, ports, outcome):
    """The driver signs in for the first time, somewhat later."""
    ports.clock.advance(hours=1)
    worker(session, outcome).claimed_at = ports.clock.now()
    session.flush()


def test_a_new_driver_becomes_an_unclaimed_worker(ports, session, ojek):
    [outcome] = send(ports, session, ojek, row())
    made = worker(session, outcome)
    assert outcome.outcome == "accepted"
    assert outcome.external_id == "D-1"
    assert made.claimed_at is None
    assert made.identity_status is IdentityStatus.PENDING
    assert (made.full_name, made.birth_place, made.sex) == ("Budi Santoso", "Jakarta", "M")
    assert (made.monthly_income, made.language) == (Rupiah(3_500_000), "id")
    assert made.identity_elements == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("nik", BUDI["nik"]),
        ("phone", BUDI["phone"]),
        ("mother_maiden_name", BUDI["mother_maiden_name"]),
        ("address", BUDI["address"]),
    ],
)
def test_what_is_sealed_opens_where_it_stands(ports, session, ojek, column, text):
    [outcome] = send(ports, session, ojek, row())
    made = worker(session, outcome)
    sealed = getattr(made, f"{column}_sealed")
    assert ports.vault.open(f"worker.{column}", made.id, sealed) == text


def test_what_a_partner_need_not_know_may_be_missing(ports, session, ojek):
    missing = dict.fromkeys(("birth_place", "mother_maiden_name", "address"))
    [outcome] = send(ports, session, ojek, row(**missing))
    made = worker(session, outcome)
    assert made.birth_place is made.mother_maiden_name_sealed is made.address_sealed is None


def test_a_new_driver_has_the_plan_of_the_file_from_the_present_month(ports, session, ojek):
    [outcome] = send(ports, session, ojek, row(), plan=Plan.COMPLETE)
    made = worker(session, outcome)
    [terms] = session.scalars(select(ContributionTerms))
    [occupation] = session.scalars(select(WorkerOccupation))
    assert (terms.worker_id, terms.plan) == (made.id, Plan.COMPLETE)
    assert (terms.sector, terms.monthly_income) == (Sector.TRANSPORT, Rupiah(3_500_000))
    assert terms.from_month == Month(2026, 11)
    assert (occupation.worker_id, occupation.position, occupation.code) == (made.id, 1, "TR01")


def test_the_tie_keeps_what_the_driver_agreed_to(ports, session, ojek):
    [outcome] = send(ports, session, ojek, row())
    tie = enrolment(session, outcome)
    assert (tie.partner_id, tie.external_id) == (ojek.id, "D-1")
    assert (tie.consent_version, tie.consented_at) == ("2026-11", BUDI["consented_at"])
    assert (tie.sent_sealed, tie.confirmed_at, tie.identity_asked_at) == (None, None, None)


def test_the_same_row_again_changes_nothing(ports, session, ojek):
    [first] = send(ports, session, ojek, row())
    [again] = send(ports, session, ojek, row())
    assert (again.outcome, again.enrolment_id, again.ignored) == (
        "unchanged",
        first.enrolment_id,
        (),
    )
    assert count(session, Worker) == count(session, ContributionTerms) == 1


def test_other_values_are_taken_while_nobody_has_signed_in_or_asked(ports, session, ojek):
    [first] = send(ports, session, ojek, row())
    changed = {"full_name": "Budi Susanto", "phone": "+6281300000001", "monthly_income": 5_000_000}
    [again] = send(ports, session, ojek, row(**changed))
    made = worker(session, again)
    assert (again.outcome, again.enrolment_id) == ("accepted", first.enrolment_id)
    assert (made.full_name, made.monthly_income) == ("Budi Susanto", Rupiah(5_000_000))
    assert ports.vault.open("worker.phone", made.id, made.phone_sealed) == "+6281300000001"
    assert count(session, Worker) == 1
    assert words(send(ports, session, ojek, row(**changed))) == ["unchanged"]


def test_only_what_decides_the_price_makes_new_terms(ports, session, ojek):
    send(ports, session, ojek, row())
    send(ports, session, ojek, row(full_name="Budi Susanto"))
    assert count(session, ContributionTerms) == 1
    send(ports, session, ojek, row(full_name="Budi Susanto"), plan=Plan.COMPLETE)
    assert count(session, ContributionTerms) == 2


@pytest.mark.parametrize("gone_on", ["asked", "signed in", "confirmed"])
def test_other_values_come_too_late_once_it_has_gone_on(ports, session, ojek, gone_on):
    [first] = send(ports, session, ojek, row())
    if gone_on == "signed in":
        claim(session, ports, first)
    elif gone_on == "asked":
        enrolment(session, first).identity_asked_at = ports.clock.now()
    else:
        enrolment(session, first).confirmed_at = ports.clock.now()
    session.flush()
    [again] = send(ports, session, ojek, row(full_name="Lain", address=None), plan=Plan.COMPLETE)
    assert (again.outcome, again.enrolment_id) == ("unchanged", first.enrolment_id)
    assert again.ignored == ("full_name", "address", "plan")
    assert worker(session, first).full_name == "Budi Santoso"


def test_what_the_worker_has_changed_since_is_not_told(ports, session, ojek):
    [first] = send(ports, session, ojek, row())
    claim(session, ports, first)
    worker(session, first).full_name = "Budi S."
    session.flush()
    [again] = send(ports, session, ojek, row())
    assert (again.outcome, again.ignored) == ("unchanged", ())


def test_an_id_of_another_driver_is_taken(ports, session, ojek):
    send(ports, session, ojek, driver(1))
    [outcome] = send(ports, session, ojek, driver(2, external_id="D-1"))
    assert outcome.outcome == "rejected"
    assert codes(outcome) == {"external-id-taken"}
    assert count(session, Worker) == 1


def test_a_driver_keeps_the_id_it_came_under(ports, session, ojek):
    send(ports, session, ojek, driver(1))
    [outcome] = send(ports, session, ojek, driver(1, external_id="X"))
    assert codes(outcome) == {"nik-under-other-id"}


def test_both_faults_are_told(ports, session, ojek):
    send(ports, session, ojek, driver(1), driver(2))
    [outcome] = send(ports, session, ojek, driver(1, external_id="D-2"))
    assert codes(outcome) == {"external-id-taken", "nik-under-other-id"}


def test_of_two_in_one_file_the_first_is_taken(ports, session, ojek):
    rows = (driver(1), driver(1, external_id="X"), driver(2, external_id="D-1"))
    outcomes = send(ports, session, ojek, *rows, numbered=True)
    assert words(outcomes) == ["accepted", "rejected", "rejected"]
    assert codes(outcomes[1]) == {"duplicate-in-file"}
    assert codes(outcomes[2]) == {"external-id-taken"}


def test_a_tie_that_has_ended_is_in_nobodys_way(ports, session, ojek):
    [first] = send(ports, session, ojek, row())
    tie = enrolment(session, first)
    tie.ended_at, tie.ended_by = ports.clock.now(), EndedBy.PARTNER
    session.flush()
    [again] = send(ports, session, ojek, row(external_id="X"))
    assert again.outcome == "accepted"
    assert again.enrolment_id != first.enrolment_id


def test_another_partners_driver_is_answered_like_a_new_one(ports, session, ojek, kurir):
    [first] = send(ports, session, ojek, row())
    [other] = send(ports, session, kurir, row(external_id="K-9", full_name="Budi S"))
    assert (other.outcome, other.external_id, other.faults, other.ignored) == (
        "accepted",
        "K-9",
        (),
        (),
    )
    assert other.enrolment_id not in (first.enrolment_id, None)
    assert worker(session, other).id == worker(session, first).id
    assert worker(session, first).full_name == "Budi Santoso"


def test_what_was_sent_is_kept_beside_a_record_that_was_there(ports, session, ojek, kurir):
    send(ports, session, ojek, row())
    [other] = send(ports, session, kurir, row(full_name="Budi S"))
    tie = enrolment(session, other)
    sent = orjson.loads(ports.vault.open("enrolment.sent", tie.id, tie.sent_sealed))
    assert sent == {
        **BUDI,
        "full_name": "Budi S",
        "birth_date": "1990-01-02",
        "consented_at": "2026-11-20T03:00:00+00:00",
    }


def test_other_values_for_a_record_that_was_there_replace_what_was_sent(
    ports, session, ojek, kurir
):
    send(ports, session, ojek, row())
    [first] = send(ports, session, kurir, row(full_name="Budi S"))
    [again] = send(ports, session, kurir, row(full_name="Budi T"))
    tie = enrolment(session, again)
    assert (again.outcome, again.enrolment_id) == ("accepted", first.enrolment_id)
    assert b"Budi T" in ports.vault.open("enrolment.sent", tie.id, tie.sent_sealed).encode()
    assert worker(session, again).full_name == "Budi Santoso"


def test_the_holder_of_a_nik_is_tied_whatever_phone_is_sent(ports, session, ojek, kurir):
    [first] = send(ports, session, ojek, row())
    holder = worker(session, first)
    holder.identity_status = IdentityStatus.VERIFIED
    session.flush()
    [other] = send(ports, session, kurir, row(phone="+6281300000001"))
    assert other.outcome == "accepted"
    assert worker(session, other).id == holder.id


def test_a_nik_that_nobody_holds_from_another_phone_is_another_worker(ports, session, ojek, kurir):
    [first] = send(ports, session, ojek, row())
    [other] = send(ports, session, kurir, row(phone="+6281300000001"))
    assert worker(session, other).id != worker(session, first).id
    assert enrolment(session, other).sent_sealed is None


def test_who_was_signed_in_before_can_still_be_sent_anew(ports, session, ojek, kurir):
    """As long as the partner could do it for anybody else: else it would tell who is known."""
    [first] = send(ports, session, ojek, row())
    claim(session, ports, first)
    ports.clock.advance(hours=1)
    send(ports, session, kurir, row(full_name="Budi S"))
    [again] = send(ports, session, kurir, row(full_name="Budi T"))
    assert (again.outcome, again.ignored) == ("accepted", ())


def test_an_unclaimed_record_of_two_partners_is_corrected_by_neither(ports, session, ojek, kurir):
    [first] = send(ports, session, ojek, row())
    send(ports, session, kurir, row())
    [again] = send(ports, session, ojek, row(full_name="Budi T"))
    assert (again.outcome, again.enrolment_id) == ("accepted", first.enrolment_id)
    assert worker(session, first).full_name == "Budi Santoso"
    assert enrolment(session, first).sent_sealed is not None


def test_who_was_erased_is_nobody(ports, session, ojek, kurir):
    [first] = send(ports, session, ojek, row())
    gone = worker(session, first)
    session.execute(WorkerOccupation.__table__.delete())
    for name in ("sex", "phone_key", "phone_sealed", "village_code", "monthly_income", "language"):
        setattr(gone, name, None)
    gone.birth_place = gone.mother_maiden_name_sealed = gone.address_sealed = None
    gone.erased_at = ports.clock.now()
    session.flush()
    [other] = send(ports, session, kurir, row())
    assert worker(session, other).id != gone.id


def test_more_than_five_niks_on_one_phone_are_looked_at(ports, session, ojek):
    rows = [driver(number, phone=BUDI["phone"]) for number in range(1, 7)]
    outcomes = send(ports, session, ojek, *rows)
    seventh = send(ports, session, ojek, driver(7, phone=BUDI["phone"]))
    looked_at = [enrolment(session, each).many_on_phone for each in outcomes + seventh]
    assert words(outcomes + seventh) == ["accepted"] * 7
    assert looked_at == [False] * 5 + [True] * 2


def test_a_dry_run_says_the_same_and_writes_nothing(ports, session, ojek):
    send(ports, session, ojek, driver(1))
    rows = (driver(1), driver(2), driver(3, external_id="D-1"), driver(2))
    tried = send(ports, session, ojek, *rows, numbered=True, dry_run=True)
    assert count(session, Worker) == 1
    done = send(ports, session, ojek, *rows, numbered=True)
    assert words(tried) == words(done) == ["unchanged", "accepted", "rejected", "rejected"]
    assert [each.faults for each in tried] == [each.faults for each in done]


def test_consent_given_in_another_time_zone_is_the_same(ports, session, ojek):
    send(ports, session, ojek, row())
    same = BUDI["consented_at"].astimezone(None)
    later = BUDI["consented_at"] + timedelta(seconds=1)
    assert words(send(ports, session, ojek, row(consented_at=same))) == ["unchanged"]
    assert words(send(ports, session, ojek, row(consented_at=later))) == ["accepted"]


# On one connection the database keeps the plan of a statement that was asked for often. One that was
# made while there were few drivers reads all of them for each one of the next thousands.
def test_how_drivers_are_looked_up_is_planned_anew_for_every_file(ports, session, ojek):
    for first in range(0, 360, 30):
        send(ports, session, ojek, *(driver(first + number) for number in range(30)))
    kept = text(
        "select custom_plans, generic_plans from pg_prepared_statements "
        "where statement ilike '%lateral%enrolment%'"
    )
    lookups = session.execute(kept).all()
    assert [custom for custom, _ in lookups if custom > 5]
    assert sum(generic for _, generic in lookups) == 0


def test_plans_of_what_is_written_are_kept(ports, session, ojek):
    send(ports, session, ojek, row())
    assert session.scalar(text("show plan_cache_mode")) == "auto"
