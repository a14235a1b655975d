"""Connections to PostgreSQL: how many, how checked, and how quiet."""

from __future__ import annotations

import select
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

# As many as a process has threads that work at once: the eight of a web process, and those of all
# lanes of the worker. None waits for another's connection, and a queue that is behind does not cost
# the next one its turn. Opened when they are needed; together they keep below PostgreSQL's hundred.
_KEPT, _EXTRA = 10, 20
MOST_CONNECTIONS = _KEPT + _EXTRA
_PATIENCE = 5  # seconds to wait for a free connection before answering 503
# Nobody waits for ever: neither for a row that somebody else holds (a bank may tell of one payment
# as often as it likes), nor for a statement, nor for a program that fell silent in a transaction.
_LIMITS = {
    "lock_timeout": "5s",
    "statement_timeout": "20s",
    "idle_in_transaction_session_timeout": "30s",
}


def build_engine(url: str) -> Engine:
    """An engine for the application's role.

    ``hide_parameters``: an error message must not carry a NIK.
    """
    engine = create_engine(
        url,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in _LIMITS.items())},
        hide_parameters=True,
        pool_size=_KEPT,
        max_overflow=_EXTRA,
        pool_timeout=_PATIENCE,
        pool_use_lifo=True,
        skip_autocommit_rollback=True,
    )
    event.listen(engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, *_: object) -> None:
    """Do not hand out a connection that the server has closed, as after a restart.

    A server that goes away closes its sockets, and a closed socket is readable. Looking costs a
    microsecond; asking the server something (``pool_pre_ping``) costs a round trip on every use.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise DisconnectionError
