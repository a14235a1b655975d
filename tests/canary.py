"""People whose data must come out nowhere: in no log line, job, problem or number, however spelled."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, quote_plus

from services.logs import JsonFormatter

# Shorter pieces of a number turn up by chance, and the last digits are what masks leave.
_PIECE = 9


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Somebody's data, such as nobody else has."""

    nik: str
    phone: str
    texts: tuple[str, ...]

    @property
    def traces(self) -> re.Pattern[str]:
        """Finds any of it."""
        numbers = (self.nik, self.phone.removeprefix("+62"))
        spelled = [each for number in numbers for each in _pieces(number)]
        spelled += [each for text in (*numbers, *self.texts) for each in _spellings(text)]
        return re.compile("|".join(map(re.escape, dict.fromkeys(spelled))), re.IGNORECASE)

    def without_texts(self, *texts: str) -> Canary:
        """For places where these may be."""
        return replace(self, texts=tuple(each for each in self.texts if each not in texts))


def _pieces(number: str) -> Iterator[str]:
    """Every run of digits: so no prefix, grouping or mask hides it."""
    for start in range(len(number) - _PIECE + 1):
        piece = number[start : start + _PIECE]
        yield piece
        yield f"{piece[:3]}-{piece[3:7]}-{piece[7:]}"


def _spellings(text: str) -> Iterator[str]:
    # Without what stands at the end, where base64 goes over into what follows.
    encoded = b64encode(text.encode()).decode()
    yield from (text, quote(text), quote_plus(text), text.encode().hex(), encoded[:-4])


KENARI = Canary(
    nik="3171014907931987",
    phone="+6281298705643",
    texts=(
        "Kenari Wulandhari",
        "Cempaka Larasati",
        "Gang Kutilang 88 RT 07",
        "kenari.wulan@contoh.id",
    ),
)
# Those whom the quick tests register, verify and bill.
SITI = Canary(
    nik="327301450793",
    phone="+62812345678",
    texts=("Siti Aminah", "Ratna Dewi", "Jl. Kenanga 12", "siti@contoh.id", "317101450793"),
)


class Listener(logging.Handler):
    """Reads every log line as it would be written.

    :ivar overheard: the loggers and templates of lines that tell of somebody.
    """

    def __init__(self, *canaries: Canary) -> None:
        super().__init__(logging.INFO)
        self.overheard: list[tuple[str, Any]] = []
        self._traces = [canary.traces for canary in canaries]
        self.setFormatter(JsonFormatter("tests"))

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if any(traces.search(line) for traces in self._traces):
            self.overheard.append((record.name, record.msg))

    def listen(self) -> None:
        """A test may have set the logging up anew."""
        root = logging.getLogger()
        if self not in root.handlers:
            root.addHandler(self)
        root.setLevel(logging.INFO)
