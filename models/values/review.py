"""The words of cases that staff decide."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ReviewKind(StrEnum):
    IDENTITY = "identity"
    PHONE_CHANGE = "phone_change"
    REFUND = "refund"


class ReviewState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    AWAITING_SECOND = "awaiting_second"
    """One officer has decided; another one confirms it or sends it back."""
    ON_HOLD = "on_hold"
    """Of a lost phone: whoever has the old number may still object."""
    REFUSED = "refused"
    """Of an identity: nothing waits, but it may be looked at again."""


class Ruling(StrEnum):
    VERIFY = "verify"
    NEEDS_CORRECTION = "needs_correction"
    REFUSE = "refuse"
    APPROVE = "approve"
    REJECT = "reject"
    PAID = "paid"
    SEND_BACK = "send_back"
    """Of what another officer decided: it is to be decided anew."""


RULINGS: Mapping[ReviewKind, frozenset[Ruling]] = {
    ReviewKind.IDENTITY: frozenset(
        {Ruling.VERIFY, Ruling.NEEDS_CORRECTION, Ruling.REFUSE, Ruling.SEND_BACK}
    ),
    ReviewKind.PHONE_CHANGE: frozenset({Ruling.APPROVE, Ruling.REJECT}),
    ReviewKind.REFUND: frozenset({Ruling.PAID}),
}
