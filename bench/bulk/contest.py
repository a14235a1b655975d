"""The same rows by our whole path and by a plain COPY, in turns, and how the two compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

# How much of COPY's rate is wanted, by the number of bulk processes.
AIMS = {1: 0.50, 2: 0.75}


@dataclass(frozen=True)
class Cost:
    """In seconds: on the clock, and of processors, whoever used them."""

    clock: float
    processor: float


@dataclass
class Contest:
    rows: int
    ours: dict[int, list[Cost]] = field(default_factory=dict)
    copies: dict[int, list[Cost]] = field(default_factory=dict)

    def add(self, processes: int, ours: Cost, copy: Cost) -> None:
        self.ours.setdefault(processes, []).append(ours)
        self.copies.setdefault(processes, []).append(copy)

    def told(self) -> Iterator[str]:
        yield f"{'':<18}{'rows/s':>10}{'COPY':>10}{'ratio':>8}{'aim':>6}{'us of processor a row':>25}"
        yield from (self._line(processes) for processes in self.ours)

    def _line(self, processes: int) -> str:
        ours, copies = self.ours[processes], self.copies[processes]
        clock = self._each(ours, _clock), self._each(copies, _clock)
        processor = self._each(ours, _processor), self._each(copies, _processor)
        # Each run with the copy that came right after it: the machine was as busy for both.
        ratio = median(b.clock / a.clock for a, b in zip(ours, copies, strict=True))
        spent = f"{processor[0]:.0f}, COPY {processor[1]:.0f}"
        return (
            f"{processes} bulk processes  {1e6 / clock[0]:>10,.0f}{1e6 / clock[1]:>10,.0f}"
            f"{ratio:>8.2f}{AIMS[processes]:>6.2f}{spent:>25}"
        )

    def _each(self, costs: list[Cost], part: Callable[[Cost], float]) -> float:
        """Microseconds a row."""
        return median(part(cost) for cost in costs) / self.rows * 1e6


def _clock(cost: Cost) -> float:
    return cost.clock


def _processor(cost: Cost) -> float:
    return cost.processor
