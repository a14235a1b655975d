"""However much a file says with few bytes, little of it is held at a time."""

import tracemalloc

import pytest

from services.enrolment import csv_rows, ndjson_rows, sheet_rows
from services.enrolment.chunks import ROWS, TEXT
from services.enrolment.decoding import lines
from services.errors import DomainError
from tests.api.uploading import CSV, NDJSON, XLSX
from tests.driver_files import blocks
from tests.heavy_files import refused, taken

ROWS_EACH = 300
TAKEN, REFUSED = taken(ROWS_EACH), refused()
# In bytes. A chunk of usual rows takes half of it; the file itself is not counted.
MOST_HELD = 12_000_000


def frames(media_type, data):
    if media_type == XLSX:
        return sheet_rows.frames(blocks(data))
    of_text = {CSV: csv_rows.frames, NDJSON: ndjson_rows.frames}
    return of_text[media_type](lines(blocks(data)))


@pytest.fixture
def held():
    """The most that is held by Python since this was asked for, in bytes."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    yield lambda: tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()


@pytest.mark.parametrize("file", TAKEN.values(), ids=TAKEN)
def test_a_chunk_is_short_where_its_rows_are_long(file, held):
    rows = 0
    for frame in frames(*file):
        rows += frame.height
        assert frame.height <= ROWS
        assert frame.estimated_size() < TEXT + 100_000
    assert rows == ROWS_EACH
    assert held() < MOST_HELD


@pytest.mark.parametrize(("file", "code"), REFUSED.values(), ids=REFUSED)
def test_what_would_take_more_is_refused_before_it_does(file, code, held):
    with pytest.raises(DomainError) as refusal:
        list(frames(*file))
    assert refusal.value.code == code
    assert held() < MOST_HELD
