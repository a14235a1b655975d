"""What of a worker is sealed, opened for an officer."""

from __future__ import annotations

from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.worker import Worker
from services.vault import Vault


def opened(vault: Vault, worker: Worker, column: str) -> str | None:
    """:param column: without ``_sealed``. None: it is not known, or was erased."""
    sealed: bytes | None = getattr(worker, f"{column}_sealed")
    return None if sealed is None else vault.open(f"worker.{column}", worker.id, sealed)


def masked_nik(vault: Vault, worker: Worker) -> str | None:
    digits = opened(vault, worker, "nik")
    return None if digits is None else Nik(digits).masked


def masked_phone(vault: Vault, worker: Worker) -> str | None:
    number = opened(vault, worker, "phone")
    return None if number is None else PhoneNumber(number).masked
