"""What the services need from the world outside the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from models.consent_documents import ConsentDocuments
from models.known_areas import KnownAreas
from models.occupations import Occupations
from models.rates import RateBooks
from models.values.channel import Channel, DeliveryState
from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.sex import Sex
from models.values.target_trouble import TargetTrouble
from models.values.webhook_url import WebhookUrl
from services.bank.accounts import Banks
from services.card_signing import CardSigner
from services.jobs import Job
from services.prepared import Prepared, Row, Transaction
from services.tokens import Tokens
from services.vault import Vault


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...


class Transactions(Protocol):
    def begin(self) -> AbstractContextManager[Session]:
        """A session whose work is committed when the block ends, or never."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """A session for single statements that only read."""
        ...

    def direct(self) -> AbstractContextManager[Transaction]:
        """``begin`` for prepared statements alone: without a session, where one costs too much."""
        ...

    def first(self, prepared: Prepared, parameters: Mapping[str, object]) -> Row | None:
        """The first row of one statement that only reads, without a session."""
        ...

    def close(self) -> None:
        """Let go of the database; the next use takes hold of it again."""
        ...


class Jobs(Protocol):
    def defer(self, transaction: Transaction, job: Job) -> None:
        """Have a worker do the job, if and only if the transaction commits."""
        ...

    def defer_all(self, transaction: Transaction, jobs: Sequence[Job]) -> None:
        """``defer`` for many jobs of one kind in one go."""
        ...


@dataclass(frozen=True, kw_only=True, repr=False)
class Person:
    """Who somebody says they are, as the population registry would know them."""

    nik: Nik
    full_name: str
    birth_date: date
    sex: Sex
    birth_place: str | None = None
    mother_maiden_name: str | None = None

    def __repr__(self) -> str:
        return "Person(...)"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The registry's answer.

    ``scores`` holds 0-100 for each element that was compared; an element that
    the registry did not mention is absent.
    """

    finding: Finding
    scores: dict[Element, int]
    response_code: str | None = None


class IdentityRegistry(Protocol):
    def compare(self, person: Person) -> Comparison:
        """Compare what a person says with what the registry holds.

        :raises IdentityRegistryDown: no usable answer; ask again later.
        :raises IdentityRegistryMisconfigured: it refuses *us*; an operator must act.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one message. ``key`` is the one it was sent under."""

    key: UUID
    state: DeliveryState


@dataclass(frozen=True, kw_only=True)
class DeliveryReports:
    deliveries: tuple[Delivery, ...]
    position: str
    """Where the next question starts."""


class MessageGateway(Protocol):
    def send(self, recipient: PhoneNumber, text: str, *, channel: Channel, key: UUID) -> None:
        """Hand a message over; once per ``key``, however often it is called.

        :raises MessageRefused: the gateway will never send this one.
        :raises GatewayDown: no usable answer; the same call may work later.
        """
        ...

    def deliveries(self, *, since: str | None) -> DeliveryReports:
        """What became of messages, from a position on (``None``: the beginning).

        :raises GatewayDown: no usable answer.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class TargetAnswer:
    """The status of an answer, or why there was none."""

    status: int | None = None
    trouble: TargetTrouble | None = None


class WebhookTargets(Protocol):
    """Addresses that partners name, each of which may belong to somebody who means ill."""

    def read(self, url: str) -> WebhookUrl:
        """:raises UrlRefused: nothing can be sent there."""
        ...

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> TargetAnswer:
        """Send a JSON text there, once, within ten seconds in all."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ports:
    transactions: Transactions
    clock: Clock
    jobs: Jobs
    vault: Vault
    tokens: Tokens
    cards: CardSigner
    identity: IdentityRegistry
    messages: MessageGateway
    webhook_targets: WebhookTargets
    banks: Banks
    books: RateBooks
    consents: ConsentDocuments
    occupations: Occupations
    areas: KnownAreas = field(repr=False)
    code_key: bytes = field(repr=False)
    """Makes the codes that are sent to phones."""
    audit_key: bytes = field(repr=False)
    """Chains the events of the audit."""
    starts_per_source_and_hour: int | None
    """How many phones may be verified from one network address; ``None``: any number."""
    token_refusals_per_source_and_hour: int | None
    """How many wrong tries at partners' secrets one network address has; ``None``: any number."""
    staff_refusals_per_source_and_hour: int | None
    """How many wrong tries at officers' passwords and codes; ``None``: any number."""
    registry_checks_per_day: int
    """How many comparisons the population registry sells us for one day."""
    virtual_account_prefix: str
    """The number that our bank gave us (SNAP's partnerServiceId), without padding."""
