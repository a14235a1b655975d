"""Proving that one holds a phone."""

from models.values.channel import Channel, DeliveryState
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant, Text, WholeNumber
from schemas.person_fields import CodeField, PhoneField


class StartVerificationSchema(Schema):
    phone = PhoneField(required=True, about="As people type it; Indonesian mobile numbers only.")
    channel = Choice(Channel, required=True)


class ResendSchema(Schema):
    channel = Choice(Channel, required=True)


class ConfirmSchema(Schema):
    code = CodeField(required=True, about="The 6 digits of our message. Spaces do not matter.")


class StartedSchema(Schema):
    id = Identifier(required=True)
    phone_masked = Text(required=True, dump_only=True, example="+62*******890")
    channel = Choice(Channel, required=True)
    expires_at = Instant(required=True, example="2026-11-22T02:05:00Z")
    expires_in = WholeNumber(0, 300, required=True, about="Seconds.", example=300)
    resend_at = Instant(required=True, example="2026-11-22T02:01:00Z")
    tries_left = WholeNumber(0, 5, required=True, example=5)


class VerificationSchema(StartedSchema):
    delivery = Choice(DeliveryState, required=True)


class PhoneTokenSchema(Schema):
    phone_token = Text(required=True, dump_only=True, example="eyJhbGciOiJIUzI1NiIs...")
    expires_at = Instant(required=True, example="2026-11-22T02:15:00Z")
    expires_in = WholeNumber(0, 900, required=True, about="Seconds.", example=900)
