"""What an officer decides of a case, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.values.review import Ruling


@dataclass(frozen=True, kw_only=True)
class Decision:
    """:param note: what was checked and why, for the second officer and the auditor; read by
        ``models.values.note``.
    :param displaces: with ``VERIFY``, who holds the NIK and is to be refused.
    :param bank_reference: with ``PAID``, by which the bank knows the transfer.
    """

    decision: Ruling
    note: str
    displaces: UUID | None = None
    bank_reference: str | None = None


class Outcome(StrEnum):
    DECIDED = "decided"
    AWAITING_SECOND = "awaiting_second"
    SENT_BACK = "sent_back"
