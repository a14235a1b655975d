"""Everything that a worker's timeline is made of."""

from models.merged_list import MergedList
from models.timeline import (
    cover,
    deciding,
    erasing,
    joining,
    messages,
    money,
    paid_by_partner,
    partners,
    phone,
)
from models.timeline.happening import Happening

# Of what happens at one instant, what stands further down here is told as the later.
HAPPENINGS: tuple[Happening, ...] = (
    joining.REGISTERED,
    joining.CONSENT_GIVEN,
    joining.CONSENT_WITHDRAWN,
    joining.SESSION_STARTED,
    joining.SESSION_ENDED,
    joining.CHECK_SUPERSEDED,
    joining.CHECK_REQUESTED,
    joining.CHECK_ANSWERED,
    deciding.IDENTITY_DECIDED,
    joining.TERMS_CHOSEN,
    partners.PARTNER_ENROLLED,
    partners.PARTNER_CONFIRMED,
    partners.PARTNER_ENDED,
    erasing.ERASURE_REQUESTED,
    erasing.ERASURE_CANCELLED,
    phone.PHONE_CHANGE_REQUESTED,
    phone.PHONE_CHANGE_CLOSED,
    phone.PHONE_CHANGED,
    cover.LAPSED,
    cover.GRACE,
    money.INVOICE_MADE,
    money.INVOICE_CANCELLED,
    money.INVOICE_EXPIRED,
    money.PAYMENT_REFUSED,
    money.PAYMENT_RECEIVED,
    money.CREDIT_USED,
    money.MONTHS_PAID,
    paid_by_partner.MONTH_PAID_BY_PARTNER,
    cover.ACTIVATED,
    cover.RESTORED,
    money.INVOICE_SUPERSEDED,
    money.CREDIT_ADDED,
    money.REFUND_OPENED,
    money.REFUND_PAID,
    paid_by_partner.PARTNER_MONTH_TAKEN_BACK,
    messages.MESSAGE_SENT,
)
TIMELINE = MergedList(HAPPENINGS)
