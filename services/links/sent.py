"""What a partner sent of a driver, kept sealed until it has been judged.

JSON: an object by the names of the columns (``models.driver``), dates as ISO 8601, the sex as M or
F. What is not named is of no use to the registry.
"""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from models.values.nik import Nik
from models.values.sex import Sex
from services.ports import Person
from services.vault import Vault

SENT_PLACE = "enrolment.sent"


def seal_person(vault: Vault, enrolment_id: UUID, person: Person) -> bytes:
    written = {
        "nik": person.nik.digits,
        "full_name": person.full_name,
        "birth_place": person.birth_place,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex.value,
        "mother_maiden_name": person.mother_maiden_name,
    }
    return vault.seal(SENT_PLACE, enrolment_id, json.dumps(written))


def open_person(vault: Vault, enrolment_id: UUID, sealed: bytes) -> Person:
    read = json.loads(vault.open(SENT_PLACE, enrolment_id, sealed))
    return Person(
        nik=Nik(read["nik"]),
        full_name=read["full_name"],
        birth_place=read["birth_place"],
        birth_date=date.fromisoformat(read["birth_date"]),
        sex=Sex(read["sex"]),
        mother_maiden_name=read["mother_maiden_name"],
    )
