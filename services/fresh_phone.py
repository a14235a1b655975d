"""A phone verified a moment ago: asked for, beside a session, where a session alone is too little."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.phone_verification import PhoneVerification
from models.values.words import Words
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
    if verification is None or verification.confirmed_at is None:
        raise PhoneTokenRefused
    if now - verification.confirmed_at >= FRESH_FOR:
        raise PhoneTokenRefused
    verification.spent_at = now
    return verification
