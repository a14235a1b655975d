from datetime import UTC, datetime
from uuid import UUID

import pytest

from models.bank_call import BankCall, BankOutcome
from models.invoice import Invoice, InvoiceMonth
from models.merged_list import MergedList, Source
from models.values.month import Month
from models.values.page import PageRequest
from models.values.rupiah import Rupiah
from tests.fakes import NOON

SOURCE = Source(
    kind="made",
    at=Invoice.created_at,
    id=Invoice.id,
    worker_id=Invoice.worker_id,
    details={
        "id": Invoice.id,
        "amount": Invoice.amount,
        "expires_at": Invoice.expires_at,
        "month": InvoiceMonth.month,
        "outcome": BankCall.outcome,
        "number": Invoice.virtual_account_no,
    },
)
WORKER = UUID("0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42")


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("amount", 8_400, Rupiah(8_400)),
        ("month", "2026-11-01", Month(2026, 11)),
        (
            "expires_at",
            "2026-11-22T12:00:00.5+07:00",
            datetime(2026, 11, 22, 5, 0, 0, 500_000, UTC),
        ),
        ("outcome", "wrong_amount", BankOutcome.WRONG_AMOUNT),
        ("id", str(WORKER), WORKER),
        ("number", "88899", "88899"),
        ("amount", None, None),
    ],
)
def test_details_come_back_in_the_types_of_their_columns(name, written, read):
    assert SOURCE.read({name: written}) == {name: read}


def test_a_list_starts_with_what_has_happened_by_now():
    asked = MergedList((SOURCE,)).parameters(WORKER, NOON, PageRequest(limit=20))
    assert (asked["before_at"], asked["before_rank"], asked["limit"]) == (NOON, 1, 21)


def test_a_page_starts_behind_the_kind_that_the_place_names():
    other = Source(kind="other", at=Invoice.closed_at, id=Invoice.id, worker_id=Invoice.worker_id)
    place = (NOON, "other", UUID(int=1))
    asked = MergedList((SOURCE, other)).parameters(WORKER, NOON, PageRequest(after=place))
    assert (asked["before_rank"], asked["before_id"]) == (1, UUID(int=1))


def test_of_a_kind_that_is_not_known_any_more_the_instant_is_told_again():
    place = (NOON, "gone", UUID(int=1))
    asked = MergedList((SOURCE,)).parameters(WORKER, NOON, PageRequest(after=place))
    assert asked["before_rank"] == 1
