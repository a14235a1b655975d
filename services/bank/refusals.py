"""Why a bank's call is not even looked at.

SNAP has its own words for errors and is outside the rules of our own API, so these stand apart
from ``services.errors``.
"""


class Unauthorised(Exception):
    """Base class. We do not know that it is this bank who calls."""


class NotSigned(Unauthorised):
    """Unknown client, wrong signature, or a time too far from ours."""


class TokenNotGood(Unauthorised):
    """No token, not one of ours, expired, or another client's or partner's."""
