"""Which failures of the database pass by themselves."""

import psycopg
from sqlalchemy.exc import DBAPIError, TimeoutError

_PASSING = psycopg.OperationalError | psycopg.errors.UndefinedTable


def will_pass(error: Exception) -> bool:
    """Whether a database error says something about the moment, not the request.

    It is away, has no connection to spare, gave up waiting for a lock, or chose this
    transaction to undo a deadlock: psycopg counts all of these as operational. Or its tables
    are still to be made.
    """
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error.orig, _PASSING)
    return isinstance(error, TimeoutError | _PASSING)
