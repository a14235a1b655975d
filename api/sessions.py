"""Signing in with a phone and a NIK, staying signed in, and signing out."""

from typing import Any

from flask.views import MethodView

from api.auth import phone_verified, signed_in
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.values.nik import Nik
from schemas.session import RefreshSchema, SignInSchema, TokenPairSchema
from services import sign_in
from services.callers import SignedIn, VerifiedPhone
from services.errors import SessionEnded, SignInRefused
from services.once import Once
from services.sign_in import TokenPair

blp = Blueprint("sessions", __name__, url_prefix="/v1/sessions", description="Signing in and out")


@blp.route("")
class Sessions(MethodView):
    @phone_verified
    @blp.arguments(SignInSchema)
    @idempotent(TokenPairSchema)
    @blp.response(201, TokenPairSchema)
    @blp.problems(SignInRefused)
    def post(self, body: dict[str, Nik], caller: VerifiedPhone, once: Once[TokenPair]) -> TokenPair:
        """Sign in

        With the phone and the NIK that were registered. Every refusal looks the same. After five
        wrong NIKs the phone must be verified again.
        """
        return sign_in.sign_in(ports(), caller, body["nik"], once)

    @signed_in
    @blp.response(204)
    def delete(self, caller: SignedIn) -> None:
        """Sign out everywhere"""
        sign_in.sign_out_everywhere(ports(), caller)


@blp.route("/refresh")
class Refresh(MethodView):
    @blp.arguments(RefreshSchema)
    @blp.response(200, TokenPairSchema)
    @blp.problems(SessionEnded)
    def post(self, body: dict[str, Any]) -> TokenPair:
        """Exchange a refresh token for a new pair of tokens

        Each refresh token is good once and for 90 days. If the answer was lost, the same token
        gives the same pair again for a minute; shown later, it ends the session.
        """
        return sign_in.refresh(ports(), body["refresh_token"])


@blp.route("/current")
class CurrentSession(MethodView):
    @signed_in
    @blp.response(204)
    def delete(self, caller: SignedIn) -> None:
        """Sign out here"""
        sign_in.sign_out(ports(), caller)
