"""Trouble on demand: what each service of the sandbox does wrong at the moment."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests, UnprocessableEntity

from sandbox.json_bodies import json_body

LONGEST = timedelta(minutes=5)


class Service(StrEnum):
    DUKCAPIL = "dukcapil"
    GATEWAY = "gateway"
    BANK = "bank"


class Mode(StrEnum):
    OK = "ok"
    DOWN = "down"
    SLOW = "slow"
    GARBAGE = "garbage"
    QUOTA = "quota"


@dataclass(frozen=True)
class Fault:
    mode: Mode
    delay: timedelta

    def as_json(self) -> dict[str, Any]:
        return {"mode": self.mode.value, "delay_ms": self.delay // timedelta(milliseconds=1)}


class Faults:
    def __init__(self, slowness: timedelta) -> None:
        self._slowness = slowness
        self._faults = {service: Fault(Mode.OK, slowness) for service in Service}
        self._changed = threading.Condition()

    def set(self, service: Service, mode: Mode, delay: timedelta | None = None) -> None:
        with self._changed:
            self._faults[service] = Fault(mode, self._slowness if delay is None else delay)
            self._changed.notify_all()

    def mode(self, service: Service) -> Mode:
        return self._faults[service].mode

    def refuse_if_down(self, service: Service) -> None:
        """:raises ServiceUnavailable: the service is to be down."""
        if self.mode(service) is Mode.DOWN:
            raise ServiceUnavailable(f"{service} is down, as PUT /faults asked")

    def refuse_if_spent(self, service: Service) -> None:
        """:raises TooManyRequests: there is to be no quota left."""
        if self.mode(service) is Mode.QUOTA:
            raise TooManyRequests(f"{service} has no quota left, as PUT /faults asked")

    def linger(self, service: Service) -> None:
        """Take as long as a slow service takes; mending it ends the wait at once."""
        with self._changed:
            fault = self._faults[service]
            if fault.mode is Mode.SLOW:
                self._changed.wait_for(
                    lambda: self._faults[service] is not fault, fault.delay.total_seconds()
                )

    def as_json(self) -> dict[str, Any]:
        return {service.value: fault.as_json() for service, fault in self._faults.items()}


class Garbage:
    """Answers that nobody can use, each unlike the one before.

    ``(status, content type, body)``.
    """

    def __init__(self, *answers: tuple[int, str, str]) -> None:
        self._answers = answers
        self._next = 0
        self._lock = threading.Lock()

    def next(self) -> tuple[str, int, dict[str, str]]:
        """The next one, as Flask takes an answer."""
        with self._lock:
            status, content_type, body = self._answers[self._next]
            self._next = (self._next + 1) % len(self._answers)
        return body, status, {"Content-Type": content_type}


def routes(faults: Faults) -> Blueprint:
    blp = Blueprint("faults", __name__)

    @blp.get("/faults")
    def look() -> ResponseReturnValue:
        return faults.as_json()

    @blp.put("/faults")
    def change() -> ResponseReturnValue:
        asked = json_body()
        try:
            service, mode = Service(str(asked.get("service"))), Mode(str(asked.get("mode")))
        except ValueError:
            raise UnprocessableEntity(
                f"service is one of {', '.join(Service)}; mode is one of {', '.join(Mode)}"
            ) from None
        faults.set(service, mode, _delay(asked.get("delay_ms")))
        return faults.as_json()

    return blp


def _delay(milliseconds: object) -> timedelta | None:
    if milliseconds is None:
        return None
    if type(milliseconds) is not int or not 0 <= milliseconds <= LONGEST.total_seconds() * 1000:
        raise UnprocessableEntity("delay_ms is a whole number of milliseconds, at most 300000")
    return timedelta(milliseconds=milliseconds)
