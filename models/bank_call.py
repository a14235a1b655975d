"""What the banks ask and tell us, and what we answered: support reads it, and repeats are known by it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.invoice import Invoice
from models.partner_invoice import PartnerInvoice
from models.values.ids import new_id
from models.worker import Worker


class BankService(StrEnum):
    """What a bank can ask of us about one bill."""

    INQUIRY = "inquiry"
    PAYMENT = "payment"
    STATUS = "status"


class BankOutcome(StrEnum):
    """What came of a call that could be read."""

    ACCEPTED = "accepted"
    CREDITED = "credited"
    """Money was taken for months that had been settled meanwhile: it is the worker's credit."""
    UNKNOWN_BILL = "unknown_bill"
    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    INACTIVE = "inactive"
    """Expired or cancelled."""
    INCONSISTENT = "inconsistent"
    """A payment told again that is not quite the one told before, or under the same id."""
    EXTERNAL_ID_REUSED = "external_id_reused"

    @property
    def money_is_ours(self) -> bool:
        return self in (BankOutcome.ACCEPTED, BankOutcome.CREDITED)


class BankCall(Model):
    """One call that was signed, readable and answered. Calls that ended in a fault of ours are
    not here, so the bank may send them again as they were.

    The signature covers neither ``external_id`` nor the channel, so what a payment is known by,
    for ever, is ``payment_request_id``: the first call that was judged under it ``decides``, and
    every repeat is answered from that row.
    """

    __tablename__ = "bank_call"
    __table_args__ = (
        Index(
            "uq_bank_call_external_id",
            "bank",
            "called_on",
            "external_id",
            unique=True,
            postgresql_where="spends_external_id",
        ),
        Index(
            "uq_bank_call_decision",
            "bank",
            "payment_request_id",
            unique=True,
            postgresql_where="decides",
        ),
        Index("ix_bank_call_worker_id", "worker_id", "called_at"),
        Index("ix_bank_call_virtual_account_no", "virtual_account_no"),
        Index("ix_bank_call_reference_no", "reference_no"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    bank: Mapped[str]
    """The bank's SNAP client key."""
    service: Mapped[BankService] = mapped_column(word_of(BankService))
    outcome: Mapped[BankOutcome] = mapped_column(word_of(BankOutcome))
    external_id: Mapped[str]
    called_at: Mapped[datetime]
    called_on: Mapped[date]
    """The Jakarta day, for which an external id is good."""
    spends_external_id: Mapped[bool]
    """The first under its external id on its day."""
    decides: Mapped[bool] = mapped_column(default=False)
    """What became of the payment was decided by this call."""

    virtual_account_no: Mapped[str]
    """As asked for, without padding; there may be no such bill."""
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey(Invoice.id), index=True)
    partner_invoice_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(PartnerInvoice.id), index=True
    )
    request_id: Mapped[str | None]
    """The bank's ``inquiryRequestId``."""
    payment_request_id: Mapped[str | None]
    reference_no: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    """What the bank says was paid. Not Rupiah yet: it may say sen."""
    transacted_at: Mapped[datetime | None]
    """When the bank says it was paid."""


class Held(IntEnum):
    """What only one call at a time may work on. Always taken in this order."""

    PAYMENT = 24_001
    EXTERNAL_ID = 24_002


def hold(what: Held, *names: str) -> Select[object]:
    """Wait for other calls about the same thing; released when the transaction ends.

    Two things may share a lock; they only wait. The two kinds never do, and each call takes them
    in order, so none waits in a circle.
    """
    return select(func.pg_advisory_xact_lock(int(what), func.hashtext("\n".join(names))))


def select_spender(bank: str, external_id: str, day: date) -> Select[BankCall]:
    """The call that was the first under an external id on a Jakarta day."""
    return select(BankCall).where(
        BankCall.bank == bank,
        BankCall.called_on == day,
        BankCall.external_id == external_id,
        BankCall.spends_external_id,
    )


def select_decision(bank: str, payment_request_id: str) -> Select[BankCall]:
    """The call that decided what became of a payment."""
    return select(BankCall).where(
        BankCall.bank == bank,
        BankCall.payment_request_id == payment_request_id,
        BankCall.decides,
    )


def select_last_decision(bank: str, virtual_account_no: str) -> Select[BankCall]:
    """What became of the payments of a bill: the one that was taken, or else the latest."""
    taken = BankCall.outcome.in_([outcome for outcome in BankOutcome if outcome.money_is_ours])
    return (
        select(BankCall)
        .where(
            BankCall.bank == bank,
            BankCall.virtual_account_no == virtual_account_no,
            BankCall.decides,
        )
        .order_by(taken.desc(), BankCall.called_at.desc(), BankCall.id.desc())
        .limit(1)
    )


def select_calls_about(worker_id: UUID) -> Select[BankCall]:
    """Every call about a worker's bills, oldest first."""
    return (
        select(BankCall)
        .where(BankCall.worker_id == worker_id)
        .order_by(BankCall.called_at, BankCall.id)
    )
