"""Notes of officers."""

from typing import Any

from models.values.note import LONGEST, read_note
from schemas.fields import Text


class NoteField(Text):
    """For the auditor. Refuses what could be somebody's number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("example", "KTP seen on video, same person, knows her last payment.")
        super().__init__(max_length=LONGEST, lines=True, **options)

    def read(self, value: Any) -> str:
        return self.reading(read_note, value)
