"""The language in which answers are written, while they are written."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, ClassVar

from models.values.words import Language, Words
from schemas.fields import Field

spoken_language: ContextVar[Language] = ContextVar("spoken_language", default=Language.INDONESIAN)


class WordsField(Field):
    """Words of ours, in the caller's language. Only ever sent, never read."""

    published: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def __init__(self, **options: Any) -> None:
        super().__init__(dump_only=True, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return value.in_(spoken_language.get()) if isinstance(value, Words) else value
