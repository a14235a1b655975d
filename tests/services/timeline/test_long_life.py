"""Of a life of many years every page holds what it should, and no more is read for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from models.data_access import ACCESS_LOG
from models.timeline.kind import TimelineKind
from models.timeline.sources import TIMELINE
from models.values.month import Month
from models.values.page import PageRequest
from services.timeline import own
from tests.payers import add_worker
from tests.services.timeline.long_life import TOLD_OF_A_MONTH, live_long
from tests.services.timeline.reading import pages, timeline

MONTHS = 60
ORDER = list(TimelineKind)


@pytest.fixture
def old(ports, clock):
    """Somebody who has been insured for years, and one of many."""
    worker, other = add_worker(ports), add_worker(ports)
    for each in (worker, other):
        live_long(ports, each.worker_id, Month(2026, 11), MONTHS)
    clock.time = Month(2032, 1).starts_at
    return worker


def test_pages_join_without_gap_or_double(ports, old):
    whole = [each.place for each in timeline(ports, old)]
    assert len(whole) == len(set(whole)) == MONTHS * TOLD_OF_A_MONTH + 4
    newest_first = sorted(whole, key=lambda place: (place[0], ORDER.index(place[1]), place[2]))
    assert whole == newest_first[::-1]

    @settings(max_examples=25)
    @given(st.integers(0, len(whole) - 1), st.integers(1, 200))
    def from_anywhere(start, limit):
        asked = PageRequest(limit=limit, after=whole[start])
        page = own.listed(ports, old, asked)
        expected = whole[start + 1 :][:limit]
        assert [each.place for each in page.items] == expected
        assert page.next_after == (expected[-1] if expected and expected[-1] != whole[-1] else None)

    from_anywhere()


def test_however_small_the_pages_everything_is_told_once(ports, old):
    whole = [each.place for each in timeline(ports, old)]
    read = [each.place for page in pages(ports, old, 13) for each in page]
    assert read == whole


@pytest.mark.parametrize("merged", [TIMELINE, ACCESS_LOG], ids=["timeline", "access log"])
def test_every_part_is_found_by_an_index(connection, clock, old, merged):
    asked = merged.parameters(old.worker_id, clock.now(), PageRequest())
    sql = merged.statement.params(asked).compile(
        dialect=PGDialect_psycopg(), compile_kwargs={"literal_binds": True}
    )
    # A few rows are faster read whole; what matters is that they need not be.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    plan = connection.exec_driver_sql(f"EXPLAIN {sql}").scalars().all()
    assert [line for line in plan if "Seq Scan" in line] == []
