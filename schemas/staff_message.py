"""Having a message to a worker sent again."""

from models.message import MessageKind
from models.values.channel import Channel, DeliveryState
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant
from schemas.note import NoteField


class MessageResendSchema(Schema):
    channel = Choice(Channel, about="Left out: the one that it was sent by.")
    note = NoteField()


class ResentSchema(Schema):
    id = Identifier(
        required=True, about="Of the new message; the timeline says what becomes of it."
    )
    resent_of = Identifier(required=True)
    kind = Choice(
        [each for each in MessageKind if each is not MessageKind.CODE],
        required=True,
        example="reminder",
    )
    channel = Choice(Channel, required=True)
    state = Choice(DeliveryState, required=True, example="queued")
    queued_at = Instant(required=True)
