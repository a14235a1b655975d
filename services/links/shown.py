"""A partner sees its own ties: what it sent, whether that is true of somebody, what it has paid,
and the cover of those who agreed to share it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.coverage import Coverage, coverage_at
from models.enrolment import EndedBy, Link, select_tie_to_end
from models.partner_links import (
    PartnerLink,
    Wanted,
    read_link,
    select_link,
    select_links_named,
    select_links_page,
)
from models.values.access import Access, AccessReason, Seen
from models.values.identity import IdentityStatus
from models.values.page import Page, PageRequest
from services import access_log
from services.callers import PartnerCaller
from services.links.documents import required
from services.links.errors import LinkNotFound
from services.ports import Ports


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenLink:
    """One tie as its partner sees it.

    :param id: none where the partner has no tie by this name; then there is no ``link`` either.
    :param coverage: none where the worker does not share it.
    """

    external_id: str | None
    id: UUID | None = None
    link: Link | None = None
    identity: IdentityStatus | None = None
    months_paid_by_you: int = 0
    coverage: Coverage | None = None


def listed(
    ports: Ports, caller: PartnerCaller, wanted: Wanted, page: PageRequest
) -> Page[SeenLink]:
    """A partner's ties in the order in which they were made, ended ones too."""
    with ports.transactions.begin() as session:
        asked = select_links_page(
            caller.partner_id,
            required(ports),
            wanted,
            after=page.after[0] if page.after else None,
            limit=page.to_read,
        )
        found = Page.of(
            [read_link(row) for row in session.execute(asked)], page, lambda last: (last.id,)
        )
        # The one more that was read is not shown.
        return Page(_shown(session, found.items, ports.clock.now()), found.next_after)


def show(ports: Ports, caller: PartnerCaller, link_id: UUID) -> SeenLink:
    """:raises LinkNotFound: the partner has none under this id."""
    with ports.transactions.begin() as session:
        asked = select_link(link_id, caller.partner_id, required(ports))
        row = session.execute(asked).one_or_none()
        if row is None:
            raise LinkNotFound
        (shown,) = _shown(session, [read_link(row)], ports.clock.now())
        return shown


def query(ports: Ports, caller: PartnerCaller, external_ids: Sequence[str]) -> Sequence[SeenLink]:
    """The ties by the partner's own names, in the order asked for: the one that stands or, where
    none does, the one that ended last. Two to four statements for a thousand.
    """
    with ports.transactions.begin() as session:
        asked = select_links_named(
            list(dict.fromkeys(external_ids)), caller.partner_id, required(ports)
        )
        # The later of one name replaces the earlier.
        found = {link.external_id: link for link in map(read_link, session.execute(asked))}
        shown = _shown(session, found.values(), ports.clock.now())
    by_name = {each.external_id: each for each in shown}
    return [by_name.get(name) or SeenLink(external_id=name) for name in external_ids]


def end(ports: Ports, caller: PartnerCaller, link_id: UUID) -> None:
    """The partner has nothing more to do with the worker. Doing it again changes nothing.

    :raises LinkNotFound: the partner has none under this id.
    """
    with ports.transactions.begin() as session:
        tie = session.scalar(select_tie_to_end(link_id, partner_id=caller.partner_id))
        if tie is None:
            raise LinkNotFound
        tie.end(EndedBy.PARTNER, ports.clock.now())


def _shown(session: Session, links: Iterable[PartnerLink], now: datetime) -> list[SeenLink]:
    """Written down for those workers whose cover is shown, in the transaction that shows it."""
    links = list(links)
    covered = [link for link in links if link.paid is not None]
    if covered:
        access = Access.by_partner(covered[0].partner_name, AccessReason.SHARING, Seen.COVERAGE)
        access_log.record_daily(session, {link.id: link.worker_id for link in covered}, access, now)
    return [_seen(link, now) for link in links]


def _seen(link: PartnerLink, now: datetime) -> SeenLink:
    return SeenLink(
        id=link.id,
        external_id=link.external_id,
        link=link.link,
        identity=link.identity,
        months_paid_by_you=link.months_paid_by_you,
        coverage=None if link.paid is None else coverage_at(link.paid, now),
    )
