"""Who is calling, once they have shown it."""

from dataclasses import dataclass
from uuid import UUID

from models.values.access import StaffRole
from models.values.scope import Scope


def owner_by_phone(phone_key: bytes) -> str:
    """To whom idempotency keys belong: the phone, not the token."""
    return f"phone:{phone_key.hex()}"


def owner_by_worker(worker_id: UUID) -> str:
    return f"worker:{worker_id}"


@dataclass(frozen=True)
class VerifiedPhone:
    """Somebody who holds a phone; who they are is not known yet."""

    verification_id: UUID
    phone_key: bytes

    @property
    def owner(self) -> str:
        return owner_by_phone(self.phone_key)


@dataclass(frozen=True)
class SessionShown:
    """A worker's session, from a good access token; it may have been ended since.

    For use cases that ask for it in the same look at the database as for what they want.
    """

    worker_id: UUID
    sign_in_id: UUID


@dataclass(frozen=True)
class SignedIn(SessionShown):
    """A worker with a session that has not been ended."""

    @property
    def owner(self) -> str:
        return owner_by_worker(self.worker_id)


@dataclass(frozen=True)
class PartnerCaller:
    """A partner with a token of a secret that still stands."""

    partner_id: UUID
    scopes: frozenset[Scope]

    @property
    def owner(self) -> str:
        return f"partner:{self.partner_id}"


@dataclass(frozen=True, kw_only=True)
class StaffCaller:
    """An officer with a session that is still good.

    :param source: the network address that the request came from.
    """

    account_id: UUID
    session_id: UUID
    username: str
    role: StaffRole
    source: str

    @property
    def owner(self) -> str:
        return f"staff:{self.account_id}"
