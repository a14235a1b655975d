"""Everybody who may call, at each stage of life, made without waiting for messages and banks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import count
from uuid import UUID, uuid4

from models.application import Accepted, Application, Occupation
from models.claimant import Claimant
from models.message import Message, MessageKind
from models.reminder import Reminder
from models.values.channel import Channel, DeliveryState
from models.values.identity import Finding, IdentityStatus
from models.values.month import Month
from models.values.nik import Nik
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.words import Language
from services import (
    billing,
    erasure,
    identity,
    phone_recovery,
    phone_verification,
    plan_choice,
    registration,
    sign_in,
)
from services.callers import SignedIn, VerifiedPhone
from services.invoices import Bill
from services.jobs import CheckIdentity
from services.once import Once
from services.phone_verification import Start
from services.ports import Comparison, Ports
from services.reminder_words import code_of
from services.settings import Settings
from services.tokens import Kind
from services.wiring import build_ports
from tests.fakes import FakeJobs, FakeRegistry
from tests.payers import pay
from tests.ties import add_partner, tie

MONTHS = 2
NAME, BORN = "Siti Aminah", date(1993, 7, 5)


class Stage(Enum):
    """How far a caller has come."""

    ANONYMOUS = "anonymous"
    PHONE = "a verified phone"
    FRESH = "registered a moment ago"
    TO_CORRECT = "unknown to the registry"
    VERIFIED = "verified"
    PLANNED = "with a plan"
    BILLED = "with an open invoice"
    PAID = "covered"

    @property
    def is_worker(self) -> bool:
        return self not in (Stage.ANONYMOUS, Stage.PHONE)


WORKERS = [stage for stage in Stage if stage.is_worker]


@dataclass
class Caller:
    """Somebody who calls.

    :param bill: the last one they were given.
    """

    ports: Ports
    stage: Stage
    number: int
    worker: SignedIn | None = None
    bill: Bill | None = None

    @property
    def nik(self) -> Nik:
        return Nik(f"317101450793{self.number:04}")

    @property
    def phone(self) -> PhoneNumber:
        """The one that a worker registers with."""
        return PhoneNumber(f"+62812345{self.number:05}")

    def headers(self) -> dict[str, str]:
        """A token that nobody has shown before: the last one may be spent, or signed out."""
        if self.stage is Stage.ANONYMOUS:
            return {}
        token = self.access_token() if self.worker else self.phone_token()
        return {"Authorization": f"Bearer {token}"}

    def own(self, name: str) -> str | None:
        """Something of theirs that there is, by the name that it has in a call."""
        if name == "verification_id":
            return str(self.start_verification())
        if name == "phone_token":
            return self.fresh_phone_token
        if name == "invoice_id" and self.bill is not None:
            return str(self.bill.id)
        return self._workers_own(name) if self.worker is not None else None

    def _workers_own(self, name: str) -> str | None:
        if name == "reminder_code":
            return self.reminder_code
        if name == "erasure_request_id":
            return str(self.erasure_request)
        if name == "link_id":
            return str(self.link_id)
        asked = self.asked_for_another_phone() if name == "phone_change_id" else None
        return str(asked) if asked else None

    @cached_property
    def fresh_phone_token(self) -> str:
        """Of the worker's own number; it is fresh for as long as one operation is called."""
        return self.phone_token(self.phone)

    def access_token(self) -> str:
        assert self.worker is not None
        with self.ports.transactions.begin() as session:
            pair = sign_in.open_session(
                self.ports, session, self.worker.worker_id, self.ports.clock.now()
            )
        return pair.access_token

    @cached_property
    def link_id(self) -> UUID:
        """Of the tie to a partner that enrolled them, too."""
        assert self.worker is not None
        partner = add_partner(self.ports, f"Kurir {self.number}")
        verified = {"identity_status": IdentityStatus.VERIFIED}
        return tie(self.ports, partner, self.worker, **verified).id

    @cached_property
    def erasure_request(self) -> UUID:
        """One that waits, or was called off."""
        assert self.worker is not None
        return erasure.request(self.ports, self.worker, self.fresh_phone_token, Once()).id

    def phone_token(self, phone: PhoneNumber | None = None) -> str:
        verification_id = self.start_verification(phone)
        code = phone_verification.code_of(self.ports, verification_id)
        return phone_verification.confirm(self.ports, verification_id, code).phone_token

    def asked_for_another_phone(self) -> UUID | None:
        """The newest request to replace the worker's number; of those who are not verified, and
        after three in a week, no more are made."""
        if self.worker is None:
            return None
        token = self.ports.tokens.read(Kind.PHONE, self.phone_token(), now=self.ports.clock.now())
        claimant = Claimant(nik=self.nik, full_name=NAME, birth_date=BORN)
        phone_recovery.request(self.ports, phone_verification.holder(token), claimant, Once())
        newest = phone_recovery.listed(self.ports, self.worker, PageRequest(limit=1)).items
        return newest[0].id if newest else None

    @cached_property
    def reminder_code(self) -> str:
        """Of a reminder that they were sent."""
        assert self.worker is not None
        message = Message(
            id=uuid4(),
            kind=MessageKind.REMINDER,
            worker_id=self.worker.worker_id,
            channel=Channel.SMS,
            state=DeliveryState.DELIVERED,
            queued_at=self.ports.clock.now(),
        )
        due_on = (Month.at(message.queued_at) + (MONTHS - 1)).last_day
        with self.ports.transactions.begin() as session:
            session.add(message)
            session.flush()
            session.add(
                Reminder(worker_id=message.worker_id, due_on=due_on, days=-7, message_id=message.id)
            )
        return code_of(self.ports, message.id).grouped

    def start_verification(self, phone: PhoneNumber | None = None) -> UUID:
        """Of another number each time if none is named: one may ask three times an hour."""
        start = Start(
            phone=phone or PhoneNumber(f"+62813345{next(_unused):05}"),
            channel=Channel.SMS,
            language=Language.ENGLISH,
            source="",
        )
        return phone_verification.start(self.ports, start).verification.id


_unused = count(1)


@dataclass
class People:
    """Makes callers against the database of a running installation."""

    settings: Settings
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    jobs: FakeJobs = field(default_factory=FakeJobs)

    @cached_property
    def ports(self) -> Ports:
        # What the callers made here have waiting is done here too, or never.
        return replace(build_ports(self.settings), jobs=self.jobs, identity=self.registry)

    def at(self, stage: Stage) -> Caller:
        """Somebody new."""
        caller = Caller(self.ports, stage, next(_unused))
        if stage.is_worker:
            self._live_up_to(caller)
        return caller

    def known_twice(self) -> Caller:
        """Somebody new, of whom the registry has more than one record: a case for staff."""
        caller = Caller(self.ports, Stage.TO_CORRECT, next(_unused))
        self._register(caller)
        self._answer(caller, Finding.DUPLICATE)
        return caller

    def _live_up_to(self, caller: Caller) -> None:
        self._register(caller)
        steps: dict[Stage, list[Callable[[Caller], None]]] = {
            Stage.FRESH: [],
            Stage.TO_CORRECT: [self._not_found],
            Stage.VERIFIED: [self._verify],
            Stage.PLANNED: [self._verify, self._choose],
            Stage.BILLED: [self._verify, self._choose, self._bill],
            Stage.PAID: [self._verify, self._choose, self._bill, self._pay],
        }
        for step in steps[caller.stage]:
            step(caller)

    def _register(self, caller: Caller) -> None:
        self.jobs.waiting.clear()
        claims = self._read(Kind.PHONE, caller.phone_token(caller.phone))
        phone = VerifiedPhone(UUID(claims["sub"]), bytes.fromhex(claims["phone"]))
        done = registration.register(self.ports, phone, self._application(caller), Once())
        session_id = self._read(Kind.WORKER, done.access_token)["sid"]
        caller.worker = SignedIn(done.worker.id, UUID(session_id))

    def _read(self, kind: Kind, token: str) -> dict[str, str]:
        return self.ports.tokens.read(kind, token, now=self.ports.clock.now())

    def _not_found(self, caller: Caller) -> None:
        self._answer(caller, Finding.NOT_FOUND)

    def _answer(self, caller: Caller, finding: Finding) -> None:
        told = Comparison(finding=finding, scores={}, response_code="13")
        self.registry.answers[caller.nik] = told
        self._verify(caller)

    def _verify(self, caller: Caller) -> None:
        """Do what waits, but for the messages: the sandbox's gateway need not see them."""
        for job in self.jobs.waiting:
            if isinstance(job, CheckIdentity):
                identity.check(self.ports, job.check_id)
        self.jobs.waiting.clear()

    def _choose(self, caller: Caller) -> None:
        assert caller.worker is not None
        plan_choice.choose(self.ports, caller.worker, Plan.BASIC)

    def _bill(self, caller: Caller) -> None:
        assert caller.worker is not None
        caller.bill = billing.issue(self.ports, caller.worker, MONTHS, Once())

    def _pay(self, caller: Caller) -> None:
        assert caller.bill is not None
        pay(self.ports, caller.bill)

    def _application(self, caller: Caller) -> Application:
        return Application(
            nik=caller.nik,
            full_name=NAME,
            birth_place="Jakarta",
            birth_date=BORN,
            sex=Sex.FEMALE,
            mother_maiden_name="Ratna Dewi",
            address="Jl. Kenanga 12",
            village_code="31.71.01.1001",
            occupations=[Occupation(code="TR01")],
            monthly_income=Rupiah(900_000),
            consents=[
                Accepted(document=each.document, version=each.version)
                for each in self.ports.consents.required()
            ],
        )
