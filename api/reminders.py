"""What there is to pay, by the code of a reminder."""

from flask.views import MethodView

from api.auth import signed_in
from api.idempotency import idempotent
from api.located import located
from api.smorest import Blueprint, ports
from schemas.invoice import InvoiceSchema
from services import reminder_invoices
from services.callers import SignedIn
from services.erasure import ErasureWaiting
from services.errors import (
    ConsentMissing,
    IdentityInReview,
    IdentityNeedsCorrection,
    IdentityPending,
    IdentityRefused,
)
from services.invoices import Bill
from services.once import Once
from services.reminder_invoices import NothingDue, ReminderNotFound

blp = Blueprint(
    "reminders", __name__, url_prefix="/v1/me/reminders", description="Reminders to pay"
)


@blp.route("/<reminder_code>/invoice")
class ReminderInvoice(MethodView):
    @signed_in
    @located("/v1/me/invoices/{id}")
    @idempotent(InvoiceSchema, status=200)
    @blp.response(200, InvoiceSchema)
    @blp.problems(
        ReminderNotFound,
        NothingDue,
        IdentityPending,
        IdentityNeedsCorrection,
        IdentityInReview,
        IdentityRefused,
        ConsentMissing,
        ErasureWaiting,
    )
    def post(self, reminder_code: str, caller: SignedIn, once: Once[Bill]) -> Bill:
        """Get the invoice that a reminder is about

        The one that is open; if none is, one is made for the months that are due: all arrears up
        to the current month, or the next month while cover lasts. The code opens nothing by
        itself: it is good for the worker who was sent it, and may be used any number of times. An
        invoice that credit pays for completely is `paid` at once.
        """
        return reminder_invoices.invoice_for(ports(), caller, reminder_code, once)
