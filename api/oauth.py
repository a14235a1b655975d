"""Partners get a token with their secret: the client credentials grant of RFC 6749."""

from __future__ import annotations

from flask import Flask, Response
from flask.views import MethodView
from werkzeug.exceptions import MethodNotAllowed

from api.oauth_answers import answer, for_any_error
from api.oauth_documents import PATH, described
from api.oauth_request import read
from api.request import current
from api.smorest import Blueprint, ports
from schemas.oauth import PartnerTokenSchema
from services.partners import tokens
from services.tokens import Kind

blp = Blueprint("oauth", __name__, url_prefix="/v1/oauth", description="Tokens for partners")
blp.register_error_handler(Exception, for_any_error)

_TOKEN = PartnerTokenSchema()


def init_app(app: Flask) -> None:
    """Answer other methods in the same shape."""
    endpoint = "oauth_other_methods"
    app.view_functions[endpoint] = lambda: for_any_error(MethodNotAllowed())
    # Without methods it takes any that no other rule does.
    app.url_map.add(app.url_rule_class(PATH, endpoint=endpoint))


@blp.route("/token")
class Tokens(MethodView):
    provide_automatic_options = False

    @described(blp)
    def post(self) -> Response:
        """Get a token

        By RFC 6749, client credentials: a form, with `client_id` and `client_secret` in it or in
        a Basic header, never in both. Errors are those of its section 5.2. The token is good for
        15 minutes, as long as the secret and the account are. After 20 wrong secrets for one
        client within a quarter of an hour, or 100 from one network address within an hour, more
        of them are answered with 429.
        """
        granted = tokens.grant(ports(), read(current()))
        current().caller_kind = Kind.PARTNER.value
        body = {
            "access_token": granted.access_token,
            "token_type": "Bearer",
            "expires_in": granted.expires_in,
            "scope": granted.scope,
        }
        return answer(_TOKEN, 200, body)
