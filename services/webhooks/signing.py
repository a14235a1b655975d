"""Secrets of webhooks, and what they sign (Standard Webhooks, symmetric signatures)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook as Signer

from models.webhook import Webhook
from services.vault import Vault

URL_PLACE = "webhook.url"
SECRET_PLACE = "webhook.secret"  # noqa: S105
OLD_SECRET_PLACE = "webhook.old_secret"  # noqa: S105
_BYTES = 32


def draw_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def seal_secret(vault: Vault, webhook: Webhook, secret: str) -> None:
    webhook.secret_sealed = vault.seal(SECRET_PLACE, webhook.id, secret)


def secret_of(vault: Vault, webhook: Webhook) -> str:
    return vault.open(SECRET_PLACE, webhook.id, webhook.secret_sealed)


def good_secrets(vault: Vault, webhook: Webhook, now: datetime) -> list[str]:
    """Those that sign: the one before as well, for a while after it was changed."""
    secret = [secret_of(vault, webhook)]
    if webhook.old_secret_sealed is None or webhook.old_secret_until is None:
        return secret
    if webhook.old_secret_until <= now:
        return secret
    return [*secret, vault.open(OLD_SECRET_PLACE, webhook.id, webhook.old_secret_sealed)]


def signed_headers(
    event_id: UUID, payload: str, good: Sequence[str], at: datetime
) -> dict[str, str]:
    """:param at: of this try; whoever checks refuses what is minutes old."""
    signatures = [Signer(secret).sign(str(event_id), at, payload) for secret in good]
    return {
        "webhook-id": str(event_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
