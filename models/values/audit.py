"""The words of the audit: what staff did, and by what they searched."""

from enum import StrEnum


class AuditAction(StrEnum):
    """Published, so none ever changes. At most 24 characters each."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SESSION_REUSED = "session_reused"
    """A spent refresh token was shown again, and the session was ended."""
    CHANGED_PASSWORD = "changed_password"  # noqa: S105
    LOOKED_UP = "looked_up"
    VIEWED_WORKER = "viewed_worker"
    VIEWED_TIMELINE = "viewed_timeline"
    REVEALED = "revealed"
    RESENT_MESSAGE = "resent_message"
    LISTED_REVIEWS = "listed_reviews"
    VIEWED_REVIEW = "viewed_review"
    CLAIMED_REVIEW = "claimed_review"
    RELEASED_REVIEW = "released_review"
    DECIDED_REVIEW = "decided_review"
    LISTED_REQUESTS = "listed_requests"
    """Of personal-data requests."""
    ENTERED_REQUEST = "entered_request"
    EXPORTED_DATA = "exported_data"
    """A copy of everything, to be handed over to whom it is about."""
    CLOSED_REQUEST = "closed_request"
    LISTED_BATCHES = "listed_batches"
    VIEWED_BATCH = "viewed_batch"
    RESUMED_BATCH = "resumed_batch"
    LISTED_ACCOUNTS = "listed_accounts"
    ADDED_ACCOUNT = "added_account"
    CLOSED_ACCOUNT = "closed_account"
    RESET_ACCOUNT = "reset_account"
    LISTED_AUDIT = "listed_audit"
    TURNED_AWAY = "turned_away"
    """Asked for what the role does not allow."""


class SearchedBy(StrEnum):
    """The keys of a look-up."""

    NIK = "nik"
    PHONE = "phone"
    MEMBER_NUMBER = "member_number"
    REGISTRATION_NUMBER = "registration_number"
    BANK_REFERENCE = "bank_reference"
    VIRTUAL_ACCOUNT_NO = "virtual_account_no"
    EXTERNAL_ID = "external_id"
    NAME = "name"
    """With a birth date."""
    USERNAME = "username"
    """Of an account that somebody tried to sign in to, and that does not exist."""
