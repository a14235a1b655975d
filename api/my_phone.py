"""A worker's own phone number, and what others ask about it."""

from uuid import UUID

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from models.values.page import Page, PageRequest
from schemas.phone_change import (
    NewPhoneSchema,
    PhoneChangeSchema,
    PhoneChangesQuerySchema,
    PhoneChangesSchema,
)
from schemas.worker import WorkerSchema
from services import phone_change, phone_recovery
from services.callers import SignedIn
from services.fresh_phone import PhoneTokenRefused
from services.phone_change import PhoneUsedForNik
from services.phone_recovery import Asked, PhoneChangeNotFound, PhoneChangeNotOpen
from services.profile import Profile

blp = Blueprint("my-phone", __name__, url_prefix="/v1/me", description="My phone number")


@blp.route("/phone")
class MyPhone(MethodView):
    @signed_in
    @blp.arguments(NewPhoneSchema)
    @blp.response(200, WorkerSchema)
    @blp.problems(PhoneTokenRefused, PhoneUsedForNik)
    def put(self, body: dict[str, str], caller: SignedIn) -> Profile:
        """Change my phone number

        Verify the new number first and send its phone token, beside the access token of this
        session. From then on one signs in with the new number. This session goes on, all others
        end, and both numbers are told. Repeat it if the answer was lost: sending the same again
        changes nothing, and neither does the number that I have.
        """
        return phone_change.change(ports(), caller, body["phone_token"])


@blp.route("/phone-changes")
class MyPhoneChanges(MethodView):
    @signed_in
    @blp.arguments(PhoneChangesQuerySchema, location="query")
    @blp.response(200, PhoneChangesSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[Asked]:
        """List requests to replace my lost phone number

        Made by `POST /v1/phone-changes` with my NIK, name and birth date, by me or by somebody
        else. The newest first.
        """
        return phone_recovery.listed(ports(), caller, query["page"])


@blp.route("/phone-changes/<uuid:phone_change_id>/objection")
class Objection(MethodView):
    @signed_in
    @blp.response(200, PhoneChangeSchema)
    @blp.problems(PhoneChangeNotFound, PhoneChangeNotOpen)
    def post(self, phone_change_id: UUID, caller: SignedIn) -> Asked:
        """Object to a request that I did not make

        It is closed, and my number stays. Possible until our staff have decided; objecting again
        changes nothing.
        """
        return phone_recovery.object_to(ports(), caller, phone_change_id)
