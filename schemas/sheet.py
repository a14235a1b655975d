"""Pages of A4 that are written from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.prefs import ViewerPreferences

from models.values.words import Language
from schemas.typeface import Weight, in_letters, load_typeface

Ink = tuple[int, int, int]

BLACK: Ink = (23, 32, 38)
GREY: Ink = (96, 108, 116)
LINE: Ink = (214, 220, 223)
ACCENT: Ink = (0, 105, 92)
TINT: Ink = (236, 245, 243)
WHITE: Ink = (255, 255, 255)

LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 16.0, 279.0
"""Where writing starts and ends, in millimetres from the upper left corner."""
_FOOT = 283.0
_MM_PER_POINT = 25.4 / 72
_CORNER = 3.0


@dataclass(frozen=True, slots=True)
class Style:
    """:param size: in points."""

    size: float
    weight: Weight = Weight.REGULAR
    ink: Ink = BLACK

    @property
    def leading(self) -> float:
        """From one line to the next, in millimetres."""
        return self.size * 1.4 * _MM_PER_POINT


_FOOTER = Style(7.5, ink=GREY)


class Sheet:
    """One document. The same calls give the same bytes.

    :param foot: stands at the bottom of every page; ``{page}`` and ``{pages}`` are filled in.
    :ivar y: how far down the page has been written; who writes moves it.
    """

    def __init__(self, *, title: str, language: Language, made_at: datetime, foot: str) -> None:
        self._pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        pdf.set_title(title)
        pdf.set_author("Jaring")
        pdf.set_lang(language)
        pdf.set_creation_date(made_at)
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._letters = load_typeface(pdf)
        self._foot = foot
        self._open_page()

    def write(
        self, x: float, y: float, text: str, style: Style, *, from_right: bool = False
    ) -> None:
        """One line, whose letters stand on ``y``.

        :param from_right: ``x`` is where it ends.
        """
        shown = in_letters(text, self._letters)
        self._take(style)
        start = x - self._pdf.get_string_width(shown) if from_right else x
        self._pdf.text(start, y, shown)

    def width(self, text: str, style: Style) -> float:
        self._take(style)
        return self._pdf.get_string_width(in_letters(text, self._letters))

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """The text in lines that fit: broken between words, and within one that is too long."""
        self._take(style)
        shown = in_letters(text, self._letters)
        lines = self._pdf.multi_cell(
            width, text=shown, align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        return cast(list[str], lines)

    def paragraph(self, x: float, y: float, text: str, style: Style, width: float) -> float:
        """:returns: where the line after it would stand."""
        lines = self.lines(text, style, width)
        self.write_lines(x, y, lines, style)
        return y + len(lines) * style.leading

    def write_lines(self, x: float, y: float, lines: Iterable[str], style: Style) -> None:
        for row, line in enumerate(lines):
            self.write(x, y + row * style.leading, line, style)

    def panel(self, y: float, height: float) -> None:
        """A tinted ground from margin to margin."""
        self._pdf.set_fill_color(*TINT)
        self._pdf.rect(
            LEFT, y, RIGHT - LEFT, height, style="F", round_corners=True, corner_radius=_CORNER
        )

    def pill(self, y: float, text: str, style: Style, height: float) -> None:
        """A word on the accent colour, at the right margin, with a tick before it."""
        tick, space = height * 0.36, height * 0.5
        width = self.width(text, style) + tick + space * 2.4
        x = RIGHT - width
        self._pdf.set_fill_color(*ACCENT)
        self._pdf.rect(x, y, width, height, style="F", round_corners=True, corner_radius=_CORNER)
        self._tick(x + space, y + height / 2, tick)
        capitals = style.size * 0.72 * _MM_PER_POINT
        self.write(RIGHT - space, y + (height + capitals) / 2, text, style, from_right=True)

    def _tick(self, x: float, y: float, size: float) -> None:
        self._pdf.set_draw_color(*WHITE)
        self._pdf.set_line_width(0.5)
        self._pdf.polyline(
            [(x, y), (x + size * 0.35, y + size * 0.38), (x + size, y - size * 0.38)]
        )

    def rule(self, y: float, *, ink: Ink = LINE, thickness: float = 0.2) -> None:
        """A line from margin to margin."""
        self._pdf.set_draw_color(*ink)
        self._pdf.set_line_width(thickness)
        self._pdf.line(LEFT, y, RIGHT, y)

    def has_room_for(self, height: float) -> bool:
        return self.y + height <= BOTTOM

    def next_page(self) -> None:
        self._close_page()
        self._open_page()

    def to_bytes(self) -> bytes:
        self._close_page()
        return bytes(self._pdf.output())

    def _open_page(self) -> None:
        self._pdf.add_page()
        self.y = TOP

    def _close_page(self) -> None:
        # A cell, in which the library fills in how many pages there came to be.
        told = self._foot.format(page=self._pdf.page, pages=self._pdf.str_alias_nb_pages)
        self._take(_FOOTER)
        self._pdf.set_xy(LEFT, _FOOT)
        self._pdf.cell(text=told)

    def _take(self, style: Style) -> None:
        self._pdf.set_font(style.weight, size=style.size)
        self._pdf.set_text_color(*style.ink)
