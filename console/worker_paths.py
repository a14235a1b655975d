"""Where a worker's pages are. The reason for which somebody looks is a part of the path, so that it goes
along from page to page and nobody is asked twice."""

from __future__ import annotations

from uuid import UUID

from api.refusals import NoSuchPlace
from console.roots import ROOT
from models.values.access import STAFF_REASONS, AccessReason

_REASONS = {reason.value.replace("_", "-"): reason for reason in STAFF_REASONS}


def path_of(worker_id: UUID, reason: AccessReason | None = None) -> str:
    """Without a reason: the page that asks for one."""
    path = f"{ROOT}/workers/{worker_id}"
    return path if reason is None else f"{path}/{reason.value.replace('_', '-')}"


def reason_in(word: str) -> AccessReason:
    """:raises NoSuchPlace: it is none that an officer may have."""
    if word not in _REASONS:
        raise NoSuchPlace
    return _REASONS[word]
