"""Staff have a message to a worker sent again."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.values.permission import Permission
from schemas.staff_message import MessageResendSchema, ResentSchema
from services import resending
from services.callers import StaffCaller
from services.lookup.errors import WorkerNotFound
from services.once import Once
from services.resending import (
    AddresseeErased,
    MessageNotConsented,
    MessageNotFound,
    MessageTooOld,
    MessageVoid,
    MessageWaiting,
    Resent,
    ResentTooOften,
    ResentTooSoon,
)

blp = Blueprint(
    "staff-messages",
    __name__,
    url_prefix="/v1/staff/workers/<uuid:worker_id>/messages",
    description="Staff have a message to a worker sent again",
)


@blp.route("/<uuid:message_id>/resend")
class Resending(MethodView):
    @staff(Permission.RESEND)
    @blp.arguments(MessageResendSchema, required=False)
    @idempotent(ResentSchema, 202)
    @blp.response(202, ResentSchema)
    @blp.problems(
        WorkerNotFound,
        MessageNotFound,
        AddresseeErased,
        MessageNotConsented,
        MessageWaiting,
        MessageTooOld,
        MessageVoid,
        ResentTooSoon,
        ResentTooOften,
    )
    def post(
        self,
        body: dict[str, Any],
        caller: StaffCaller,
        worker_id: UUID,
        message_id: UUID,
        once: Once[Resent],
    ) -> Resent:
        """Send a message to a worker again

        `message_id` is that of an entry `message_sent` in the timeline. What it says is made anew, as
        of when it is sent; reminders and welcomes go out from 09:00 to 20:00 WIB. Codes are not sent
        again from here: the worker asks for one in the app. At most 5 in 24 hours for one worker.
        """
        return resending.resend(
            ports(), caller, worker_id, message_id, body.get("channel"), body.get("note"), once
        )
