"""What is looked for: people of the register, by what each of them could tell on the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from bench.ground import Ground
from models.sought import BilledNumber, NameAndDay, Number, PartnersDriver
from models.values.bank_reference import BankReference
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber

Sought = Number | NameAndDay
Rows = Sequence[tuple[Any, ...]]

# A sample by chance, without sorting a million.
_SOME = """
    select {columns} from {table} tablesample bernoulli({share}) where {where}
    order by random() limit {many}
"""
_OF_WORKER = (
    "id, nik_sealed, phone_sealed, member_number, registration_number, full_name, birth_date"
)


@dataclass(frozen=True)
class Questions:
    """:param by_key: look-ups of people who are there; ``ids``: as many workers' keys."""

    by_key: Mapping[str, Sequence[Sought]]
    ids: Sequence[UUID]


def questions(ground: Ground, size: int, many: int) -> Questions:
    share = min(100.0, 100 * 20 * many / size)
    with ground.server.superuser("jaring") as connection:

        def some(table: str, columns: str, where: str = "true") -> Rows:
            told = _SOME.format(table=table, columns=columns, where=where, share=share, many=many)
            return connection.execute(told.encode()).fetchall()

        workers = some("worker", _OF_WORKER, "member_number is not null")
        by_key: dict[str, Sequence[Sought]] = {
            **_by_own_numbers(ground, workers),
            "bank_reference": [BankReference(row[0]) for row in some("bank_call", "reference_no")],
            "virtual_account_no": [
                BilledNumber(row[0]) for row in some("invoice", "virtual_account_no")
            ],
            "external_id": [
                PartnersDriver(*row) for row in some("enrolment", "external_id, partner_id")
            ],
            "name": _by_name(workers),
        }
    return Questions(by_key, [row[0] for row in workers])


def _by_own_numbers(ground: Ground, workers: Rows) -> dict[str, Sequence[Sought]]:
    vault = ground.ports.vault
    return {
        "nik": [Nik(vault.open("worker.nik", row[0], row[1])) for row in workers],
        "phone": [PhoneNumber(vault.open("worker.phone", row[0], row[2])) for row in workers],
        "member_number": [MemberNumber(row[3]) for row in workers],
        "registration_number": [RegistrationNumber(row[4]) for row in workers],
    }


def _by_name(workers: Rows) -> list[Sought]:
    random = Random(1)
    return [NameAndDay(_misspelt(row[5], random), row[6]) for row in workers]


def _misspelt(name: str, random: Random) -> str:
    """As a caller might say it: a letter doubled, parts in another order."""
    words = name.lower().split()
    random.shuffle(words)
    place = random.randrange(len(words))
    word = words[place]
    at = random.randrange(1, len(word))
    words[place] = word[:at] + word[at - 1] + word[at:]
    return " ".join(words)
