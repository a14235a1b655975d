from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models.values.access import Access, AccessReason, Seen, StaffRole, Viewer
from models.values.page import PageRequest
from services import access_log, access_words
from services.bank import inquiry
from tests.banks import BANK, OTHER_BANK, Payer, about, flag, paid
from tests.fakes import NOON
from tests.payers import add_worker
from tests.services.test_identity import join

MINUTE = timedelta(minutes=1)
BY_SUPPORT = Access.by_staff(StaffRole.SUPPORT, AccessReason.PAYMENT_MISSING, Seen.RECORD)
BY_PARTNER = Access.by_partner("PT Ojek {Nusantara}", AccessReason.SHARING, Seen.COVERAGE)


@pytest.fixture
def worker(ports):
    return add_worker(ports)


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


def record(ports, caller, access):
    with ports.transactions.begin() as session:
        access_log.record(session, caller.worker_id, access, ports.clock.now())


def entries(ports, caller, **page):
    return access_log.listed(ports, caller, PageRequest(**page)).items


def texts(ports, caller):
    return [(each.at, each.text.en) for each in entries(ports, caller)]


def test_staff_are_told_by_their_role_and_partners_by_their_name(ports, clock, worker):
    record(ports, worker, BY_SUPPORT)
    clock.advance(minutes=1)
    record(ports, worker, BY_PARTNER)
    assert texts(ports, worker) == [
        (
            NOON + MINUTE,
            "PT Ojek {Nusantara} saw your cover. The reason: you agreed to share it.",
        ),
        (
            NOON,
            "Our staff (support) saw your record, with NIK and phone masked. The reason: to look for "
            "a payment that had not shown up.",
        ),
    ]


def test_what_the_worker_took_for_themself_is_told(ports, worker):
    record(ports, worker, Access.by_worker(Seen.EVERYTHING))
    [entry] = entries(ports, worker)
    assert (entry.viewer, entry.name, entry.seen) == (Viewer.WORKER, None, [Seen.EVERYTHING])
    assert entry.text.en == (
        "You saw all of your data. The reason: it was asked for from your account."
    )


def test_it_is_written_down_only_if_the_rest_is(ports, worker):
    def fail():
        with ports.transactions.begin() as session:
            access_log.record(session, worker.worker_id, BY_SUPPORT, NOON)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert entries(ports, worker) == []


def test_an_identity_check_tells_what_the_registry_was_sent(ports, clock):
    joined = join(ports)
    assert entries(ports, joined) == []
    clock.advance(minutes=1)
    ports.jobs.work(ports)
    [entry] = entries(ports, joined)
    assert (entry.at, entry.viewer) == (NOON + MINUTE, Viewer.REGISTRY)
    [person] = ports.identity.asked
    assert {each.value for each in entry.seen} == set(vars(person))


def test_whatever_a_bank_asks_about_a_bill_is_told_once_a_day(ports, clock, payer):
    bill = payer.billed(1)
    for _ in range(2):
        clock.advance(minutes=1)
        inquiry.inquire(ports, BANK, about(bill))
    flag(ports, paid(bill, NOON + MINUTE))
    assert [each.at for each in entries(ports, payer.caller)] == [NOON + MINUTE]


def test_another_day_and_another_bank_are_told_by_themselves(ports, clock, payer):
    bill = payer.billed(1)
    for hours in (0, 12):
        clock.advance(hours=hours)
        inquiry.inquire(ports, BANK, about(bill))
    inquiry.inquire(ports, OTHER_BANK, about(bill))
    told = [(each.at, each.viewer) for each in entries(ports, payer.caller)]
    midnight = NOON + timedelta(hours=12)
    assert told == [(at, Viewer.BANK) for at in (midnight, midnight, NOON)]


def test_a_bank_that_is_refused_has_seen_nothing(ports, clock, payer):
    bill = payer.billed(1)
    clock.advance(days=2)
    inquiry.inquire(ports, BANK, about(bill))
    flag(ports, paid(bill, clock.now()))
    assert entries(ports, payer.caller) == []


def test_each_bill_is_told_by_itself(ports, clock, payer):
    inquiry.inquire(ports, BANK, about(payer.billed(1)))
    clock.advance(days=1, minutes=1)
    other = payer.billed(1)
    inquiry.inquire(ports, BANK, about(other))
    assert len(entries(ports, payer.caller)) == 2


def test_nobody_reads_of_anybody_else(ports, clock, payer, worker):
    inquiry.inquire(ports, BANK, about(payer.billed(1)))
    record(ports, payer.caller, BY_SUPPORT)
    join(ports)
    ports.jobs.work(ports)
    assert entries(ports, worker) == []
    assert entries(ports, worker, after=(NOON + MINUTE, "recorded", worker.worker_id)) == []


def test_it_is_read_a_page_at_a_time_and_in_one_statement(ports, payer, queries):
    for _ in range(3):
        record(ports, payer.caller, BY_SUPPORT)
    inquiry.inquire(ports, BANK, about(payer.billed(1)))
    queries.clear()
    whole = entries(ports, payer.caller)
    assert len([each for each in queries if each.startswith("SELECT")]) == 1
    first = access_log.listed(ports, payer.caller, PageRequest(limit=2))
    second = access_log.listed(ports, payer.caller, PageRequest(limit=2, after=first.next_after))
    assert [*first.items, *second.items] == list(whole)
    assert second.next_after is None


def test_nothing_of_the_future_is_told(ports, clock, worker):
    record(ports, worker, BY_SUPPORT)
    clock.advance(microseconds=-1)
    assert entries(ports, worker) == []


@pytest.mark.parametrize(
    "access",
    [
        Access(viewer=Viewer.STAFF, name="Budi", reason=AccessReason.OTHER, seen=[]),
        Access(viewer=Viewer.STAFF, name=None, reason=AccessReason.OTHER, seen=[]),
        Access(viewer=Viewer.PARTNER, name=None, reason=AccessReason.SHARING, seen=[]),
        Access(viewer=Viewer.WORKER, name="Siti", reason=AccessReason.OWN_REQUEST, seen=[]),
    ],
)
def test_nobody_is_written_down_under_a_name_that_is_not_to_be_told(ports, worker, access):
    with pytest.raises(IntegrityError, match="ck_data_access_name"):
        record(ports, worker, access)


@pytest.mark.parametrize(
    ("words", "of"),
    [
        (access_words.ROLES, StaffRole),
        (access_words.REASONS, AccessReason),
        (access_words.SEEN, Seen),
    ],
)
def test_there_are_words_for_everything(words, of):
    assert list(words) == list(of)


@pytest.mark.parametrize("viewer", Viewer)
def test_everybody_who_sees_is_named(viewer):
    names = {Viewer.STAFF: StaffRole.AUDITOR, Viewer.PARTNER: "PT Ojek"}
    access = Access(
        viewer=viewer, name=names.get(viewer), reason=AccessReason.OTHER, seen=[Seen.NIK]
    )
    words = access_words.tell(access)
    for sentence in (words.id, words.en):
        assert "{" not in sentence
        assert sentence[0].isupper()
