from uuid import UUID

import polars as pl
import pytest

from models.driver import COLUMNS
from services.enrolment import chunks
from services.vault import SealBroken, Vault

VAULT = Vault({"data": b"d" * 32}, b"s" * 32)
BATCH, OTHER = UUID(int=1), UUID(int=2)


ROWS = pl.DataFrame(
    {name: ["", "Siti 'a", None] for name in COLUMNS}
    | {"repeated": [False, True, False], "shape_fault": [None, None, "too-few-cells"]},
    schema=chunks.SCHEMA,
)


def test_a_chunk_opens_as_it_was():
    opened = chunks.open(VAULT, BATCH, 3, chunks.seal(VAULT, BATCH, 3, ROWS))
    assert opened.equals(ROWS)
    assert opened.schema == chunks.SCHEMA


def test_a_chunk_without_rows_opens_as_it_was():
    opened = chunks.open(VAULT, BATCH, 0, chunks.seal(VAULT, BATCH, 0, ROWS.clear()))
    assert opened.equals(ROWS.clear())


def test_columns_of_ones_own_are_not_kept():
    sealed = chunks.seal(VAULT, BATCH, 0, ROWS.with_row_index("position"))
    assert chunks.open(VAULT, BATCH, 0, sealed).equals(ROWS)


@pytest.mark.parametrize(("batch", "number"), [(OTHER, 3), (BATCH, 31), (BATCH, 0)])
def test_a_chunk_opens_in_its_own_place_only(batch, number):
    sealed = chunks.seal(VAULT, BATCH, 3, ROWS)
    with pytest.raises(SealBroken):
        chunks.open(VAULT, batch, number, sealed)


def test_what_is_kept_cannot_be_read():
    assert b"Siti" not in chunks.seal(VAULT, BATCH, 0, ROWS)
