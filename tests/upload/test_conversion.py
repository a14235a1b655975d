import csv
import stat
from datetime import date

import pytest
from xlsxwriter import Workbook

from models.driver import COLUMNS
from models.file_limits import MOST_SHEET_ROWS
from tests.driver_rows import GOOD
from upload.conversion import as_text
from upload.driver_file import Form, looked_at
from upload.refusals import CannotUpload


@pytest.fixture
def workbook(tmp_path):
    def workbook(rows, columns=COLUMNS):
        path = tmp_path / "drivers.xlsx"
        with Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_row(0, 0, columns)
            for place, row in enumerate(rows, start=1):
                for column, cell in enumerate(row[name] for name in columns):
                    sheet.write(place, column, cell, *([day] if isinstance(cell, date) else []))
        return looked_at(path)

    return workbook


def converted(file, tell=lambda _: None):
    with as_text(file, tell) as text:
        assert text.form is Form.CSV
        assert stat.S_IMODE(text.path.stat().st_mode) == 0o600
        with text.path.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
    assert not text.path.exists()
    return rows


def test_every_cell_becomes_the_text_that_somebody_would_type(workbook):
    row = GOOD | {"birth_date": date(1993, 7, 5), "monthly_income": 3500000}
    assert converted(workbook([row])) == [GOOD]


def test_a_nik_that_is_a_number_stays_the_damage_that_it_is(workbook):
    [row] = converted(workbook([GOOD | {"nik": 3273014507930001}]))
    assert "E+15" in row["nik"]


def test_columns_stand_in_any_order(workbook):
    assert converted(workbook([GOOD], columns=tuple(reversed(COLUMNS)))) == [GOOD]


def test_line_breaks_quotes_and_commas_stay_in_their_cell(workbook):
    row = GOOD | {"address": 'Jl. "A",\nRT 1; RW 2'}
    assert converted(workbook([row])) == [row]


def test_the_same_workbook_gives_the_same_bytes(workbook):
    file, digests = workbook([GOOD] * 3), set()
    for _ in range(2):
        with as_text(file, lambda _: None) as text:
            digests.add(text.sha_256)
    assert len(digests) == 1


def test_one_that_is_longer_than_the_server_takes_is_converted_whole(workbook):
    told = []
    rows = converted(workbook([GOOD] * (MOST_SHEET_ROWS + 1)), told.append)
    assert len(rows) == MOST_SHEET_ROWS + 1
    assert told == sorted(told)
    assert told[-1] == len(rows)


def test_what_is_text_already_is_left_as_it_is(tmp_path):
    path = tmp_path / "drivers.csv"
    path.write_text("a")
    file = looked_at(path)
    with as_text(file, lambda _: None) as text:
        assert text is file


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_workbook_is_said_so(tmp_path, content):
    path = tmp_path / "drivers.xlsx"
    path.write_bytes(content)
    with pytest.raises(CannotUpload, match="Save it again as"):
        converted(looked_at(path))


def test_other_columns_are_named_before_anything_is_sent(workbook):
    with pytest.raises(CannotUpload, match="phone: This column is missing"):
        converted(workbook([GOOD], columns=tuple(each for each in COLUMNS if each != "phone")))
