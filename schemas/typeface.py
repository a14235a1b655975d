"""The typeface of what we draw: Plus Jakarta Sans, with figures that stand in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from enum import StrEnum
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

FONTS = Path(__file__).parent.parent / "data" / "fonts"
# What stands where a letter is missing: a box, so that nobody takes the rest for the whole.
MISSING = "□"

_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# In thousandths of the size, like all widths in the font.
_SPACE = 240
_FOR_SHAPING = ("GDEF", "GPOS", "GSUB")
_UNSEEN = {"Mn", "Me", "Cf"}


class Weight(StrEnum):
    """Its values are the names of the files."""

    REGULAR = "Regular"
    STRONG = "SemiBold"


def load_typeface(pdf: FPDF) -> Container[int]:
    """Make both weights known to a document, which embeds only the letters that it uses.

    Nothing is shared between documents: making one takes the font apart.

    :returns: the code points of the letters that there are.
    """
    for weight in Weight:
        pdf.add_font(weight, fname=FONTS / f"PlusJakartaSans-{weight}.ttf")
    fonts = [cast(TTFFont, font) for font in pdf.fonts.values()]
    for font in fonts:
        _set_without_shaping(font)
    return set.intersection(*(set(font.cmap) for font in fonts))


def _set_without_shaping(font: TTFFont) -> None:
    """Do by hand the little that we want of what a shaping engine would do.

    The figures of equal width are those of the font's feature ``tnum``. Its space is so narrow
    because it counts on kerning.
    """
    for value, name in enumerate(_FIGURES):
        _draw_as(font, str(value), f"{name}.tf")
    font.ttfont["hmtx"].metrics["space"] = (_SPACE, 0)
    _draw_as(font, " ", "space")
    for table in _FOR_SHAPING:
        # Left out of the document in the end, but not before it has been taken apart.
        del font.ttfont[table]
    # The space is in there already, as wide as it was.
    font.subset = SubsetMap(font)


def _draw_as(font: TTFFont, character: str, glyph: str) -> None:
    code = ord(character)
    font.cmap[code] = glyph
    font.glyph_ids[code] = font.ttfont.getGlyphID(glyph)
    font.cw[code] = round(font.ttfont["hmtx"].metrics[glyph][0] * font.scale)


def in_letters(text: str, letters: Container[int]) -> str:
    """The text in letters that there are.

    Names on a KTP are in Latin letters (Permendagri 73/2022, article 5), so few others come
    here. One with a mark that the typeface lacks is written without it, of which there is none
    at all becomes a box.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_in_letters(character, letters) for character in composed)


def _in_letters(character: str, letters: Container[int]) -> str:
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if ord(character) in letters:
        return character
    parts = unicodedata.normalize("NFKD", character)
    plain = [part for part in parts if unicodedata.category(part) not in _UNSEEN]
    known = plain and all(ord(part) in letters for part in plain)
    return "".join(plain) if known else MISSING
