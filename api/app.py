"""Build the web application."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import (
    access_log,
    answering,
    auth,
    card,
    consents,
    coverage,
    coverage_queries,
    docs,
    failures,
    health,
    invoices,
    me,
    my_consents,
    my_data,
    my_partners,
    my_phone,
    my_plan,
    oauth,
    oauth_documents,
    occupations,
    partner_batches,
    partner_enrolment,
    partner_invoices,
    partner_webhooks,
    partner_workers,
    phone_changes,
    phone_verifications,
    plans,
    published_keys,
    regions,
    registrations,
    reminders,
    sessions,
    snap,
    snap_documents,
    staff_accounts,
    staff_audit,
    staff_batches,
    staff_lookups,
    staff_messages,
    staff_privacy_requests,
    staff_reviews,
    staff_sessions,
    staff_timeline,
    staff_workers,
    timeline,
)
from api.openapi import SPEC_OPTIONS
from api.paths import TidyPath
from api.request import Request
from api.smorest import Api, Blueprint
from services.ports import Ports
from services.settings import Settings

BLUEPRINTS = (
    phone_verifications.blp,
    consents.blp,
    registrations.blp,
    sessions.blp,
    phone_changes.blp,
    me.blp,
    my_phone.blp,
    my_consents.blp,
    plans.blp,
    my_plan.blp,
    invoices.blp,
    reminders.blp,
    coverage.blp,
    card.blp,
    timeline.blp,
    access_log.blp,
    my_partners.blp,
    my_data.blp,
    oauth.blp,
    partner_workers.blp,
    coverage_queries.blp,
    partner_enrolment.blp,
    partner_webhooks.blp,
    regions.blp,
    occupations.blp,
    partner_batches.blp,
    partner_invoices.blp,
    staff_sessions.blp,
    staff_accounts.blp,
    staff_reviews.blp,
    staff_privacy_requests.blp,
    staff_audit.blp,
    staff_lookups.blp,
    staff_workers.blp,
    staff_timeline.blp,
    staff_messages.blp,
    staff_batches.blp,
    snap.blp,
    published_keys.blp,
    health.blp,
)


class App(Flask):
    request_class = Request

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        # Flask asks of every function on every call whether it is a coroutine.
        return func


def create_app(
    settings: Settings, ports: Ports, *, blueprints: Iterable[Blueprint] = BLUEPRINTS
) -> Flask:
    """The application, ready to serve. It reads nothing from the environment."""
    app = App(__name__, static_folder=None)
    app.config.update(
        API_TITLE="Jaring",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS=SPEC_OPTIONS,
    )
    app.url_map.converters["default"] = app.url_map.converters["string"] = TidyPath
    # Otherwise two slashes in a path are answered with a redirect that repeats it.
    app.url_map.merge_slashes = False
    app.extensions["ports"] = ports
    app.extensions["settings"] = settings
    failures.init_app(app)
    answering.init_app(app)
    auth.init_app(app)
    api = Api(app)
    for scheme, published in {
        **auth.SCHEMES,
        **oauth_documents.SCHEMES,
        **snap_documents.SCHEMES,
    }.items():
        api.spec.components.security_scheme(scheme, published)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    oauth.init_app(app)
    snap.init_app(app)
    docs.init_app(app)
    _believe_proxies(app, settings)
    return app


def _believe_proxies(app: Flask, settings: Settings) -> None:
    """Behind proxies of ours the caller's address and scheme are what those say.

    Without any nothing that a caller sends is believed.
    """
    if settings and settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
