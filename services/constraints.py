"""Turn a broken database constraint into the error it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import IntegrityError


def broken_constraint(error: IntegrityError | psycopg.IntegrityError) -> str | None:
    """The name of the constraint that a statement broke."""
    original = error.orig if isinstance(error, IntegrityError) else error
    return original.diag.constraint_name if isinstance(original, psycopg.Error) else None


@contextmanager
def constraint_raises(name: str, error: type[Exception]) -> Iterator[None]:
    """Raise ``error`` when the block breaks the constraint called ``name``.

    Two requests can both look first and find nothing, so only the constraint decides. Any other
    constraint is a bug and is left to surface as one.
    """
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError) as broken:
        if broken_constraint(broken) == name:
            raise error from None
        raise
