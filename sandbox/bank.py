"""A bank in miniature: somebody at a counter pays, and Jaring hears of it through SNAP."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import UnprocessableEntity

from models.values.jakarta import day_of
from sandbox.clock import Clock, written
from sandbox.faults import Faults, Mode, Service
from sandbox.json_bodies import json_body, text_in
from sandbox.snap_client import NoAnswer, SnapAnswer, SnapClient, new_id, written_amount
from sandbox.statement import Entry, Statement, day_written_in, holds_as_paid

MOST_REPEATS = 50
_ACCOUNT = re.compile(r" *[0-9]{1,28}")
_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to pay. Ids and the time are drawn unless they are given."""

    virtual_account_no: str
    amount: str | None
    external_id: str
    payment_request_id: str
    reference_no: str
    trx_date_time: str
    skip_inquiry: bool
    repeat: int

    @classmethod
    def read(cls, body: dict[str, Any], clock: Clock) -> Self:
        """:raises UnprocessableEntity: it cannot be carried out."""
        order = cls(
            virtual_account_no=_account_in(body),
            amount=_amount_in(body.get("amount")),
            external_id=text_in(body, "external_id") or new_id(),
            payment_request_id=text_in(body, "payment_request_id") or new_id(),
            reference_no=text_in(body, "reference_no") or new_id(),
            trx_date_time=text_in(body, "trx_date_time") or written(clock.now()),
            skip_inquiry=body.get("skip_inquiry") is True,
            repeat=_repeat_in(body.get("repeat", 1)),
        )
        if order.skip_inquiry and order.amount is None:
            raise UnprocessableEntity("without an inquiry the bank needs an amount")
        return order

    @property
    def ids(self) -> dict[str, str]:
        return {
            "external_id": self.external_id,
            "payment_request_id": self.payment_request_id,
            "reference_no": self.reference_no,
            "trx_date_time": self.trx_date_time,
        }


class Bank:
    def __init__(self, client: SnapClient, faults: Faults) -> None:
        self._client = client
        self._faults = faults
        self.statement = Statement()

    def carry_out(self, order: Order) -> dict[str, Any]:
        """Inquire, then pay: both answers as they came.

        Whoever names an amount pays it even if the inquiry was refused, as a bank does whose
        customer paid at a counter that had inquired before.

        :raises NoAnswer: Jaring did not answer.
        """
        inquiry = None if order.skip_inquiry else self._inquire(order)
        amount = order.amount or _amount_due(inquiry)
        refused = inquiry is not None and inquiry.code != "2002400"
        if amount is None or (refused and order.amount is None):
            return {"inquiry": inquiry and inquiry.body, "payment": None}
        self._faults.linger(Service.BANK)
        payments = self._flag(order, amount)
        answers = {"inquiry": inquiry and inquiry.body, "payment": payments[0].body}
        repeats = [again.body for again in payments[1:]]
        return {**answers, **({"repeats": repeats} if repeats else {}), "sent": order.ids}

    def _inquire(self, order: Order) -> SnapAnswer:
        return self._call(
            lambda: self._client.inquiry(order.virtual_account_no, headers=self._headers())
        )

    def _flag(self, order: Order, amount: str) -> list[SnapAnswer]:
        """Tell that it has been paid, ``repeat`` times at once."""

        def flag(_: int) -> SnapAnswer | None:
            try:
                return self._call(lambda: self._pay(order, amount))
            except NoAnswer:
                return None

        with ThreadPoolExecutor(order.repeat) as threads:
            answers = list(threads.map(flag, range(order.repeat)))
        if any(holds_as_paid(answer) for answer in answers):
            self.statement.book(self._entry(order, amount))
        received = [answer for answer in answers if answer is not None]
        if not received:
            raise NoAnswer
        return received

    def _pay(self, order: Order, amount: str) -> SnapAnswer:
        return self._client.payment(
            order.virtual_account_no,
            amount,
            external_id=order.external_id,
            payment_request_id=order.payment_request_id,
            reference_no=order.reference_no,
            trx_date_time=order.trx_date_time,
            headers=self._headers(),
        )

    def _entry(self, order: Order, amount: str) -> Entry:
        service_id = self._client.credentials.partner_service_id.strip()
        customer_no = order.virtual_account_no.removeprefix(service_id)
        return Entry(
            date=day_written_in(order.trx_date_time) or date.min,
            reference_no=order.reference_no,
            payment_request_id=order.payment_request_id,
            virtual_account_no=service_id + customer_no,
            amount=amount,
        )

    def _call(self, call: Callable[[], SnapAnswer]) -> SnapAnswer:
        """Once more with a new token, if the old one is no longer accepted."""
        answer = call()
        if answer.status == 401 and answer.code.endswith("01"):
            self._client.forget_token()
            answer = call()
        return answer

    def _headers(self) -> dict[str, str | None]:
        """A broken bank signs wrongly."""
        broken = self._faults.mode(Service.BANK) is Mode.GARBAGE
        return {"X-SIGNATURE": "bm90IGEgc2lnbmF0dXJl"} if broken else {}


def routes(bank: Bank, faults: Faults, clock: Clock) -> Blueprint:
    blp = Blueprint("bank", __name__)

    @blp.post("/bank/payments")
    def pay() -> ResponseReturnValue:
        order = Order.read(json_body(), clock)
        faults.refuse_if_down(Service.BANK)
        faults.refuse_if_spent(Service.BANK)
        try:
            return bank.carry_out(order)
        except NoAnswer as error:
            detail = "Jaring did not answer" if error.status is None else "Jaring spoke no SNAP"
            return {"error": detail, "status": error.status, "sent": order.ids}, 502

    @blp.get("/bank/statement")
    def statement() -> ResponseReturnValue:
        day = _day_in(request.args.get("date")) or day_of(clock.now())
        return bank.statement.as_csv(day), {"Content-Type": "text/csv; charset=utf-8"}

    return blp


def _account_in(body: dict[str, Any]) -> str:
    account = body.get("virtual_account_no")
    if not isinstance(account, str) or not _ACCOUNT.fullmatch(account):
        raise UnprocessableEntity("virtual_account_no is a text of at most 28 digits")
    return account.strip()


def _amount_in(amount: object) -> str | None:
    """Rupiah as a whole number, or text as on the wire: ``33600`` or ``"33600.00"``."""
    if amount is None:
        return None
    if type(amount) is int and 0 <= amount < 10**13:
        return written_amount(amount)
    if isinstance(amount, str) and _AMOUNT.fullmatch(amount):
        return amount
    raise UnprocessableEntity('amount is Rupiah, as 33600 or "33600.00"')


def _repeat_in(repeat: object) -> int:
    if type(repeat) is not int or not 1 <= repeat <= MOST_REPEATS:
        raise UnprocessableEntity(f"repeat is a number from 1 to {MOST_REPEATS}")
    return repeat


def _amount_due(inquiry: SnapAnswer | None) -> str | None:
    total = inquiry.data.get("totalAmount") if inquiry else None
    value = total.get("value") if isinstance(total, dict) else None
    return value if isinstance(value, str) else None


def _day_in(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnprocessableEntity("date is written YYYY-MM-DD") from None
