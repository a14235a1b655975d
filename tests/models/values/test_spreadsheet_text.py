import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.spreadsheet_text import KEPT_AS_TEXT, defused, kept_as_text


def back(cell):
    return re.sub(KEPT_AS_TEXT, r"\1", cell)


@pytest.mark.parametrize("cell", ["=1+1", "+62812", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert defused(cell) == kept_as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["3273014507930001", "007", "1993-07-05", "2026-11-20T09:00:00Z"])
def test_no_number_loses_digits_and_no_day_its_form(cell):
    assert kept_as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Siti", "'Aisyah", "3500000", "31.71.07.1006", "D-1", "0"])
def test_everything_else_stays_as_it_is(cell):
    assert kept_as_text(cell) == cell


@given(st.text(max_size=20).filter(lambda cell: not cell.startswith("'")))
def test_a_cell_that_comes_back_is_what_it_was(cell):
    assert back(kept_as_text(cell)) == cell
    assert back(defused(cell)) == cell
