"""How often a phone may be verified. (policy)

Three verifications an hour and ten a day per number, and 25 wrong guesses a day per number over all
its verifications: guessing a six-digit code then succeeds in one of 40,000 days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PER_HOUR = 3
PER_DAY = 10
WRONG_GUESSES_PER_DAY = 25


@dataclass(frozen=True)
class Attempt:
    started_at: datetime
    wrong_guesses: int


def next_start(attempts: Sequence[Attempt], now: datetime) -> datetime:
    """The earliest instant, now or later, at which a new verification may start.

    :param attempts: those of the last day, newest first.
    """
    recent = [attempt for attempt in attempts if attempt.started_at > now - DAY]
    instants = [now]
    if len(recent) >= PER_HOUR:
        instants.append(recent[PER_HOUR - 1].started_at + HOUR)
    if len(recent) >= PER_DAY:
        instants.append(recent[PER_DAY - 1].started_at + DAY)
    if guessed_out(recent):
        instants.append(_guesses_forgotten_at(recent))
    return max(instants)


def guessed_out(attempts: Sequence[Attempt]) -> bool:
    return sum(attempt.wrong_guesses for attempt in attempts) >= WRONG_GUESSES_PER_DAY


def _guesses_forgotten_at(attempts: Sequence[Attempt]) -> datetime:
    """When so many old guesses are a day old that the rest is below the limit."""
    counted = 0
    for attempt in attempts:
        counted += attempt.wrong_guesses
        if counted >= WRONG_GUESSES_PER_DAY:
            return attempt.started_at + DAY
    raise ValueError("the limit is not reached")
