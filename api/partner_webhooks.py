"""Where a partner is told of events, and what was sent there."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import partner
from api.idempotency import idempotent
from api.located import located
from api.smorest import Blueprint, ports
from api.whole_forms import whole_form
from models.values.page import Page, PageRequest
from models.values.scope import Scope
from schemas.webhook import (
    NewWebhookSchema,
    WebhookChangesSchema,
    WebhookDeliveriesSchema,
    WebhookDeliverySchema,
    WebhookRequestSchema,
    WebhookSchema,
    WebhookSecretSchema,
    WebhooksQuerySchema,
    WebhooksSchema,
)
from services.callers import PartnerCaller
from services.errors import Invalid
from services.once import Once
from services.webhooks import deliveries, registering
from services.webhooks.deliveries import Sent, WebhookDeliveryNotFound, WebhookDisabled
from services.webhooks.registering import (
    Hook,
    NewHook,
    NewSecret,
    TooManyWebhooks,
    WebhookNotFound,
)

blp = Blueprint(
    "partner-webhooks",
    __name__,
    url_prefix="/v1/partner/webhooks",
    description="Where a partner is told of events",
)

_whole_form = whole_form(lambda values, **_: registering.other_faults(ports(), values))


@blp.route("")
class Webhooks(MethodView):
    @partner(Scope.WEBHOOKS)
    @blp.arguments(WebhooksQuerySchema, location="query")
    @blp.response(200, WebhooksSchema)
    def get(self, query: dict[str, PageRequest], caller: PartnerCaller) -> Page[Hook]:
        """List my webhooks

        The oldest first.
        """
        return registering.listed(ports(), caller, query["page"])

    @partner(Scope.WEBHOOKS)
    @located("/v1/partner/webhooks/{id}")
    @_whole_form
    @blp.arguments(WebhookRequestSchema)
    @idempotent(NewWebhookSchema)
    @blp.response(201, NewWebhookSchema)
    @blp.problems(Invalid, TooManyWebhooks)
    def post(self, body: dict[str, Any], caller: PartnerCaller, once: Once[NewHook]) -> NewHook:
        """Add a webhook

        From now on events about your own drivers, batches and invoices are sent there, signed as
        Standard Webhooks says. A partner can have ten.
        """
        return registering.register(ports(), caller, body["url"], body["events"], once)


@blp.route("/<uuid:webhook_id>")
class OneWebhook(MethodView):
    @partner(Scope.WEBHOOKS)
    @blp.response(200, WebhookSchema)
    @blp.problems(WebhookNotFound)
    def get(self, webhook_id: UUID, caller: PartnerCaller) -> Hook:
        """Look at one webhook"""
        return registering.show(ports(), caller, webhook_id)

    @partner(Scope.WEBHOOKS)
    @_whole_form
    @blp.arguments(WebhookChangesSchema)
    @blp.response(200, WebhookSchema)
    @blp.problems(Invalid, WebhookNotFound)
    def patch(self, body: dict[str, Any], webhook_id: UUID, caller: PartnerCaller) -> Hook:
        """Change a webhook, or enable it again"""
        return registering.change(ports(), caller, webhook_id, body)

    @partner(Scope.WEBHOOKS)
    @blp.response(204)
    @blp.problems(WebhookNotFound)
    def delete(self, webhook_id: UUID, caller: PartnerCaller) -> None:
        """Remove a webhook

        Nothing more is sent there, and the log of what was is gone.
        """
        registering.remove(ports(), caller, webhook_id)


@blp.route("/<uuid:webhook_id>/secret")
class Secret(MethodView):
    @partner(Scope.WEBHOOKS)
    @idempotent(WebhookSecretSchema, 200)
    @blp.response(200, WebhookSecretSchema)
    @blp.problems(WebhookNotFound)
    def post(self, webhook_id: UUID, caller: PartnerCaller, once: Once[NewSecret]) -> NewSecret:
        """Change the secret

        For a day both sign, so that nothing is refused while you change over.
        """
        return registering.change_secret(ports(), caller, webhook_id, once)


@blp.route("/<uuid:webhook_id>/test")
class Test(MethodView):
    @partner(Scope.WEBHOOKS)
    @idempotent(WebhookDeliverySchema, 202)
    @blp.response(202, WebhookDeliverySchema)
    @blp.problems(WebhookNotFound, WebhookDisabled)
    def post(self, webhook_id: UUID, caller: PartnerCaller, once: Once[Sent]) -> Sent:
        """Send a test event

        Of the type `webhook.test`, to this webhook alone, at once even if nothing got through before:
        what waits follows when it is taken. What becomes of it is in the list of its deliveries, a
        moment later.
        """
        return deliveries.test(ports(), caller, webhook_id, once)


@blp.route("/<uuid:webhook_id>/deliveries")
class Deliveries(MethodView):
    @partner(Scope.WEBHOOKS)
    @blp.arguments(WebhooksQuerySchema, location="query")
    @blp.response(200, WebhookDeliveriesSchema)
    @blp.problems(WebhookNotFound)
    def get(
        self, query: dict[str, PageRequest], webhook_id: UUID, caller: PartnerCaller
    ) -> Page[Sent]:
        """List what was sent to a webhook

        The newest first, of the last 30 days.
        """
        return deliveries.listed(ports(), caller, webhook_id, query["page"])


@blp.route("/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/redeliver")
class Redelivery(MethodView):
    @partner(Scope.WEBHOOKS)
    @blp.response(202, WebhookDeliverySchema)
    @blp.problems(WebhookNotFound, WebhookDeliveryNotFound, WebhookDisabled)
    def post(self, webhook_id: UUID, delivery_id: UUID, caller: PartnerCaller) -> Sent:
        """Send something again

        With the `webhook-id` that it had, whether or not it has arrived; at once, like a test event.
        """
        return deliveries.redeliver(ports(), caller, webhook_id, delivery_id)
