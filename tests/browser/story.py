"""What the pages tell of: people who registered with a phone, paid at a bank, or are not sure yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import requests

from models.check_pace import BatchChecks
from models.enrolment_batch import EnrolmentBatch
from models.values.ids import new_id
from services.wiring import build_ports
from tests.driver_files import csv_of, drivers
from tests.partners import bearer, partner
from tests.phone_app import PhoneApp
from tests.stack import Stack
from tests.waiting import until

# The sandbox's registry has more than one record for every NIK that ends so.
DUPLICATE = 9012
IN_REVIEW = "in_review"
PARTNER = "Ojek Nusantara"
_days = iter(range(1, 32))


@dataclass
class Unsure(PhoneApp):
    """Somebody whose NIK the population registry has twice. Each was born on another day of July."""

    day: int = field(default_factory=lambda: next(_days))

    @property
    def nik(self) -> str:
        # Of women the day is told by 40 more.
        return f"317101{40 + self.day}0793{DUPLICATE}"

    def form(self) -> dict[str, Any]:
        return super().form() | {"birth_date": f"1993-07-{self.day:02}"}


@dataclass(frozen=True)
class Case:
    phone: PhoneApp

    @property
    def id(self) -> str:
        """Of the case, as it is the worker's."""
        return worker_id(self.phone)

    @property
    def status(self) -> str:
        """Of the identity, as the worker sees it."""
        return str(self.phone.send("GET", "/v1/me")["identity"]["status"])


@dataclass(frozen=True)
class Story:
    """:param covered: has registered and paid.
    :param batch_id: of a partner's file, not all of which was good.
    :param paused_batch_id: of one whose people the registry mostly does not know.
    """

    jaring: Stack
    covered: PhoneApp
    batch_id: str
    paused_batch_id: str

    def unsure(self) -> Case:
        """Somebody new whom staff have to decide about."""
        case = Case(Unsure(self.jaring))
        case.phone.register()
        until(lambda: case.status == IN_REVIEW, seconds=90)
        return case


def lived_through(jaring: Stack) -> Story:
    covered = PhoneApp(jaring)
    covered.become_covered()
    sender = Sender(jaring)
    good, paused = sender.send(), sender.send()
    sender.pause(paused)
    sender.ports.transactions.engine.dispose()
    return Story(jaring, covered, good, paused)


def worker_id(phone: PhoneApp) -> str:
    return str(phone.send("GET", "/v1/me")["id"])


class Sender:
    """A partner that enrols its drivers."""

    def __init__(self, jaring: Stack) -> None:
        self.ports = build_ports(jaring.settings)
        self.place = f"{jaring.api}/v1/partner/batches"
        with self.ports.transactions.begin() as session:
            self.partner = partner(self.ports, session, PARTNER)

    def send(self) -> str:
        """A file of three drivers: one has no sex, and one no NIK that can be."""
        good, without_sex, without_nik = drivers(3)
        file = csv_of([good, {**without_sex, "sex": ""}, {**without_nik, "nik": "3.27E+15"}])
        told = self._headers(**{"Idempotency-Key": str(new_id()), "Content-Type": "text/csv"})
        sent = requests.post(f"{self.place}?plan=basic", data=file, headers=told, timeout=60)
        batch_id = str(sent.json()["id"])
        until(lambda: self._status(batch_id) == "completed", seconds=90)
        return batch_id

    def pause(self, batch_id: str) -> None:
        """As happens where of the first 500 too many are not known; none of these three are."""
        with self.ports.transactions.begin() as session:
            batch = session.get_one(EnrolmentBatch, UUID(batch_id))
            batch.checks_paused_at = self.ports.clock.now()
            session.merge(BatchChecks(batch_id=batch.id, answered=300, not_found=120))

    def _status(self, batch_id: str) -> str:
        seen = requests.get(f"{self.place}/{batch_id}", headers=self._headers(), timeout=20)
        return str(seen.json()["status"])

    def _headers(self, **others: str) -> dict[str, str]:
        return bearer(self.ports, self.partner, **others)
