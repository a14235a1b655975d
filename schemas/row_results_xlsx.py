"""What became of the rows of a file, as a spreadsheet in which every cell is a text."""

from __future__ import annotations

import io

import xlsxwriter

from models.values.spreadsheet_text import defused
from models.values.words import Language, Words
from schemas.row_results import HEADER, Portions, cells

_SHEET = Words("Hasil", "Results")
_WIDTH = 18


def xlsx(portions: Portions, language: Language) -> bytes:
    """Held whole, which is why nobody is given more rows than a sheet is taken with."""
    written = io.BytesIO()
    # In memory: the other way leaves what was sent in files of its own while it writes.
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet(_SHEET.in_(language))
    sheet.set_column(0, len(HEADER) - 1, _WIDTH, book.add_format({"num_format": "@"}))
    rows = [HEADER, *(cells(row, language, defused) for portion in portions for row in portion)]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return written.getvalue()
