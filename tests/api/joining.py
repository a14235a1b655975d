"""What a phone app sends while somebody joins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.phone_verification import code_of
from services.ports import Ports
from tests.installation import CONSENTS

PHONE = "0812-3456-7890"
ANOTHER_PHONE = "0813-9999-8888"
NIK = "3273014507930001"
ANOTHER_NIK = "3171010203850002"
REQUIRED = [{"document": each.document, "version": each.version} for each in CONSENTS.required()]
FORM: dict[str, Any] = {
    "nik": NIK,
    "full_name": "Siti Aminah",
    "birth_place": "Bandung",
    "birth_date": "1993-07-05",
    "sex": "F",
    "mother_maiden_name": "Ratna Dewi",
    "address": "Jl. Kenanga 12, RT 3/RW 4",
    "village_code": "31.71.01.1001",
    "occupations": [{"code": "TR01"}],
    "monthly_income": 3_500_000,
    "consents": REQUIRED,
}


def bearing(token: str, **headers: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }


def start(
    client: FlaskClient, phone: str = PHONE, channel: str = "whatsapp", language: str = "id"
) -> TestResponse:
    return client.post(
        "/v1/phone-verifications",
        json={"phone": phone, "channel": channel},
        headers={"Accept-Language": language},
    )


def confirm(client: FlaskClient, verification_id: str, code: str) -> TestResponse:
    return client.post(f"/v1/phone-verifications/{verification_id}/confirm", json={"code": code})


def phone_token(client: FlaskClient, ports: Ports, phone: str = PHONE, language: str = "id") -> str:
    """Verify a phone, without waiting for the message."""
    verification_id = start(client, phone, language=language).json["id"]
    code = code_of(ports, UUID(verification_id))
    return confirm(client, verification_id, code).json["phone_token"]


def register(client: FlaskClient, token: str, **changes: Any) -> TestResponse:
    """:param changes: to the form, and ``Idempotency_Key``. ``None`` leaves a field out."""
    headers = {name: changes.pop(name) for name in ("Idempotency_Key",) if name in changes}
    form = {name: value for name, value in (FORM | changes).items() if value is not None}
    return client.post("/v1/registrations", json=form, headers=bearing(token, **headers))


def join(client: FlaskClient, ports: Ports, phone: str = PHONE, **changes: Any) -> dict[str, Any]:
    """Verify a phone and register: the answer."""
    answer = register(client, phone_token(client, ports, phone), **changes)
    assert answer.status_code == 201, answer.json
    return answer.json


def me(client: FlaskClient, access_token: str) -> dict[str, Any]:
    return client.get("/v1/me", headers=bearing(access_token)).json


def faults(answer: TestResponse) -> dict[str, str]:
    """The faults of a refused request: their codes by where they are."""
    assert answer.status_code == 422, answer.json
    return {fault["pointer"]: fault["code"] for fault in answer.json["errors"]}


def refusal(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]
