"""Why a file was not sent, or what became of it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

INTERNAL_ERROR = 500


class CannotUpload(Exception):
    """The message says why, and what to do about it."""


class Refused(CannotUpload):
    """The server has understood, and says no.

    :param problem: its answer (RFC 9457).
    """

    def __init__(self, problem: Mapping[str, Any]) -> None:
        said = [str(problem.get("detail") or problem.get("title") or "No reason was given.")]
        said += [_told(fault) for fault in problem.get("errors") or ()]
        if problem.get("status") == INTERNAL_ERROR:
            said.append(f"  request_id: {problem.get('request_id')}")
        super().__init__("\n".join(said))
        self.code = problem.get("code")


def _told(fault: Mapping[str, Any]) -> str:
    where = fault.get("pointer") or fault.get("parameter") or fault.get("header") or ""
    return f"  {where.lstrip('/')}: {fault.get('detail')}"
