"""What the bank holds as paid: the list that a partner reconciles with."""

from __future__ import annotations

import csv
import io
import threading
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime

from models.values.jakarta import day_of
from sandbox.snap_client import SnapAnswer


@dataclass(frozen=True)
class Entry:
    """One payment. ``amount`` as on the wire, ``33600.00``; the number without padding."""

    date: date
    reference_no: str
    payment_request_id: str
    virtual_account_no: str
    amount: str


class Statement:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._lock = threading.Lock()

    def book(self, entry: Entry) -> None:
        """Once per payment, however often it was flagged."""
        with self._lock:
            self._entries.setdefault(entry.payment_request_id, entry)

    def as_csv(self, day: date) -> str:
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow([field.name for field in fields(Entry)])
        with self._lock:
            entries = list(self._entries.values())
        writer.writerows(astuple(entry) for entry in entries if entry.date == day)
        return written.getvalue()


def holds_as_paid(answer: SnapAnswer | None) -> bool:
    """Whether a bank keeps the customer's money after this answer to its flag.

    No answer, or a failure on the other side, settles nothing: the customer has
    paid, so it stays paid until the two books have been compared. A repeat is
    answered with the result of the first time.
    """
    if answer is None or answer.status >= 500:
        return True
    settled = answer.code in ("2002500", "4042518")
    return settled and answer.data.get("paymentFlagStatus", "00") == "00"


def day_written_in(trx_date_time: str) -> date | None:
    """The Jakarta day of an instant as SNAP writes it; None where it cannot be read."""
    try:
        instant = datetime.fromisoformat(trx_date_time)
    except ValueError:
        return None
    return day_of(instant) if instant.tzinfo else instant.date()
