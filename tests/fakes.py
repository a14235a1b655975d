"""The world outside the process, as tests want it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from models.values.channel import Channel
from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.webhook_url import WebhookUrl
from services import identity, messages
from services.collective import settling
from services.enrolment.draining import Drainer
from services.jobs import (
    CheckEnrolment,
    CheckIdentity,
    DeliverWebhook,
    DrainBatches,
    Job,
    SendMessage,
    SendNotice,
    SendReminder,
    SendWelcome,
    SettleCollectiveInvoice,
)
from services.outages import (
    GatewayDown,
    IdentityRegistryDown,
    IdentityRegistryMisconfigured,
    MessageRefused,
)
from services.ports import Comparison, Delivery, DeliveryReports, Person, Ports, TargetAnswer
from services.prepared import Prepared, Row, Transaction, driver_of
from services.webhooks import delivering

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
"""A Sunday, 12:00 in Jakarta."""

AGREES = dict.fromkeys(Element, 100)


@dataclass
class FixedClock:
    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def advance(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@dataclass
class SavepointTransactions:
    """Commits that are savepoints in truth, so that a test leaves nothing behind."""

    sessions: sessionmaker[Session]

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self.sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.sessions() as session:
            yield session

    def direct(self) -> AbstractContextManager[Session]:
        return self.begin()

    def first(self, prepared: Prepared, parameters: Mapping[str, object]) -> Row | None:
        with self.sessions() as session:
            return prepared.send(driver_of(session), parameters).first()


@dataclass
class FakeRegistry:
    """A population registry that agrees with everything, unless told otherwise."""

    answers: dict[Nik, Comparison] = field(default_factory=dict)
    down: bool = False
    misconfigured: bool = False
    asked: list[Person] = field(default_factory=list)

    def compare(self, person: Person) -> Comparison:
        self.asked.append(person)
        if self.down:
            raise IdentityRegistryDown
        if self.misconfigured:
            raise IdentityRegistryMisconfigured
        agrees = Comparison(finding=Finding.FOUND, scores=dict(AGREES), response_code="00")
        return self.answers.get(person.nik, agrees)


@dataclass
class FakeGateway:
    """Keeps what it was given; sends one message per key."""

    sent: dict[UUID, tuple[PhoneNumber, str, Channel]] = field(default_factory=dict)
    refused: set[PhoneNumber] = field(default_factory=set)
    down: bool = False
    reports: list[Delivery] = field(default_factory=list)
    page_size: int = 200

    def send(self, recipient: PhoneNumber, text: str, *, channel: Channel, key: UUID) -> None:
        if self.down:
            raise GatewayDown
        if recipient in self.refused and channel is Channel.WHATSAPP:
            raise MessageRefused
        self.sent.setdefault(key, (recipient, text, channel))

    def deliveries(self, *, since: str | None) -> DeliveryReports:
        if self.down:
            raise GatewayDown
        seen = int(since or 0)
        page = tuple(self.reports[seen : seen + self.page_size])
        return DeliveryReports(deliveries=page, position=str(seen + len(page)))

    @property
    def last_code(self) -> str:
        """The code in the message that went out last."""
        _, text, _ = list(self.sent.values())[-1]
        return text[:6]


@dataclass
class FakeTargets:
    """Takes everything, unless told otherwise, and keeps what it was sent.

    ``before`` is called with the URL of each.
    """

    answers: dict[str, TargetAnswer] = field(default_factory=dict)
    sent: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    before: Callable[[str], object] = lambda url: None

    def read(self, url: str) -> WebhookUrl:
        return WebhookUrl.parse(url, loopback=True)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> TargetAnswer:
        self.before(url)
        self.sent.append((url, body, headers))
        return self.answers.get(url, TargetAnswer(status=200))


@dataclass
class FakeJobs:
    """Keeps jobs until a test has them done.

    ``before`` is called, and ``broken`` raised, by whoever defers one.
    """

    waiting: list[Job] = field(default_factory=list)
    before: Callable[[], object] = lambda: None
    broken: Exception | None = None

    def defer(self, transaction: Transaction, job: Job) -> None:
        self.before()
        if self.broken:
            raise self.broken
        self.waiting.append(job)

    def defer_all(self, transaction: Transaction, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self.defer(transaction, job)

    def work(self, ports: Ports) -> None:
        """Do everything that waits, and what comes of it."""
        while self.waiting:
            match self.waiting.pop(0):
                case (
                    SendMessage(message_id)
                    | SendNotice(message_id)
                    | SendReminder(message_id)
                    | SendWelcome(message_id)
                ):
                    messages.send(ports, message_id)
                case CheckIdentity(check_id) | CheckEnrolment(check_id):
                    identity.check(ports, check_id)
                case SettleCollectiveInvoice(invoice_id):
                    settling.settle(ports, invoice_id)
                case DrainBatches():
                    drain(ports)
                case DeliverWebhook(webhook_id):
                    delivering.deliver(ports, webhook_id)


def drain(ports: Ports) -> None:
    """Work off every file that waits."""
    drainer = Drainer(ports)
    while drainer.drain_one():
        pass
