"""Waiting for what another process or thread does, without guessing how long it takes."""

import sys
import time
from collections.abc import Callable
from threading import Condition, Event, Thread
from traceback import walk_stack
from typing import Any, TypeVar

Answer = TypeVar("Answer")
NEVER = Event()
WAITING = (
    "select count(*) from pg_stat_activity"
    " where datname = current_database() and wait_event_type = 'Lock'"
)
"""How many wait for a row that somebody else holds."""


def until(question: Callable[[], Answer], *, seconds: float = 30.0) -> Answer:
    """Ask until the answer is true in Python's sense, and return it.

    :raises AssertionError: it was not, within the time.
    """
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain")
        NEVER.wait(0.02)
    return answer


def waits_in(thread: Thread, function: Callable[..., Any]) -> bool:
    """Whether a thread has come to where a function waits to be told something."""
    frame = sys._current_frames().get(thread.ident or 0)
    if frame is None:
        return False
    running = {each.f_code for each, _ in walk_stack(frame)}
    return {function.__code__, Condition.wait.__code__} <= running
