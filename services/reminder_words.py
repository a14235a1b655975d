"""What a reminder says: made when it is sent, from what is so then, and kept nowhere.

It holds no name, no number and no link: nothing to be phished with. The code opens nothing without a
session of the worker's own.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.coverage import Coverage, CoverageStatus
from models.message import Message
from models.reminder import DOCUMENT, Reminder, select_reminder_of
from models.reminder_days import reminder_on
from models.values.identity import IdentityStatus
from models.values.jakarta import day_of
from models.values.reminder_code import ReminderCode
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_day, spoken_months, spoken_rupiah
from models.values.words import Language, Words
from models.worker import Worker
from services import coverage
from services.coverage import Present
from services.ports import Ports

_ACTIVE = Words(
    "Jaring: Anda terlindungi sampai {protected_until}. Bayar paling lambat hari itu agar "
    "perlindungan tidak terputus.",
    "Jaring: you are protected until {protected_until}. Pay by that day to stay protected without "
    "a break.",
)
_LAST_DAY = Words(
    "Jaring: perlindungan Anda berakhir hari ini, {protected_until}. Bayar hari ini agar tidak "
    "terputus.",
    "Jaring: your protection ends today, {protected_until}. Pay today to stay protected without a "
    "break.",
)
_GRACE = Words(
    "Jaring: Anda tidak terlindungi. Bayar iuran {unpaid}, {arrears} seluruhnya, paling lambat "
    "{pay_by}. Sesudah {settle_by} kepesertaan tidak aktif lagi.",
    "Jaring: you are not protected. Pay {unpaid}, {arrears} in all, by {pay_by}. After {settle_by} "
    "the membership lapses.",
)
_LAST_MONTH_OF_GRACE = Words(
    "Jaring: Anda tidak terlindungi. Bayar iuran {unpaid}, {arrears} seluruhnya, paling lambat "
    "{pay_by}. Sesudah itu kepesertaan tidak aktif lagi.",
    "Jaring: you are not protected. Pay {unpaid}, {arrears} in all, by {pay_by}. After that the "
    "membership lapses.",
)
_HOW = Words(
    "Cara bayar: buka aplikasi, pilih Bayar, ketik {code}.",
    "To pay, open the app, choose Pay and type {code}.",
)


def documents(ports: Ports) -> list[str]:
    """To which a worker's consent stands who is reminded: without the required ones they get no
    messages at all. Any version will do: a newer one that they have not read takes nothing back."""
    return [DOCUMENT, *(each.document for each in ports.consents.required())]


def words(ports: Ports, session: Session, message: Message, worker: Worker) -> str | None:
    """What the worker is told; nothing where there is no reason to remind them any more."""
    reminder = session.scalars(select_reminder_of(message)).one()
    now = coverage.present(ports, session, worker.id)
    if not _is_due(ports, reminder, now):
        return None
    code = code_of(ports, reminder.message_id)
    return compose(now.coverage, now.arrears.amount, code).in_(Language(worker.language))


def code_of(ports: Ports, message_id: UUID) -> ReminderCode:
    """Of the reminder whose first message this is."""
    place = b"reminder" + message_id.bytes
    return ReminderCode.of(hmac.digest(ports.code_key, place, hashlib.sha256))


def compose(coverage: Coverage, arrears: Rupiah, code: ReminderCode) -> Words:
    """The finished message in each language.

    :param coverage: active or in grace.
    :param arrears: the price of ``coverage.unpaid_months``.
    """
    days = {
        "protected_until": coverage.protected_until,
        "settle_by": coverage.settle_by,
        "pay_by": coverage.unpaid_months[-1].last_day if coverage.unpaid_months else None,
    }
    details = {name: spoken_day(day) for name, day in days.items() if day is not None}
    details |= {"arrears": spoken_rupiah(arrears), "code": Words(code.grouped, code.grouped)}
    if coverage.unpaid_months:
        details["unpaid"] = spoken_months(coverage.unpaid_months)
    said = _sentence(coverage, days["pay_by"])
    return Words(
        f"{said.id} {_HOW.id}".format(**{name: each.id for name, each in details.items()}),
        f"{said.en} {_HOW.en}".format(**{name: each.en for name, each in details.items()}),
    )


def _sentence(coverage: Coverage, pay_by: date | None) -> Words:
    if coverage.status is CoverageStatus.ACTIVE:
        is_last = day_of(coverage.as_of) == coverage.protected_until
        return _LAST_DAY if is_last else _ACTIVE
    return _LAST_MONTH_OF_GRACE if pay_by == coverage.settle_by else _GRACE


def _is_due(ports: Ports, reminder: Reminder, now: Present) -> bool:
    """Whether it is still what it was planned for: the worker has not paid on, may be written to,
    and the next reminder's day has not come."""
    standing, paid_through = now.standing, now.coverage.paid_through
    consented = {document for document, _ in standing.consents}
    today = day_of(now.coverage.as_of)
    return (
        standing.identity is IdentityStatus.VERIFIED
        and not standing.leaving
        and consented.issuperset(documents(ports))
        and paid_through is not None
        and paid_through.last_day == reminder.due_on
        and reminder_on(today, reminder.due_on) == reminder.days
    )
