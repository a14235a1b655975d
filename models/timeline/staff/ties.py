"""Platforms that enrolled a worker, and what they call them."""

from dataclasses import replace

from models.enrolment import Enrolment
from models.timeline import partners

_TIE = {"partner_id": Enrolment.partner_id, "external_id": Enrolment.external_id}
PARTNER_ENROLLED = replace(
    partners.PARTNER_ENROLLED,
    about="A platform, of this `name`, registered the worker or says that they drive for it, as "
    "`external_id`: by a file, of which it is a row, or by itself.",
    details={
        **partners.PARTNER_ENROLLED.details,
        **_TIE,
        "batch_id": Enrolment.batch_id,
        "batch_row": Enrolment.batch_row,
        "many_on_phone": Enrolment.many_on_phone,
    },
)
PARTNER_CONFIRMED = replace(
    partners.PARTNER_CONFIRMED, details={**partners.PARTNER_CONFIRMED.details, **_TIE}
)
PARTNER_ENDED = replace(partners.PARTNER_ENDED, details={**partners.PARTNER_ENDED.details, **_TIE})
