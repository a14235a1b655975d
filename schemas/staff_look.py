"""Why an officer looks at somebody's data."""

from typing import Any

from models.values.access import STAFF_REASONS
from schemas.base import Schema
from schemas.fields import Choice
from schemas.note import NoteField


class ReasonField(Choice):
    """One that an officer may give."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("about", "Why you look. The worker is told.")
        super().__init__(STAFF_REASONS, required=True, **options)


class ReasonSchema(Schema):
    """What every look at a worker's data says of itself. May stand in an address."""

    reason = ReasonField()


class LookSchema(ReasonSchema):
    """A note may tell of somebody in words, so it never stands in an address, which proxies log."""

    note = NoteField(
        load_default=None,
        about="For the auditor only. Write no numbers into it: six digits or more in a row are "
        "refused, whatever stands between them.",
        example="Penelepon bertanya tentang pembayaran kemarin.",
    )
