"""What a worker may ask of whoever holds their data: a copy, and to be erased."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import signed_in
from api.fresh_phone import phone_token_shown
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.erasure_request import ErasureRequest
from models.values.page import Page, PageRequest
from schemas.data_export import DataExportSchema
from schemas.erasure_request import (
    ErasureOrderSchema,
    ErasureRequestSchema,
    ErasureRequestsQuerySchema,
    ErasureRequestsSchema,
)
from services import data_export, erasure
from services.callers import SignedIn
from services.erasure import ErasureDone, ErasureRequestNotFound
from services.fresh_phone import OwnPhoneNeeded
from services.once import Once

ATTACHMENT = {"Content-Disposition": 'attachment; filename="jaring-data.json"'}

blp = Blueprint(
    "my-data", __name__, url_prefix="/v1/me", description="A copy of my data, and erasing it"
)


@blp.route("/data-export")
class DataExport(MethodView):
    @signed_in
    @phone_token_shown
    @blp.sends("Content-Disposition")
    @blp.response(200, DataExportSchema)
    @blp.problems(OwnPhoneNeeded)
    def get(
        self, caller: SignedIn, phone_token: str
    ) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """Take a copy of everything that is held about me

        At once and in clear, so besides being signed in it wants a phone that was verified less
        than ten minutes ago. Have it saved where the worker chooses; do not keep it in the app.
        """
        return data_export.export(ports(), caller, phone_token), ATTACHMENT


@blp.route("/erasure-requests")
class ErasureRequests(MethodView):
    @signed_in
    @blp.arguments(ErasureRequestsQuerySchema, location="query")
    @blp.response(200, ErasureRequestsSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[ErasureRequest]:
        """List my requests for erasure

        The newest first. One that is `waiting` can be called off.
        """
        return erasure.listed(ports(), caller, query["page"])

    @signed_in
    @blp.arguments(ErasureOrderSchema)
    @idempotent(ErasureRequestSchema, 202)
    @blp.response(202, ErasureRequestSchema)
    @blp.problems(OwnPhoneNeeded)
    def post(
        self, body: dict[str, str], caller: SignedIn, once: Once[ErasureRequest]
    ) -> ErasureRequest:
        """Ask to be erased

        Nothing is erased before `not_before`: two days in which to call it off, or the end of the
        cover that is paid for, whichever is later. By `due_by` it is done: every session ends, and
        all that is left is NIK, name, birth date, the numbers, what was agreed to, and the record
        of contributions and payments, which the law has us keep. Credit is not paid back.

        An open invoice is called off at once, and while the request waits no new one is made (409
        `erasure-requested`). The worker is told by message. Asked again meanwhile, the answer is the
        request that waits. Afterwards the same person may register again, as somebody new.
        """
        return erasure.request(ports(), caller, body["phone_token"], once)


@blp.route("/erasure-requests/<uuid:erasure_request_id>/cancel")
class ErasureCancellation(MethodView):
    @signed_in
    @blp.response(200, ErasureRequestSchema)
    @blp.problems(ErasureRequestNotFound, ErasureDone)
    def post(self, erasure_request_id: UUID, caller: SignedIn) -> ErasureRequest:
        """Call an erasure off

        Possible until it is done. Doing it again changes nothing. The invoice that it called off
        stays so: ask for a new one.
        """
        return erasure.cancel(ports(), caller, erasure_request_id)
