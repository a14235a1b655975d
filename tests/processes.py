"""The processes that a program under test has started; any of them may end while we look."""

from __future__ import annotations

from contextlib import suppress

import psutil


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def has_ended(pid: int) -> bool:
    """Even if nobody has taken note of that yet: whom an orphan is left to may never do so."""
    try:
        return not alive(psutil.Process(pid))
    except psutil.NoSuchProcess:
        return True


def send(process: psutil.Process, number: int) -> None:
    """Send a signal, unless there is nobody left to get it."""
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def child_of(pid: int, words: str) -> psutil.Process | None:
    """:param words: stand in the command line of the one that is looked for."""
    for process in psutil.Process(pid).children():
        if words in command_of(process):
            return process
    return None


def descendants_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def command_of(process: psutil.Process) -> str:
    """Its command line; nothing where it has ended, even if nobody has taken note of that yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
