"""An auditor reads who did what; and that they did is read by the next one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from models.audit_listing import EventFilter, select_events
from models.sought import PartnersName
from models.values.access import StaffRole
from models.values.audit import AuditAction, SearchedBy
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.page import PageRequest
from services.audit.listing import AccountNotFound, AuditQuery, listed
from services.audit.recording import Deed, record, record_refusal
from services.audit.searched import searched
from services.errors import Invalid
from tests.audited import somebody
from tests.ties import add_partner

PAGE = PageRequest()
A_WORKER = new_id()
A_NIK, ANOTHER_NIK = Nik("3171011708900001"), Nik("3171011708900002")


@pytest.fixture
def dewi(ports):
    return somebody(ports, StaffRole.AUDITOR)


@pytest.fixture
def siti(ports):
    return somebody(ports)


def do(ports, who, action=AuditAction.LOOKED_UP, **told):
    with ports.transactions.begin() as session:
        record(session, who, Deed(action=action, **told), ports.clock.now())


def read(ports, dewi, page=PAGE, **query):
    found = listed(ports, dewi, AuditQuery(**query), page)
    return [each.event for each in found.items]


def actions(ports, dewi, **query):
    return [each.action for each in read(ports, dewi, **query)]


def test_the_newest_comes_first_and_each_is_told_in_a_sentence(ports, dewi, siti, clock):
    do(ports, siti, AuditAction.SIGNED_IN)
    clock.advance(minutes=1)
    do(ports, siti, worker_id=A_WORKER)
    found = listed(ports, dewi, AuditQuery(), PAGE).items
    assert [each.event.action for each in found] == [
        AuditAction.LOOKED_UP,
        AuditAction.SIGNED_IN,
    ]
    assert found[1].text.id == f"{siti.username} (layanan bantuan) masuk dari 127.0.0.1."


def test_that_it_was_read_is_read_by_the_next_one(ports, dewi, siti, clock):
    nik = searched(ports.vault, SearchedBy.NIK, A_NIK)
    asked = {
        "account": siti.username,
        "action": AuditAction.LOOKED_UP,
        "worker_id": A_WORKER,
        "refusals": True,
        "from_day": date(2026, 11, 1),
        "until_day": date(2026, 11, 30),
        "sought": A_NIK,
    }
    assert read(ports, dewi, **asked) == []
    (event,) = read(ports, dewi)
    assert (event.action, event.username) == (AuditAction.LISTED_AUDIT, dewi.username)
    assert (event.worker_id, event.searched_key) == (A_WORKER, nik.key)
    assert event.details == {
        "account": siti.username,
        "action": "looked_up",
        "refusals": True,
        "from": "2026-11-01",
        "until": "2026-11-30",
    }


def test_by_account_in_whatever_case_it_is_typed(ports, dewi, siti):
    do(ports, siti)
    do(ports, somebody(ports))
    assert [each.username for each in read(ports, dewi, account=f" {siti.username.upper()}")] == [
        siti.username
    ]


def test_a_name_that_no_account_has_is_no_empty_list(ports, dewi):
    with pytest.raises(AccountNotFound):
        read(ports, dewi, account="nobody-here")
    (event,) = read(ports, dewi, refusals=True)
    assert (event.action, event.refusal) == (AuditAction.LISTED_AUDIT, AccountNotFound.code)


def test_and_what_was_typed_there_is_not_kept_for_good(ports, dewi):
    with pytest.raises(AccountNotFound):
        read(ports, dewi, account="3171011708900001", action=AuditAction.REVEALED)
    (event,) = read(ports, dewi, refusals=True)
    assert event.details == {"action": "revealed"}


def test_by_action(ports, dewi, siti):
    do(ports, siti, AuditAction.SIGNED_IN)
    do(ports, siti)
    assert actions(ports, dewi, action=AuditAction.SIGNED_IN) == [AuditAction.SIGNED_IN]


def test_by_whom_it_was_about(ports, dewi, siti):
    do(ports, siti, worker_id=A_WORKER)
    do(ports, siti, worker_id=new_id())
    do(ports, siti)
    assert [each.worker_id for each in read(ports, dewi, worker_id=A_WORKER)] == [A_WORKER]


def test_only_what_was_refused(ports, dewi, siti):
    do(ports, siti)
    record_refusal(ports, siti, Deed(action=AuditAction.LOOKED_UP), AccountNotFound())
    assert [each.refusal for each in read(ports, dewi, refusals=True)] == [AccountNotFound.code]


def test_by_what_was_searched_for(ports, dewi, siti):
    for nik in (A_NIK, ANOTHER_NIK):
        do(ports, siti, searched=searched(ports.vault, SearchedBy.NIK, nik))
    wanted = searched(ports.vault, SearchedBy.NIK, A_NIK)
    assert [each.searched_key for each in read(ports, dewi, sought=A_NIK)] == [wanted.key]


@pytest.mark.parametrize(
    ("from_day", "until_day", "found"),
    [
        (None, None, [24, 23, 22]),
        (date(2026, 11, 23), None, [24, 23]),
        (None, date(2026, 11, 23), [23, 22]),
        (date(2026, 11, 23), date(2026, 11, 23), [23]),
        (date(2026, 11, 24), date(2026, 11, 22), []),
    ],
)
def test_by_days_in_jakarta(ports, dewi, siti, clock, from_day, until_day, found):
    # The first and the last moment of the 23rd there, and what is beside them.
    for day, hour, minute in ((22, 16, 59), (22, 17, 0), (23, 17, 0)):
        clock.time = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
        do(ports, siti)
    events = read(ports, dewi, from_day=from_day, until_day=until_day)
    assert [(each.at.day, each.at.hour) for each in events] == [
        {24: (23, 17), 23: (22, 17), 22: (22, 16)}[day] for day in found
    ]


def test_by_what_a_partner_calls_a_driver(ports, dewi, siti):
    partner = add_partner(ports, "Ojek Kita")
    driver = searched(ports.vault, SearchedBy.EXTERNAL_ID, "DRV-1", partner.id)
    do(ports, siti, searched=driver)
    found = read(ports, dewi, sought=PartnersName("drv-1", "ojek kita"))
    assert [each.searched_key for each in found] == [driver.key]
    with pytest.raises(Invalid):
        read(ports, dewi, sought=PartnersName("drv-1", "ojek siapa"))
    (event,) = read(ports, dewi, refusals=True)
    assert (event.refusal, event.searched_by) == ("invalid-request", SearchedBy.EXTERNAL_ID)
    assert event.searched_key not in (None, driver.key)


def test_by_the_last_day_that_there_is(ports, dewi, siti):
    do(ports, siti)
    assert len(read(ports, dewi, from_day=date.min, until_day=date.max)) == 1


def test_a_page_goes_on_where_the_one_before_ended(ports, dewi, siti, clock):
    for number in range(5):
        do(ports, siti, details={"number": number})
        clock.advance(seconds=number % 2)
    seen, after = [], None
    for _ in range(3):
        wanted = AuditQuery(account=siti.username)
        page = listed(ports, dewi, wanted, PageRequest(2, after))
        seen += [each.event.details["number"] for each in page.items]
        after = page.next_after
    assert (sorted(seen), seen[0], after) == (list(range(5)), 4, None)


def test_however_many_there_are_it_takes_the_same_few_statements(ports, dewi, siti, queries):
    def asked():
        del queries[:]
        read(ports, dewi, account=siti.username)
        return len(queries)

    do(ports, siti)
    once = asked()
    for _ in range(20):
        do(ports, siti)
    assert asked() == once


MANY = """
    insert into audit_event (id, at, action, source, details, account_id, username, role, worker_id,
        searched_by, searched_key, refusal)
    select gen_random_uuid(), '2026-11-22'::timestamptz - n * interval '30 seconds',
        case when n % 200 = 0 then 'reset_account' else 'looked_up' end, '10.0.0.1', '{}', staff.id,
        staff.username, staff.role, case when n % 3 > 0 then gen_random_uuid() end, 'nik',
        substring(sha256(n::text::bytea) for 16), case when n % 100 = 0 then 'worker-not-found' end
    from generate_series(1, 20000) n
    join (select *, row_number() over () - 1 as number from staff_account) staff
        on staff.number = n % 40
"""
PLANS = {
    "ix_audit_event_at": EventFilter(),
    "ix_audit_event_account_id": "account_id",
    "ix_audit_event_action": EventFilter(action=AuditAction.RESET_ACCOUNT),
    "ix_audit_event_worker_id": EventFilter(worker_id=A_WORKER),
    "ix_audit_event_searched_key": EventFilter(searched_key=bytes(16)),
    "ix_audit_event_refused": EventFilter(refusals=True),
}


@pytest.mark.parametrize("index", PLANS)
@pytest.mark.parametrize("after", [None, (datetime(2026, 11, 21, tzinfo=UTC), A_WORKER)])
def test_each_filter_has_an_index(owned, owner, many, index, after):
    wanted = PLANS[index]
    if wanted == "account_id":
        wanted = EventFilter(account_id=many)
    statement = select_events(wanted, PageRequest(after=after))
    compiled = statement.compile(owner, compile_kwargs={"render_postcompile": True})
    plan = "\n".join(owner.exec_driver_sql(f"explain {compiled}", compiled.params).scalars())
    assert index in plan, plan
    assert "Seq Scan" not in plan, plan


@pytest.fixture
def many(owned, owner):
    """Of 40 officers; the id of one."""
    for _ in range(40):
        who = somebody(owned)
    owner.execute(text(MANY))
    owner.execute(text("analyze audit_event"))
    return who.account_id
