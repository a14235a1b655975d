import re

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from models.timeline.sources import HAPPENINGS
from models.timeline.staff.sources import FIELDS, STAFF_HAPPENINGS, TOPICS, sources_of
from models.timeline.staff.topic import Topic
from models.values.ids import new_id
from models.values.page import PageRequest

EVERYTHING = sources_of(None, frozenset())
each_happening = pytest.mark.parametrize("happening", STAFF_HAPPENINGS, ids=lambda each: each.kind)


def test_staff_are_told_everything_that_the_worker_is_in_the_same_order():
    own = [each.kind for each in HAPPENINGS]
    assert [each.kind for each in STAFF_HAPPENINGS if each.kind in own] == own


def test_every_kind_has_one_source_and_a_topic():
    kinds = [each.kind for each in STAFF_HAPPENINGS]
    assert len(kinds) == len(set(kinds))
    assert set(TOPICS.values()) == set(Topic)


def test_what_is_left_out_is_left_out_of_every_topic():
    told = [kind for topic in Topic for kind in sources_of(topic, FIELDS).sources]
    assert {each.kind for each in told} == {each.kind for each in sources_of(None, FIELDS).sources}
    assert "payment_received" not in {each.kind for each in told}


@each_happening
def test_every_source_is_bounded_by_the_worker_the_present_the_place_and_the_page(happening):
    sql = str(happening.page(7).compile(dialect=postgresql.dialect(paramstyle="named")))
    assert re.search(r"(\.worker_id|worker\.id) = :worker_id\S* AND \S+ <= :now", sql)
    assert re.search(r", 7, .+\) < \(:before_at.*, :before_rank\S*, :before_id\S*\)", sql)
    assert re.search(r"LIMIT :limit\S*$", sql)


@each_happening
def test_every_kind_is_explained_in_sentences(happening):
    assert happening.about[0].isupper()
    assert happening.about.endswith(".")
    assert set(happening.unpublished) <= set(happening.details)


def test_every_part_is_found_by_an_index(connection, clock):
    asked = EVERYTHING.parameters(new_id(), clock.now(), PageRequest())
    sql = EVERYTHING.statement.params(asked).compile(
        dialect=PGDialect_psycopg(), compile_kwargs={"literal_binds": True}
    )
    # A few rows are faster read whole; what matters is that they need not be.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    plan = connection.exec_driver_sql(f"EXPLAIN {sql}").scalars().all()
    assert [line for line in plan if "Seq Scan" in line] == []
