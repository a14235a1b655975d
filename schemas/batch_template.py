"""An empty file of drivers with an example row, as text and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from models.driver import COLUMNS
from models.driver_columns import ABOUT, EXAMPLE

_SHEET, _EXPLANATION = "drivers", "penjelasan - explanation"
_TEXT = {"num_format": "@"}
_WIDTH, _WIDE = 22, 70


def template_csv() -> str:
    """As RFC 4180 has it. A spreadsheet that opens it turns the NIK into a number: for that there
    is the workbook."""
    written = io.StringIO()
    csv.writer(written).writerows([COLUMNS, [EXAMPLE[column] for column in COLUMNS]])
    return written.getvalue()


def template_xlsx() -> bytes:
    """Every cell is a text, those that are still empty too; a second sheet explains the columns."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        text, bold = book.add_format(_TEXT), book.add_format({"bold": True, **_TEXT})
        _write_drivers(book.add_worksheet(_SHEET), text, bold)
        _write_explanation(book.add_worksheet(_EXPLANATION), text, bold)
    return written.getvalue()


def _write_drivers(sheet: Worksheet, text: Format, bold: Format) -> None:
    sheet.set_column(0, len(COLUMNS) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, COLUMNS, bold)
    _write_row(sheet, 1, [EXAMPLE[column] for column in COLUMNS], text)


def _write_explanation(sheet: Worksheet, text: Format, bold: Format) -> None:
    sheet.set_column(0, 0, _WIDTH, text)
    sheet.set_column(1, 2, _WIDE, text)
    _write_row(sheet, 0, ["kolom / column", "Bahasa Indonesia", "English"], bold)
    for place, column in enumerate(COLUMNS, start=1):
        _write_row(sheet, place, [column, ABOUT[column].id, ABOUT[column].en], text)


def _write_row(sheet: Worksheet, place: int, cells: Iterable[str], form: Format) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(place, column, cell, form)
