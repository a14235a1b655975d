"""A worker's card: proof of cover that a clinic can check without asking us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.card import card_expires_at
from models.coverage import Coverage, CoverageStatus, coverage_at
from models.spells import PaidMonth
from models.values.plan import Programme
from models.values.short_name import short_name
from models.values.words import Words
from models.worker import select_worker
from services.callers import SignedIn
from services.coverage import standing_of
from services.errors import Conflict
from services.ports import Ports


class NotCovered(Conflict):
    code = "not-covered"
    title = Words("Anda sedang tidak terlindungi", "You are not covered now")
    detail = Words(
        "Kartu hanya ada selama Anda terlindungi. Lihat status perlindungan Anda: di sana tertulis "
        "langkah berikutnya. Kartu tersedia lagi begitu perlindungan berlaku.",
        "There is a card only while you are covered. Look at your cover: it says what to do next. "
        "The card is there as soon as you are protected.",
    )


@dataclass(frozen=True, kw_only=True)
class Card:
    """What ``GET /v1/me/card`` shows: what is signed, and the same to be read.

    :param card: the compact JWS.
    :param jkm_full_from: the first day of the full death benefit, while it is still to come.
    :param expires_at: the last second for which the card is good; ``expires_in``: seconds to it.
    """

    card: str
    member_number: str
    name: str
    programmes: tuple[Programme, ...]
    jkm_full_from: date | None
    expires_at: datetime
    expires_in: int


def show(ports: Ports, caller: SignedIn) -> Card:
    """A card made now.

    :raises NotCovered: there is nothing to prove.
    """
    now = ports.clock.now()
    with ports.transactions.reading() as session:
        worker = session.scalars(select_worker(caller.worker_id)).one()
        standing = standing_of(session, caller.worker_id, now)
    coverage = coverage_at(standing.paid, now)
    if coverage.status is not CoverageStatus.ACTIVE or standing.member_number is None:
        raise NotCovered
    return _card(ports, standing.member_number, worker.full_name, standing.paid, coverage)


def _card(
    ports: Ports, number: str, full_name: str, paid: Sequence[PaidMonth], coverage: Coverage
) -> Card:
    name = short_name(full_name)
    programmes = tuple(cover.programme for cover in coverage.programmes)
    full_from = next(
        (each.waiting_until for each in coverage.programmes if each.waiting_until), None
    )
    expires_at = card_expires_at(paid, coverage)
    signed = ports.cards.sign(
        number,
        issued_at=coverage.as_of,
        expires_at=expires_at,
        name=name,
        programmes=programmes,
        jkm_full_from=full_from,
    )
    return Card(
        card=signed,
        member_number=number,
        name=name,
        programmes=programmes,
        jkm_full_from=full_from,
        expires_at=expires_at,
        expires_in=int((expires_at - coverage.as_of).total_seconds()),
    )
