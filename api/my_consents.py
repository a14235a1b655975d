"""What a worker has agreed to, and taking it back."""

from flask.views import MethodView

from api.auth import signed_in
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.application import Accepted
from models.consent import WorkerConsent
from models.values.page import Page, PageRequest
from schemas.consent import ConsentSchema, ConsentsQuerySchema, ConsentsSchema
from schemas.worker import AcceptedSchema
from services import consents
from services.callers import SignedIn
from services.errors import ConsentNotGiven
from services.once import Once

blp = Blueprint(
    "my-consents", __name__, url_prefix="/v1/me/consents", description="What I have agreed to"
)


@blp.route("")
class MyConsents(MethodView):
    @signed_in
    @blp.arguments(ConsentsQuerySchema, location="query")
    @blp.response(200, ConsentsSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[WorkerConsent]:
        """List what I have agreed to

        Oldest first, withdrawn ones included. `/v1/consents` tells what is in force.
        """
        return consents.given(ports(), caller, query["page"])

    @signed_in
    @blp.arguments(AcceptedSchema)
    @idempotent(ConsentSchema)
    @blp.response(201, ConsentSchema)
    def post(
        self, accepted: Accepted, caller: SignedIn, once: Once[WorkerConsent]
    ) -> WorkerConsent:
        """Accept a document

        The version that `/v1/consents` shows: a newer one than I accepted before, or one that I
        have taken back.
        """
        return consents.accept(ports(), caller, accepted, once)


@blp.route("/<document>/withdrawal")
class Withdrawal(MethodView):
    @signed_in
    @blp.response(200, ConsentSchema)
    @blp.problems(ConsentNotGiven)
    def post(self, caller: SignedIn, document: str) -> WorkerConsent:
        """Take a consent back

        Of any document, and of `privacy` also where I agreed to it with a platform that enrolled
        me. Without the required ones there are no new invoices, and no messages but
        codes that are asked for and warnings that guard the registration; an invoice that is open
        can still be paid, and cover that has been paid for runs on.
        """
        return consents.withdraw(ports(), caller, document)
