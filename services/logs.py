"""Log lines as JSON, without anything personal in them.

What our own code logs is written out; it names ids and codes only. What others log
may hold anything (procrastinate logs the arguments of jobs, urllib3 addresses with
their queries, PostgreSQL the row that broke a constraint), so of theirs only the
template and the place in the code are kept, and of every exception only its types,
its frames and the SQLSTATE.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Any

import orjson

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# Loggers whose sentences are known to hold nothing personal, and packages of which all are.
_TRUSTED = frozenset({"alembic.runtime.migration", "_granian"})
_OURS = frozenset(
    {"api", "console", "models", "sandbox", "schemas", "services"}
    | {"cli", "worker", "wsgi", "jaring", "__main__"}
)
# Flask logs under the name of the application it serves, with the path that was asked for.
_FLASKS = frozenset({"api.app", "sandbox"})
# The one tells at every start which parts it consists of, the other of every table in a font
# that it takes apart.
_CHATTY = ("alembic.runtime.plugins", "fontTools")
# What the queue tells of itself at every start, and every few seconds whether or not there is
# anything to do.
_ROUTINE = frozenset({"loading_blueprint", "periodic_task_deferred", "registering_periodic_task"})
_UNEVENTFUL = frozenset({"start_job", "job_success"})
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_FRAMES = 30


def set_up(process: str, *, level: int = logging.INFO, stream: IO[str] | None = None) -> None:
    """Send every log line of this process to standard output as one JSON object.

    :param process: what it is called in each line: ``web``, ``worker`` and so on.
    """
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(JsonFormatter(process))
    handler.addFilter(worth_a_line)
    # Our lines name none of these, and looking them up costs more than writing a line.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    # What cannot be written would be printed instead, with its arguments.
    logging.raiseExceptions = False
    sys.excepthook = _last_words
    threading.excepthook = sys.unraisablehook = _last_words_of


def _last_words(
    kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None
) -> None:
    """What ends the process is told like everything else: Python's own traceback would show the
    exception's message, and with it perhaps a row of the database."""
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger(__name__).critical("ended by", exc_info=error)


def _last_words_of(ended: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
    """The same for what ends a thread, or a destructor."""
    _last_words(ended.exc_type, ended.exc_value, ended.exc_traceback)


def worth_a_line(record: logging.LogRecord) -> bool:
    """Not a periodic job that went well: in a quiet hour they would fill the log."""
    action = getattr(record, "action", None)
    if action in _UNEVENTFUL:
        job = getattr(record, "job", None)
        return not (isinstance(job, dict) and "timestamp" in (job.get("task_kwargs") or {}))
    return action not in _ROUTINE


class JsonFormatter(logging.Formatter):
    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self.process,
            "logger": record.name,
            "request_id": request_id.get(),
        }
        line |= _said(record)
        if record.exc_info and record.exc_info[0]:
            line["exceptions"] = list(_exceptions(record.exc_info[1]))
        return orjson.dumps(line, default=_only_its_type).decode()


def _said(record: logging.LogRecord) -> dict[str, Any]:
    if _trusted(record.name):
        extra = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        return {"message": record.getMessage(), **extra}
    # A text without arguments may have them written into it already.
    template = record.msg if record.args and isinstance(record.msg, str) else None
    said = {
        "message": template,
        "action": getattr(record, "action", None),
        "at": f"{record.module}.{record.funcName}:{record.lineno}",
        **_job(record),
    }
    return {name: value for name, value in said.items() if value is not None}


def _trusted(name: str) -> bool:
    if name in _FLASKS:
        return False
    return name in _TRUSTED or name.partition(".")[0] in _OURS


def _job(record: logging.LogRecord) -> dict[str, Any]:
    """Which job procrastinate speaks of: its id and task, never its arguments."""
    job = getattr(record, "job", None)
    if not isinstance(job, dict):
        return {}
    return {"job_id": job.get("id"), "task": job.get("task_name")}


def _exceptions(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The error and what caused it. Messages are left out: they quote values."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
        yield {**told, **_database(error), "frames": _frames(error.__traceback__)}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _database(error: BaseException) -> dict[str, Any]:
    """The two facts of PostgreSQL's report that name no row."""
    diagnosis = getattr(error, "diag", None)
    if diagnosis is None:
        return {}
    facts = {"sqlstate": diagnosis.sqlstate, "constraint": diagnosis.constraint_name}
    return {name: fact for name, fact in facts.items() if fact}


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _only_its_type(value: Any) -> str:
    return f"<{type(value).__name__}>"
