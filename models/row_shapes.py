"""Why a row of a file could not be divided into its columns."""

from __future__ import annotations

from typing import Final

from models.values.words import Words

ROW: Final = "row"
"""Stands for the name of a column where the fault is the whole row's."""

TOO_FEW_CELLS: Final = "too-few-cells"
TOO_MANY_CELLS: Final = "too-many-cells"
NOT_AN_OBJECT: Final = "not-an-object"
UNKNOWN_FIELD: Final = "unknown-field"
FIELD_TWICE: Final = "field-twice"
NOT_PLAIN: Final = "not-plain"

SHAPE_FAULTS: Final = {
    TOO_FEW_CELLS: Words(
        "Baris ini punya lebih sedikit sel daripada judul kolom. Lengkapi semua sel; sel yang "
        "boleh kosong tetap diberi pemisah.",
        "The row has fewer cells than there are columns. Give every cell; one that may be empty "
        "still needs its separator.",
    ),
    TOO_MANY_CELLS: Words(
        "Baris ini punya lebih banyak sel daripada judul kolom. Biasanya ada pemisah di dalam "
        "isian: apit isian itu dengan tanda kutip ganda.",
        "The row has more cells than there are columns. Usually a separator stands inside a "
        "value: put double quotes around that value.",
    ),
    NOT_AN_OBJECT: Words(
        "Baris ini bukan satu objek JSON. Tulis satu objek utuh per baris.",
        "The line is not one JSON object. Write one whole object per line.",
    ),
    UNKNOWN_FIELD: Words(
        "Objek ini punya nama isian yang tidak dikenal. Pakai nama kolom dari templat.",
        "The object has a field of another name. Use the names of the template's columns.",
    ),
    FIELD_TWICE: Words(
        "Objek ini punya nama isian yang sama dua kali. Sisakan satu.",
        "The object has the same field twice. Leave one of them.",
    ),
    NOT_PLAIN: Words(
        "Salah satu isian berupa daftar, objek, atau true/false. Kirim teks atau angka.",
        "One of the values is a list, an object, or true or false. Send text or a number.",
    ),
}
"""What to say, by code."""
