"""Statements that look at whole tables, and may take longer than what a caller waits for."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, func, select

LONGEST = timedelta(minutes=15)


def take_your_time() -> Select[str]:
    """For the statements that follow in this transaction, which nobody waits for."""
    milliseconds = int(LONGEST / timedelta(milliseconds=1))
    return select(func.set_config("statement_timeout", str(milliseconds), True))
