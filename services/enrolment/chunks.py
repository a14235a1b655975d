"""A chunk of a file at rest: its rows as they were sent, packed and sealed.

Packed as an Arrow IPC file under zstd: a row takes some 50 bytes, and a microsecond each
way. lz4 is as fast and takes twice the room, and what is written has to be written twice: once to
the log, once to the table. The oldest layout of strings is both the smallest and the fastest.
"""

from __future__ import annotations

import io
from uuid import UUID

import polars as pl

from models.driver import COLUMNS
from services.vault import Vault

PLACE = "batch_chunk.content_sealed"
ROWS = 4_000
"""How many rows make a chunk; the last one of a file has fewer."""
TEXT = 1_200_000
"""With how many bytes of text a chunk ends before that: who receives it, and who works on it, holds
it several times over. So many rows of drivers have two thirds of it."""

REPEATED = "repeated"
"""Its NIK came in an earlier row of the file."""
SHAPE_FAULT = "shape_fault"
"""Why the row could not be divided into its columns (``models/row_shapes.py``), or null. What is
in the columns then is no more than what stood in their places."""

SCHEMA = pl.Schema(
    {
        **dict.fromkeys(COLUMNS, pl.String()),
        REPEATED: pl.Boolean(),
        SHAPE_FAULT: pl.String(),
    }
)


def seal(vault: Vault, batch_id: UUID, number: int, frame: pl.DataFrame) -> bytes:
    """:param frame: as in ``SCHEMA``, an empty cell being null, in the order of the file."""
    packed = io.BytesIO()
    frame.select(SCHEMA.names()).write_ipc(
        packed, compression="zstd", compat_level=pl.CompatLevel.oldest()
    )
    return vault.seal_bytes(_place(number), batch_id, packed.getvalue())


def open(vault: Vault, batch_id: UUID, number: int, sealed: bytes) -> pl.DataFrame:
    """The rows as in ``SCHEMA``: of a chunk that waits all of them, of one that is done the
    rejected ones.

    :raises SealBroken: it is not what was sealed for this chunk.
    """
    packed = vault.open_bytes(_place(number), batch_id, sealed)
    return pl.read_ipc(io.BytesIO(packed))


def _place(number: int) -> str:
    return f"{PLACE} {number}"
