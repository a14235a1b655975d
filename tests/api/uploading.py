"""Uploads through the client."""

from __future__ import annotations

import base64
import hashlib
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.partner import Partner
from services.ports import Ports
from tests.partners import bearer

PATH = "/v1/partner/batches"
CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_keys = count(1)


class Uploads:
    """One partner's uploads and questions."""

    def __init__(self, client: FlaskClient, ports: Ports, partner: Partner) -> None:
        self.client, self.ports, self.partner = client, ports, partner

    def send(
        self, data: bytes, media_type: str = CSV, *, key: str | None = None, query: str = "plan=basic",
        **headers: str,
    ) -> TestResponse:  # fmt: skip
        """:param headers: with underscores for hyphens."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            f"{PATH}?{query}",
            data=data,
            content_type=media_type,
            headers={**self.bearer, "Idempotency-Key": key or f"key-{next(_keys)}", **told},
        )

    def get(self, path: str = "", **headers: str) -> TestResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(PATH + path, headers=self.bearer | told)

    def post(self, path: str) -> TestResponse:
        return self.client.post(PATH + path, headers=self.bearer)

    @property
    def bearer(self) -> dict[str, str]:
        return bearer(self.ports, self.partner)


def digest_of(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def faults_of(answer: TestResponse) -> set[tuple[Any, ...]]:
    """Where and what."""
    return {
        (each.get("pointer") or each.get("header") or each.get("parameter"), each["code"])
        for each in answer.json["errors"]
    }
