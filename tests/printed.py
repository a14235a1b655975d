"""What can be read on the pages of a PDF, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One piece of text: millimetres from the upper left corner of its page.

    :param line: what it stands on.
    """

    text: str
    page: int
    line: float
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: Printed) -> bool:
        return (
            self.page == other.page
            and self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def printed(pdf: bytes) -> list[Printed]:
    """Every piece of text, in the order in which it was written."""
    with opened(pdf) as document:
        return [
            each for number in range(len(document)) for each in _on(document[number], number + 1)
        ]


def rows(pieces: Iterable[Printed]) -> list[list[str]]:
    """As one reads: what stands on one line, from left to right, from the top of page 1 on."""
    ordered = sorted(pieces, key=lambda each: (each.page, each.line, each.left))
    return [
        [each.text for each in row]
        for _, row in groupby(ordered, key=lambda each: (each.page, each.line))
    ]


def _on(page: pdfium.PdfPage, number: int) -> Iterator[Printed]:
    height, read = page.get_height(), page.get_textpage()
    for piece in page.get_objects(filter=(FPDF_PAGEOBJ_TEXT,), textpage=read):
        left, bottom, right, top = piece.get_bounds()
        yield Printed(
            text=piece.extract().strip(),
            page=number,
            line=round((height - piece.get_matrix().f) / _POINTS_PER_MM, 1),
            left=left / _POINTS_PER_MM,
            right=right / _POINTS_PER_MM,
            top=(height - top) / _POINTS_PER_MM,
            bottom=(height - bottom) / _POINTS_PER_MM,
        )
