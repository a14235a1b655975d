"""Living many lives, on one connection that is rolled back after each."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Connection, create_engine

from tests.lives.tally import Tally
from tests.lives.turns_of_asking import TurnsOfAsking
from tests.lives.turns_of_bad_luck import TurnsOfBadLuck

STEPS = 16


class WholeLife(TurnsOfBadLuck, TurnsOfAsking):
    """Everything that can happen to a worker who is on the register."""


def live(connection: Connection, lives: int, **options: object) -> Tally:
    """:raises AssertionError: the two models disagree; the shortest such life is in its notes."""
    tally = Tally()
    run_state_machine_as_test(
        lambda: WholeLife(connection, tally),
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
            **options,  # type: ignore[arg-type]
        ),
    )
    return tally


def live_at(url: str, lives: int) -> Tally:
    """In a process of its own, with a database of its own."""
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            # Each life made up anew: hypothesis' own way would make five of six from the one before.
            return live(connection, lives, backend="hypothesis-urandom")
    finally:
        engine.dispose()
