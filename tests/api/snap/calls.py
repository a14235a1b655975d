"""What a bank can send: each service's call, and any bytes, properly signed."""

import hmac
from base64 import b64encode
from hashlib import sha256

from sandbox.clock import written
from sandbox.snap_client import SnapAnswer, SnapClient, new_id
from services.bank.signatures import minified
from tests.banks import BANK
from tests.fakes import NOON

BASE = "/snap/v1.0"
SERVICES = {"inquiry": "24", "payment": "25", "status": "26"}


def ask(bank: SnapClient, service: str, number: str, **changed) -> SnapAnswer:
    if service == "inquiry":
        return bank.inquiry(number, **changed)
    if service == "payment":
        return bank.payment(number, 33_600, **changed)
    return bank.status(number, new_id(), **changed)


def headers_for(bank: SnapClient, service: str, body: bytes) -> dict[str, str]:
    """Those of a call with any bytes for a body."""
    token, timestamp = bank.token(), written(NOON)
    digest = sha256(minified(body)).hexdigest()
    text = f"POST:{BASE}/transfer-va/{service}:{token}:{digest}:{timestamp}".encode()
    signature = hmac.digest(BANK.client_secret.encode(), text, "sha512")
    return {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {token}",
        "X-TIMESTAMP": timestamp,
        "X-PARTNER-ID": BANK.partner_id,
        "X-EXTERNAL-ID": new_id(),
        "CHANNEL-ID": "95221",
        "X-SIGNATURE": b64encode(signature).decode(),
    }
