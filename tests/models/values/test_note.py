import pytest

from models.values.faults import FaultyValue
from models.values.note import LONGEST, read_note


@pytest.mark.parametrize(
    "note",
    [
        "Penelepon bertanya tentang pembayaran kemarin.",
        "Iuran Rp33.600 belum tercatat, jam 15:30.",
        "3 bulan, 2 tagihan, 1 kuitansi; lalu 25 November 2026.",
        "Nomor berakhir 456.",
        "12345",
        "baris satu\nbaris dua",
    ],
)
def test_plain_words_are_taken(note):
    assert read_note(f"  {note} ") == note


@pytest.mark.parametrize(
    "note",
    [
        "NIK 3171011708900001",
        "31 71 01 17 08 90 00 01",
        "3171.0117.0890.0001",
        "HP 0812-3456-7890",
        "HP +62 812 3456",
        "(0812) 3456",
        "123456",
        "1 2 3 4 5 6",
        "1.2.3.4.5.6",
        "1, 2, 3, 4, 5, 6",
        "12\n34\n56",
        "12\u200b34\u200b56",
        "12\u00a034\u00a056",
        "１２３４５６",
        "١٢٣٤٥٦",
        "lahir 17-08-1990",
    ],
)
def test_numbers_are_refused(note):
    with pytest.raises(FaultyValue) as refused:
        read_note(note)
    assert refused.value.fault.code == "number-in-note"
    assert not any(digit in refused.value.fault.said.id for digit in ("3171", "0812"))


@pytest.mark.parametrize(
    ("note", "code"), [("", "blank"), ("  ", "blank"), ("a" * (LONGEST + 1), "too-long")]
)
def test_neither_nothing_nor_too_much(note, code):
    with pytest.raises(FaultyValue) as refused:
        read_note(note)
    assert refused.value.fault.code == code


def test_the_longest_note_is_taken():
    assert len(read_note("a" * LONGEST)) == LONGEST
