"""Files of drivers that were received and wait for their work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from models.driver import COLUMNS
from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from models.partner import Partner
from models.values.ids import new_id
from models.values.plan import Plan
from services.enrolment import chunks
from services.enrolment.chunks import REPEATED, SHAPE_FAULT
from services.ports import Ports

Cells = Mapping[str, str | None]

BUDI: Cells = {
    "external_id": "D-1",
    "nik": "3171010201900001",
    "full_name": "Budi Santoso",
    "birth_place": "Jakarta",
    "birth_date": "1990-01-02",
    "sex": "M",
    "mother_maiden_name": "Ratna Dewi",
    "phone": "081234567890",
    "address": "Jl. Kenanga 12",
    "village_code": "31.71.01.1001",
    "occupation_code": "TR01",
    "monthly_income": "3500000",
    "consent_version": "2026-11",
    "consented_at": "2026-11-20T10:00:00+07:00",
}


def cells(number: int = 1, **values: str | None) -> Cells:
    """A row as it is sent: one of many drivers, each with a NIK, a phone and an id of their own."""
    own = {
        "external_id": f"D-{number}",
        "nik": f"317101020190{number:04}",
        "phone": f"0812{number:08}",
    }
    return {**BUDI, **own, **values}


def framed(
    rows: Sequence[Cells], repeated: Sequence[int] = (), shapes: Mapping[int, str] | None = None
) -> pl.DataFrame:
    """A chunk of these rows.

    :param repeated: places of rows whose NIK came before in the file.
    :param shapes: what is wrong with the shape of a row, by its place.
    """
    columns: dict[str, list[Any]] = {name: [row.get(name) for row in rows] for name in COLUMNS}
    columns[REPEATED] = [place in repeated for place in range(len(rows))]
    columns[SHAPE_FAULT] = [(shapes or {}).get(place) for place in range(len(rows))]
    return pl.DataFrame(columns, chunks.SCHEMA)


def received(
    ports: Ports, session: Session, partner: Partner, *frames: pl.DataFrame, **options: Any
) -> UUID:
    """A file that has arrived, divided into these chunks."""
    now, batch_id = ports.clock.now(), new_id()
    chosen = {"status": BatchStatus.PROCESSING, "plan": Plan.BASIC, "dry_run": False, **options}
    session.add(
        EnrolmentBatch(
            id=batch_id,
            partner_id=partner.id,
            rows=sum(frame.height for frame in frames),
            created_at=now,
            progress_at=now,
            received_at=now,
            **chosen,
        )
    )
    session.flush()
    first_row = 1
    for number, frame in enumerate(frames):
        session.add(
            BatchChunk(
                batch_id=batch_id,
                number=number,
                first_row=first_row,
                rows=frame.height,
                state=ChunkState.WAITING,
                content_sealed=chunks.seal(ports.vault, batch_id, number, frame),
            )
        )
        first_row += frame.height
    session.flush()
    return batch_id
