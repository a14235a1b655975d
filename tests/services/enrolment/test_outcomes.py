import zlib
from uuid import UUID

from models.driver_form import CellFault
from services.enrolment.outcomes import RowOutcome, read, write

OUTCOMES = [
    RowOutcome("accepted", "D-1", UUID(int=7)),
    RowOutcome("unchanged", "D-2", UUID(int=8), ignored=("full_name", "address")),
    RowOutcome("accepted", "D-3"),
    RowOutcome("rejected", faults=(CellFault("nik", "nik-length"), CellFault("sex", "required"))),
]


def test_outcomes_are_read_as_they_were_written():
    assert read(write(OUTCOMES)) == OUTCOMES
    assert read(write([])) == []


def test_what_was_sent_in_a_rejected_row_is_not_written():
    rejected = RowOutcome("rejected", "3171014507930001", faults=(CellFault("nik", "required"),))
    assert b"3171014507930001" not in zlib.decompress(write([rejected]))
    assert read(write([rejected])) == [RowOutcome("rejected", faults=rejected.faults)]
