import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest

from models.driver import COLUMNS
from models.row_shapes import TOO_MANY_CELLS
from services.enrolment.file_faults import (
    FileTooLarge,
    HeaderMissing,
    LineTooLong,
    NoRows,
    NotAWorkbook,
    SheetTooLong,
)
from services.enrolment.sheet_rows import SENT, frames
from tests.driver_files import blocks, drivers, xlsx_of
from tests.driver_rows import GOOD, row
from tests.heavy_files import SHARED, SHEET, with_part, workbook

HEADER = list(COLUMNS)


def read(data):
    return [
        {name: cell for name, cell in each.items() if cell is not None}
        for frame in frames(blocks(data))
        for each in frame.iter_rows(named=True)
    ]


def cells(**changes):
    return list({**GOOD, **changes}.values())


def sheet(rows):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


GOOD_BOOK = xlsx_of([HEADER, cells()])


def test_a_sheet_of_texts_is_read_as_it_is():
    assert read(xlsx_of([HEADER, *(each.values() for each in drivers(3))])) == drivers(3)


@pytest.mark.parametrize(
    ("behind_mark", "bits"),
    [
        pytest.param(6, 0x60, id="of a later kind of archive"),
        pytest.param(8, 0x01, id="under a password"),
        pytest.param(8, 0x20, id="patches of another file"),
        pytest.param(8, 0x40, id="under a strong password"),
    ],
)
def test_one_whose_parts_are_something_else_is_refused(behind_mark, bits):
    """By what the directory says of each of them: its version and its flags."""
    changed = bytearray(GOOD_BOOK)
    place = -1
    while (place := changed.find(b"PK\x01\x02", place + 1)) >= 0:
        changed[place + behind_mark] |= bits
    with pytest.raises(NotAWorkbook):
        read(bytes(changed))


def test_a_workbook_without_shared_texts_is_read_as_well():
    assert read(xlsx_of([HEADER, cells()], constant_memory=True)) == [GOOD]


def test_numbers_are_written_out_and_days_as_days():
    sent = cells(
        phone=81355550123,
        monthly_income=3500000,
        birth_date=datetime(1993, 7, 5),  # noqa: DTZ001
    )
    assert read(xlsx_of([HEADER, sent])) == [row(phone="81355550123")]


def test_a_nik_that_was_typed_as_a_number_shows_that_it_has_lost_digits():
    [damaged] = read(xlsx_of([HEADER, cells(nik=3273014507930000)]))
    assert damaged["nik"] == "3.27301450793E+15"


def test_other_cells_come_as_a_spreadsheet_shows_them():
    sent = cells(sex=True, address=None, full_name='=HYPERLINK("x")', monthly_income=1.5)
    assert read(xlsx_of([HEADER, sent]))[0]["sex"] == "TRUE"
    assert read(xlsx_of([HEADER, sent]))[0]["monthly_income"] == "1.5"
    # What a formula came to; none was worked out here.
    assert read(xlsx_of([HEADER, sent]))[0]["full_name"] == "0"


def test_empty_rows_do_not_count_and_names_may_stand_lower():
    assert read(xlsx_of([[], ["", ""], HEADER, [], cells(), ["", " " * 0]])) == [GOOD]


def test_a_row_that_is_too_long_is_a_fault_of_that_row():
    [told] = read(xlsx_of([HEADER, [*cells(), "more"]]))
    assert told["shape_fault"] == TOO_MANY_CELLS


def test_what_is_no_workbook_is_refused():
    bare = zipfile.ZipFile(empty := io.BytesIO(), "w")
    bare.writestr("a.txt", "a")
    bare.close()
    for sent in (
        b"",
        b"PK",
        GOOD_BOOK[:-30],
        empty.getvalue(),
        b"\xd0\xcf\x11\xe0",
    ):
        with pytest.raises(NotAWorkbook):
            read(sent)


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet><sheetData><row><c t='s'><v>99</v></c></row>",
        b"<worksheet>",
        b"",
        sheet("<row><c t='s'><v>x</v></c></row>"),
        sheet("<row><c s='x'><v>1</v></c></row>"),
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        b"<worksheet>\x00</worksheet>",
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused(content):
    with pytest.raises(NotAWorkbook):
        read(with_part(GOOD_BOOK, SHEET, content))


def test_cells_a_thousand_million_apart_take_no_room():
    far = "<c r='XFD1048576' t='inlineStr'><is><t>x</t></is></c>"
    content = sheet(
        f"<row r='1'><c r='A1' t='inlineStr'><is><t>nik</t></is></c></row><row>{far}</row>"
    )
    with pytest.raises(HeaderMissing):
        read(with_part(GOOD_BOOK, SHEET, content))


def test_a_workbook_that_grows_too_much_is_refused():
    with pytest.raises(FileTooLarge):
        read(zipped({"a": b"\0" * 70_000_000}))


def test_a_directory_that_is_too_long_is_not_read():
    with pytest.raises(FileTooLarge):
        read(zipped({str(number) * 40: b"" for number in range(2_000)}))


def zipped(parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_more_than_8_mib_are_refused():
    with pytest.raises(FileTooLarge):
        read(b"PK" + bytes(8 * 1024 * 1024))


def test_a_row_that_is_too_long_is_told_by_its_number():
    rows = [HEADER, [], cells(), cells(address="é" * 9_000)]
    for book in (xlsx_of(rows), xlsx_of(rows, constant_memory=True)):
        with pytest.raises(LineTooLong) as refusal:
            read(book)
        assert refusal.value.details == {"line": 4}
    assert len(read(xlsx_of([HEADER, cells(address="a" * 15_000)]))) == 1


def test_a_long_text_that_stands_in_no_row_does_not_matter():
    book = workbook([b"D-1", b"a" * 30_000], [SHARED])
    assert read(book) == [{"external_id": "D-1"}]


@pytest.mark.parametrize("text", [b"", b"abc"])
def test_texts_that_cells_share_are_held_up_to_a_limit(text):
    limits = replace(SENT, texts=1_000)
    assert list(frames(blocks(workbook([text] * 100, [SHARED])), limits)) or not text
    with pytest.raises(FileTooLarge):
        list(frames(blocks(workbook([text] * 300, [SHARED])), limits))


def test_a_sheet_without_rows_is_refused():
    with pytest.raises(NoRows):
        read(xlsx_of([]))


def test_more_than_twenty_thousand_rows_are_refused():
    one = "<row><c t='inlineStr'><is><t>D-1</t></is></c></row>"
    names = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in COLUMNS)
    rows = f"<row>{names}</row>{one * 20_000}"
    assert len(read(with_part(GOOD_BOOK, SHEET, sheet(rows)))) == 20_000
    with pytest.raises(SheetTooLong):
        read(with_part(GOOD_BOOK, SHEET, sheet(rows + one)))
