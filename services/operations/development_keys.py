"""Keys for a developer's machine: drawn once, kept, and refused in production."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

KEYS = "keys.json"
SANDBOX_KEYS = "sandbox.json"
SANDBOX_BANK = "sandbox-bank"
# What the application shows the sandbox stands in both files.
SHARED = ("environment", "dukcapil", "gateway")

Document = dict[str, Any]


def ensure_development_keys(directory: Path) -> None:
    """Write ``keys.json`` and the sandbox's ``sandbox.json``. What they hold already
    stays; what a newer program needs besides is added. One process at a time.

    The sandbox's is written first, and ours completed from it: wherever this is cut short,
    the next time goes on from there, and never draws twice what stands in both.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours, sandbox = _read(directory / KEYS), _read(directory / SANDBOX_KEYS)
    if "private_key" not in sandbox.get("bank", {}):
        ours = _written(directory / KEYS, ours, _without_the_lost_key(ours))
    known = _completed(sandbox, _as_the_sandbox_knows(ours))
    sandbox = _written(directory / SANDBOX_KEYS, sandbox, _completed(known, _sandbox_keys()))
    _written(directory / KEYS, ours, _completed(ours, _our_keys(sandbox)))


def _sandbox_keys() -> Document:
    return {
        "environment": "development",
        "dukcapil": {
            "user_id": "jaring-development",
            "password": _token(),
            "institution": "jaring",
            "ip_user": "127.0.0.1",
        },
        "gateway": {"token": _token()},
        "bank": {
            "client_key": SANDBOX_BANK,
            "partner_id": "SANDBOX",
            "partner_service_id": "88899",
            "client_secret": _token(),
            "private_key": _private_pem(generate_private_key(public_exponent=65537, key_size=2048)),
        },
    }


def _our_keys(sandbox: Document) -> Document:
    bank = dict(sandbox["bank"])
    public_key = _public_pem(bank.pop("private_key"))
    return {name: sandbox[name] for name in SHARED} | {
        "data": [{"kid": "data-1", "key": _key()}],
        "search": _key(),
        "otp": _key(),
        "audit": _key(),
        "tokens": [{"kid": "token-1", "secret": _key()}],
        "banks": [{**bank, "public_key": public_key}],
        "card": [{"kid": "card-1", "private_key": _private_pem(Ed25519PrivateKey.generate())}],
    }


def _as_the_sandbox_knows(ours: Document) -> Document:
    """What of ours the sandbox must hold as well."""
    shared = {name: ours[name] for name in SHARED if name in ours}
    banks = [each for each in ours.get("banks", []) if each.get("client_key") == SANDBOX_BANK]
    bank = {name: value for each in banks for name, value in each.items() if name != "public_key"}
    return shared | {"bank": bank}


def _without_the_lost_key(ours: Document) -> Document:
    """Ours without the half of a pair whose other half the sandbox has no more."""
    if "banks" not in ours:
        return ours
    banks = [dict(each) for each in ours["banks"]]
    for bank in banks:
        if bank.get("client_key") == SANDBOX_BANK:
            bank.pop("public_key", None)
    return ours | {"banks": banks}


def _completed(written: Any, drawn: Any) -> Any:
    """What is written, with what it lacks of what was drawn."""
    if isinstance(written, dict) and isinstance(drawn, dict):
        lacking = {name: drawn[name] for name in drawn if name not in written}
        kept = {name: _completed(value, drawn.get(name)) for name, value in written.items()}
        return kept | lacking
    if isinstance(written, list) and isinstance(drawn, list):
        return [_completed(each, drawn[0]) for each in written]
    return written


def _read(path: Path) -> Document:
    document: Document = json.loads(path.read_text()) if path.exists() else {}
    return document


def _written(path: Path, before: Document, document: Document) -> Document:
    """The document, once it stands in the file."""
    if document != before:
        _write(path, document)
    return document


def _write(path: Path, document: Document) -> None:
    """Whole or not at all, and readable by nobody else at any moment."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(document, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _token() -> str:
    return secrets.token_urlsafe(32)


def _private_pem(key: PrivateKeyTypes) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _public_pem(private_pem: str) -> str:
    """The public half of a private key."""
    key = serialization.load_pem_private_key(private_pem.encode(), None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()
