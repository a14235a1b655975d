"""What a piece of a path may be."""

from typing import Any

from werkzeug.routing import Map, UnicodeConverter, ValidationError


class TidyPath(UnicodeConverter):
    """Text without control characters or broken UTF-8: such a path leads nowhere.

    PostgreSQL holds no NUL, so without this a look-up would end in an error.
    """

    def __init__(self, url_map: Map, minlength: int = 1, maxlength: int = 128) -> None:
        super().__init__(url_map, minlength=minlength, maxlength=maxlength)

    def to_python(self, value: str) -> Any:
        # Werkzeug has put U+FFFD, which is printable, for bytes that are not UTF-8.
        if not value.isprintable() or "\ufffd" in value:
            raise ValidationError
        return value
