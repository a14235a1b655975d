"""What all schemas share."""

from typing import Any

import marshmallow as ma

from schemas import faults

# marshmallow puts these objects into its error lists as they are.
FAULTS: dict[str, Any] = {"unknown": faults.UNKNOWN, "type": faults.NOT_AN_OBJECT}


class Schema(ma.Schema):
    """Refuses names it does not know, and says so in the caller's language."""

    error_messages = FAULTS

    class Meta:
        unknown = ma.RAISE

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        # marshmallow's own also follows dotted paths, which costs more than the
        # whole rest of an answer and hides a misspelt name behind a lookup.
        if isinstance(obj, dict):
            return obj.get(attr, default)
        return getattr(obj, attr, default)


class Nothing(Schema):
    """No fields at all: for requests that take no body or no query."""
