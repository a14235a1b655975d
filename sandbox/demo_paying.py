"""The second half of the demonstration: from a choice of plan to cover."""

from __future__ import annotations

from datetime import date
from typing import Any

from sandbox.demo_connection import CannotGoOn
from sandbox.demo_joining import MONTHLY_INCOME
from sandbox.demo_step import PhoneApp, Step, day, instant, month, rupiah
from sandbox.snap_client import new_id

PLAN = "basic"
SETTLED = ("2002500", "4042518", "4042414")
"""SNAP: paid now; told before; and paid when asked, where an earlier answer was lost."""


def ask_price(app: PhoneApp) -> Step:
    quote = app.jaring.get(
        "/v1/plans/quote",
        plan=PLAN,
        monthly_income=MONTHLY_INCOME,
        occupation=app.form["occupations"][0]["code"],
        months=app.months,
    )
    return Step(
        "quote",
        f"{rupiah(quote['total'])} for {app.months} months of the {PLAN} plan",
        _prices(quote["months"]),
        {"total": quote["total"], "rates_version": quote["rates_version"]},
    )


def choose_plan(app: PhoneApp) -> Step:
    chosen = app.jaring.send("PUT", "/v1/me/plan", {"plan": PLAN})
    sentence = f"{chosen['plan']}, from {month(chosen['counts_from'])} on"
    return Step("plan", sentence, facts={"plan": chosen["plan"]})


def ask_invoice(app: PhoneApp) -> Step:
    app.invoice = invoice = app.jaring.send("POST", "/v1/me/invoices", {"months": app.months})
    account = invoice["virtual_account_no"]
    return Step(
        "invoice",
        f"{rupiah(invoice['amount'])} to virtual account {account}",
        (("payable until", instant(invoice["expires_at"])),),
        {"id": invoice["id"], "virtual_account_no": account, "amount": invoice["amount"]},
    )


def pay(app: PhoneApp) -> Step:
    """The bank inquires, then tells of the payment: both calls signed by the rules of SNAP."""
    order = {
        "virtual_account_no": app.invoice["virtual_account_no"],
        "payment_request_id": new_id(),
        "reference_no": new_id(),
    }
    answers = app.sandbox.send("POST", "/bank/payments", order)
    said = answers["payment"] or answers["inquiry"] or {}
    if said.get("responseCode") not in SETTLED:
        raise CannotGoOn(f"The bank's call was refused: {said.get('responseMessage')}.")
    reference = order["reference_no"]
    return Step("paid", f"at the bank, reference {reference}", facts={"reference": reference})


def look_at_cover(app: PhoneApp) -> Step:
    cover = app.jaring.get("/v1/me/coverage")
    if cover["status"] != "active":
        raise CannotGoOn(f"It is paid, and yet there is no cover: {cover['explanation']}")
    until, number = cover["protected_until"], cover["member_number"]
    app.covered_until.append(date.fromisoformat(until))
    return Step(
        "covered",
        f"until {day(until)}, as member {number}",
        (("since", instant(cover["protected_from"])),),
        {"covered_until": until, "member_number": number},
    )


def read_receipt(app: PhoneApp) -> Step:
    receipt = app.jaring.get(f"/v1/me/invoices/{app.invoice['id']}/receipt")
    return Step(
        "receipt",
        f"{rupiah(receipt['amount'])}, paid {instant(receipt['paid_at'])}",
        facts={"amount": receipt["amount"], "bank_reference": receipt["bank_reference"]},
    )


def _prices(months: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((month(each["month"]), rupiah(each["amount"])) for each in months)
