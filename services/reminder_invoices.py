"""The code of a reminder takes its worker to what there is to pay."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.contribution import select_contributions
from models.coverage import CoverageStatus, coverage_at
from models.invoice import Invoice, InvoiceStatus, select_open_bill
from models.reminder import Reminder, select_reminders
from models.spells import months_due
from models.values.reminder_code import InvalidReminderCode, ReminderCode
from models.values.words import Words
from models.worker import Worker
from services.billing import draw_up
from services.callers import SignedIn
from services.errors import Conflict, NotFound
from services.held import held
from services.invoices import Bill, bill
from services.once import Once
from services.ports import Ports
from services.reminder_words import code_of


class ReminderNotFound(NotFound):
    code = "reminder-not-found"
    title = Words("Pengingat tidak ditemukan", "No such reminder")
    detail = Words(
        "Ketik kode dari pengingat yang Anda sendiri terima, atau buat tagihan tanpa kode.",
        "Type the code of a reminder that you received yourself, or ask for an invoice without one.",
    )


class NothingDue(Conflict):
    code = "nothing-due"
    title = Words("Tidak ada yang perlu dibayar", "Nothing is due")
    detail = Words(
        "Iuran yang diingatkan sudah dibayar, dan Anda terlindungi. Untuk membayar lebih awal, buat "
        "tagihan tanpa kode.",
        "What you were reminded of is paid, and you are protected. To pay in advance, ask for an "
        "invoice without a code.",
    )


def invoice_for(ports: Ports, caller: SignedIn, typed: str, once: Once[Bill]) -> Bill:
    """The worker's open invoice, or a new one for the months that are due by now.

    All arrears up to the current month; the next month where there are none.

    :param typed: the code, as people type it.
    :raises ReminderNotFound: the worker was sent none with this code.
    :raises NothingDue: it has been paid, and the worker is covered.
    :raises IdentityPending, IdentityNeedsCorrection, IdentityInReview, IdentityRefused,
        ConsentMissing, ErasureWaiting: as ``billing.issue``.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        reminder = _find(ports, session, caller, typed)
        worker = held(session, caller)
        now = ports.clock.now()
        invoice = session.scalar(select_open_bill(worker.id))
        if invoice is None or invoice.status_at(now) is not InvoiceStatus.OPEN:
            invoice = _new(ports, session, worker, reminder, now)
        return once.remember(ports, session, bill(ports.books, invoice, now))


def _find(ports: Ports, session: Session, caller: SignedIn, typed: str) -> Reminder:
    try:
        code = ReminderCode.parse(typed)
    except InvalidReminderCode:
        raise ReminderNotFound from None
    for reminder in session.scalars(select_reminders(caller.worker_id)):
        if code_of(ports, reminder.message_id) == code:
            return reminder
    raise ReminderNotFound


def _new(
    ports: Ports, session: Session, worker: Worker, reminder: Reminder, now: datetime
) -> Invoice:
    paid = session.scalars(select_contributions(worker.id)).all()
    coverage = coverage_at(paid, now)
    is_covered = coverage.status is CoverageStatus.ACTIVE
    if is_covered and coverage.next_due_on and coverage.next_due_on > reminder.due_on:
        raise NothingDue
    return draw_up(ports, session, worker, months_due(paid, now), now)
