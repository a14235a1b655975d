"""Whom a collective invoice pays for, each with month and price; and whom it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Insert,
    Integer,
    Select,
    Text,
    Update,
    Uuid,
    any_,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from models.base import Model
from models.columns import word_of
from models.enrolment import Enrolment
from models.invoice import InvoiceMonth
from models.partner_invoice import PartnerInvoice
from models.priced_columns import PricedColumns, adds_up
from models.pricing import PricedMonth
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah


class LineStatus(StrEnum):
    WAITING = "waiting"
    PAID = "paid"
    CREDITED = "credited"
    """Somebody else had settled the month meanwhile: its price is the partner's credit."""
    RETURNED = "returned"
    """It was paid, and will not begin because the identity was refused: the price is credit."""


class PartnerInvoiceLine(PricedColumns, Model):
    """One driver's month, as it was priced when the invoice was made. The driver is known by the
    enrolment, so a line follows the record when it is taken over by the person."""

    __tablename__ = "partner_invoice_line"
    __table_args__ = (adds_up(),)

    partner_invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey(PartnerInvoice.id), primary_key=True
    )
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey(Enrolment.id), primary_key=True)
    month: Mapped[Month]
    status: Mapped[LineStatus] = mapped_column(word_of(LineStatus))


class PartnerInvoiceLeftOut(Model):
    """Somebody who could not be paid for, by the partner's own name for them. Why is not kept: it
    is told to nobody."""

    __tablename__ = "partner_invoice_left_out"

    partner_invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey(PartnerInvoice.id), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    """From 0, in the order in which they were asked for."""
    external_id: Mapped[str]


class Listed(NamedTuple):
    """A line as its partner sees it. Who has been erased has no name any more."""

    enrolment_id: UUID
    external_id: str | None
    month: Month
    amount: Rupiah
    status: LineStatus


class Due(NamedTuple):
    """A line that is to be posted, and whose month it is."""

    enrolment_id: UUID
    worker_id: UUID
    month: Month
    amount: Rupiah
    plan: Plan
    reference_income: Rupiah


def insert_lines(invoice_id: UUID, priced: PricedMonth, enrolment_ids: Sequence[UUID]) -> Insert:
    """A line for each of some drivers whose month costs the same."""
    values = {
        "partner_invoice_id": invoice_id,
        "month": priced.month,
        "status": LineStatus.WAITING,
        **InvoiceMonth.of(priced).pricing,
    }
    table = PartnerInvoiceLine.__table__
    columns = [literal(value, table.c[name].type) for name, value in values.items()]
    drivers = func.unnest(_array(enrolment_ids, Uuid), type_=Uuid)
    return insert(PartnerInvoiceLine).from_select(
        [*values, "enrolment_id"], select(*columns, drivers)
    )


def insert_left_out(invoice_id: UUID, external_ids: Sequence[str], first: int) -> Insert:
    """:param first: the position of the first of them."""
    named = (
        func.unnest(_array(external_ids, Text))
        .table_valued("external_id", with_ordinality="place", name="named")
        .render_derived()
    )
    place = named.c.place + literal(first - 1, Integer)
    rows = select(literal(invoice_id, Uuid), place, named.c.external_id)
    columns = ["partner_invoice_id", "position", "external_id"]
    return insert(PartnerInvoiceLeftOut).from_select(columns, rows)


def select_lines(
    invoice_id: UUID, *, after: UUID | None, limit: int
) -> Select[UUID, str | None, Month, Rupiah, LineStatus]:
    """A page of ``Listed``."""
    line = PartnerInvoiceLine
    statement = (
        select(line.enrolment_id, Enrolment.external_id, line.month, line.amount, line.status)
        .join(Enrolment, Enrolment.id == line.enrolment_id)
        .where(line.partner_invoice_id == invoice_id)
        .order_by(line.enrolment_id)
        .limit(limit)
    )
    return statement if after is None else statement.where(line.enrolment_id > after)


def select_left_out(invoice_id: UUID, *, after: int | None, limit: int) -> Select[int, str]:
    """Positions and external ids."""
    row = PartnerInvoiceLeftOut
    statement = (
        select(row.position, row.external_id)
        .where(row.partner_invoice_id == invoice_id)
        .order_by(row.position)
        .limit(limit)
    )
    return statement if after is None else statement.where(row.position > after)


def select_lines_to_post(
    invoice_id: UUID, *, after: UUID | None, limit: int
) -> Select[UUID, UUID, Month, Rupiah, Plan, Rupiah]:
    """The next ``Due``s, in the order of the enrolments' ids."""
    line = PartnerInvoiceLine
    statement = (
        select(
            line.enrolment_id,
            Enrolment.worker_id,
            line.month,
            line.amount,
            line.plan,
            line.reference_income,
        )
        .join(Enrolment, Enrolment.id == line.enrolment_id)
        .where(line.partner_invoice_id == invoice_id)
        .order_by(line.enrolment_id)
        .limit(limit)
    )
    return statement if after is None else statement.where(line.enrolment_id > after)


def are_lines(invoice_id: UUID, enrolment_ids: Sequence[UUID]) -> tuple[ColumnElement[bool], ...]:
    """These lines of an invoice, each with its enrolment."""
    line = PartnerInvoiceLine
    return (
        line.partner_invoice_id == invoice_id,
        line.enrolment_id == any_(_array(enrolment_ids, Uuid)),
        Enrolment.id == line.enrolment_id,
    )


def close_lines(invoice_id: UUID, enrolment_ids: Sequence[UUID], status: LineStatus) -> Update:
    line = PartnerInvoiceLine
    return (
        update(line)
        .where(
            line.partner_invoice_id == invoice_id,
            line.enrolment_id == any_(_array(enrolment_ids, Uuid)),
        )
        .values(status=status)
        .execution_options(synchronize_session=False)
    )


def _array(values: Sequence[Any], kind: type[TypeEngine[Any]]) -> ColumnElement[Any]:
    """One parameter, however many there are."""
    return literal(list(values), ARRAY(kind))
