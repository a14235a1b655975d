"""A phone verified a moment ago: asked for, beside a session, where a session alone is too little.

A session may be months old, and the phone it is on in other hands. Who can read a code that was just
sent to a number is the one who has it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeGuard

from sqlalchemy.orm import Session

from models.phone_verification import PhoneVerification, select_verification_to_spend
from models.values.words import Words
from models.worker import Worker
from services.callers import VerifiedPhone
from services.errors import Conflict
from services.phone_verification import holder
from services.ports import Ports
from services.tokens import Kind, TokenRefused

FRESH_FOR = timedelta(minutes=10)


class PhoneTokenRefused(Conflict):
    """A conflict, although it is about a token: the caller's session is good, and an app that is
    answered 401 would renew it, or have people sign in, in vain."""

    code = "phone-token-refused"
    title = Words("Verifikasi nomor HP tidak berlaku lagi", "The phone token is no longer good")
    detail = Words(
        "Verifikasi nomor HP itu lagi, lalu ulangi dalam 10 menit.",
        "Verify that phone again, then repeat the request within 10 minutes.",
    )


class OwnPhoneNeeded(PhoneTokenRefused):
    """The same, where it has to be the worker's own number."""

    detail = Words(
        "Verifikasi nomor HP yang terdaftar, lalu kirim phone_token yang baru dalam 10 menit.",
        "Verify the phone number on record, then send the new phone_token within 10 minutes.",
    )


def shown(ports: Ports, phone_token: str) -> VerifiedPhone:
    """Whose phone token it is; it may be too old or spent already.

    :raises PhoneTokenRefused: it is none, or has expired.
    """
    try:
        return holder(ports.tokens.read(Kind.PHONE, phone_token, now=ports.clock.now()))
    except TokenRefused:
        raise PhoneTokenRefused from None


def spend(verification: PhoneVerification | None, now: datetime) -> PhoneVerification:
    """Let it serve this once.

    :param verification: from ``select_verification_to_spend``, so it is held; None where that
        found nothing: it is spent, or died of wrong NIKs.
    :raises PhoneTokenRefused: it is nothing to spend, or was confirmed ten minutes ago or earlier.
    """
    if not _is_fresh(verification, now):
        raise PhoneTokenRefused
    verification.spent_at = now
    return verification


def own(ports: Ports, session: Session, worker: Worker, phone_token: str) -> PhoneVerification:
    """The verification of the worker's own number, held and still unspent.

    :param worker: held. First the worker, then the verification: all who hold both do so.
    :param phone_token: whatever was sent as one.
    :raises OwnPhoneNeeded: it is no token, too old or spent, or of another number.
    """
    try:
        phone = shown(ports, phone_token)
    except PhoneTokenRefused:
        raise OwnPhoneNeeded from None
    verification = session.scalar(select_verification_to_spend(phone.verification_id))
    if not _is_fresh(verification, ports.clock.now()):
        raise OwnPhoneNeeded
    if verification.phone_key != worker.phone_key:
        raise OwnPhoneNeeded
    return verification


def _is_fresh(
    verification: PhoneVerification | None, now: datetime
) -> TypeGuard[PhoneVerification]:
    if verification is None or verification.confirmed_at is None:
        return False
    return now - verification.confirmed_at < FRESH_FOR
