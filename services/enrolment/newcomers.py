"""The rows that are written for drivers who were taken, ready to be copied into the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg.types.json import Jsonb

from models.driver import COLUMNS, NormalRow
from models.occupations import Occupations
from models.values.identity import IdentityStatus
from models.values.ids import new_ids
from models.values.month import Month
from models.values.plan import Plan
from models.values.registration_number import draw_many
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from services.enrolment.deciding import Entry
from services.links.sent import SENT_PLACE
from services.vault import Vault

Row = tuple[Any, ...]

LANGUAGE = "id"  # until they sign in and say otherwise
PENDING = str(IdentityStatus.PENDING)

(
    _,
    NIK,
    FULL_NAME,
    BIRTH_PLACE,
    BIRTH_DATE,
    SEX,
    MOTHER,
    PHONE,
    ADDRESS,
    VILLAGE,
    OCCUPATION,
    INCOME,
    CONSENT_VERSION,
    CONSENTED_AT,
) = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A worker's sealed columns, a list of each, in the order of the workers."""

    nik: list[bytes | None]
    mother: list[bytes | None]
    phone: list[bytes | None]
    address: list[bytes | None]


def sealed(vault: Vault, ids: Sequence[UUID], rows: Sequence[NormalRow]) -> Sealed:
    def column(name: str, place: int) -> list[bytes | None]:
        texts = [(id_, row[place]) for id_, row in zip(ids, rows, strict=True)]
        return vault.seal_many(f"worker.{name}", texts)

    return Sealed(
        column("nik", NIK),
        column("mother_maiden_name", MOTHER),
        column("phone", PHONE),
        column("address", ADDRESS),
    )


def workers(
    vault: Vault, ids: Sequence[UUID], entries: Sequence[Entry], now: datetime
) -> Iterator[Row]:
    """In the order of the columns of ``enrolling_rows.WORKERS``."""
    kept = sealed(vault, ids, [entry.values for entry in entries])
    nothing = Jsonb([])
    numbers = draw_many(len(ids))
    texts = zip(numbers, kept.nik, kept.mother, kept.phone, kept.address, strict=True)
    for id_, entry, (number, nik, mother, phone, address) in zip(ids, entries, texts, strict=True):
        sent = entry.values
        yield (
            id_,
            number,
            now,
            entry.nik_key,
            nik,
            sent[FULL_NAME],
            sent[BIRTH_PLACE],
            sent[BIRTH_DATE],
            sent[SEX],
            mother,
            entry.phone_key,
            phone,
            address,
            sent[VILLAGE],
            sent[INCOME],
            LANGUAGE,
            PENDING,
            nothing,
        )


def corrections(
    vault: Vault, ids: Sequence[UUID], entries: Sequence[Entry]
) -> dict[str, list[Any]]:
    """What is written over workers who are a partner's alone: a list for each of the columns in
    ``enrolling_rows.CORRECTED_WORKER``."""
    sent = [entry.values for entry in entries]
    kept = sealed(vault, ids, sent)
    return {
        "full_name": [row[FULL_NAME] for row in sent],
        "birth_place": [row[BIRTH_PLACE] for row in sent],
        "birth_date": [row[BIRTH_DATE] for row in sent],
        "sex": [row[SEX] for row in sent],
        "mother_maiden_name_sealed": kept.mother,
        "phone_key": [entry.phone_key for entry in entries],
        "phone_sealed": kept.phone,
        "address_sealed": kept.address,
        "village_code": [row[VILLAGE] for row in sent],
        "monthly_income": [Rupiah(row[INCOME]) for row in sent],
    }


def occupations(ids: Sequence[UUID], entries: Sequence[Entry]) -> Iterator[Row]:
    """In the order of the columns of ``enrolling_rows.OCCUPATIONS``."""
    return ((id_, 1, entry.values[OCCUPATION]) for id_, entry in zip(ids, entries, strict=True))


def terms(
    known: Occupations,
    plan: Plan,
    now: datetime,
    ids: Sequence[UUID],
    months: Sequence[Month],
    entries: Sequence[Entry],
) -> Iterator[Row]:
    """By what each worker contributes, from a month on; in the order of ``enrolling_rows.TERMS``."""
    rows = zip(new_ids(len(ids)), ids, months, entries, strict=True)
    for terms_id, id_, month, entry in rows:
        sector = _sector(known, entry.values[OCCUPATION])
        yield (terms_id, id_, month.first_day, now, plan, entry.values[INCOME], sector)


def _sector(known: Occupations, code: str) -> Sector:
    entry = known.find(code)
    return entry.sector if entry else Sector.OTHER


def sent(vault: Vault, rows: Sequence[tuple[UUID, NormalRow | None]]) -> list[bytes | None]:
    """What was sent of each enrolment, sealed as ``links.sent`` has it; None where it is the worker's
    own record."""
    written = [(id_, None if row is None else _written(row)) for id_, row in rows]
    return vault.seal_many(SENT_PLACE, written)


def _written(row: NormalRow) -> str:
    return orjson.dumps(dict(zip(COLUMNS, row, strict=True))).decode()
