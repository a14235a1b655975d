"""What a phone app sends while somebody gets another number."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.values.phone import PhoneNumber
from services.ports import Ports
from tests.api.joining import ANOTHER_PHONE, FORM, NIK, PHONE, bearing, join, phone_token

THIRD_PHONE = "0815-5555-0123"
OLD, NEW, THIRD = map(PhoneNumber.parse, (PHONE, ANOTHER_PHONE, THIRD_PHONE))
CLAIM = {name: FORM[name] for name in ("nik", "full_name", "birth_date")}


def join_verified(client: FlaskClient, ports: Ports, **joining: Any) -> dict[str, Any]:
    """Register, be found to be the one, and leave no message unsent."""
    joined = join(client, ports, **joining)
    ports.jobs.work(ports)
    ports.messages.sent.clear()
    return joined


def change(client: FlaskClient, access_token: str, new_phone_token: str) -> TestResponse:
    sent = {"phone_token": new_phone_token}
    return client.put("/v1/me/phone", json=sent, headers=bearing(access_token))


def ask(client: FlaskClient, token: str, **changes: Any) -> TestResponse:
    """:param changes: to the claim, and ``Idempotency_Key``."""
    headers = {name: changes.pop(name) for name in ("Idempotency_Key",) if name in changes}
    return client.post("/v1/phone-changes", json=CLAIM | changes, headers=bearing(token, **headers))


def ask_from(client: FlaskClient, ports: Ports, phone: str = ANOTHER_PHONE) -> TestResponse:
    return ask(client, phone_token(client, ports, phone))


def asked(client: FlaskClient, access_token: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/v1/me/phone-changes", query_string=query, headers=bearing(access_token))
    assert answer.status_code == 200, answer.json
    return list(answer.json["items"])


def object_to(client: FlaskClient, access_token: str, request_id: str) -> TestResponse:
    path = f"/v1/me/phone-changes/{request_id}/objection"
    return client.post(path, headers=bearing(access_token))


def sign_in(client: FlaskClient, token: str, nik: str = NIK) -> TestResponse:
    return client.post("/v1/sessions", json={"nik": nik}, headers=bearing(token))


def works(client: FlaskClient, pair: dict[str, Any]) -> bool:
    """Whether a session goes on, now and later."""
    seen = client.get("/v1/me", headers=bearing(pair["access_token"])).status_code
    body = {"refresh_token": pair["refresh_token"]}
    renewed = client.post("/v1/sessions/refresh", json=body).status_code
    assert (seen, renewed) in ((200, 200), (401, 401))
    return seen == 200


def told(ports: Ports) -> list[tuple[PhoneNumber, str]]:
    """Send what waits to be sent: everything that was sent, to whom."""
    ports.jobs.work(ports)
    return [(recipient, words) for recipient, words, _ in ports.messages.sent.values()]
