"""Puts the sandbox together: the world around Jaring, in one small program."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox import bank, dukcapil, faults, gateway, hooks
from sandbox.config import Config
from sandbox.outbox import Outbox
from sandbox.people import RESIDENTS
from sandbox.snap_client import Send, SnapClient

OFFER = """\
The sandbox: what Jaring talks to, in miniature. Everything is kept in memory.

Dukcapil   POST /dukcapil/get_json/{institution}/CALL_VERIFY_BY_ELEMEN
           A NIK that it does not know is matched as sent, except by its last four digits:
           9011 deceased      9012 duplicate       9013 not found        9014 inactive
           9021 name differs  9022 birth date differs
           To see a correction succeed, register one of the people below under a wrong name,
           then PATCH the right one.
           It knows these (NIK, name, birth date, sex, birth place, mother's name):
{residents}

Messages   POST /messages {key, to, channel, body}      GET /deliveries?since=
           GET /messages?to=+62...  what a phone received, newest first
           Numbers that end in 000 cannot be reached by WhatsApp, only by SMS;
           numbers that end in 999 are refused.

Bank       POST /bank/payments {virtual_account_no, amount?}
           more: external_id, payment_request_id, reference_no, trx_date_time,
           skip_inquiry, repeat (flag it so many times at once)
           GET /bank/statement?date=YYYY-MM-DD  what the bank holds as paid, as CSV

Webhooks   POST /hooks/{name}  a partner's server: name it as the url of a webhook
           GET /hooks/{name}  what it was sent, newest first
           PUT /hooks/{name} {secret?, answer?: 200-599}  what to check with, and what to answer

Trouble    PUT /faults {service: dukcapil|gateway|bank, mode: ok|down|slow|garbage|quota, delay_ms?}
           GET /faults
"""


def create_app(config: Config, *, send: Send | None = None) -> Flask:
    """:param send: how the bank's calls reach Jaring; over HTTP unless a test gives its own."""
    app = Flask("sandbox", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    trouble = faults.Faults(config.slowness)
    snap = SnapClient(config.snap_url, config.bank, send=send, now=config.clock.now)
    post_office = gateway.Gateway(Outbox(), trouble, config.gateway_token, config.clock)
    app.register_blueprint(faults.routes(trouble))
    app.register_blueprint(dukcapil.routes(dukcapil.Registry(config.dukcapil), trouble))
    app.register_blueprint(gateway.routes(post_office))
    app.register_blueprint(bank.routes(bank.Bank(snap, trouble), trouble, config.clock))
    app.register_blueprint(hooks.routes(hooks.Receivers(config.clock)))
    app.register_error_handler(HTTPException, _refused)
    app.add_url_rule("/", view_func=index)
    return app


def index() -> ResponseReturnValue:
    residents = "\n".join(
        f"           {each.nik}  {each.name}, {each.birth_date}, {each.sex}, "
        f"{each.birth_place}, {each.mother}"
        for each in RESIDENTS
    )
    offer = OFFER.replace("{residents}", residents)
    return offer, {"Content-Type": "text/plain; charset=utf-8"}


def _refused(error: HTTPException) -> ResponseReturnValue:
    return {"error": error.description}, error.code or 500
