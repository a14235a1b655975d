"""The ledger of partners: where the money went that they paid for their drivers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Insert,
    Select,
    Uuid,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import RupiahColumn
from models.enrolment import Enrolment
from models.partner import Partner
from models.partner_invoice import PartnerInvoice
from models.partner_invoice_line import PartnerInvoiceLine, are_lines
from models.payment import Payment
from models.values.ids import new_id
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.worker import Worker

_NOTHING = literal(Rupiah(0), RupiahColumn)


class PartnerPosting(Model):
    """One movement of a partner's money. What came in is settled months, credit, or held for lines
    that are still to be posted, always.

    Of an invoice there is one posting that brings its money in: ``received``, ``held`` for its lines,
    and its ``credit`` used. Then one for each line moves its price out of ``held``: to ``settled``,
    or to ``credit``. One more moves it from ``settled`` to ``credit`` where the month is taken back.
    """

    __tablename__ = "partner_posting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partner_invoice_id", "enrolment_id"],
            ["partner_invoice_line.partner_invoice_id", "partner_invoice_line.enrolment_id"],
        ),
        CheckConstraint("received = settled + credit + held", name="balances"),
        CheckConstraint("received >= 0", name="received"),
        CheckConstraint("num_nonnulls(enrolment_id, worker_id, month) in (0, 3)", name="line"),
        CheckConstraint(
            "case when enrolment_id is null then settled = 0 and held >= 0"
            " else received = 0 and payment_id is null and credit >= 0 and held <= 0 end",
            name="moves",
        ),
        Index(
            "uq_partner_posting_in",
            "partner_invoice_id",
            unique=True,
            postgresql_where="enrolment_id is null",
        ),
        Index(
            "uq_partner_posting_line",
            "partner_invoice_id",
            "enrolment_id",
            unique=True,
            postgresql_where="held < 0",
        ),
        Index(
            "uq_partner_posting_back",
            "partner_invoice_id",
            "enrolment_id",
            unique=True,
            postgresql_where="settled < 0",
        ),
        Index(
            "ix_partner_posting_credit",
            "partner_id",
            "partner_invoice_id",
            postgresql_where="credit <> 0",
        ),
        Index("ix_partner_posting_worker_id", "worker_id", "posted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    partner_invoice_id: Mapped[UUID] = mapped_column(ForeignKey(PartnerInvoice.id))
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Payment.id), unique=True)
    enrolment_id: Mapped[UUID | None]
    """Of the line; with the next two, or none of the three."""
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    month: Mapped[Month | None]
    posted_at: Mapped[datetime]
    received: Mapped[Rupiah]
    settled: Mapped[Rupiah]
    credit: Mapped[Rupiah]
    """Added to the partner's credit; negative where credit was used."""
    held: Mapped[Rupiah]
    """Set aside for lines; negative where one was posted."""


def insert_line_postings(
    partner_id: UUID,
    invoice_id: UUID,
    enrolment_ids: Sequence[UUID],
    posted_at: datetime,
    *,
    settled: bool,
) -> Insert:
    """Move the prices of some lines out of what is held.

    :param settled: to the drivers' months; or else to the partner's credit.
    """
    line, posting = PartnerInvoiceLine, PartnerPosting
    columns: dict[str, Any] = {
        "id": func.gen_random_uuid(),
        "partner_id": literal(partner_id, Uuid),
        "partner_invoice_id": line.partner_invoice_id,
        "enrolment_id": line.enrolment_id,
        "worker_id": Enrolment.worker_id,
        "month": line.month,
        "posted_at": literal(posted_at, posting.posted_at.type),
        "received": _NOTHING,
        "settled": line.amount if settled else _NOTHING,
        "credit": _NOTHING if settled else line.amount,
        "held": -line.amount,
    }
    lines = select(*columns.values()).select_from(line).where(*are_lines(invoice_id, enrolment_ids))
    return insert(posting).from_select(list(columns), lines)


def select_partner_credit(partner_id: UUID) -> Select[Rupiah]:
    """What a partner has paid but not yet used."""
    return select(func.coalesce(func.sum(PartnerPosting.credit), _NOTHING)).where(
        PartnerPosting.partner_id == partner_id, PartnerPosting.credit != Rupiah(0)
    )


def select_reserved(partner_id: UUID, now: datetime) -> Select[Rupiah]:
    """The credit that open invoices count on."""
    return select(func.coalesce(func.sum(PartnerInvoice.credit_used), _NOTHING)).where(
        PartnerInvoice.partner_id == partner_id,
        PartnerInvoice.status == "open",
        PartnerInvoice.expires_at >= now,
    )


def select_credited(invoice_ids: Sequence[UUID]) -> Select[UUID, Rupiah]:
    """What of invoices' money became credit, by their ids; only of those of which something did."""
    posting = PartnerPosting
    return (
        select(posting.partner_invoice_id, func.sum(posting.credit, type_=RupiahColumn))
        .where(posting.partner_invoice_id.in_(invoice_ids), posting.credit > Rupiah(0))
        .group_by(posting.partner_invoice_id)
    )


def select_payments_for(invoice_ids: Sequence[UUID]) -> Select[UUID | None, str | None]:
    """The bank's references of the money that was taken for invoices, by their ids."""
    return select(Payment.partner_invoice_id, Payment.reference_no).where(
        Payment.partner_invoice_id.in_(invoice_ids)
    )


def select_settled_for(worker_id: UUID) -> Select[PartnerPosting]:
    """Every month that partners settled for a worker."""
    return select(PartnerPosting).where(
        PartnerPosting.worker_id == worker_id, PartnerPosting.settled > Rupiah(0)
    )
