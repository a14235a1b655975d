import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.driver import COLUMNS
from models.row_shapes import TOO_FEW_CELLS, TOO_MANY_CELLS
from services.enrolment.csv_rows import frames
from services.enrolment.decoding import lines
from services.enrolment.file_faults import (
    HeaderMissing,
    LineTooLong,
    NoRows,
    NotUtf8,
    QuoteNotClosed,
    SeparatedByTabs,
    TooManyRows,
)
from services.errors import Invalid
from tests.driver_files import blocks, csv_of, drivers
from tests.driver_rows import GOOD, row

HEADER = ",".join(COLUMNS) + "\n"
CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12
).filter(lambda cell: not cell.startswith("'"))


def read(data, size=65_536):
    """Each row as its cells that are not empty, and its fault as ``shape_fault``."""
    return [
        {name: cell for name, cell in each.items() if cell is not None}
        for frame in frames(lines(blocks(data, size)))
        for each in frame.iter_rows(named=True)
    ]


def refused(data):
    with pytest.raises(QuoteNotClosed) as refusal:
        read(data)
    return refusal.value.details["line"]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_in_whichever_way_programs_write_it(separator, line_end, mark):
    sent = csv_of(drivers(3), separator=separator, line_end=line_end)
    assert read(mark + sent) == drivers(3)


@given(st.lists(st.lists(CELLS, min_size=14, max_size=14), min_size=1), st.integers(1, 50))
def test_whatever_is_in_the_cells_comes_out_of_its_own_cell(rows, size):
    written = [dict(zip(COLUMNS, cells, strict=True)) for cells in rows if any(cells)]
    if not written:
        return
    assert read(csv_of(written), size) == [
        {name: cell for name, cell in each.items() if cell} for each in written
    ]


def test_names_stand_in_any_order_and_case_and_with_spaces_around():
    columns = [f" {name.upper()} " for name in reversed(COLUMNS)]
    sent = csv_of([{f" {name.upper()} ": cell for name, cell in GOOD.items()}], columns=columns)
    assert read(sent) == [GOOD]


def test_what_a_file_of_results_has_besides_is_passed_over():
    columns = ("row", *COLUMNS, "Outcome", "worker_id", "errors")
    sent = csv_of([GOOD | {"row": "7", "Outcome": "rejected", "errors": "nik: ."}], columns=columns)
    assert read(sent) == [GOOD]


TAKEN = {"external_id": "D-2", "outcome": "accepted", "worker_id": "0198f6b2"}


def test_what_results_tell_of_somebody_who_was_taken_is_no_driver_to_be_enrolled():
    sent = csv_of(
        [TAKEN, GOOD | {"outcome": "rejected"}, TAKEN | {"outcome": "unchanged"}],
        columns=("outcome", *COLUMNS, "worker_id"),
    )
    assert read(sent) == [GOOD]


@pytest.mark.parametrize(
    "told",
    [
        TAKEN | {"outcome": "rejected"},
        TAKEN | {"outcome": ""},
        TAKEN | {"full_name": "Siti Aminah"},
    ],
    ids=["rejected", "no outcome", "data of the driver's"],
)
def test_whoever_was_not_taken_or_is_sent_again_is_a_driver_to_be_enrolled(told):
    assert len(read(csv_of([told], columns=(*COLUMNS, "outcome")))) == 1


def test_a_row_that_is_too_short_is_never_passed_over():
    header = ",".join((*COLUMNS, "outcome")) + "\n"
    assert read(f"{header}D-2,accepted\n".encode())[0]["shape_fault"] == TOO_FEW_CELLS


def test_an_apostrophe_that_kept_a_cell_a_text_is_taken_off():
    phone, name = "'+6281234567890", "'Aisyah"
    assert read(csv_of([row(phone=phone, nik="'3273014507930001", full_name=name)])) == [
        row(phone="+6281234567890", full_name=name)
    ]


def test_a_cell_may_hold_separators_quotes_and_line_breaks():
    address = 'Jl. "Mawar", No. 3;\nRT 1\r\nRW 2'
    assert read(csv_of([row(address=address)])) == [row(address=address)]


def test_empty_rows_do_not_count():
    sent = csv_of(drivers(2)) + b"\n\n" + b"," * 13 + b"\n" + b"," * 20 + b"\r\n"
    assert read(b"\n \n" + sent) == drivers(2)


def test_separators_behind_the_last_column_do_not_count():
    sent = csv_of(drivers(2)).replace(b"\n", b",,,\n")
    assert read(sent) == drivers(2)


def test_a_row_with_a_cell_too_few_is_a_fault_of_that_row_and_nothing_moves():
    short = csv_of([GOOD]).rstrip(b"\n").rpartition(b",")[0] + b"\n"
    kept = {name: cell for name, cell in GOOD.items() if name != "consented_at"}
    assert read(short) == [kept | {"shape_fault": TOO_FEW_CELLS}]


def test_a_row_with_a_cell_too_many_is_a_fault_of_that_row_and_none_of_it_is_cut():
    first, bad, last = drivers(3)
    sent = csv_of([first]) + csv_of([bad]).split(b"\n")[1] + b",more,still\n"
    sent += csv_of([last]).split(b"\n")[1] + b"\n"
    kept = f"{GOOD['consented_at']},more,still"
    assert read(sent) == [
        first,
        bad | {"consented_at": kept, "shape_fault": TOO_MANY_CELLS},
        last,
    ]


def test_a_quotation_mark_within_a_value_is_part_of_it():
    line = HEADER + ",".join(GOOD[name].replace(",", "") for name in COLUMNS) + "\n"
    assert read(line.replace("Siti Aminah", 'Siti "Ani" Aminah').encode())[0]["full_name"] == (
        'Siti "Ani" Aminah'
    )


def test_a_lone_quotation_mark_is_told_by_its_line():
    rows = drivers(400)
    good = csv_of(rows)
    assert refused(good.replace(b"D-7,", b'"D-7,')) == 8
    assert refused(good.replace(b"D-400,", b'"D-400,')) == 401
    assert refused(good.replace(b"\nD-1,", b'\n"D-1,')) == 2


def test_two_lone_quotation_marks_do_not_swallow_the_rows_between():
    sent = csv_of([row(full_name="A", address="B")] * 5).decode().splitlines(keepends=True)
    sent[2] = sent[2].replace(",A,", ',"A,')
    sent[4] = sent[4].replace(",A,", ',A",')
    assert refused("".join(sent).encode()) == 3
    sent[4] = sent[4].replace(',A",', ',"A,')
    assert refused("".join(sent).encode()) == 3


def test_a_quote_that_is_not_written_twice_is_told_by_its_line():
    assert refused((HEADER + '"Ani" Siti' + "," * 13 + "\n").encode()) == 2


def test_a_file_without_rows_is_refused():
    for sent in (b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"):
        with pytest.raises(NoRows):
            read(sent)
    assert read(HEADER.encode()) == []


def test_a_file_without_names_of_columns_is_refused_without_repeating_any_of_it():
    for sent in (csv_of([GOOD]).split(b"\n")[1], b"Siti,Budi\n", b'"a\nb', b"{}", b"[1]"):
        with pytest.raises(HeaderMissing):
            read(sent + b"\n")


def test_a_row_over_many_lines_is_no_longer_than_another_row():
    cell = "\n".join(["a" * 1_000] * 20)
    with pytest.raises(LineTooLong) as refusal:
        read(csv_of([*drivers(2), row(address=cell), GOOD]))
    assert refusal.value.details == {"line": 4}
    assert len(read(csv_of([GOOD, row(address=cell[:15_000])]))) == 2


def test_tabs_are_refused():
    with pytest.raises(SeparatedByTabs):
        read(csv_of([GOOD], separator="\t"))


def faults_of(columns):
    with pytest.raises(Invalid) as refusal:
        read(csv_of([GOOD], columns=columns))
    return {(each.pointer, each.code) for each in refusal.value.faults}


def test_columns_that_are_missing_unknown_or_there_twice_are_all_named():
    columns = [*COLUMNS[2:], "Gender", "3273014507930001", "sex"]
    assert faults_of(columns) == {
        ("/external_id", "column-missing"),
        ("/nik", "column-missing"),
        ("/gender", "column-unknown"),
        ("/?", "column-unknown"),
        ("/sex", "column-repeated"),
    }


@pytest.mark.parametrize("encoding", ["windows-1252", "latin-1"])
def test_what_is_not_utf_8_is_refused_wherever_it_stands(encoding):
    sent = csv_of([*drivers(6_000), row(full_name="x")]).replace(b",x,", ",é,".encode(encoding))
    with pytest.raises(NotUtf8):
        read(sent)


def test_a_character_that_is_cut_at_the_end_is_noticed():
    with pytest.raises(NotUtf8):
        read(csv_of([GOOD]).rstrip(b"\n") + "é".encode()[:1])


def test_a_file_of_empty_lines_does_not_go_on_for_ever():
    with pytest.raises(TooManyRows):
        read(HEADER.encode() + b"\n" * 3_000_010)


def test_rows_come_in_chunks_of_four_thousand():
    sizes = [frame.height for frame in frames(lines(blocks(csv_of(drivers(9_999)))))]
    assert sizes == [4_000, 4_000, 1_999]
