"""A record that nobody ever signed in to becomes part of another one of the same person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.consent import select_last_consent
from models.driver_form import CONSENT_DOCUMENT
from models.erasure_request import cancel_waiting
from models.phone_change_request import supersede_requests
from models.privacy_request import hand_on_requests
from models.terms import select_last_terms
from models.unclaimed import move_unclaimed, select_with_money
from models.values.identity import IdentityStatus
from models.worker import Worker
from services import erasing, plan_choice
from services.erasure_waiting import follow_cover
from services.links.own_words import keep_what_was_sent
from services.links.verdict import settle
from services.ports import Ports


def may_merge(session: Session, one: Worker, other: Worker) -> bool:
    """Where both have been paid for, months could be paid twice: that is for people to untangle."""
    return len(set(session.scalars(select_with_money([one.id, other.id])))) < 2


def merge(ports: Ports, session: Session, source: Worker, target: Worker, now: datetime) -> None:
    """Give the target everything that stands under the source: ties to partners, paid months, the
    money, what was told of cover, numbers, and what was asked for about their data. The source is
    erased.

    :param source: unclaimed. Both are held, have the same NIK, and ``may_merge``.
    """
    keep_what_was_sent(ports, session, source)
    _keep_taken_back(session, source, target)
    chosen = session.scalar(select_last_terms(target.id))
    paid_for = source.id in set(session.scalars(select_with_money([source.id])))
    # Months that were paid, and those in between, are priced by the terms of their time.
    with_terms = chosen is None or paid_for
    session.flush()
    session.execute(move_unclaimed(source.id, target.id, with_terms=with_terms))
    _hand_over(session, source, target)
    session.execute(supersede_requests(source.id, now))
    session.execute(hand_on_requests(source.id, target.id))
    # Whoever has registered meanwhile says by themself whether all of it is to be erased.
    session.execute(cancel_waiting(source.id, now))
    erasing.erase_unclaimed(ports, session, source, now)
    if with_terms:
        plan_choice.record_terms(ports, session, target, now, chosen.plan if chosen else None)
    # No case leads to them any more.
    if target.identity_status is IdentityStatus.VERIFIED:
        settle(ports, session, target, now)


def _keep_taken_back(session: Session, source: Worker, target: Worker) -> None:
    """What was taken back by letter stays so, unless the person has answered by themself."""
    told = session.scalar(select_last_consent(source.id, CONSENT_DOCUMENT))
    if told is None or told.withdrawn_at is None:
        return
    if session.scalar(select_last_consent(target.id, CONSENT_DOCUMENT)) is None:
        session.add(told.of_another(target.id))


def _hand_over(session: Session, source: Worker, target: Worker) -> None:
    number, paid_through = source.member_number, source.paid_through
    source.member_number, source.paid_through = None, None
    session.flush()
    target.member_number = target.member_number or number
    if paid_through is not None:
        target.paid_through = paid_through
        follow_cover(session, target)
    session.flush()
