"""Cover begins, ends and begins again."""

from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind


def _turn(kind: TimelineKind, event: CoverageEventName, about: str) -> Happening:
    return Happening(
        kind=kind,
        about=about,
        at=CoverageEvent.happened_at,
        # One of a kind in a month, and a month is in the instant: the worker's id tells them apart.
        id=CoverageEvent.worker_id,
        worker_id=CoverageEvent.worker_id,
        where=(CoverageEvent.event == event,),
        details={"month": CoverageEvent.month},
    )


ACTIVATED = _turn(
    TimelineKind.COVERAGE_ACTIVATED,
    CoverageEventName.ACTIVATED,
    "The first protection began.",
)
GRACE = _turn(
    TimelineKind.COVERAGE_GRACE,
    CoverageEventName.GRACE,
    "Protection ended, because `month` had begun and was not paid. It may be told some minutes "
    "later, and be followed at the same instant by `coverage_restored` where a bank tells late of "
    "what was paid in time.",
)
LAPSED = _turn(
    TimelineKind.COVERAGE_LAPSED,
    CoverageEventName.LAPSED,
    "The membership lapsed: `month` was the fourth unpaid one.",
)
RESTORED = _turn(
    TimelineKind.COVERAGE_RESTORED,
    CoverageEventName.RESTORED,
    "Protection began again.",
)
