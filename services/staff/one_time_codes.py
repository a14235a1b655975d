"""Codes that an officer's phone makes every half minute (TOTP, RFC 6238)."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from pyotp import TOTP, random_base32
from pyotp.exceptions import OTPVerificationError

ISSUER = "Jaring"
# Steps of 30 seconds either way: phones' clocks differ, and a code takes time to type (RFC 6238, 5.2).
WINDOW = 1
SECRET_PLACE = "staff_account.totp"  # noqa: S105
_CODE = re.compile("[0-9]{6}")
_BETWEEN = re.compile(r"[\s-]")


def drawn_secret() -> str:
    """160 random bits, in base32."""
    return random_base32()


def enrolment_uri(username: str, secret: str) -> str:
    """What an authenticator app reads from a QR code."""
    return TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to; None: it is not a code of now.

    :param code: as people type it, perhaps in two groups.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", code))
    if not _CODE.fullmatch(digits):
        digits = ""
    try:
        return TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=WINDOW)
    except OTPVerificationError:
        return None
