"""Proof of cover that a clinic can check without asking us."""

from flask import Response
from flask.views import MethodView

from api import qr
from api.auth import signed_in
from api.smorest import Blueprint, ports
from models.values.jakarta import day_of
from models.values.spoken import spoken_day
from models.values.words import Words
from schemas.card import CardSchema
from schemas.speaking import spoken_language
from services import card
from services.callers import SignedIn
from services.card import Card, NotCovered

SVG, PNG = "image/svg+xml", "image/png"
_TITLE = Words(
    "Kode QR kartu perlindungan, berlaku sampai {day}",
    "QR code of the card of cover, valid until {day}",
)

blp = Blueprint(
    "card", __name__, url_prefix="/v1/me", description="Proof of cover, to be checked offline"
)


@blp.route("/card")
class MyCard(MethodView):
    @signed_in
    @blp.response(200, CardSchema)
    @blp.problems(NotCovered)
    def get(self, caller: SignedIn) -> Card:
        """Get my card

        Made anew each time, and good without a connection until `expires_at`: keep it, and load the
        next one when there is a connection. Whoever has the keys from `/.well-known/jwks.json` can
        check it without asking us. It shows no NIK.
        """
        return card.show(ports(), caller)


@blp.route("/card.svg")
class MyCardAsSvg(MethodView):
    @signed_in
    @blp.response(200, {"type": "string"}, content_type=SVG)
    @blp.problems(NotCovered)
    def get(self, caller: SignedIn) -> Response:
        """Get my card as a QR code, in lines (SVG)

        Sharp at any size. The code holds the same as `card` in `/v1/me/card`.
        """
        shown = card.show(ports(), caller)
        return Response(qr.svg(shown.card, title=_title(shown)), content_type=SVG)


@blp.route("/card.png")
class MyCardAsPng(MethodView):
    @signed_in
    @blp.response(200, {"type": "string", "format": "binary"}, content_type=PNG)
    @blp.problems(NotCovered)
    def get(self, caller: SignedIn) -> Response:
        """Get my card as a QR code, in dots (PNG)

        For apps that draw no SVG. The code holds the same as `card` in `/v1/me/card`.
        """
        return Response(qr.png(card.show(ports(), caller).card), content_type=PNG)


def _title(shown: Card) -> str:
    language = spoken_language.get()
    day = spoken_day(day_of(shown.expires_at)).in_(language)
    return _TITLE.in_(language, day=day)
