"""A bank that calls us, as the sandbox's does, and the bills it calls about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from flask.testing import FlaskClient

from models.bank_call import BankOutcome
from models.invoice import Invoice, InvoiceStatus, select_billed
from models.values.plan import Plan
from sandbox.snap_client import BankCredentials, SnapClient, new_id
from services import billing, plan_choice
from services.bank import payment
from services.bank.accounts import Banks
from services.bank.calls import Call
from services.callers import SignedIn
from services.invoices import Bill
from services.keys import BankAccount
from services.once import Once
from services.ports import Ports
from tests.fakes import FixedClock
from tests.installation import KEYS
from tests.payers import add_worker

SERVICE_ID = KEYS.banks[0].partner_service_id
SECRET = "a client secret"


@cache
def private_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def account(client_key: str = "bank", partner_id: str = "PARTNER") -> BankAccount:
    return BankAccount(
        client_key=client_key,
        partner_id=partner_id,
        partner_service_id=SERVICE_ID,
        client_secret=SECRET,
        public_key=private_key().public_key(),
    )


BANK = account()
OTHER_BANK = account("other-bank", "OTHER")


def with_banks(ports: Ports) -> Ports:
    return replace(ports, banks=Banks.of((BANK, OTHER_BANK)))


def calling(
    web: FlaskClient,
    clock: FixedClock,
    bank: BankAccount = BANK,
    *,
    path: str = "/snap/v1.0",
    token: str | None = None,
    cut_off: str = "",
    script_name: str = "",
) -> SnapClient:
    """The sandbox's client, without a network.

    :param cut_off: the part of the path that a proxy in front takes away and tells us of.
    :param script_name: what it says it took away, though it did not.
    """

    def send(
        method: str, called: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        answer = web.open(
            called.removeprefix(cut_off),
            method=method,
            base_url=f"http://jaring{cut_off or script_name}",
            headers=dict(headers),
            data=body,
        )
        return answer.status_code, dict(answer.headers), answer.data

    client = SnapClient(
        f"http://jaring{path}", credentials_of(bank), send=send, now=lambda: clock.now()
    )
    if token is not None:
        client._token = (token, float("inf"))
    return client


def credentials_of(bank: BankAccount) -> BankCredentials:
    pem = private_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return BankCredentials(
        client_key=bank.client_key,
        partner_id=bank.partner_id,
        client_secret=bank.client_secret,
        private_key=pem.decode(),
        partner_service_id=SERVICE_ID,
    )


@dataclass
class Payer:
    """A worker with a plan, who asks for bills."""

    ports: Ports
    caller: SignedIn

    @classmethod
    def of(cls, ports: Ports) -> Payer:
        payer = cls(ports, add_worker(ports))
        plan_choice.choose(ports, payer.caller, Plan.BASIC)
        return payer

    def billed(self, months: int = 1) -> Bill:
        return billing.issue(self.ports, self.caller, months, Once())

    def invoice(self, bill: Bill) -> Invoice:
        with self.ports.transactions.reading() as session:
            return session.scalars(select_billed(bill.virtual_account_no)).one()

    def status(self, bill: Bill) -> InvoiceStatus:
        return self.invoice(bill).status


def about(bill: Bill, **told: str) -> Call:
    """An inquiry."""
    asked = {"external_id": new_id(), "request_id": new_id()} | told
    return Call(service_id=SERVICE_ID, virtual_account_no=bill.virtual_account_no, **asked)


def paid(bill: Bill, at: datetime, **told: object) -> payment.PaymentFlag:
    """The flag of a payment of the whole bill, each time another one."""
    said: dict[str, object] = {
        "external_id": new_id(),
        "service_id": SERVICE_ID,
        "virtual_account_no": bill.virtual_account_no,
        "payment_request_id": new_id(),
        "amount": Decimal(bill.amount.amount),
        "transacted_at": at,
        "reference_no": new_id(),
    }
    return payment.PaymentFlag(**(said | told))  # type: ignore[arg-type]


def flag(ports: Ports, call: payment.PaymentFlag, bank: BankAccount = BANK) -> BankOutcome:
    return payment.flag(ports, bank, call).outcome
