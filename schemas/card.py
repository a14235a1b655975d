"""Proof of cover, and the keys to check it with."""

from models.card import CARD_LIFETIME
from models.values.plan import Programme
from schemas.base import Schema
from schemas.fields import Choice, Day, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed

_SECONDS = int(CARD_LIFETIME.value.total_seconds())


class CardSchema(Schema):
    card = Text(
        required=True,
        dump_only=True,
        example="eyJhbGciOiJFZERTQSIsImtpZCI6ImNhcmQtMSIsInR5cCI6ImNhcmQrand0In0.eyJpc3MiOiJqYX...",
        about="A compact JWS (`typ: card+jwt`, EdDSA), which is what the QR code holds.",
    )
    member_number = Text(required=True, dump_only=True, example="48201937465", about="KPJ.")
    name = Text(
        required=True,
        dump_only=True,
        example="Siti A.",
        about="The first name and the initial of the last, as they stand on the card.",
    )
    programmes = Listed(Choice(Programme), required=True, example=["JKK", "JKM"])
    jkm_full_from = Day(
        required=True,
        allow_none=True,
        example="2027-02-22",
        about="The first day of the full death benefit (JKM), while only the funeral grant is "
        "paid; null once it is full.",
    )
    expires_at = Instant(
        required=True,
        example="2026-12-23T02:00:00Z",
        about="The last second for which it is good: 31 days from now, or earlier where the "
        "protection ends or loses a programme. Load a new one before that.",
    )
    expires_in = WholeNumber(0, _SECONDS, required=True, about="Seconds.", example=_SECONDS)


class KeySchema(Schema):
    """A public Ed25519 key (RFC 8037)."""

    kty = Text(required=True, dump_only=True, example="OKP")
    crv = Text(required=True, dump_only=True, example="Ed25519")
    x = Text(required=True, dump_only=True, example="EGidjCYDGh3Vegbq827QPP0lixuh5c-v89A2qRXsSFE")
    kid = Text(
        required=True, dump_only=True, example="card-1", about="A card names it in its header."
    )
    alg = Text(required=True, dump_only=True, example="EdDSA")
    use = Text(required=True, dump_only=True, example="sig")


class KeySetSchema(Schema):
    keys = Listed(
        Inner(KeySchema), required=True, about="The first signs; all of them are to be accepted."
    )
