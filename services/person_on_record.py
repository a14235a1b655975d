"""Who a worker says they are, opened for the population registry."""

from __future__ import annotations

from models.values.nik import Nik
from models.worker import Worker
from services.ports import Person
from services.vault import Vault

NIK_PLACE = "worker.nik"
MOTHER_PLACE = "worker.mother_maiden_name"


def person_on_record(vault: Vault, worker: Worker) -> Person:
    sealed = worker.mother_maiden_name_sealed
    return Person(
        nik=Nik(vault.open(NIK_PLACE, worker.id, worker.nik_sealed)),
        full_name=worker.full_name,
        birth_date=worker.birth_date,
        sex=worker.sex,
        birth_place=worker.birth_place,
        mother_maiden_name=None if sealed is None else vault.open(MOTHER_PLACE, worker.id, sealed),
    )
