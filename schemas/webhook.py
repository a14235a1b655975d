"""Webhooks of partners, and what was sent to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from models.partner_event import PartnerEventName
from models.values.target_trouble import TargetTrouble
from models.values.webhook_url import LONGEST
from models.webhook import DisabledReason, WebhookStatus
from models.webhook_delivery import DeliveryProgress, OwnEvent
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema

_URL = "https://hooks.ojek-kita.example/jaring"
_ABOUT_URL = (
    "Where events are sent to, by POST: https on port 443, on the public internet, without a user "
    "name. It is looked up and judged anew at every send, and redirects are not followed."
)
_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="  # noqa: S105


def _url(*, required: bool = False, more: str = "") -> Text:
    about = _ABOUT_URL + more
    return Text(required=required, min_length=8, max_length=LONGEST, example=_URL, about=about)


def _events(**options: Any) -> Listed:
    return Listed(Choice(PartnerEventName), **options)


class WebhookRequestSchema(Schema):
    url = _url(required=True)
    events = _events(
        minimum=1,
        maximum=len(PartnerEventName),
        load_default=lambda: list(PartnerEventName),
        about="Which events to send; all of them unless some are named.",
    )


class WebhookChangesSchema(Schema):
    url = _url(
        more=" What failed at the address before counts no more, and what waits is tried at the new "
        "one at once."
    )
    events = _events(minimum=1, maximum=len(PartnerEventName), about="Which events to send.")
    status = Choice(
        WebhookStatus,
        about="`active` enables it again: what waits for it is tried at once. What happened while it "
        "was disabled is not sent.",
    )


class WebhookSchema(Schema):
    id = Identifier(required=True)
    url = Text(required=True, dump_only=True, example=_URL)
    events = _events(required=True)
    status = Choice(WebhookStatus, required=True)
    created_at = Instant(required=True)
    failing_since = Instant(
        required=True, allow_none=True, about="Since when nothing got through; null: it does."
    )
    disabled_at = Instant(required=True, allow_none=True)
    disabled_reason = Choice(
        DisabledReason,
        required=True,
        allow_none=True,
        about="`failing`: nothing got through for three days. `gone`: your side answered 410. "
        "`by_partner`: you disabled it.",
    )


class NewWebhookSchema(WebhookSchema):
    secret = Text(
        required=True,
        dump_only=True,
        example=_SECRET,
        about="Signs what is sent (Standard Webhooks). Keep it: it is shown this once.",
    )


class WebhookSecretSchema(Schema):
    secret = Text(required=True, dump_only=True, example=_SECRET, about="Shown this once.")
    old_secret_until = Instant(
        required=True,
        example="2026-11-23T02:00:00Z",
        about="Until then the one before signs as well: either signature is good.",
    )


class WebhooksQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class WebhooksSchema(PageSchema):
    items = Listed(Inner(WebhookSchema), required=True)


class AttemptSchema(Schema):
    at = Instant(required=True)
    status = WholeNumber(
        100, 999, required=True, allow_none=True, example=503, about="Of your answer."
    )
    reason = Choice(
        TargetTrouble,
        required=True,
        allow_none=True,
        about="Why there was no answer; null where there is a status.",
    )


class WebhookDeliverySchema(Schema):
    id = Identifier(required=True)
    event = Choice([*PartnerEventName, *OwnEvent], required=True)
    event_id = Identifier(
        required=True, about="The header `webhook-id`, the same at every try and every webhook."
    )
    state = Choice(DeliveryProgress, required=True)
    attempts = Listed(
        Inner(AttemptSchema), required=True, about="The last 20 of them, the oldest first."
    )
    created_at = Instant(required=True)
    next_try_at = Instant(required=True, allow_none=True, about="Null unless it is queued.")


class WebhookDeliveriesSchema(PageSchema):
    items = Listed(Inner(WebhookDeliverySchema), required=True)
