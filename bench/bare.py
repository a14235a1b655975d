"""The yardstick: Flask and SQLAlchemy Core with nothing of ours around them.

It inserts the same worker row (nothing is checked, sealed or searched for) and selects one row.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import Flask, jsonify, request
from sqlalchemy import MetaData, Table, create_engine, insert, select

from models.values.ids import new_id

app = Flask(__name__)
engine = create_engine(os.environ["JARING_DATABASE_URL"], pool_size=10)
# Read from the database, so that none of our own column types slows it down.
WORKER = Table("worker", MetaData(), autoload_with=engine)


@app.post("/v1/registrations")
def register() -> Any:
    row = _row(request.get_json())
    with engine.begin() as connection:
        connection.execute(insert(WORKER).values(row))
    return jsonify(id=str(row["id"]), registration_number=row["registration_number"]), 201


@app.get("/v1/workers/<uuid:worker_id>")
def show(worker_id: UUID) -> Any:
    with engine.connect() as connection:
        row = connection.execute(select(WORKER).where(WORKER.c.id == worker_id)).one()
    return jsonify(
        id=str(row.id),
        full_name=row.full_name,
        member_number=row.member_number,
        paid_through=str(row.paid_through),
        identity_status=row.identity_status,
    )


def _row(body: dict[str, Any]) -> dict[str, Any]:
    """As many columns, as long as ours; random bytes stand where ours are keyed or sealed."""
    return {
        "id": new_id(),
        "registration_number": str(int.from_bytes(os.urandom(6), "big"))[-12:],
        "registered_at": datetime.now(UTC),
        "nik_key": os.urandom(16),
        "nik_sealed": os.urandom(60),
        "phone_key": os.urandom(16),
        "phone_sealed": os.urandom(58),
        "mother_maiden_name_sealed": os.urandom(55),
        "email_sealed": os.urandom(60),
        "address_sealed": os.urandom(70),
        "full_name": body["full_name"],
        "birth_place": body["birth_place"],
        "birth_date": date.fromisoformat(body["birth_date"]),
        "sex": body["sex"],
        "postal_code": body["postal_code"],
        "village_code": body["village_code"],
        "monthly_income": body["monthly_income"],
        "identity_status": "pending",
        "identity_elements": [],
        "language": "id",
    }
