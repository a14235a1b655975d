"""Money that a bank took for us, and the ledger that says where it went."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import RupiahColumn
from models.invoice import Invoice
from models.partner_invoice import PartnerInvoice
from models.refund import RefundCase
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from models.worker import Worker


class Payment(Model):
    """Money received. ``payment_request_id`` is the bank's own, unique for ever."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("bank", "payment_request_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "num_nonnulls(invoice_id, partner_invoice_id) = 1"
            " and num_nonnulls(worker_id, invoice_id) in (0, 2)",
            name="payer",
        ),
        UniqueConstraint("partner_invoice_id"),
        Index("ix_payment_transacted_at", "bank", "transacted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    bank: Mapped[str]
    """The bank's SNAP client key."""
    payment_request_id: Mapped[str]
    reference_no: Mapped[str | None] = mapped_column(index=True)
    """The bank's reference: it stands on the payer's slip and on our receipt."""
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id), index=True)
    """With the next: a worker's own invoice was paid. Or else a partner's was."""
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey(Invoice.id), index=True)
    partner_invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey(PartnerInvoice.id))
    amount: Mapped[Rupiah]
    transacted_at: Mapped[datetime]
    """When the bank says that it was paid."""
    received_at: Mapped[datetime]


class LedgerPosting(Model):
    """One movement of a worker's money. What came in is settled months, credit and what is to be
    given back, always. A refund moves money that had settled months, and nothing else."""

    __tablename__ = "ledger_posting"
    __table_args__ = (
        CheckConstraint("received = settled + credit + refund", name="balances"),
        CheckConstraint("received >= 0", name="received"),
        CheckConstraint("settled >= 0 or refund_case_id is not null", name="settled"),
        CheckConstraint("num_nonnulls(invoice_id, refund_case_id) = 1", name="cause"),
        CheckConstraint(
            "case when refund_case_id is null then refund = 0 "
            "else refund > 0 and received = 0 and credit = 0 and payment_id is null end",
            name="refund",
        ),
        Index("ix_ledger_posting_worker_id", "worker_id", "posted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey(Invoice.id), unique=True)
    refund_case_id: Mapped[UUID | None] = mapped_column(ForeignKey(RefundCase.id), unique=True)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"), unique=True)
    posted_at: Mapped[datetime]
    received: Mapped[Rupiah]
    settled: Mapped[Rupiah]
    credit: Mapped[Rupiah]
    """Added to the worker's credit; negative where credit was used."""
    refund: Mapped[Rupiah] = mapped_column(default=Rupiah(0), server_default="0")
    """Owed back to the worker."""


def select_credit(worker_id: UUID) -> Select[Rupiah]:
    """What a worker has paid but not yet used."""
    return select(
        func.coalesce(func.sum(LedgerPosting.credit), literal(Rupiah(0), RupiahColumn))
    ).where(LedgerPosting.worker_id == worker_id)


def select_payment(bank: str, payment_request_id: str) -> Select[Payment]:
    return select(Payment).where(
        Payment.bank == bank, Payment.payment_request_id == payment_request_id
    )


def select_payments(worker_id: UUID) -> Select[Payment]:
    """Everything that the banks took for a worker's bills, oldest first."""
    return (
        select(Payment)
        .where(Payment.worker_id == worker_id)
        .order_by(Payment.received_at, Payment.id)
    )


def select_postings(worker_id: UUID) -> Select[LedgerPosting]:
    return (
        select(LedgerPosting)
        .where(LedgerPosting.worker_id == worker_id)
        .order_by(LedgerPosting.posted_at, LedgerPosting.id)
    )


def select_payment_of(invoice_id: UUID) -> Select[Payment]:
    """The money that was taken for an invoice: once at most."""
    return select(Payment).where(Payment.invoice_id == invoice_id)


def select_posting_of(invoice_id: UUID) -> Select[UUID]:
    """Whether anything was posted for an invoice."""
    return select(LedgerPosting.id).where(LedgerPosting.invoice_id == invoice_id)


def select_partner_payment(invoice_id: UUID) -> Select[UUID]:
    """The money that was taken for a collective invoice: once at most."""
    return select(Payment.id).where(Payment.partner_invoice_id == invoice_id)
