"""Partners who call, with one of everything that they can have."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from tests.belongings import belongings
from tests.fleets import Fleet
from tests.generated.stages import Caller, People, Stage
from tests.partners import bearer

# Of this machine, where nobody listens: who sends there is told so at once.
NOWHERE = "http://127.0.0.1:9/"


@dataclass
class Platform:
    """:param fleet: its drivers. :param things: by the names that their ids have in paths."""

    fleet: Fleet
    things: dict[str, UUID] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        return bearer(self.fleet.ports, self.fleet.partner)

    def own(self, name: str) -> str | None:
        """Something that is there, or true, of what a call can name."""
        known = self.credentials | self.things
        return str(known[name]) if name in known else None

    @cached_property
    def credentials(self) -> dict[str, str]:
        name = self.fleet.partner.name
        return {"client_id": self.fleet.partner.client_id, "client_secret": f"secret of {name}"}


@dataclass
class Platforms:
    """Makes partners; all of them enrolled the same two drivers, who can be paid for."""

    people: People

    @cached_property
    def first(self) -> Platform:
        """Who has nothing yet."""
        return Platform(self._fleet())

    def one(self) -> Platform:
        """Who pays for one of the two already."""
        platform = Platform(self._fleet())
        platform.things = belongings(platform.fleet, url=NOWHERE)
        return platform

    @cached_property
    def intruder(self) -> Platform:
        """Who names the things of another."""
        return Platform(self._fleet(), self.one().things)

    @cached_property
    def drivers(self) -> list[Caller]:
        return [self.people.at(Stage.PLANNED) for _ in range(2)]

    def _fleet(self) -> Fleet:
        fleet = Fleet.of(self.people.ports)
        for driver in self.drivers:
            fleet.enrol(worker=driver.worker)
        return fleet
