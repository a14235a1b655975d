"""A worker sees which partners enrolled them, agrees to share their cover, and ends it."""

from __future__ import annotations

from uuid import UUID

from models.enrolment import EndedBy, Link, select_tie_to_change
from models.partner_event import PartnerEventName
from models.values.page import Page, PageRequest
from models.worker_links import WorkerLink, read_link, select_link, select_links
from services import partner_events
from services.callers import SignedIn
from services.links.documents import required
from services.links.errors import LinkEnded, LinkNotFound
from services.ports import Ports


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[WorkerLink]:
    """A worker's ties, the newest first, ended ones too."""
    asked = select_links(caller.worker_id, required(ports), after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        rows = session.execute(asked).all()
    return Page.of([read_link(row) for row in rows], page, lambda last: last.place)


def confirm(ports: Ports, caller: SignedIn, link_id: UUID) -> WorkerLink:
    """Agree that the partner sees the worker's cover from now on. Agreeing again changes nothing.

    :raises LinkNotFound: the worker has none under this id.
    :raises LinkEnded: it was ended, by whomever.
    """
    with ports.transactions.begin() as session:
        tie = session.scalar(select_tie_to_change(link_id, worker_id=caller.worker_id))
        if tie is None:
            raise LinkNotFound
        if tie.link is Link.ENDED:
            raise LinkEnded
        if tie.link is Link.UNCONFIRMED:
            now = ports.clock.now()
            tie.confirmed_at = now
            partner_events.record(
                session, tie.partner_id, PartnerEventName.CONFIRMED, tie.id, now, now
            )
            session.flush()
        shown = select_link(link_id, caller.worker_id, required(ports))
        return read_link(session.execute(shown).one())


def end(ports: Ports, caller: SignedIn, link_id: UUID) -> None:
    """The partner sees nothing of the worker any more, at once. Doing it again changes nothing.

    :raises LinkNotFound: the worker has none under this id.
    """
    with ports.transactions.begin() as session:
        tie = session.scalar(select_tie_to_change(link_id, worker_id=caller.worker_id))
        if tie is None:
            raise LinkNotFound
        tie.end(EndedBy.WORKER, ports.clock.now())
