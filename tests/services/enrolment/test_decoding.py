import gzip
import zlib
from contextlib import suppress
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.file_limits import LONGEST_LINE, MOST_BYTES
from services.enrolment.decoding import decoded, lines
from services.enrolment.file_faults import (
    CompressedTooMuch,
    FileTooLarge,
    GzipBroken,
    GzipTruncated,
    GzipUndeclared,
    HoldsNul,
    LineTooLong,
    NotUtf8,
    WorkbookAsText,
)
from tests.driver_files import blocks, xlsx_of

SIZES = st.integers(1, 40)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


def unzipped(data, size=65_536):
    return b"".join(decoded(blocks(data, size), gzipped=True))


def read(data, size=65_536):
    return list(lines(blocks(data, size)))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), SIZES)
def test_gzip_is_opened_however_it_arrives_and_in_however_many_members(members, size):
    sent = b"".join(gzip.compress(member) for member in members)
    assert unzipped(sent, size) == b"".join(members)
    assert unzipped(sent + b"\0" * 50, size) == b"".join(members)


@given(st.binary(min_size=1, max_size=300), st.data(), SIZES)
def test_gzip_that_is_cut_short_is_noticed(content, data, size):
    sent = gzip.compress(content)
    with pytest.raises(GzipTruncated):
        unzipped(sent[: data.draw(st.integers(0, len(sent) - 1))], size)


@pytest.mark.parametrize(
    "sent",
    [
        b"external_id,nik\n",
        zlib.compress(b"a" * 50),
        gzip.compress(b"a" * 50)[:-4] + b"0000",
        gzip.compress(b"a" * 50) + b"and more",
    ],
    ids=["no gzip at all", "zlib", "a wrong length", "something behind it"],
)
def test_what_is_no_gzip_is_refused(sent):
    with pytest.raises(GzipBroken):
        unzipped(sent)


def test_a_bomb_is_refused_before_it_has_grown():
    steps = map(len, decoded(blocks(gzip.compress(b"\n" * 100_000_000)), gzipped=True))
    grown = list(accumulate(until_refused(steps, CompressedTooMuch)))
    assert grown[-1] < 21_000_000


def until_refused(steps, refusal):
    """What is given before the refusal that must come."""
    with suppress(refusal):
        yield from steps
        raise AssertionError("was not refused")


def test_a_short_file_may_be_compressed_as_much_as_it_likes():
    assert len(unzipped(gzip.compress(b"\n" * 4_000_000))) == 4_000_000


def test_more_than_512_mib_are_refused_without_holding_them():
    block = b"a" * 1024 * 1024
    with pytest.raises(FileTooLarge):
        sum(map(len, decoded([block] * (MOST_BYTES // len(block) + 1), gzipped=False)))


@given(st.lists(st.tuples(TEXTS.filter(str.isalnum), st.sampled_from(["\n", "\r", "\r\n"]))), SIZES)
def test_lines_end_in_whichever_way_they_do(parts, size):
    text = "".join(line + end for line, end in parts)
    assert [line.rstrip("\r\n") for line in read(text.encode(), size)] == text.splitlines()


@given(TEXTS, SIZES)
def test_the_mark_of_utf_8_is_no_part_of_the_text(text, size):
    assert "".join(read(b"\xef\xbb\xbf" + text.encode(), size)) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("size", [1, 65_536])
def test_other_encodings_of_unicode_are_refused(encoding, size):
    with pytest.raises((NotUtf8, HoldsNul)):
        read("external_id,nik\n".encode(encoding), size)


@pytest.mark.parametrize("size", [1, 65_536])
def test_what_was_compressed_without_saying_so_is_told_from_a_broken_text(size):
    with pytest.raises(GzipUndeclared):
        read(gzip.compress(b"external_id,nik\n"), size)


@pytest.mark.parametrize("size", [1, 65_536])
def test_a_workbook_that_is_sent_as_text_is_told_from_a_broken_text(size):
    with pytest.raises(WorkbookAsText):
        read(xlsx_of([["external_id", "nik"]]), size)


@pytest.mark.parametrize("size", [1_000, 65_536])
def test_a_line_that_does_not_end_is_refused(size):
    sent = b"a\nb\n" + b"c" * (LONGEST_LINE + 1)
    with pytest.raises(LineTooLong) as refused:
        read(sent, size)
    assert refused.value.details == {"line": 3}
    with pytest.raises(LineTooLong):
        read(sent + b"\nd\n")


@given(st.lists(st.sampled_from(["a\n", "\n", "\r", "a\r\n"])), SIZES)
def test_the_number_of_a_line_that_is_too_long_is_told(before, size):
    sent = "".join([*before, "a" * (LONGEST_LINE + 1), "\nb\n" * 9]).encode()
    with pytest.raises(LineTooLong) as refused:
        read(sent, size)
    assert refused.value.details == {"line": len("".join(before).splitlines()) + 1}


def test_a_line_of_the_longest_is_read_whole():
    assert len(read(b"a" * LONGEST_LINE + b"\nb\n")[0]) == LONGEST_LINE + 1
