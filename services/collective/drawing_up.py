"""A partner asks for one invoice for many of its drivers.

A hundred thousand of them are read in parts, each in three statements, and those who pay the same for the
same month are written together: all of it in the request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.choices import Choice, NoPlanChosen, terms_for
from models.collective_order import MOST_LINES, Order
from models.invoice import InvoiceStatus, expiry_of
from models.partner_invoice import (
    PartnerInvoice,
    hold_billing,
    select_partner,
    select_partner_to_pay,
    select_unfinished,
)
from models.partner_invoice_line import insert_left_out, insert_lines
from models.partner_posting import select_partner_credit, select_reserved
from models.payable_driver import (
    Barred,
    Driver,
    month_to_pay,
    select_drivers,
    select_drivers_called,
    select_terms_of,
)
from models.policy import MONTHS_AHEAD
from models.pricing import PricedMonth, Terms, price
from models.rates import NotPricedYet, RateBook
from models.values.ids import new_id
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_month
from models.values.words import Words
from services.billing import unused_number
from services.callers import PartnerCaller
from services.collective.invoices import CollectiveInvoice, shown
from services.collective.receiving import pay_by_credit
from services.errors import FieldFault, Invalid
from services.once import Once
from services.ports import Ports

# Drivers that are read at once.
READ = 5_000
_BEYOND = Words(
    "Iuran dapat dibayar paling jauh sampai {last_month}.",
    "Contributions can be paid up to {last_month}.",
)


class _CreditGone(Exception):
    """A bank's money has used the credit that the invoice counts on, while its lines were written."""


@dataclass(eq=False)
class Group:
    """Drivers, by their links, whose month is the same and costs the same."""

    priced: PricedMonth
    links: list[UUID] = field(default_factory=list)

    @property
    def amount(self) -> Rupiah:
        return self.priced.amount * len(self.links)


@dataclass
class Roll:
    """Who is on the invoice, and who is left out, by the partner's names for them.

    :param now: by which months are due, paid by one kind of payer.
    """

    book: RateBook
    payer: PayerKind
    up_to: Month
    now: datetime
    months: dict[Month | None, Month | None] = field(default_factory=dict)
    groups: dict[tuple[object, ...], Group] = field(default_factory=dict)
    count: int = 0
    left_out: list[str] = field(default_factory=list)
    more: bool = False

    @property
    def total(self) -> Rupiah:
        return Rupiah.sum(group.amount for group in self.groups.values())

    def group_of(self, driver: Driver, choices: Sequence[Choice]) -> Group | None:
        """With whom a driver is paid for; none if nobody can pay for them now."""
        month = self._month_after(driver.paid_through) if driver.ready else None
        if month is None:
            return None
        try:
            return self._group(month, terms_for(month, choices))
        except (NoPlanChosen, NotPricedYet):
            return None

    def _month_after(self, paid_through: Month | None) -> Month | None:
        if paid_through not in self.months:
            self.months[paid_through] = month_to_pay(paid_through, self.up_to, self.now)
        return self.months[paid_through]

    def _group(self, month: Month, terms: Terms) -> Group:
        band = self.book.band_for(terms.monthly_income).number
        key = (month, terms.plan, band, terms.sector)
        if key not in self.groups:
            self.groups[key] = Group(price(self.book, terms, month, self.payer))
        return self.groups[key]


def issue(
    ports: Ports,
    caller: PartnerCaller,
    order: Order,
    once: Once[CollectiveInvoice],
    most: int = MOST_LINES,
    read: int = READ,
) -> CollectiveInvoice:
    """Bill a partner for one month of each of its drivers who can be paid for now.

    The partner's credit is used first; where it pays for everything, the lines are posted at once.

    :param most: how many lines an invoice may have. :param read: how many drivers are read at once.
    :raises Invalid: the month is more than 12 months ahead.
    """
    now = ports.clock.now()
    _refuse_too_far(order.month, now)
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        session.execute(hold_billing(caller.partner_id))
        partner = session.scalars(select_partner(caller.partner_id)).one()
        roll = Roll(ports.books.current, partner.payer_kind, order.month, now)
        for drivers in _asked_for(ports, session, caller.partner_id, order, read, now):
            _enter(session, roll, drivers, most)
            if roll.more:
                break
        invoice = _drawn_up(ports, session, caller.partner_id, order, roll, read)
        if roll.count and not invoice.amount:
            pay_by_credit(ports, session, invoice)
        session.flush()
        return once.remember(ports, session, shown(session, invoice, now))


def _refuse_too_far(month: Month, now: datetime) -> None:
    last = Month.at(now) + MONTHS_AHEAD.value
    if month > last:
        raise Invalid(
            FieldFault("/month", "too-far-ahead", _BEYOND.with_(last_month=spoken_month(last)))
        )


def _asked_for(
    ports: Ports, session: Session, partner_id: UUID, order: Order, read: int, now: datetime
) -> Iterator[Sequence[Driver | str]]:
    """Drivers, some at a time; by the partner's name those of whom it has none."""
    unfinished = session.scalars(select_unfinished(partner_id, now)).all()
    barred = Barred(unfinished, {each.document for each in ports.consents.required()})
    if order.external_ids is not None:
        statement = select_drivers_called(partner_id, barred, order.external_ids)
        known = {row[1]: Driver(*row) for row in session.execute(statement)}
        yield [known.get(name, name) for name in dict.fromkeys(order.external_ids)]
        return
    after = None
    while True:
        statement = select_drivers(partner_id, barred, after=after, limit=read)
        drivers = [Driver(*row) for row in session.execute(statement)]
        yield drivers
        if len(drivers) < read:
            return
        after = drivers[-1].enrolment_id


def _enter(session: Session, roll: Roll, drivers: Sequence[Driver | str], most: int) -> None:
    """Put drivers on the roll, until it is full."""
    choices = _choices(session, [each for each in drivers if isinstance(each, Driver)])
    for driver in drivers:
        if isinstance(driver, str):
            roll.left_out.append(driver)
            continue
        group = roll.group_of(driver, choices[driver.worker_id])
        if group is None:
            roll.left_out.append(driver.external_id)
        elif roll.count == most:
            roll.more = True
            return
        else:
            group.links.append(driver.enrolment_id)
            roll.count += 1


def _choices(session: Session, drivers: Sequence[Driver]) -> dict[UUID, list[Choice]]:
    ids = [driver.worker_id for driver in drivers if driver.ready]
    choices: dict[UUID, list[Choice]] = defaultdict(list)
    for row in session.execute(select_terms_of(ids)):
        choices[row.worker_id].append(row)
    return choices


def _drawn_up(
    ports: Ports, session: Session, partner_id: UUID, order: Order, roll: Roll, size: int
) -> PartnerInvoice:
    """The invoice with all its lines, and its partner held.

    Many lines take seconds. The partner is held only behind them, so that a bank's money for another
    invoice is taken meanwhile. Where that has used the credit which this one counts on, it is
    written once more, and banks have to wait for once.
    """
    with suppress(_CreditGone), session.begin_nested():
        invoice = _written(ports, session, partner_id, order, roll, size)
        session.execute(select_partner_to_pay(partner_id))
        if invoice.credit_used and _unreserved(session, partner_id, roll.now) < Rupiah(0):
            raise _CreditGone
        return invoice
    session.execute(select_partner_to_pay(partner_id))
    return _written(ports, session, partner_id, order, roll, size)


def _written(
    ports: Ports, session: Session, partner_id: UUID, order: Order, roll: Roll, size: int
) -> PartnerInvoice:
    credit = _unreserved(session, partner_id, roll.now)
    invoice = _invoice(ports, session, partner_id, order, roll, credit)
    session.add(invoice)
    session.flush()
    _write(session, invoice, roll, size)
    return invoice


def _unreserved(session: Session, partner_id: UUID, now: datetime) -> Rupiah:
    """The credit that no open invoice counts on. Below zero: some count on what is gone."""
    credit = session.scalars(select_partner_credit(partner_id)).one()
    return credit - session.scalars(select_reserved(partner_id, now)).one()


def _invoice(
    ports: Ports, session: Session, partner_id: UUID, order: Order, roll: Roll, credit: Rupiah
) -> PartnerInvoice:
    now, credit_used = roll.now, max(Rupiah(0), min(roll.total, credit))
    is_empty = not roll.count
    return PartnerInvoice(
        id=new_id(),
        partner_id=partner_id,
        virtual_account_no=unused_number(session, ports.virtual_account_prefix),
        month=order.month,
        # Of nobody: there is nothing to pay, and a bank is told that it is not to be paid.
        status=InvoiceStatus.CANCELLED if is_empty else InvoiceStatus.OPEN,
        rates_version=ports.books.current.version,
        lines=roll.count,
        left_out=len(roll.left_out),
        more=roll.more,
        amount=roll.total - credit_used,
        credit_used=credit_used,
        created_at=now,
        expires_at=expiry_of(now),
        closed_at=now if is_empty else None,
    )


def _write(session: Session, invoice: PartnerInvoice, roll: Roll, size: int) -> None:
    for group in roll.groups.values():
        for first in range(0, len(group.links), size):
            links = group.links[first : first + size]
            session.execute(insert_lines(invoice.id, group.priced, links))
    for first in range(0, len(roll.left_out), size):
        names = roll.left_out[first : first + size]
        session.execute(insert_left_out(invoice.id, names, first))
