"""What a partner is to pay for many of its drivers, under one virtual account number."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.invoice import InvoiceStatus
from models.partner import Partner
from models.values.ids import new_id
from models.values.month import Month
from models.values.rupiah import Rupiah


class CollectiveStatus(StrEnum):
    """How a collective invoice stands, as its partner sees it."""

    OPEN = "open"
    SETTLING = "settling"
    """The money is here; its lines are being posted."""
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    EMPTY = "empty"
    """Nobody could be paid for: there is nothing to pay."""


_BILLING = 24_003
_SHOWN = {
    InvoiceStatus.OPEN: CollectiveStatus.OPEN,
    InvoiceStatus.EXPIRED: CollectiveStatus.EXPIRED,
    InvoiceStatus.CANCELLED: CollectiveStatus.CANCELLED,
    InvoiceStatus.SUPERSEDED: CollectiveStatus.SUPERSEDED,
}


class PartnerInvoice(Model):
    """As ``Invoice``: ``OPEN`` until something happens, and ``EXPIRED`` by the clock alone. It is
    ``PAID`` from when the bank's money is here; its lines are posted one after the other, and
    ``posted_at`` says when the last one was."""

    __tablename__ = "partner_invoice"
    __table_args__ = (
        UniqueConstraint("virtual_account_no"),
        Index("ix_partner_invoice_partner_id", "partner_id", "created_at", "id"),
        Index(
            "ix_partner_invoice_unfinished",
            "partner_id",
            postgresql_where="status = 'open' or status = 'paid' and posted_at is null",
        ),
        CheckConstraint("amount >= 0 and credit_used >= 0", name="amounts"),
        CheckConstraint("posted_at is null or status = 'paid'", name="posted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    virtual_account_no: Mapped[str]
    """Without the bank's padding. Never given out again, neither here nor to a worker."""
    month: Mapped[Month]
    """Of each driver the oldest unpaid month that is not after it."""
    status: Mapped[InvoiceStatus] = mapped_column(
        word_of(InvoiceStatus), default=InvoiceStatus.OPEN
    )
    rates_version: Mapped[str]
    lines: Mapped[int]
    left_out: Mapped[int]
    """How many could not be paid for."""
    more: Mapped[bool]
    """Whether there were more drivers than one invoice holds."""
    amount: Mapped[Rupiah]
    """What is left to pay when the credit is used."""
    credit_used: Mapped[Rupiah]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """When it was paid at the bank, cancelled or superseded, or the clock ran out."""
    posted_through: Mapped[UUID | None]
    """The enrolment of the last line that was posted, in the order of their ids."""
    posted_at: Mapped[datetime | None]

    def status_at(self, now: datetime) -> InvoiceStatus:
        if self.status is InvoiceStatus.OPEN and now > self.expires_at:
            return InvoiceStatus.EXPIRED
        return self.status

    def shown_at(self, now: datetime) -> CollectiveStatus:
        if not self.lines:
            return CollectiveStatus.EMPTY
        status = self.status_at(now)
        if status is InvoiceStatus.PAID:
            return CollectiveStatus.SETTLING if self.posted_at is None else CollectiveStatus.PAID
        return _SHOWN[status]

    @property
    def total(self) -> Rupiah:
        return self.amount + self.credit_used


def hold_billing(partner_id: UUID) -> Select[object]:
    """Wait for other invoices that this partner is asking for; released when the transaction ends.

    Not its row: whoever takes a bank's money for it does not wait until a large one is made.
    """
    return select(func.pg_advisory_xact_lock(_BILLING, func.hashtext(str(partner_id))))


def select_partner(partner_id: UUID) -> Select[Partner]:
    return select(Partner).where(Partner.id == partner_id)


def select_partner_to_pay(partner_id: UUID) -> Select[Partner]:
    """Held: its money is taken, and its credit used, by one after the other."""
    return select_partner(partner_id).with_for_update(key_share=True)


def select_partner_invoice(invoice_id: UUID, *, partner_id: UUID) -> Select[PartnerInvoice]:
    return select(PartnerInvoice).where(
        PartnerInvoice.id == invoice_id, PartnerInvoice.partner_id == partner_id
    )


def select_partner_invoices(
    partner_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Select[PartnerInvoice]:
    """A partner's, newest first, from behind one of them on."""
    statement = (
        select(PartnerInvoice)
        .where(PartnerInvoice.partner_id == partner_id)
        .order_by(PartnerInvoice.created_at.desc(), PartnerInvoice.id.desc())
        .limit(limit)
    )
    if after is None:
        return statement
    return statement.where(tuple_(PartnerInvoice.created_at, PartnerInvoice.id) < after)


def select_billed_partner_invoice(virtual_account_no: str) -> Select[PartnerInvoice]:
    """The collective invoice under a virtual account number."""
    return select(PartnerInvoice).where(PartnerInvoice.virtual_account_no == virtual_account_no)


def select_paying_partner(virtual_account_no: str) -> Select[UUID]:
    """Which partner's invoice a number stands for."""
    return select(PartnerInvoice.partner_id).where(
        PartnerInvoice.virtual_account_no == virtual_account_no
    )


def select_partner_name(invoice_id: UUID) -> Select[str]:
    """Of who is to pay an invoice."""
    return (
        select(Partner.name)
        .join(PartnerInvoice, PartnerInvoice.partner_id == Partner.id)
        .where(PartnerInvoice.id == invoice_id)
    )


def select_partner_invoice_to_pay(virtual_account_no: str) -> Select[PartnerInvoice]:
    """Held, after its partner. As it is now, whatever was read before."""
    return (
        select(PartnerInvoice)
        .where(PartnerInvoice.virtual_account_no == virtual_account_no)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def select_partner_invoice_to_post(invoice_id: UUID) -> Select[PartnerInvoice]:
    """Held: of two at it, the later one goes on where the other has come to."""
    return (
        select(PartnerInvoice)
        .where(PartnerInvoice.id == invoice_id)
        .with_for_update(key_share=True)
    )


def select_unfinished(partner_id: UUID, now: datetime) -> Select[UUID]:
    """The invoices whose lines may still be paid: open, or being posted."""
    return select(PartnerInvoice.id).where(
        PartnerInvoice.partner_id == partner_id, or_(_is_open(now), _IS_SETTLING)
    )


def select_open_on_credit(partner_id: UUID, now: datetime) -> Select[PartnerInvoice]:
    """The open invoices that count on credit, in the order in which they were made."""
    return (
        select(PartnerInvoice)
        .where(
            PartnerInvoice.partner_id == partner_id,
            PartnerInvoice.credit_used > Rupiah(0),
            _is_open(now),
        )
        .order_by(PartnerInvoice.created_at, PartnerInvoice.id)
    )


_IS_SETTLING = and_(PartnerInvoice.status == InvoiceStatus.PAID, PartnerInvoice.posted_at.is_(None))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(PartnerInvoice.status == InvoiceStatus.OPEN, PartnerInvoice.expires_at >= now)
