"""Several servers do the same kind of task in turns, so that whatever else the machine does
meanwhile meets them all alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from bench.load import Generator, Lap
from bench.serving import Server, cpu_of


@dataclass(frozen=True)
class Round:
    """:param server_cpu: seconds of processor time; so is ``database_cpu``."""

    lap: Lap
    server_cpu: float
    database_cpu: float

    @property
    def each(self) -> tuple[float, float]:
        """Seconds of processor time per request: the server's, and the database's."""
        asked = len(self.lap.latencies)
        return self.server_cpu / asked, self.database_cpu / asked


@dataclass
class Contestant:
    """:param requests: ready to send, without end."""

    name: str
    server: Server
    requests: Iterator[bytes]
    rounds: list[Round] = field(default_factory=list)

    def run(self, generator: Generator, database: int, many: int) -> Round:
        ready = list(islice(self.requests, many))
        server, stored = self.server.cpu, cpu_of(database)
        lap = generator.drive(self.server.port, ready)
        return Round(lap, self.server.cpu - server, cpu_of(database) - stored)

    @property
    def rate(self) -> float:
        return median(each.lap.rate for each in self.rounds)

    def percentile(self, percent: float) -> float:
        return median(each.lap.percentile(percent) for each in self.rounds)

    @property
    def cpu(self) -> tuple[float, float]:
        server, database = zip(*(each.each for each in self.rounds), strict=True)
        return median(server), median(database)

    @property
    def generator_share(self) -> float:
        """How much of one processor asking took."""
        return median(each.lap.generator_cpu / each.lap.seconds for each in self.rounds)

    def against(self, other: Contestant) -> float:
        """How many times the other's rate, each round compared with its neighbour."""
        pairs = zip(self.rounds, other.rounds, strict=True)
        return median(ours.lap.rate / theirs.lap.rate for ours, theirs in pairs)

    def thrift_against(self, other: Contestant) -> float:
        """How many requests of ours cost the processor what one of the other's does.

        On a machine that has nothing else to do it is the ratio of the rates; on a busy one it is
        the steadier of the two.
        """
        pairs = zip(self.rounds, other.rounds, strict=True)
        return median(sum(theirs.each) / sum(ours.each) for ours, theirs in pairs)


def compete(
    contestants: Sequence[Contestant],
    generator: Generator,
    database: int,
    *,
    rounds: int,
    many: int,
) -> None:
    """Each in turn, ``rounds`` times, whoever was first being last in the next round."""
    for each in contestants:  # the first answers of a server are slow and are not counted
        each.run(generator, database, many)
    for number in range(rounds):
        turn = number % len(contestants)
        for each in (*contestants[turn:], *contestants[:turn]):
            each.rounds.append(each.run(generator, database, many))
