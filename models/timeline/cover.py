"""Cover begins, ends and begins again."""

from typing import Any

from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind


def _turn(
    kind: TimelineKind, event: CoverageEventName, about: str, *, at: Any, **details: Any
) -> Happening:
    return Happening(
        kind=kind,
        about=about,
        at=at,
        id=CoverageEvent.id,
        worker_id=CoverageEvent.worker_id,
        where=(CoverageEvent.event == event,),
        details=details,
    )


# What began is told when it was found out, with the payment that is the reason: a bank tells later
# than it takes the money, and nobody understands an effect that stands before its cause.
ACTIVATED = _turn(
    TimelineKind.COVERAGE_ACTIVATED,
    CoverageEventName.ACTIVATED,
    "The first protection began, `since` when the bank took the money.",
    at=CoverageEvent.recorded_at,
    since=CoverageEvent.happened_at,
)
GRACE = _turn(
    TimelineKind.COVERAGE_GRACE,
    CoverageEventName.GRACE,
    "Protection ended, because `month` had begun and was not paid. It may be told some minutes "
    "later, and be followed by a `coverage_restored` `since` the same instant where a bank tells "
    "late of what was paid in time.",
    at=CoverageEvent.happened_at,
    month=CoverageEvent.month,
)
LAPSED = _turn(
    TimelineKind.COVERAGE_LAPSED,
    CoverageEventName.LAPSED,
    "The membership lapsed: `month` was the fourth unpaid one.",
    at=CoverageEvent.happened_at,
    month=CoverageEvent.month,
)
RESTORED = _turn(
    TimelineKind.COVERAGE_RESTORED,
    CoverageEventName.RESTORED,
    "Protection began again, after grace or a lapse.",
    at=CoverageEvent.recorded_at,
    since=CoverageEvent.happened_at,
)
