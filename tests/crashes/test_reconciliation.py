"""The bank took money and we never heard of it: the daily statement says so, and in the end agrees."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests

from models.values.jakarta import WIB, day_of
from services.operations.programs import PROJECT
from tests.phone_app import TAKEN, PhoneApp
from tests.stack import Stack

pytestmark = pytest.mark.slow

# A day of its own: on today's statement are the payments of all other tests. The bank's clock may
# be behind.
DAY = day_of(datetime.now(UTC)) - timedelta(days=1)


def test_a_payment_that_we_never_heard_of_is_named_until_the_bank_has_told_us(jaring):
    phone = PhoneApp(jaring)
    phone.register()
    invoice = phone.choose()
    jaring.stop("web")
    order = {
        "virtual_account_no": invoice["virtual_account_no"],
        "amount": invoice["amount"],
        "skip_inquiry": True,
        "payment_request_id": uuid4().hex,
        "reference_no": uuid4().hex,
        "trx_date_time": datetime.combine(DAY, time(23, 59, 59), WIB).isoformat(),
    }
    assert flag(jaring, order).status_code == 502

    code, told = reconcile(jaring)
    assert (code, told["agrees"]) == (1, False)
    assert told["statement"] == {"payments": 1, "total": f"{invoice['amount']}.00"}
    assert told["books"] == {"payments": 0, "total": "0.00"}
    (finding,) = told["findings"]
    assert (finding["kind"], finding["line"]) == ("never_told", 2)
    assert finding["reference_no"] == order["reference_no"]

    jaring.start("web")
    jaring.wait_until_ready()
    assert flag(jaring, order).json()["payment"]["responseCode"] in TAKEN
    code, told = reconcile(jaring)
    assert (code, told["agrees"], told["findings"]) == (0, True, [])
    assert told["statement"] == told["books"]


def test_a_file_that_is_no_statement_is_refused_in_a_sentence(jaring):
    code, told = reconcile(jaring, statement='{"error": "no such page"}')
    assert code == 1
    assert told["error"].startswith("The file is not a bank's statement: line 1:")


def flag(jaring: Stack, order: dict[str, Any]) -> requests.Response:
    """As the bank does until it hears from us."""
    return requests.post(f"{jaring.sandbox}/bank/payments", json=order, timeout=60)


def reconcile(jaring: Stack, statement: str | None = None) -> tuple[int, dict[str, Any]]:
    """What somebody is told who types the command."""
    if statement is None:
        url, asked = f"{jaring.sandbox}/bank/statement", {"date": DAY.isoformat()}
        statement = requests.get(url, params=asked, timeout=10).text
    ended = subprocess.run(
        [sys.executable, "-m", "cli", "reconcile", "-", "--json"],
        env=jaring.programs["worker"].env,
        cwd=PROJECT,
        input=statement,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, json.loads(ended.stdout or ended.stderr)
