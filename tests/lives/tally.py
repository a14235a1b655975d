"""What was lived through, so that a test can say that it was enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    lives: int = 0
    steps: int = 0
    days: int = 0
    events: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.lives + other.lives,
            self.steps + other.steps,
            self.days + other.days,
            self.events + other.events,
        )

    def __str__(self) -> str:
        events = ", ".join(f"{count} {what}" for what, count in sorted(self.events.items()))
        return f"{self.lives} lives of {self.days // 365} years in {self.steps} steps: {events}"
