"""Why an officer looks at somebody's data."""

from collections.abc import Mapping
from typing import Any, ClassVar

from models.values.access import STAFF_REASONS
from models.values.note import LONGEST, read_note
from schemas import faults
from schemas.base import Schema
from schemas.fields import Choice, Field, described


class ReasonField(Choice):
    """One that an officer may give."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("about", "Why you look. The worker is told.")
        super().__init__(STAFF_REASONS, required=True, **options)


class NoteField(Field):
    """Free words for the auditor, in which nobody's number may stand."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        **described(
            "For the auditor only. Write no numbers into it: six digits or more in a row are refused.",
            "Penelepon bertanya tentang pembayaran kemarin.",
        ),
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        return self.reading(read_note, value, faults.NOT_TEXT)


class LookSchema(Schema):
    """What every look at a worker's data says of itself."""

    reason = ReasonField()
    note = NoteField(load_default=None)
