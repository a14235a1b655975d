"""What a worker is to pay for which months, under one virtual account number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import Model
from models.columns import word_of
from models.priced_columns import PricedColumns, adds_up
from models.pricing import PricedMonth, Terms, price
from models.rates import RateBook
from models.values.ids import new_id
from models.values.month import Month
from models.values.plan import Programme
from models.values.rupiah import Rupiah
from models.worker import Worker

LIFETIME = timedelta(hours=24)


class InvoiceStatus(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class Invoice(Model):
    """The stored status is ``OPEN`` until something happens; the clock alone makes it ``EXPIRED``."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index(
            "uq_invoice_open",
            "worker_id",
            unique=True,
            postgresql_where="status = 'open'",
        ),
        Index("ix_invoice_worker_id", "worker_id", "created_at"),
        UniqueConstraint("virtual_account_no"),
        CheckConstraint("amount >= 0 and credit_used >= 0", name="amounts"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    virtual_account_no: Mapped[str]
    """Without the bank's padding. Never given out again."""
    status: Mapped[InvoiceStatus] = mapped_column(
        word_of(InvoiceStatus), default=InvoiceStatus.OPEN
    )
    rates_version: Mapped[str]
    amount: Mapped[Rupiah]
    """What is left to pay when the credit is used."""
    credit_used: Mapped[Rupiah]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """When it was paid at the bank, cancelled or superseded, or the clock ran out."""
    refunded_from: Mapped[Month | None]
    """Where months that were paid have been taken back: the first of them, up to the last."""

    months: Mapped[list[InvoiceMonth]] = relationship(lazy="raise", order_by="InvoiceMonth.month")

    def status_at(self, now: datetime) -> InvoiceStatus:
        if self.status is InvoiceStatus.OPEN and now > self.expires_at:
            return InvoiceStatus.EXPIRED
        return self.status

    @property
    def total(self) -> Rupiah:
        return self.amount + self.credit_used

    @property
    def first_month(self) -> Month:
        return min(line.month for line in self.months)

    @property
    def last_month(self) -> Month:
        return max(line.month for line in self.months)

    def protects_until(self, now: datetime) -> date | None:
        """The last day that paying it protected, or would protect if it were paid now.

        None if only months gone by are settled: nothing protects backwards. None, too, for what
        cannot be paid any more, and where all of it was taken back.
        """
        status = self.status_at(now)
        paid_at = now if status is InvoiceStatus.OPEN else self.closed_at
        if status not in (InvoiceStatus.OPEN, InvoiceStatus.PAID) or paid_at is None:
            return None
        last = max(self._months_that_stand, default=None)
        return last.last_day if last is not None and paid_at < last.ends_at else None

    @property
    def _months_that_stand(self) -> list[Month]:
        months = [line.month for line in self.months]
        end = self.refunded_from
        return months if end is None else [month for month in months if month < end]


class InvoiceMonth(PricedColumns, Model):
    """One month of an invoice, priced when the invoice was made."""

    __tablename__ = "invoice_month"
    __table_args__ = (adds_up(),)

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)

    @classmethod
    def of(cls, priced: PricedMonth) -> InvoiceMonth:
        amounts = {line.programme: line.amount for line in priced.lines}
        nothing = Rupiah(0)
        return cls(
            month=priced.month,
            plan=priced.plan,
            band=priced.band,
            reference_income=priced.reference_income,
            sector=priced.sector,
            payer=priced.payer,
            jkk=amounts.get(Programme.JKK, nothing),
            jkm=amounts.get(Programme.JKM, nothing),
            jht=amounts.get(Programme.JHT, nothing),
            relief_rule=next((line.rule for line in priced.lines if line.rule), None),
            amount=priced.amount,
        )

    def priced_by(self, book: RateBook) -> PricedMonth:
        """How the amounts came about: base, relief and law of each programme.

        :param book: of the invoice's ``rates_version``. Books are never edited, so the same
            amounts come out as when the invoice was made.
        """
        income = book.bands[self.band - 1].income_from
        terms = Terms(plan=self.plan, monthly_income=income, sector=self.sector)
        return price(book, terms, self.month, self.payer)


def expiry_of(made_at: datetime) -> datetime:
    """The earlier of 24 hours and the last instant of the Jakarta month.

    The first instant of the next month would be too late: money paid then no longer protects
    the month that the invoice begins with.
    """
    last_instant = Month.at(made_at).ends_at - timedelta(microseconds=1)
    return min(made_at + LIFETIME, last_instant)


def select_invoice(invoice_id: UUID, *, worker_id: UUID) -> Select[Invoice]:
    return (
        select(Invoice)
        .where(Invoice.id == invoice_id, Invoice.worker_id == worker_id)
        .options(selectinload(Invoice.months))
    )


def select_invoices(
    worker_id: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int | None = None
) -> Select[Invoice]:
    """A worker's invoices, newest first, from behind one of them on."""
    statement = (
        select(Invoice)
        .where(Invoice.worker_id == worker_id)
        .order_by(Invoice.created_at.desc(), Invoice.id.desc())
        .limit(limit)
        .options(selectinload(Invoice.months))
    )
    if after is None:
        return statement
    return statement.where(tuple_(Invoice.created_at, Invoice.id) < after)


def select_open_invoice(worker_id: UUID) -> Select[Invoice]:
    """The one that is stored as open; the clock may have expired it."""
    return select(Invoice).where(
        Invoice.worker_id == worker_id, Invoice.status == InvoiceStatus.OPEN
    )


def select_open_bill(worker_id: UUID) -> Select[Invoice]:
    """``select_open_invoice`` with its months."""
    return select_open_invoice(worker_id).options(selectinload(Invoice.months))


def select_billed(virtual_account_no: str) -> Select[Invoice]:
    """The invoice under a virtual account number."""
    return (
        select(Invoice)
        .where(Invoice.virtual_account_no == virtual_account_no)
        .options(selectinload(Invoice.months))
    )
