"""A worker's bills and receipts."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.auth import signed_in
from api.idempotency import idempotent
from api.located import located
from api.smorest import JSON, Blueprint, ports
from models.receipt import Receipt
from models.values.page import Page, PageRequest
from schemas.invoice import (
    InvoiceRequestSchema,
    InvoiceSchema,
    InvoicesQuerySchema,
    InvoicesSchema,
)
from schemas.receipt import ReceiptSchema
from schemas.receipt_pdf import receipt_file_name, receipt_pdf
from schemas.speaking import spoken_language
from services import billing, invoices, receipts
from services.callers import SignedIn
from services.erasure import ErasureWaiting
from services.errors import (
    ConsentMissing,
    IdentityInReview,
    IdentityNeedsCorrection,
    IdentityPending,
    IdentityRefused,
    InvoiceNotFound,
    InvoiceNotOpen,
    InvoiceNotPaid,
    InvoiceOpen,
    PlanMissing,
    TooFarAhead,
)
from services.invoices import Bill
from services.once import Once

PDF = "application/pdf"

blp = Blueprint(
    "invoices", __name__, url_prefix="/v1/me/invoices", description="Bills and receipts"
)


@blp.route("")
class Invoices(MethodView):
    @signed_in
    @blp.arguments(InvoicesQuerySchema, location="query")
    @blp.response(200, InvoicesSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[Bill]:
        """List my invoices

        The newest first.
        """
        return invoices.listed(ports(), caller, query["page"])

    @signed_in
    @located("/v1/me/invoices/{id}")
    @blp.arguments(InvoiceRequestSchema)
    @idempotent(InvoiceSchema)
    @blp.response(201, InvoiceSchema)
    @blp.problems(
        ErasureWaiting,
        IdentityPending,
        IdentityNeedsCorrection,
        IdentityInReview,
        IdentityRefused,
        ConsentMissing,
        PlanMissing,
        InvoiceOpen,
        TooFarAhead,
    )
    def post(self, body: dict[str, Any], caller: SignedIn, once: Once[Bill]) -> Bill:
        """Ask for an invoice

        Pay it under its virtual account number, at the bank or by a transfer from another one,
        before `expires_at`. Arrears are settled first, each month at its own price, and credit is
        used first; an invoice that credit pays for completely is `paid` at once.
        """
        return billing.issue(ports(), caller, body["months"], once)


@blp.route("/<uuid:invoice_id>")
class OneInvoice(MethodView):
    @signed_in
    @blp.response(200, InvoiceSchema)
    @blp.problems(InvoiceNotFound)
    def get(self, invoice_id: UUID, caller: SignedIn) -> Bill:
        """Look at one invoice"""
        return invoices.show(ports(), caller, invoice_id)


@blp.route("/<uuid:invoice_id>/cancel")
class Cancellation(MethodView):
    @signed_in
    @blp.response(200, InvoiceSchema)
    @blp.problems(InvoiceNotFound, InvoiceNotOpen)
    def post(self, invoice_id: UUID, caller: SignedIn) -> Bill:
        """Call an invoice off

        From now on the bank refuses it.
        """
        return invoices.cancel(ports(), caller, invoice_id)


@blp.route("/<uuid:invoice_id>/receipt")
class InvoiceReceipt(MethodView):
    @signed_in
    @blp.produces(JSON, PDF)
    @blp.response(200, ReceiptSchema)
    @blp.sends("Content-Disposition")
    @blp.problems(InvoiceNotFound, InvoiceNotPaid)
    def get(self, invoice_id: UUID, caller: SignedIn, media_type: str) -> Receipt | Response:
        """Get the receipt of a paid invoice

        As data, or as pages to show, keep and print (`Accept: application/pdf`), which are in the
        language of `Accept-Language`. Money that became credit has a receipt, too.
        """
        receipt = receipts.show(ports(), caller, invoice_id)
        return _printed(receipt) if media_type == PDF else receipt


def _printed(receipt: Receipt) -> Response:
    language = spoken_language.get()
    shown = f'inline; filename="{receipt_file_name(receipt, language)}"'
    pages = receipt_pdf(receipt, language)
    return Response(pages, content_type=PDF, headers={"Content-Disposition": shown})
