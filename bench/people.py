"""Those who are about to register, and those who are covered and look it up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import insert

from models.application import Accepted, Application, Occupation
from models.payment import Payment
from models.phone_verification import CODE_LIFETIME, PhoneVerification
from models.settling import select_bill_to_settle, select_worker_to_settle
from models.values.channel import Channel
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.worker import select_worker_to_change
from services import billing, plan_choice, registration, settlement
from services.callers import SignedIn, VerifiedPhone
from services.once import Once
from services.phone_verification import PHONE_PLACE
from services.ports import Ports
from services.tokens import Kind

VILLAGE = "31.71.01.1001"
DRIVER = "TR01"
MONTHS_PAID = (1, 2, 3)
_BORN_FROM, _BIRTHDAYS = date(1970, 1, 1), 12_000
_numbers = count()


def registrations(ports: Ports) -> Iterator[tuple[str, bytes]]:
    """Phone tokens, good for one registration each, with a body to send: without end."""
    while True:
        yield from _some_registrations(ports, 2_000)


def _some_registrations(ports: Ports, many: int) -> list[tuple[str, bytes]]:
    verifications = [_confirmed(ports, number) for number in islice(_numbers, many)]
    with ports.transactions.begin() as session:
        session.execute(insert(PhoneVerification), [row for _, row in verifications])
    return [
        (_phone_token(ports, row), orjson.dumps(_body(ports, number)))
        for number, row in verifications
    ]


def _confirmed(ports: Ports, number: int) -> tuple[int, dict[str, Any]]:
    """A verification whose code was typed in just now."""
    row, now = uuid4(), ports.clock.now()
    phone = _phone(number)
    return number, {
        "id": row,
        "phone_key": ports.vault.search_key_of(phone),
        "phone_sealed": ports.vault.seal(PHONE_PLACE, row, phone.e164),
        "prefix": "+62812",
        "source_key": ports.vault.digest("source", "127.0.0.1"),
        "language": "id",
        "channel": Channel.WHATSAPP,
        "started_at": now,
        "sent_at": now,
        "expires_at": now + CODE_LIFETIME,
        "tries": 1,
        "confirmed_at": now,
        "wrong_niks": 0,
    }


def _phone_token(ports: Ports, row: dict[str, Any]) -> str:
    return ports.tokens.issue(
        Kind.PHONE, str(row["id"]), at=row["confirmed_at"], phone=row["phone_key"].hex()
    )


def _body(ports: Ports, number: int) -> dict[str, Any]:
    """A form as an ojol driver fills it in; a NIK of one's own."""
    born = _born(number)
    return {
        "nik": _nik(number).digits,
        "full_name": "Budi Santoso",
        "birth_place": "Jakarta",
        "birth_date": born.isoformat(),
        "sex": "M",
        "mother_maiden_name": "Ratna Dewi",
        "address": "Jl. Kenanga 12, RT 3/RW 4",
        "postal_code": "10110",
        "village_code": VILLAGE,
        "email": f"budi{number}@contoh.id",
        "occupations": [{"code": DRIVER, "workplace": "Jakarta Pusat", "hours_per_week": 48}],
        "monthly_income": 3_500_000,
        "consents": [
            {"document": each.document, "version": each.version}
            for each in ports.consents.required()
        ],
    }


def covered_workers(ports: Ports, many: int) -> list[tuple[SignedIn, str]]:
    """Workers who chose a plan and paid for several months, each with an access token."""
    numbers = islice(_numbers, many)
    return [_covered(ports, number) for number in numbers]


def _covered(ports: Ports, number: int) -> tuple[SignedIn, str]:
    number_, row = _confirmed(ports, number)
    with ports.transactions.begin() as session:
        session.execute(insert(PhoneVerification), row)
    phone = VerifiedPhone(row["id"], row["phone_key"])
    registered = registration.register(ports, phone, _application(ports, number_), Once())
    claims = ports.tokens.read(Kind.WORKER, registered.access_token, now=ports.clock.now())
    caller = SignedIn(registered.worker.id, claims["sid"])
    _verify(ports, caller)
    plan_choice.choose(ports, caller, Plan.COMPLETE)
    for months in MONTHS_PAID:
        _pay(ports, caller, months)
    return caller, registered.access_token


def _verify(ports: Ports, caller: SignedIn) -> None:
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(caller.worker_id)).one()
        worker.identity_status = IdentityStatus.VERIFIED


def _pay(ports: Ports, caller: SignedIn, months: int) -> None:
    """What the bank's flag does, without the bank."""
    bill = billing.issue(ports, caller, months, Once())
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        invoice = session.scalars(select_bill_to_settle(bill.virtual_account_no)).one()
        worker = session.scalars(select_worker_to_settle(caller.worker_id)).one()
        payment = Payment(
            id=new_id(),
            bank="bench",
            payment_request_id=str(new_id()),
            reference_no="2026112200001234",
            worker_id=worker.id,
            invoice_id=invoice.id,
            amount=invoice.amount,
            transacted_at=now,
            received_at=now,
        )
        settlement.settle(ports, session, worker, invoice, payment)


def _application(ports: Ports, number: int) -> Application:
    return Application(
        nik=_nik(number),
        full_name="Siti Aminah",
        birth_place="Jakarta",
        birth_date=_born(number),
        sex=Sex.FEMALE,
        mother_maiden_name="Ratna Dewi",
        address="Jl. Kenanga 12, RT 3/RW 4",
        village_code=VILLAGE,
        occupations=[Occupation(code=DRIVER)],
        monthly_income=Rupiah(3_500_000),
        consents=[
            Accepted(document=d.document, version=d.version) for d in ports.consents.required()
        ],
    )


def _born(number: int) -> date:
    return _BORN_FROM + timedelta(days=number % _BIRTHDAYS)


def _nik(number: int) -> Nik:
    return Nik(f"317101{_born(number):%d%m%y}{1 + number // _BIRTHDAYS:04}")


def _phone(number: int) -> PhoneNumber:
    return PhoneNumber(f"+62812{number:08}")
