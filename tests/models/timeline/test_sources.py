import re

import pytest
from sqlalchemy.dialects import postgresql

from models.data_access import ACCESS_LOG
from models.timeline.kind import TimelineKind
from models.timeline.sources import HAPPENINGS, TIMELINE

EVERY = [*TIMELINE.sources, *ACCESS_LOG.sources]
each_source = pytest.mark.parametrize("source", EVERY, ids=lambda source: source.kind)
each_happening = pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda each: each.kind)


def test_every_kind_has_one_source_and_they_are_told_in_order():
    assert [each.kind for each in HAPPENINGS] == list(TimelineKind)


@each_source
def test_every_source_is_bounded_by_the_worker_the_present_the_place_and_the_page(source):
    sql = str(source.page(7).compile(dialect=postgresql.dialect(paramstyle="named")))
    assert re.search(r"(\.worker_id|worker\.id) = :worker_id\S* AND \S+ <= :now", sql)
    assert re.search(r", 7, \S+\) < \(:before_at.*, :before_rank\S*, :before_id\S*\)", sql)
    assert re.search(r"LIMIT :limit\S*$", sql)


@each_happening
def test_every_kind_is_explained_in_sentences(happening):
    assert happening.about[0].isupper()
    assert happening.about.endswith(".")


@each_happening
def test_what_is_not_published_is_there_for_the_words(happening):
    assert set(happening.unpublished) <= set(happening.details)
    assert not set(happening.unpublished) & set(happening.published)
