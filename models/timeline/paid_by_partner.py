"""Months that a partner paid for a worker."""

from sqlalchemy import func, select, type_coerce

from models.columns import RupiahColumn
from models.contribution import Contribution
from models.merged_list import Details
from models.partner import Partner
from models.partner_posting import PartnerPosting
from models.spells import protection_of
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind
from models.values.rupiah import Rupiah

_NOTHING = Rupiah(0)
# Looked up for what a page holds, where a join would be made for all that there is.
_PARTNER = select(Partner.name).where(Partner.id == PartnerPosting.partner_id).scalar_subquery()
_SETTLED_AT = (
    select(func.min(Contribution.settled_at, type_=Contribution.settled_at.type))
    .where(
        Contribution.worker_id == PartnerPosting.worker_id,
        Contribution.month == PartnerPosting.month,
        Contribution.partner_invoice_id == PartnerPosting.partner_invoice_id,
    )
    .scalar_subquery()
)


def _protection(paid: Details) -> Details:
    first, last = protection_of([paid["month"]], paid["settled_at"]) or (None, None)
    return {"protected_from": first, "protected_until": last}


MONTH_PAID_BY_PARTNER = Happening(
    kind=TimelineKind.MONTH_PAID_BY_PARTNER,
    about="A partner paid for the month; `amount` is its price, and `protected_from` to "
    "`protected_until` what it protects: null where all had gone by.",
    at=PartnerPosting.posted_at,
    id=PartnerPosting.id,
    worker_id=PartnerPosting.worker_id,
    where=(PartnerPosting.settled > _NOTHING,),
    details={
        "partner": _PARTNER,
        "month": PartnerPosting.month,
        "amount": PartnerPosting.settled,
        "settled_at": _SETTLED_AT,
    },
    unpublished=["settled_at"],
    derived=_protection,
    derives=("protected_from", "protected_until"),
)
PARTNER_MONTH_TAKEN_BACK = Happening(
    kind=TimelineKind.PARTNER_MONTH_TAKEN_BACK,
    about="The identity was refused, so a month that a partner had paid for will not begin: its "
    "price goes back to the partner.",
    at=PartnerPosting.posted_at,
    id=PartnerPosting.id,
    worker_id=PartnerPosting.worker_id,
    where=(PartnerPosting.settled < _NOTHING,),
    details={
        "partner": _PARTNER,
        "month": PartnerPosting.month,
        "amount": type_coerce(-PartnerPosting.settled, RupiahColumn),
    },
)
