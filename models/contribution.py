"""The months that have been paid for. One row per worker and month that stands, so no month is paid
twice; one that was taken back can be paid again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Insert,
    Select,
    UniqueConstraint,
    Uuid,
    any_,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.enrolment import Enrolment
from models.invoice import Invoice, InvoiceMonth
from models.partner import Partner
from models.partner_invoice import PartnerInvoice
from models.partner_invoice_line import PartnerInvoiceLine, are_lines
from models.payment import Payment
from models.priced_columns import PricedColumns, adds_up
from models.refund import RefundCase
from models.values.ids import new_id
from models.values.month import Month
from models.worker import Worker


class Contribution(PricedColumns, Model):
    __tablename__ = "contribution"
    __table_args__ = (
        Index(
            "uq_contribution_month",
            "worker_id",
            "month",
            unique=True,
            postgresql_where="refunded_at is null",
        ),
        # Finds all of a worker's months, too.
        UniqueConstraint(
            "worker_id",
            "month",
            "invoice_id",
            "partner_invoice_id",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("num_nonnulls(invoice_id, partner_invoice_id) = 1", name="payer_of"),
        # What a partner paid goes back to its credit: that needs no case.
        CheckConstraint(
            "case when partner_invoice_id is null then num_nonnulls(refund_case_id, refunded_at)"
            " in (0, 2) else refund_case_id is null end",
            name="refund",
        ),
        # What has begun stands. Months are Jakarta's.
        CheckConstraint(
            "refunded_at < month::timestamp at time zone interval '7 hours'", name="refunded_at"
        ),
        adds_up(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    month: Mapped[Month]
    settled_at: Mapped[datetime]
    """The instant from which it protects: when the money was paid at the bank."""
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey(Invoice.id), index=True)
    """The worker's own; or else the next."""
    partner_invoice_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(PartnerInvoice.id), index=True
    )
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Payment.id), index=True)
    """None where credit alone paid for it."""
    refund_case_id: Mapped[UUID | None] = mapped_column(ForeignKey(RefundCase.id), index=True)
    refunded_at: Mapped[datetime | None]
    """The instant from which it no longer counts: the worker was refused before it began."""

    @classmethod
    def of(
        cls, line: InvoiceMonth, worker_id: UUID, settled_at: datetime, payment_id: UUID | None
    ) -> Contribution:
        """A month as it was priced on the invoice that was paid."""
        return cls(
            id=new_id(),  # here, so that all of them are sent in one go
            worker_id=worker_id,
            month=line.month,
            settled_at=settled_at,
            invoice_id=line.invoice_id,
            payment_id=payment_id,
            **line.pricing,
        )


def insert_paid_lines(
    invoice_id: UUID, enrolment_ids: Sequence[UUID], settled_at: datetime, payment_id: UUID | None
) -> Insert:
    """The months of some lines of a collective invoice, as they were priced on it."""
    line = PartnerInvoiceLine
    priced = {name: getattr(line, name) for name in PricedColumns.__annotations__}
    columns: dict[str, Any] = {
        "id": func.gen_random_uuid(),
        "worker_id": Enrolment.worker_id,
        "month": line.month,
        "settled_at": literal(settled_at, Contribution.settled_at.type),
        "partner_invoice_id": line.partner_invoice_id,
        "payment_id": literal(payment_id, Uuid),
        **priced,
    }
    lines = select(*columns.values()).select_from(line).where(*are_lines(invoice_id, enrolment_ids))
    return insert(Contribution).from_select(list(columns), lines)


def select_contributions(worker_id: UUID) -> Select[Contribution]:
    """All that were ever paid, also those taken back since: see ``models.spells``."""
    return (
        select(Contribution).where(Contribution.worker_id == worker_id).order_by(Contribution.month)
    )


def select_paid_by(worker_ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """All that many workers ever paid, each one's in order: as rows that are ``PaidMonth``s, with
    ``worker_id``."""
    paid = Contribution
    return (
        select(
            paid.worker_id,
            paid.month,
            paid.settled_at,
            paid.refunded_at,
            paid.plan,
            paid.reference_income,
        )
        .where(Contribution.worker_id == any_(literal(list(worker_ids), ARRAY(Uuid))))
        .order_by(Contribution.worker_id, Contribution.month)
    )


def select_paid_months(worker_id: UUID) -> Select[Contribution, str | None]:
    """``select_contributions``, with the name of the partner that paid."""
    paid_by = (
        select(Partner.name)
        .join(PartnerInvoice, PartnerInvoice.partner_id == Partner.id)
        .where(PartnerInvoice.id == Contribution.partner_invoice_id)
        .scalar_subquery()
    )
    return select_contributions(worker_id).add_columns(paid_by)


def select_months_of_case(refund_case_id: UUID) -> Select[Month]:
    """Those that a refund case takes back, in order."""
    return (
        select(Contribution.month)
        .where(Contribution.refund_case_id == refund_case_id)
        .order_by(Contribution.month)
    )
