"""What officers try in vain is on record, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.audit.recording import Deed, record_refusal
from services.callers import StaffCaller
from services.errors import DomainError
from services.ports import Ports


@contextmanager
def refusals_recorded(ports: Ports, officer: StaffCaller, deed: Deed) -> Iterator[None]:
    """Stands around the transaction that does the deed: what it did is undone by then."""
    try:
        yield
    except DomainError as refused:
        record_refusal(ports, officer, deed, refused)
        raise
