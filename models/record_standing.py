"""What kind of record a worker's is."""

from __future__ import annotations

from enum import StrEnum

from models.worker import Worker


class RecordStanding(StrEnum):
    REGISTERED = "registered"
    UNCLAIMED = "unclaimed"
    """A partner enrolled them, and they have not signed in yet."""
    ERASED = "erased"
    """Left are NIK, name, birth date, the numbers, and what was paid; where nobody ever signed in or
    paid, its registration number alone."""

    @classmethod
    def of(cls, worker: Worker) -> RecordStanding:
        if worker.erased_at is not None:
            return cls.ERASED
        return cls.UNCLAIMED if worker.claimed_at is None else cls.REGISTERED
