"""The words of what people ask about their data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class PrivacyRequestKind(StrEnum):
    EXPORT = "export"
    CORRECTION = "correction"
    ERASURE = "erasure"
    WITHDRAWAL = "withdrawal"
    """Of consent."""
    SUSPENSION = "suspension"
    """Of processing, all or in part."""


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """What somebody asked for by letter or phone.

    :param note: how it was found out that it is them; read by ``models.values.note``.
    :param requested_at: when they asked; None: now.
    """

    worker_id: UUID
    kind: PrivacyRequestKind
    note: str
    requested_at: datetime | None = None
