"""A partner's collective invoices."""

from uuid import UUID

from flask.views import MethodView

from api.auth import partner
from api.idempotency import idempotent
from api.located import located
from api.smorest import Blueprint, ports
from models.collective_order import Order
from models.partner_invoice_line import Listed
from models.values.page import Page, PageRequest
from models.values.scope import Scope
from schemas.collective_invoice import (
    CollectiveInvoiceSchema,
    CollectiveInvoicesQuerySchema,
    CollectiveInvoicesSchema,
    CollectiveLinesQuerySchema,
    CollectiveLinesSchema,
    CollectiveRequestSchema,
    LeftOutListSchema,
    LeftOutQuerySchema,
)
from services.callers import PartnerCaller
from services.collective import drawing_up, invoices
from services.collective.invoices import Collective, CollectiveInvoice, LeftOut
from services.errors import InvoiceNotFound, InvoiceNotOpen
from services.once import Once

# Ten thousand names of 64 characters, each of them written as \uXXXX.
LARGEST_ORDER = 4 * 1024 * 1024

blp = Blueprint(
    "partner_invoices",
    __name__,
    url_prefix="/v1/partner/invoices",
    description="Invoices that a partner pays for many drivers",
)


@blp.route("")
class PartnerInvoices(MethodView):
    @partner(Scope.PAY)
    @blp.arguments(CollectiveInvoicesQuerySchema, location="query")
    @blp.response(200, CollectiveInvoicesSchema)
    def get(self, query: dict[str, PageRequest], caller: PartnerCaller) -> Page[Collective]:
        """List collective invoices

        The newest first. Who is left out of each is told where one is looked at.
        """
        return invoices.listed(ports(), caller, query["page"])

    @partner(Scope.PAY)
    @located("/v1/partner/invoices/{id}")
    @blp.arguments(CollectiveRequestSchema, limit=LARGEST_ORDER)
    @idempotent(CollectiveInvoiceSchema)
    @blp.response(201, CollectiveInvoiceSchema)
    def post(
        self, body: dict[str, Order], caller: PartnerCaller, once: Once[CollectiveInvoice]
    ) -> CollectiveInvoice:
        """Ask for a collective invoice

        One virtual account number for one month of each driver: the oldest unpaid one, at its own
        price. Who pays, and so which relief there is, is a property of your account. Your credit is
        used first; an invoice that credit pays for completely is settled at once.

        Who cannot be paid for now is left out, with one code for every reason. Nobody is on two of
        your open invoices. A month that somebody else settles before you pay is not paid twice: its
        price becomes your credit.
        """
        return drawing_up.issue(ports(), caller, body["order"], once)


@blp.route("/<uuid:invoice_id>")
class OnePartnerInvoice(MethodView):
    @partner(Scope.PAY)
    @blp.response(200, CollectiveInvoiceSchema)
    @blp.problems(InvoiceNotFound)
    def get(self, invoice_id: UUID, caller: PartnerCaller) -> CollectiveInvoice:
        """Look at one collective invoice

        Once it is paid, it is the receipt, too: `paid_at` and `bank_reference` say when and how.
        """
        return invoices.show(ports(), caller, invoice_id)


@blp.route("/<uuid:invoice_id>/lines")
class Lines(MethodView):
    @partner(Scope.PAY)
    @blp.arguments(CollectiveLinesQuerySchema, location="query")
    @blp.response(200, CollectiveLinesSchema)
    @blp.problems(InvoiceNotFound)
    def get(
        self, query: dict[str, PageRequest], invoice_id: UUID, caller: PartnerCaller
    ) -> Page[Listed]:
        """List the lines of a collective invoice

        Which month of which driver is paid, and what became of it.
        """
        return invoices.lines(ports(), caller, invoice_id, query["page"])


@blp.route("/<uuid:invoice_id>/left-out")
class LeftOutDrivers(MethodView):
    @partner(Scope.PAY)
    @blp.arguments(LeftOutQuerySchema, location="query")
    @blp.response(200, LeftOutListSchema)
    @blp.problems(InvoiceNotFound)
    def get(
        self, query: dict[str, PageRequest], invoice_id: UUID, caller: PartnerCaller
    ) -> Page[LeftOut]:
        """List whom a collective invoice leaves out

        In the order in which they were asked for.
        """
        return invoices.left_out(ports(), caller, invoice_id, query["page"])


@blp.route("/<uuid:invoice_id>/cancel")
class PartnerCancellation(MethodView):
    @partner(Scope.PAY)
    @blp.response(200, CollectiveInvoiceSchema)
    @blp.problems(InvoiceNotFound, InvoiceNotOpen)
    def post(self, invoice_id: UUID, caller: PartnerCaller) -> CollectiveInvoice:
        """Call a collective invoice off

        From now on the bank refuses it, and its drivers can be on another one.
        """
        return invoices.cancel(ports(), caller, invoice_id)
