"""What people ask about their data, and staff see to in time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.values.page import Page
from models.values.permission import Permission
from models.values.privacy import NewRequest
from schemas.data_export import DataExportSchema
from schemas.staff_privacy_request import (
    DoneSchema,
    NewRequestSchema,
    PrivacyRequestSchema,
    PrivacyRequestsQuerySchema,
    PrivacyRequestsSchema,
)
from services import privacy_export, privacy_requests
from services.callers import StaffCaller
from services.lookup.errors import WorkerNotFound
from services.once import Once
from services.privacy_export import AlreadyExported, ExportByAnother, NotAnExport
from services.privacy_requests import (
    Asked,
    AskedByWorker,
    ErasureGoesByItself,
    PrivacyRequestClosed,
    PrivacyRequestNotFound,
    PrivacyRequestOpen,
)

ATTACHMENT = {"Content-Disposition": 'attachment; filename="jaring-data.json"'}

blp = Blueprint(
    "staff-privacy-requests",
    __name__,
    url_prefix="/v1/staff/privacy-requests",
    description="What people ask about their data, with its clock",
)


@blp.route("")
class PrivacyRequests(MethodView):
    @staff(Permission.PRIVACY)
    @blp.arguments(PrivacyRequestsQuerySchema, location="query")
    @blp.response(200, PrivacyRequestsSchema)
    def get(self, query: dict[str, Any], caller: StaffCaller) -> Page[Asked]:
        """List personal-data requests that are open

        What is overdue, or will be first, comes first (UU 27/2022: 3x24 hours).
        """
        return privacy_requests.listed(ports(), caller, query["page"], kind=query.get("kind"))

    @staff(Permission.PRIVACY)
    @blp.arguments(NewRequestSchema)
    @idempotent(PrivacyRequestSchema, 201)
    @blp.response(201, PrivacyRequestSchema)
    @blp.problems(WorkerNotFound, PrivacyRequestOpen)
    def post(self, body: NewRequest, caller: StaffCaller, once: Once[Asked]) -> Asked:
        """Enter what somebody asked for by letter or phone

        `erasure` begins the erasure at once, as if it had been asked for in the app: the worker is
        told by message, and there is time to call it off. The others wait until they are done.
        """
        return privacy_requests.enter(ports(), caller, body, once)


@blp.route("/<uuid:privacy_request_id>/done")
class Done(MethodView):
    @staff(Permission.PRIVACY)
    @blp.arguments(DoneSchema)
    @blp.response(204)
    @blp.problems(PrivacyRequestNotFound, PrivacyRequestClosed, ErasureGoesByItself)
    def post(self, body: dict[str, str], privacy_request_id: UUID, caller: StaffCaller) -> None:
        """Close a request that has been seen to

        A `withdrawal` that staff entered takes effect by this: every consent is taken back that was
        given before it was asked for, and what somebody agreed to with a platform that enrolled
        them, unless they have agreed to the same in the app since.
        """
        privacy_requests.done(ports(), caller, privacy_request_id, body["note"])


@blp.route("/<uuid:privacy_request_id>/cancel")
class Cancellation(MethodView):
    @staff(Permission.PRIVACY)
    @blp.arguments(DoneSchema)
    @blp.response(204)
    @blp.problems(PrivacyRequestNotFound, PrivacyRequestClosed, AskedByWorker)
    def post(self, body: dict[str, str], privacy_request_id: UUID, caller: StaffCaller) -> None:
        """Call off what staff entered

        By mistake, or because the person thought better of it. An erasure is called off with it.
        """
        privacy_requests.cancel(ports(), caller, privacy_request_id, body["note"])


@blp.route("/<uuid:privacy_request_id>/export")
class Export(MethodView):
    @staff(Permission.PRIVACY)
    @blp.sends("Content-Disposition")
    @blp.response(200, DataExportSchema)
    @blp.problems(
        PrivacyRequestNotFound,
        PrivacyRequestClosed,
        NotAnExport,
        ExportByAnother,
        AlreadyExported,
    )
    def post(
        self, privacy_request_id: UUID, caller: StaffCaller
    ) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """Make the copy that is handed over

        Everything in clear, once, by another officer than the one who entered the request. It is
        kept nowhere, and the worker sees in their access log that it was made.
        """
        return privacy_export.make(ports(), caller, privacy_request_id), ATTACHMENT
