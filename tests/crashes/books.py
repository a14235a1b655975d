"""What there is of a covered worker: in our books, in the bank's, and on the phone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from tests.phone_app import PhoneApp
from tests.waiting import until

MONTHS = 3

# How many claim the worker's NIK, and how many of them hold it.
CLAIMS = """
    select count(*), count(*) filter (where identity_status = 'verified') from worker
    where nik_key = (select nik_key from worker where member_number = :member)
"""
CHECKS = """
    select count(*), count(*) filter (where outcome = 'verified') from identity_check
    join worker on worker.id = identity_check.worker_id where member_number = :member
"""
PAYMENTS = """
    select count(*), sum(amount) from payment join worker on worker.id = payment.worker_id
    where member_number = :member
"""
POSTINGS = """
    select count(*), sum(received), sum(settled), sum(ledger_posting.credit) from ledger_posting
    join worker on worker.id = ledger_posting.worker_id where member_number = :member
"""
CONTRIBUTIONS = """
    select count(*), count(distinct month), sum(amount) from contribution
    join worker on worker.id = contribution.worker_id where member_number = :member
"""
INVOICES = """
    select count(*) filter (where status = 'paid'), count(*) filter (where status = 'open'),
    sum(amount) filter (where status = 'paid') from invoice
    join worker on worker.id = invoice.worker_id where member_number = :member
"""
VERIFICATIONS = """
    select count(*) from phone_verification
    where phone_key = (select phone_key from worker where member_number = :member)
"""


def assert_all_is_there_once(phone: PhoneApp) -> None:
    """Money, cover and identity exactly once; messages at least once, with one code each."""
    assert asked(phone, CLAIMS) == (1, 1)
    assert asked(phone, CHECKS) == (1, 1)
    paid, still_open, due = asked(phone, INVOICES)
    assert (paid, still_open) == (1, 0)
    assert asked(phone, PAYMENTS) == (1, due)
    assert asked(phone, POSTINGS) == (1, due, due, 0)
    assert asked(phone, CONTRIBUTIONS) == (MONTHS, MONTHS, due)
    assert phone.bank_statement() == [f"{due}.00"]
    # Also codes whose answer the phone never saw; and the same one, if a message went twice.
    (verifications,) = asked(phone, VERIFICATIONS)
    until(lambda: phone.jaring.mend() or len(set(phone.codes())) == verifications)


def asked(phone: PhoneApp, question: str) -> tuple[Any, ...]:
    """The one row that the database answers about the member."""
    with phone.jaring.engine().connect() as database:
        row = database.execute(text(question), {"member": phone.member_number}).one()
    return tuple(row)
