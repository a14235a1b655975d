"""Virtual account numbers that were given out, to workers or to partners: none is given again."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select, union_all

from models.invoice import Invoice
from models.partner_invoice import PartnerInvoice


def select_number_taken(virtual_account_no: str) -> Select[UUID]:
    """Whose number it is or was, if anybody's."""
    bills = (
        select(model.id).where(model.virtual_account_no == virtual_account_no)
        for model in (Invoice, PartnerInvoice)
    )
    found = union_all(*bills).subquery()
    return select(found.c.id)
