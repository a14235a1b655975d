"""The keys that cards are checked with, where programs look for them (RFC 8615)."""

from typing import Any

from flask.views import MethodView

from api.smorest import Blueprint, ports
from schemas.card import KeySetSchema

blp = Blueprint(
    "keys", __name__, url_prefix="/.well-known", description="For whoever checks a card"
)


@blp.route("/jwks.json")
class Keys(MethodView):
    @blp.conditional(public=True)
    @blp.response(200, KeySetSchema)
    def get(self) -> dict[str, list[dict[str, Any]]]:
        """Get the keys that cards are signed with

        A JSON Web Key Set (RFC 7517). Save it to check cards offline; load it anew once a day, and
        trust none that is older than a week.
        """
        return {"keys": ports().cards.published_keys}
