"""Cells that spreadsheets would take for something else than the text that they are.

A formula is run, a NIK loses its last digits, a number its leading zeros, a date its form. An
apostrophe in front keeps a cell a text. It is written in our files of results, and taken off again
when such a file comes back.
"""

import re
from typing import Final

# What begins a formula, also behind a tab or a line break (OWASP, "CSV Injection").
_FORMULA = "=+\\-@\\t\\r"
_TAKEN_FOR_A_FORMULA = re.compile(f"[{_FORMULA}]")
_TAKEN_FOR_A_NUMBER = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.DOTALL)

KEPT_AS_TEXT: Final = f"^'([0-9{_FORMULA}])"
"""A pattern for what was written here; its group is what the cell begins with."""


def defused(cell: str) -> str:
    """So that no program takes it for a formula."""
    return f"'{cell}" if _TAKEN_FOR_A_FORMULA.match(cell) else cell


def kept_as_text(cell: str) -> str:
    """``defused``, and so that a number or a day that is opened by a spreadsheet stays whole."""
    return f"'{cell}" if _TAKEN_FOR_A_NUMBER.fullmatch(cell) else defused(cell)
