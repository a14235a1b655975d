"""Cover begins, ends and begins again."""

from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind


def _ended(kind: TimelineKind, event: CoverageEventName, about: str) -> Happening:
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


def _began(kind: TimelineKind, event: CoverageEventName, about: str) -> Happening:
    """Told when it was found out, with the payment that is the reason: a bank tells later than it
    takes the money, and nobody understands an effect that stands before its cause."""
    return Happening(
        kind=kind,
        about=about,
        at=CoverageEvent.recorded_at,
        id=CoverageEvent.worker_id,
        worker_id=CoverageEvent.worker_id,
        where=(CoverageEvent.event == event,),
        details={"since": CoverageEvent.happened_at},
    )


ACTIVATED = _began(
    TimelineKind.COVERAGE_ACTIVATED,
    CoverageEventName.ACTIVATED,
    "The first protection began, `since` when the bank took the money.",
)
GRACE = _ended(
    TimelineKind.COVERAGE_GRACE,
    CoverageEventName.GRACE,
    "Protection ended, because `month` had begun and was not paid. It may be told some minutes "
    "later, and be followed by a `coverage_restored` `since` the same instant where a bank tells "
    "late of what was paid in time.",
)
LAPSED = _ended(
    TimelineKind.COVERAGE_LAPSED,
    CoverageEventName.LAPSED,
    "The membership lapsed: `month` was the fourth unpaid one.",
)
RESTORED = _began(
    TimelineKind.COVERAGE_RESTORED,
    CoverageEventName.RESTORED,
    "Protection began again, after grace or a lapse.",
)
