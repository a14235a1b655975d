"""What becomes of a row, as rules: no database, nothing but what was found in it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enrolling_ground import Claim, Known
from models.values.ids import new_id
from services.enrolment.deciding import (
    Entry,
    Ground,
    Record,
    Refused,
    Taken,
    Unchanged,
    decide,
)
from services.enrolment.fingerprints import NAMES
from tests.enrolling import row

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
PRINT, OTHER_PRINT = bytes(4 * len(NAMES)), bytes(4 * len(NAMES) - 1) + b"\x01"
BATCH = new_id()
NOBODY = Ground({}, {}, {}, {})


def entry(nik=b"nik", external_id="D-1", phone=b"phone", fingerprint=PRINT, number=1):
    return Entry(number, row(external_id=external_id), nik, phone, fingerprint)


def known(**options):
    values = {
        "id": new_id(),
        "worker_id": new_id(),
        "external_id": "D-1",
        "nik_key": b"nik",
        "batch_id": new_id(),
        "batch_row": 1,
        "enrolled_at": NOW,
        "sent_digest": PRINT,
        "apart": False,
        "asked": False,
        "confirmed": False,
        "shared": False,
        "claimed_at": None,
        "paid_through": None,
    }
    return Known(**{**values, **options})


def ground(*ties, claims=(), on_phones=None):
    by_nik: dict[bytes, list[Claim]] = {}
    for each in claims:
        by_nik.setdefault(each.nik_key, []).append(each)
    return Ground(
        by_nik,
        {each.nik_key: each for each in ties},
        {each.external_id: each for each in ties},
        on_phones or {},
    )


def claim(phone=b"phone", *, holds=False, worker_id=None):
    return Claim(worker_id or new_id(), b"nik", phone, holds)


def decided(row, there=NOBODY):
    [decision] = decide([row], there, BATCH)
    return decision


def faults(decision):
    assert isinstance(decision, Refused)
    return [(fault.field, fault.code) for fault in decision.faults]


def test_who_is_unknown_makes_a_worker():
    assert decided(entry()) == Taken(Record.NEW, None, None, False)


def test_the_holder_of_a_nik_comes_before_the_same_phone():
    same, holder = claim(), claim(b"other phone", holds=True)
    assert decided(entry(), ground(claims=[same, holder])).worker_id == holder.worker_id


def test_then_the_same_nik_with_the_same_phone():
    same, other = claim(), claim(b"other phone")
    taken = decided(entry(), ground(claims=[other, same]))
    assert (taken.record, taken.worker_id) == (Record.BESIDE, same.worker_id)


def test_a_claim_from_another_phone_that_nobody_has_proved_is_nobodys():
    assert decided(entry(), ground(claims=[claim(b"other phone")])).record is Record.NEW


def test_the_same_again_is_unchanged_whatever_has_become_of_it():
    for tie in (known(), known(asked=True), known(confirmed=True, claimed_at=NOW)):
        assert decided(entry(), ground(tie)) == Unchanged(tie)


CHANGED = entry(fingerprint=OTHER_PRINT)


def test_other_values_correct_a_record_that_is_the_partners_alone():
    tie = known()
    there = ground(tie, claims=[claim(worker_id=tie.worker_id)])
    assert decided(CHANGED, there) == Taken(Record.OWN, tie.worker_id, tie, False)


def test_with_another_phone_it_is_the_same_record():
    tie = known()
    there = ground(tie, claims=[claim(b"old phone", worker_id=tie.worker_id)])
    assert decided(CHANGED, there).record is Record.OWN


@pytest.mark.parametrize("not_alone", [{"apart": True}, {"shared": True}])
def test_a_record_of_others_too_is_left_and_what_was_sent_kept_beside(not_alone):
    tie = known(**not_alone)
    there = ground(tie, claims=[claim(worker_id=tie.worker_id)])
    assert decided(CHANGED, there) == Taken(Record.BESIDE, tie.worker_id, tie, False)


@pytest.mark.parametrize(
    "gone_on",
    [
        {"asked": True},
        {"confirmed": True},
        {"claimed_at": NOW + timedelta(seconds=1)},
        {"claimed_at": NOW - timedelta(days=1), "confirmed": True},
    ],
)
def test_too_late_says_which_values_are_ignored(gone_on):
    tie = known(**gone_on)
    assert decided(CHANGED, ground(tie)) == Unchanged(tie, ("plan",))


def test_who_had_signed_in_before_is_like_anybody_else_to_the_partner():
    tie = known(claimed_at=NOW - timedelta(days=1), apart=True)
    there = ground(tie, claims=[claim(worker_id=tie.worker_id)])
    assert isinstance(decided(CHANGED, there), Taken)


def test_an_id_belongs_to_one_driver():
    other = known(nik_key=b"other")
    assert faults(decided(entry(), ground(other))) == [("external_id", "external-id-taken")]


def test_a_driver_has_one_id():
    tie = known(external_id="X")
    assert faults(decided(entry(), ground(tie))) == [("nik", "nik-under-other-id")]


def test_both_at_once_are_told():
    there = ground(known(external_id="X"), known(nik_key=b"other"))
    assert len(faults(decided(entry(), there))) == 2


def test_of_two_rows_the_first_has_the_nik_and_the_id():
    rows = [entry(), entry(external_id="D-2"), entry(nik=b"other")]
    first, same_nik, same_id = decide(rows, NOBODY, BATCH)
    assert isinstance(first, Taken)
    assert faults(same_nik) == [("nik", "duplicate-in-file")]
    assert faults(same_id) == [("external_id", "external-id-taken")]


def test_a_refused_row_keeps_no_id_from_another():
    rows = [entry(), entry(external_id="D-2"), entry(nik=b"other", external_id="D-2")]
    assert isinstance(decide(rows, NOBODY, BATCH)[2], Taken)


def test_an_earlier_row_of_the_same_file_counts_in_whatever_chunk_it_stood():
    tie = known(batch_id=BATCH, batch_row=7)
    assert faults(decided(entry(number=8), ground(tie))) == [("nik", "duplicate-in-file")]
    assert decided(entry(number=7), ground(tie)) == Unchanged(tie)


@pytest.mark.parametrize(("before", "many"), [(0, False), (4, False), (5, True), (6, True)])
def test_the_sixth_nik_on_a_phone_is_looked_at(before, many):
    there = ground(on_phones={b"phone": before})
    assert decided(entry(), there).many_on_phone is many


def test_rows_of_one_file_count_towards_it():
    rows = [entry(nik=bytes([n]), external_id=f"D-{n}") for n in range(7)]
    looked_at = [each.many_on_phone for each in decide(rows, NOBODY, BATCH)]
    assert looked_at == [False] * 5 + [True] * 2


@given(
    claims=st.lists(st.builds(claim, st.sampled_from([b"phone", b"other"]), holds=st.booleans())),
    ties=st.lists(st.sampled_from(["D-1", "D-2"]), max_size=2, unique=True),
)
def test_what_is_answered_depends_on_nobody_elses_drivers(claims, ties):
    """Whoever else is known under the NIK, the word and the faults are the same."""
    own = [known(external_id=each, nik_key=f"nik of {each}".encode()) for each in ties]
    alone, among_others = (decided(entry(), ground(*own, claims=c)) for c in ((), claims))
    assert type(alone) is type(among_others)
    assert getattr(alone, "faults", ()) == getattr(among_others, "faults", ())
