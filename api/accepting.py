"""Choosing the form of an answer by ``Accept``."""

from collections.abc import Mapping
from functools import lru_cache

from api.preferences import quality
from api.refusals import NotAcceptable
from api.request import Request

_LONGEST_HEADER = 1000


def accepted(request: Request, *offered: str) -> str:
    """The offered media type that the caller likes best; the first, if all the same.

    :raises NotAcceptable: the caller wants none of them.
    """
    header = request.environ.get("HTTP_ACCEPT")
    if not header or header == "*/*" or header == offered[0]:
        return offered[0]
    best = _best(header[:_LONGEST_HEADER], offered)
    if best is None:
        raise NotAcceptable
    return best


@lru_cache(maxsize=256)
def _best(header: str, offered: tuple[str, ...]) -> str | None:
    wanted = _wanted(header)
    # Of equals the one that was named more exactly, and then the first, which max() keeps.
    likings = [(*_liking(form, wanted), form) for form in offered]
    weight, _, best = max(likings, key=lambda liking: liking[:2])
    return best if weight > 0 else None


def _wanted(header: str) -> dict[str, float]:
    """The ranges that are named, without their parameters: ours have none that tell them apart."""
    wanted: dict[str, float] = {}
    for part in header.split(","):
        named, _, parameters = part.partition(";")
        # ``*`` alone is what Java sends.
        media_range = "*/*" if named.strip() == "*" else named.strip().lower()
        wanted[media_range] = max(wanted.get(media_range, 0.0), quality(parameters))
    return wanted


def _liking(form: str, wanted: Mapping[str, float]) -> tuple[float, int]:
    """How much a form is wanted, and how exactly it was named: the most exact range counts."""
    ranges = (form, form.partition("/")[0] + "/*", "*/*")
    for vagueness, media_range in enumerate(ranges):
        if media_range in wanted:
            return wanted[media_range], -vagueness
    return 0.0, -len(ranges)
