import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.driver_texts import TEXTS
from models.file_limits import LONGEST_LINE
from models.row_shapes import FIELD_TWICE, NOT_AN_OBJECT, NOT_PLAIN, UNKNOWN_FIELD
from services.enrolment.decoding import lines
from services.enrolment.file_faults import NoRows, NotNdjson, NotUtf8
from services.enrolment.ndjson_rows import frames
from services.errors import Invalid
from tests.driver_files import blocks, drivers, ndjson_of
from tests.driver_rows import GOOD


def read(data, size=65_536):
    return [
        {name: cell for name, cell in each.items() if cell is not None}
        for frame in frames(lines(blocks(data, size)))
        for each in frame.iter_rows(named=True)
    ]


def second(line):
    """What becomes of a line that comes after a good one."""
    return read(ndjson_of([GOOD]) + line + b"\n")[1]


@given(st.integers(1, 50))
def test_a_file_is_read_however_it_arrives(size):
    sent = b"\xef\xbb\xbf" + ndjson_of(drivers(3)).replace(b"\n", b"\r\n\r\n")
    assert read(sent, size) == drivers(3)


def test_names_are_read_in_any_case_and_what_results_have_besides_is_passed_over():
    sent = {name.upper(): cell for name, cell in GOOD.items()} | {"row": 7, "errors": []}
    assert read(ndjson_of([sent])) == [GOOD]


def test_what_is_left_out_null_or_empty_is_empty():
    assert second(b'{"nik":null,"sex":"","full_name":"A"}') == {"full_name": "A"}


def test_numbers_are_written_out_so_that_the_rules_can_judge_them():
    sent = b'{"nik":3273014507930001,"monthly_income":3500000,"phone":81234567890,"sex":1.5}'
    assert second(sent) == {
        "nik": "3273014507930001",
        "monthly_income": "3500000",
        "phone": "81234567890",
        "sex": "1.5",
    }
    assert second(b'{"nik":3.27E+99}') == {"nik": "3.27e+99"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"[]", NOT_AN_OBJECT),
        (b'"a"', NOT_AN_OBJECT),
        (b"{", NOT_AN_OBJECT),
        (b"{}{}", NOT_AN_OBJECT),
        (b'{"nik":"\\ud800"}', NOT_AN_OBJECT),
        (b"[" * 10_000, NOT_AN_OBJECT),
        (b'{"nik":NaN}', NOT_AN_OBJECT),
        (b'{"name":"A"}', UNKNOWN_FIELD),
        (b'{"name":null}', UNKNOWN_FIELD),
        (b'{"nik":"1","NIK":"2"}', FIELD_TWICE),
        (b'{"nik":true}', NOT_PLAIN),
        (b'{"nik":["1"]}', NOT_PLAIN),
        (b'{"nik":{"a":1}}', NOT_PLAIN),
    ],
)
def test_a_line_that_is_no_row_is_a_fault_of_that_row(line, fault):
    assert second(line)["shape_fault"] == fault


def test_a_name_that_is_unknown_from_the_first_line_on_is_a_fault_of_the_file():
    with pytest.raises(Invalid) as refusal:
        read(ndjson_of([GOOD | {"gender": "F"}]))
    assert [(each.pointer, each.code) for each in refusal.value.faults] == [
        ("/gender", "column-unknown")
    ]


@pytest.mark.parametrize("sent", [b"[", b"[\n{}]", b"external_id,nik", b"1", b'{"a":'])
def test_what_is_no_ndjson_is_refused(sent):
    with pytest.raises(NotNdjson):
        read(sent)


def test_an_empty_file_is_refused():
    with pytest.raises(NoRows):
        read(b"\n \n")


def test_what_is_not_utf_8_is_refused():
    with pytest.raises(NotUtf8):
        read(ndjson_of([GOOD]) + b'{"nik":"\xe9"}')


def test_the_longest_row_that_is_good_is_no_line_too_long():
    """As programs write it that write every letter beyond ASCII as two escapes."""
    longest = {name: "𐤀" * form.most for name, form in TEXTS.items()}
    numbers = {"nik": " " * 48 + GOOD["nik"], "phone": " " * 52 + GOOD["phone"]}
    sent = json.dumps(GOOD | longest | numbers).encode() + b"\n"
    assert 9_000 < len(sent) < LONGEST_LINE
    assert read(sent)[0]["address"] == "𐤀" * 300


def test_rows_come_in_chunks_of_four_thousand():
    sizes = [frame.height for frame in frames(lines(blocks(ndjson_of(drivers(9_999)))))]
    assert sizes == [4_000, 4_000, 1_999]
