"""A partner says where it wants to be told of events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.partner_event import PartnerEventName
from models.values.ids import new_id
from models.values.page import Page, PageRequest
from models.values.webhook_url import UrlFault, UrlRefused
from models.values.words import Words
from models.webhook import (
    MOST_PER_PARTNER,
    OLD_SECRET_KEPT,
    DisabledReason,
    Webhook,
    WebhookStatus,
    count_webhooks,
    select_partner_to_add_to,
    select_webhook,
    select_webhook_to_change,
    select_webhook_to_remove,
    select_webhooks,
)
from models.webhook_delivery import forget_deliveries_to, make_due
from services.callers import PartnerCaller
from services.errors import Conflict, FieldFault, Invalid, NotFound
from services.once import Once
from services.ports import Ports
from services.vault import Vault
from services.webhooks.signing import (
    OLD_SECRET_PLACE,
    URL_PLACE,
    draw_secret,
    seal_secret,
    secret_of,
)

URL_FAULTS = {
    UrlFault.NOT_A_URL: Words(
        "Tulis alamat lengkap seperti https://contoh.id/jaring, tanpa nama pengguna, spasi, atau #.",
        "Write a whole address such as https://example.id/jaring, without a user name, spaces or #.",
    ),
    UrlFault.NOT_HTTPS: Words("Alamat harus memakai https.", "The address must use https."),
    UrlFault.OTHER_PORT: Words(
        "Hanya port 443 yang dipakai. Hapus port dari alamat.",
        "Only port 443 is used. Remove the port from the address.",
    ),
    UrlFault.NOT_PUBLIC: Words(
        "Alamat harus dapat dijangkau dari internet.",
        "The address must be one on the public internet.",
    ),
}


class WebhookNotFound(NotFound):
    code = "webhook-not-found"
    title = Words("Webhook tidak ditemukan", "No such webhook")
    detail = Words("Lihat daftar webhook Anda.", "Look at the list of your webhooks.")


class TooManyWebhooks(Conflict):
    code = "too-many-webhooks"
    title = Words("Webhook sudah terlalu banyak", "There are too many webhooks")
    detail = Words(
        f"Satu mitra dapat memiliki {MOST_PER_PARTNER} webhook. Hapus salah satunya dulu.",
        f"A partner can have {MOST_PER_PARTNER} webhooks. Remove one of them first.",
    )


@dataclass(frozen=True, kw_only=True)
class Hook:
    """A webhook as its owner sees it.

    :param failing_since: since when nothing got through to it.
    """

    id: UUID
    url: str = field(repr=False)
    events: tuple[PartnerEventName, ...]
    status: WebhookStatus
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: DisabledReason | None


@dataclass(frozen=True, kw_only=True)
class NewHook(Hook):
    """:param secret: shown this once."""

    secret: str = field(repr=False)


@dataclass(frozen=True)
class NewSecret:
    """:param old_secret_until: until when the one before signs as well."""

    secret: str = field(repr=False)
    old_secret_until: datetime


def register(
    ports: Ports,
    caller: PartnerCaller,
    url: str,
    events: Collection[PartnerEventName],
    once: Once[NewHook],
) -> NewHook:
    """Have a partner told at an address from now on.

    :raises Invalid: nothing can be sent to that address.
    :raises TooManyWebhooks: it has as many as it can have.
    """
    _refuse_bad(ports, url)
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        session.execute(select_partner_to_add_to(caller.partner_id))
        if session.scalars(count_webhooks(caller.partner_id)).one() >= MOST_PER_PARTNER:
            raise TooManyWebhooks
        webhook = _made(ports, caller.partner_id, url, events)
        session.add(webhook)
        secret = secret_of(ports.vault, webhook)
        made = NewHook(**_shown(ports.vault, webhook), secret=secret)
        return once.remember(ports, session, made)


def listed(ports: Ports, caller: PartnerCaller, page: PageRequest) -> Page[Hook]:
    """A partner's webhooks, the oldest first."""
    statement = select_webhooks(caller.partner_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        webhooks = session.scalars(statement).all()
    hooks = [hook(ports.vault, webhook) for webhook in webhooks]
    return Page.of(hooks, page, lambda last: (last.created_at, last.id))


def show(ports: Ports, caller: PartnerCaller, webhook_id: UUID) -> Hook:
    """:raises WebhookNotFound: the partner has none under this id."""
    with ports.transactions.reading() as session:
        webhook = session.scalar(select_webhook(webhook_id, partner_id=caller.partner_id))
    if webhook is None:
        raise WebhookNotFound
    return hook(ports.vault, webhook)


def change(
    ports: Ports, caller: PartnerCaller, webhook_id: UUID, changes: Mapping[str, Any]
) -> Hook:
    """Change where, of what, or whether a partner is told.

    :param changes: some of ``url``, ``events`` and ``status``.
    :raises WebhookNotFound: the partner has none under this id.
    :raises Invalid: nothing can be sent to the new address.
    """
    if "url" in changes:
        _refuse_bad(ports, changes["url"])
    with ports.transactions.begin() as session:
        webhook = held(session, caller, webhook_id)
        now = ports.clock.now()
        if "url" in changes:
            _move(ports, session, webhook, changes["url"])
        if "events" in changes:
            webhook.events = _in_order(changes["events"])
        if changes.get("status") is WebhookStatus.DISABLED and webhook.disabled_at is None:
            webhook.disable(DisabledReason.BY_PARTNER, now)
        elif changes.get("status") is WebhookStatus.ACTIVE:
            _start_afresh(session, webhook, now)
    return hook(ports.vault, webhook)


def _move(ports: Ports, session: Session, webhook: Webhook, url: str) -> None:
    """What failed at the address before says nothing about the new one. That it was given once more
    is no news, and one that is switched off stays so."""
    before = ports.vault.open(URL_PLACE, webhook.id, webhook.url_sealed)
    if url == before:
        return
    webhook.url_sealed = ports.vault.seal(URL_PLACE, webhook.id, url)
    if webhook.status is WebhookStatus.ACTIVE:
        _start_afresh(session, webhook, ports.clock.now())


def _start_afresh(session: Session, webhook: Webhook, now: datetime) -> None:
    webhook.start_afresh()
    session.execute(make_due(webhook.id, now))


def remove(ports: Ports, caller: PartnerCaller, webhook_id: UUID) -> None:
    """Tell a partner no more at an address, and forget what was sent there.

    :raises WebhookNotFound: the partner has none under this id.
    """
    own = select_webhook_to_remove(webhook_id, partner_id=caller.partner_id)
    with ports.transactions.begin() as session:
        webhook = session.scalar(own)
        if webhook is None:
            raise WebhookNotFound
        session.execute(forget_deliveries_to(webhook.id))
        session.delete(webhook)


def change_secret(
    ports: Ports, caller: PartnerCaller, webhook_id: UUID, once: Once[NewSecret]
) -> NewSecret:
    """Sign with a new secret, and for a while with the one before as well.

    :raises WebhookNotFound: the partner has none under this id.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        webhook = held(session, caller, webhook_id)
        until = ports.clock.now() + OLD_SECRET_KEPT.value
        before = secret_of(ports.vault, webhook)
        webhook.old_secret_sealed = ports.vault.seal(OLD_SECRET_PLACE, webhook.id, before)
        webhook.old_secret_until = until
        secret = draw_secret()
        seal_secret(ports.vault, webhook, secret)
        return once.remember(ports, session, NewSecret(secret, until))


def held(session: Session, caller: PartnerCaller, webhook_id: UUID) -> Webhook:
    """The caller's webhook, for as long as the transaction lasts.

    :raises WebhookNotFound: the partner has none under this id.
    """
    own = select_webhook_to_change(webhook_id, partner_id=caller.partner_id)
    webhook = session.scalar(own)
    if webhook is None:
        raise WebhookNotFound
    return webhook


def hook(vault: Vault, webhook: Webhook) -> Hook:
    return Hook(**_shown(vault, webhook))


def _shown(vault: Vault, webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": vault.open(URL_PLACE, webhook.id, webhook.url_sealed),
        "events": tuple(map(PartnerEventName, webhook.events)),
        "status": webhook.status,
        "created_at": webhook.created_at,
        "failing_since": webhook.failing_since,
        "disabled_at": webhook.disabled_at,
        "disabled_reason": webhook.disabled_reason,
    }


def _made(
    ports: Ports, partner_id: UUID, url: str, events: Collection[PartnerEventName]
) -> Webhook:
    webhook = Webhook(
        id=new_id(),
        partner_id=partner_id,
        events=_in_order(events),
        created_at=ports.clock.now(),
        failures=0,
    )
    webhook.url_sealed = ports.vault.seal(URL_PLACE, webhook.id, url)
    seal_secret(ports.vault, webhook, draw_secret())
    return webhook


def _in_order(events: Collection[PartnerEventName]) -> list[str]:
    """Each once, however they were named."""
    return [each.value for each in PartnerEventName if each in events]


def _refuse_bad(ports: Ports, url: str) -> None:
    if faults := other_faults(ports, {"url": url}):
        raise Invalid(*faults)


def other_faults(ports: Ports, values: Mapping[str, Any]) -> list[FieldFault]:
    """What is wrong with that part of a form that could be read, where the rest could not.

    :param values: some of ``url``, ``events`` and ``status``.
    """
    if "url" not in values:
        return []
    try:
        ports.webhook_targets.read(values["url"])
    except UrlRefused as refused:
        return [FieldFault("/url", refused.fault.value, URL_FAULTS[refused.fault])]
    return []
