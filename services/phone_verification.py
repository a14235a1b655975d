"""A caller proves that they hold a phone: a code is sent to it, and typed in again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.message import Message, MessageKind, select_latest_message
from models.phone_limits import DAY, HOUR, Attempt, guessed_out, next_start
from models.phone_verification import (
    CODE_LIFETIME,
    MAX_TRIES,
    PhoneVerification,
    count_try,
    hold_phone,
    select_attempts,
    select_nth_start_from,
    select_verification,
)
from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.source import counted_as
from models.values.words import Language, Words
from services.callers import VerifiedPhone
from services.errors import (
    CodeExpired,
    CodeIncorrect,
    CodeUsed,
    ResendTooEarly,
    TooManyTries,
    TooManyVerifications,
    VerificationNotFound,
)
from services.jobs import SendMessage
from services.ports import Ports
from services.tokens import LIFETIMES, Kind

PHONE_PLACE = "phone_verification.phone"
CODE_DIGITS = 6


class TooLateToResend(CodeExpired):
    """The same code, where sending it again is what was asked for."""

    detail = Words(
        "Kode ini tidak dapat dikirim ulang lagi. Mulai lagi dari mengisi nomor HP.",
        "This code can no longer be sent again. Start again by giving the phone number.",
    )


class LastCodeIncorrect(CodeIncorrect):
    """The same, where there is no other try."""

    detail = Words(
        "Kode itu salah, dan tidak dapat dicoba lagi. Mulai lagi dari mengisi nomor HP.",
        "That code was not correct, and there are no tries left. Start again by giving the phone "
        "number.",
    )


@dataclass(frozen=True, kw_only=True)
class Start:
    """:param source: the caller's network address."""

    phone: PhoneNumber
    channel: Channel
    language: Language
    source: str


@dataclass(frozen=True)
class PhoneToken:
    phone_token: str
    expires_at: datetime


@dataclass(frozen=True)
class Started:
    """A verification, with what only its own caller needs to see."""

    verification: PhoneVerification
    phone: PhoneNumber
    delivery: DeliveryState


def start(ports: Ports, request: Start) -> Started:
    """Send a code to a phone.

    Whether the phone is known makes no difference, to the answer or to anything else.

    :raises TooManyVerifications: of this phone, or from this network address.
    """
    now = ports.clock.now()
    phone_key = ports.vault.search_key_of(request.phone)
    verification_id = uuid4()
    verification = PhoneVerification(
        id=verification_id,
        phone_key=phone_key,
        phone_sealed=ports.vault.seal(PHONE_PLACE, verification_id, request.phone.e164),
        prefix=request.phone.prefix,
        source_key=ports.vault.digest("source", counted_as(request.source)),
        language=request.language,
        channel=request.channel,
        started_at=now,
        sent_at=now,
        expires_at=now + CODE_LIFETIME,
        tries=0,
        wrong_niks=0,
    )
    with ports.transactions.begin() as session:
        session.execute(hold_phone(phone_key))
        _allow_start(ports, session, verification)
        session.add(verification)
        session.flush()
        _send(ports, session, verification)
    return Started(verification, request.phone, DeliveryState.QUEUED)


def show(ports: Ports, verification_id: UUID) -> Started:
    """:raises VerificationNotFound: there is none under this id."""
    with ports.transactions.reading() as session:
        verification = _found(session.scalar(select_verification(verification_id)))
        message = session.scalar(select_latest_message(verification_id))
    state = message.state if message else DeliveryState.QUEUED
    return Started(verification, phone_of(ports, verification), state)


def resend(ports: Ports, verification_id: UUID, channel: Channel) -> Started:
    """Send the same code again, perhaps another way. Tries are not given back.

    :raises VerificationNotFound: there is none under this id.
    :raises CodeUsed: it was typed in already.
    :raises TooLateToResend: too long ago; start a new one.
    :raises ResendTooEarly: less than a minute after the last one.
    :raises TooManyTries: the code can no longer be tried.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        verification = _found(
            session.scalar(select_verification(verification_id).with_for_update())
        )
        _allow_resend(session, verification, now)
        verification.channel = channel
        verification.sent_at = now
        verification.prolong(now)
        _send(ports, session, verification)
    return Started(verification, phone_of(ports, verification), DeliveryState.QUEUED)


def confirm(ports: Ports, verification_id: UUID, code: str) -> PhoneToken:
    """Judge a code. The try is counted before it is judged, and counted for good.

    :raises VerificationNotFound: there is none under this id.
    :raises CodeIncorrect: with ``tries_left``.
    :raises CodeExpired: start a new verification.
    :raises CodeUsed: it was typed in already.
    :raises TooManyTries: of this verification, or of this phone today.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        verification = _found(session.scalar(select_verification(verification_id)))
        session.execute(hold_phone(verification.phone_key))
        attempts = _attempts(session, verification.phone_key, now)
        tries = None if guessed_out(attempts) else session.scalar(count_try(verification_id, now))
        if tries is None:
            # As it is now: another try may have been counted, or the number's worker erased.
            as_now = select_verification(verification_id).execution_options(populate_existing=True)
            raise _not_judged(_found(session.scalar(as_now)), attempts, now)
        if correct := hmac.compare_digest(code, code_of(ports, verification_id)):
            verification.confirmed_at = now
    if not correct:
        left = MAX_TRIES - tries
        raise CodeIncorrect(tries_left=left) if left else LastCodeIncorrect(tries_left=left)
    token = ports.tokens.issue(
        Kind.PHONE, str(verification_id), at=now, phone=verification.phone_key.hex()
    )
    return PhoneToken(token, now + LIFETIMES[Kind.PHONE])


def holder(claims: Mapping[str, Any]) -> VerifiedPhone:
    """Who shows a phone token; it may be spent already.

    :param claims: of a token of kind ``PHONE`` that has been read.
    """
    return VerifiedPhone(UUID(claims["sub"]), bytes.fromhex(claims["phone"]))


def code_of(ports: Ports, verification_id: UUID) -> str:
    """Six digits: the id's HMAC, truncated as in RFC 4226, section 5.3."""
    digest = hmac.digest(ports.code_key, verification_id.bytes, hashlib.sha256)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def phone_of(ports: Ports, verification: PhoneVerification) -> PhoneNumber:
    return opened_phone(ports, verification.id, verification.phone_sealed)


def opened_phone(ports: Ports, verification_id: UUID, phone_sealed: bytes) -> PhoneNumber:
    return PhoneNumber(ports.vault.open(PHONE_PLACE, verification_id, phone_sealed))


def _found(verification: PhoneVerification | None) -> PhoneVerification:
    if verification is None:
        raise VerificationNotFound
    return verification


def _attempts(session: Session, phone_key: bytes, now: datetime) -> list[Attempt]:
    rows = session.execute(select_attempts(phone_key, now - DAY))
    return [Attempt(started_at, wrong) for started_at, wrong in rows]


def _allow_start(ports: Ports, session: Session, verification: PhoneVerification) -> None:
    now = verification.started_at
    of_phone = next_start(_attempts(session, verification.phone_key, now), now)
    allowed_at = max(of_phone, _next_start_from(ports, session, verification.source_key, now))
    if allowed_at > now:
        raise TooManyVerifications(retry_after=allowed_at - now)


def _next_start_from(ports: Ports, session: Session, source_key: bytes, now: datetime) -> datetime:
    """The earliest instant at which one more verification may start from a network address."""
    if ports.starts_per_source_and_hour is None:
        return now
    full = select_nth_start_from(source_key, now - HOUR, ports.starts_per_source_and_hour)
    nth_last = session.scalar(full)
    return nth_last + HOUR if nth_last else now


def _allow_resend(session: Session, verification: PhoneVerification, now: datetime) -> None:
    if verification.confirmed_at is not None:
        raise CodeUsed
    if not verification.resendable(now):
        raise TooLateToResend
    attempts = _attempts(session, verification.phone_key, now)
    if not verification.tries_left or guessed_out(attempts):
        raise _too_many_tries(attempts, now)
    if now < verification.resend_at:
        raise ResendTooEarly(retry_after=verification.resend_at - now)


def _not_judged(
    verification: PhoneVerification, attempts: list[Attempt], now: datetime
) -> CodeUsed | CodeExpired | TooManyTries:
    if verification.confirmed_at is not None:
        return CodeUsed()
    if verification.tries_left and not guessed_out(attempts):
        return CodeExpired()
    return _too_many_tries(attempts, now)


def _too_many_tries(attempts: list[Attempt], now: datetime) -> TooManyTries:
    wait = next_start(attempts, now) - now
    return TooManyTries(retry_after=max(wait, timedelta(seconds=1)))


def _send(ports: Ports, session: Session, verification: PhoneVerification) -> None:
    message = Message(
        id=uuid4(),
        kind=MessageKind.CODE,
        verification_id=verification.id,
        channel=verification.channel,
        state=DeliveryState.QUEUED,
        queued_at=verification.sent_at,
    )
    session.add(message)
    session.flush()
    ports.jobs.defer(session, SendMessage(message.id))
