"""Months of a worker on the invoices of partners, whatever became of them."""

from sqlalchemy import Text, Uuid, and_, case, cast, func, literal_column, select, type_coerce

from models.columns import word_of
from models.enrolment import Enrolment
from models.invoice import InvoiceStatus
from models.merged_list import NOW
from models.partner import Partner
from models.partner_invoice import CollectiveStatus, PartnerInvoice
from models.partner_invoice_line import PartnerInvoiceLine
from models.timeline.happening import Happening
from models.timeline.staff.kind import StaffKind

_PARTNER = select(Partner.name).where(Partner.id == PartnerInvoice.partner_id).scalar_subquery()
_STATUS = case(
    (
        and_(PartnerInvoice.status == InvoiceStatus.OPEN, PartnerInvoice.expires_at < NOW),
        literal_column(f"'{CollectiveStatus.EXPIRED}'"),
    ),
    (
        and_(PartnerInvoice.status == InvoiceStatus.PAID, PartnerInvoice.posted_at.is_(None)),
        literal_column(f"'{CollectiveStatus.SETTLING}'"),
    ),
    else_=cast(PartnerInvoice.status, Text),
)
# A line has no id of its own. A worker may have two ties to one partner, and a line for each.
_LINE = cast(
    func.md5(
        cast(PartnerInvoiceLine.partner_invoice_id, Text)
        + cast(PartnerInvoiceLine.enrolment_id, Text)
    ),
    Uuid,
)
COLLECTIVE_BILLED = Happening(
    kind=StaffKind.COLLECTIVE_BILLED,
    about="A partner asked for a collective invoice with a month of the worker's. `collective` is "
    "how that invoice stands by now, `line` what became of this month, `amount` its price.",
    at=PartnerInvoice.created_at,
    id=_LINE,
    worker_id=Enrolment.worker_id,
    where=(
        # A partner's invoices are few and its lines many: each invoice is asked for its one line.
        PartnerInvoice.partner_id == Enrolment.partner_id,
        PartnerInvoiceLine.partner_invoice_id == PartnerInvoice.id,
        PartnerInvoiceLine.enrolment_id == Enrolment.id,
    ),
    details={
        "partner": _PARTNER,
        "partner_invoice_id": PartnerInvoice.id,
        "month": PartnerInvoiceLine.month,
        "amount": PartnerInvoiceLine.amount,
        "collective": type_coerce(_STATUS, word_of(CollectiveStatus)),
        "line": PartnerInvoiceLine.status,
        "expires_at": PartnerInvoice.expires_at,
    },
)
