"""A place among the uploads of a partner, and the idempotency key of one.

Both are rows of the database, so that they hold for all processes on all machines, and so that a
receiver that died gives them back: by its silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.batch_receiving import (
    count_arriving,
    forget_keys,
    hold_account,
    remove_batches,
    remove_chunks,
    select_by_key,
    select_left_behind,
)
from models.enrolment_batch import BatchStatus, EnrolmentBatch
from models.file_limits import DEAD_AFTER, KEYS_KEPT, SILENT_FOR, UPLOADS_AT_ONCE
from models.values.plan import Plan
from models.values.words import Words
from services.callers import PartnerCaller
from services.errors import RequestInProgress, TooMany
from services.ports import Ports


class TooManyUploads(TooMany):
    code = "too-many-uploads"
    title = Words("Terlalu banyak unggahan sekaligus", "Too many uploads at once")
    detail = Words(
        "Paling banyak 2 berkas diunggah bersamaan. Tunggu {wait}, lalu coba lagi.",
        "At most 2 files are uploaded at the same time. Wait {wait}, then try again.",
    )


@dataclass(frozen=True)
class Offer:
    """What a partner wants to send.

    :param key: its ``Idempotency-Key``.
    """

    plan: Plan
    dry_run: bool
    key: str


@dataclass(frozen=True)
class ReceivedBefore:
    """The key belongs to a file that is here. Whether it is the same one, its bytes tell."""

    batch_id: UUID
    request_digest: bytes


def taken(ports: Ports, caller: PartnerCaller, offer: Offer) -> UUID | ReceivedBefore:
    """The id of a new batch that receives a file, or the one that has it.

    :raises RequestInProgress: the file of this key is arriving.
    :raises TooManyUploads: the partner has all its places.
    """
    now = ports.clock.now()
    key = ports.vault.digest("idempotency-key", offer.key)
    with ports.transactions.begin() as session:
        session.execute(hold_account(caller.partner_id))
        _remove_left_behind(session, now, caller.partner_id)
        session.execute(forget_keys(now - KEYS_KEPT, caller.partner_id))
        before = session.scalar(select_by_key(caller.partner_id, key))
        if before is not None:
            return _known(before)
        if (session.scalar(count_arriving(caller.partner_id)) or 0) >= UPLOADS_AT_ONCE:
            raise TooManyUploads(retry_after=SILENT_FOR)
        return _begun(session, caller, offer, key, now)


def remove_left_behind(ports: Ports) -> None:
    """Files whose receiver died half-way. Run by the worker, every minute."""
    with ports.transactions.begin() as session:
        _remove_left_behind(session, ports.clock.now(), None)


def remove(session: Session, batch_ids: list[UUID]) -> None:
    """Files that are being received, with all that has arrived of them."""
    if batch_ids:
        session.execute(remove_chunks(batch_ids))
        session.execute(remove_batches(batch_ids))


def _remove_left_behind(session: Session, now: datetime, partner_id: UUID | None) -> None:
    remove(session, list(session.scalars(select_left_behind(now - DEAD_AFTER, partner_id))))


def _known(before: EnrolmentBatch) -> ReceivedBefore:
    if before.status is BatchStatus.RECEIVING or before.request_digest is None:
        raise RequestInProgress
    return ReceivedBefore(before.id, before.request_digest)


def _begun(
    session: Session, caller: PartnerCaller, offer: Offer, key: bytes, now: datetime
) -> UUID:
    batch = EnrolmentBatch(
        partner_id=caller.partner_id,
        status=BatchStatus.RECEIVING,
        dry_run=offer.dry_run,
        plan=offer.plan,
        key=key,
        created_at=now,
        progress_at=now,
    )
    session.add(batch)
    session.flush()
    return batch.id
