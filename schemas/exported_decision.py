"""Of the copy of a worker's data: what they asked of our staff, and what those decided."""

from models.values.privacy import PrivacyRequestKind
from models.values.review import ReviewKind, Ruling
from schemas.base import Schema
from schemas.fields import Choice, Identifier, Instant

_NULL = {"examples": [None]}


class ExportedRequestSchema(Schema):
    id = Identifier(required=True)
    kind = Choice(PrivacyRequestKind, required=True)
    requested_at = Instant(required=True)
    due_by = Instant(required=True, example="2026-11-25T02:00:00Z")
    exported_at = Instant(
        required=True,
        allow_none=True,
        metadata=_NULL,
        about="When our staff made a copy to hand over.",
    )
    closed_at = Instant(
        required=True, allow_none=True, metadata=_NULL, about="When it was done or called off."
    )


class ExportedDecisionSchema(Schema):
    kind = Choice(ReviewKind, required=True, about="What it was about.")
    decision = Choice(Ruling, required=True)
    decided_at = Instant(required=True, attribute="closed_at")
