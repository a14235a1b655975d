"""Proving that one holds a phone: the first step of registering and of signing in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.languages import language
from api.located import located
from api.request import current
from api.smorest import Blueprint, ports
from models.values.channel import Channel
from schemas.phone_verification import (
    ConfirmSchema,
    PhoneTokenSchema,
    ResendSchema,
    StartedSchema,
    StartVerificationSchema,
    VerificationSchema,
)
from services import phone_verification
from services.errors import (
    CodeExpired,
    CodeIncorrect,
    CodeUsed,
    ResendTooEarly,
    TooManyTries,
    TooManyVerifications,
    VerificationNotFound,
)
from services.phone_verification import Start, Started

blp = Blueprint(
    "phone-verifications",
    __name__,
    url_prefix="/v1/phone-verifications",
    description="Proving that one holds a phone",
)


@blp.route("")
class PhoneVerifications(MethodView):
    @located("/v1/phone-verifications/{id}")
    @blp.arguments(StartVerificationSchema)
    @blp.response(202, StartedSchema)
    @blp.problems(TooManyVerifications)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a code to a phone

        The answer is the same whether or not the phone is known. Three times an hour and ten
        times a day per number.
        """
        request = Start(**body, language=language(), source=current().remote_addr or "")
        return _shown(phone_verification.start(ports(), request))


@blp.route("/<uuid:verification_id>")
class PhoneVerification(MethodView):
    @blp.response(200, VerificationSchema)
    @blp.problems(VerificationNotFound)
    def get(self, verification_id: UUID) -> dict[str, Any]:
        """Show how far a verification is, and whether its message arrived"""
        return _shown(phone_verification.show(ports(), verification_id))


@blp.route("/<uuid:verification_id>/resend")
class Resend(MethodView):
    @blp.arguments(ResendSchema)
    @blp.response(202, StartedSchema)
    @blp.problems(VerificationNotFound, CodeUsed, CodeExpired, ResendTooEarly, TooManyTries)
    def post(self, body: dict[str, Channel], verification_id: UUID) -> dict[str, Any]:
        """Send the same code again

        A minute after the last time at the earliest, and up to 15 minutes after the first.
        Tries are not given back.
        """
        return _shown(phone_verification.resend(ports(), verification_id, body["channel"]))


@blp.route("/<uuid:verification_id>/confirm")
class Confirm(MethodView):
    @blp.arguments(ConfirmSchema)
    @blp.response(200, PhoneTokenSchema)
    @blp.problems(VerificationNotFound, CodeIncorrect, CodeExpired, CodeUsed, TooManyTries)
    def post(self, body: dict[str, str], verification_id: UUID) -> dict[str, Any]:
        """Type the code in, and get a phone token

        Five tries. The token is good for 15 minutes, and for one registration, sign-in or change
        of number.
        """
        confirmed = phone_verification.confirm(ports(), verification_id, body["code"])
        return {
            "phone_token": confirmed.phone_token,
            "expires_at": confirmed.expires_at,
            "expires_in": _seconds_until(confirmed.expires_at),
        }


def _shown(started: Started) -> dict[str, Any]:
    verification, phone = started.verification, started.phone
    return {
        "id": verification.id,
        "phone_masked": phone.masked,
        "channel": verification.channel,
        "expires_at": verification.expires_at,
        "expires_in": _seconds_until(verification.expires_at),
        "resend_at": verification.resend_at,
        "tries_left": verification.tries_left,
        "delivery": started.delivery,
    }


def _seconds_until(instant: datetime) -> int:
    return max(0, int((instant - ports().clock.now()).total_seconds()))
