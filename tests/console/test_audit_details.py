"""What an event says besides its sentence is told in words, and nothing of it is left out."""

import ast
from pathlib import Path

import pytest

from console.words.audit_details import NAMES, VALUES, in_words
from models.values.permission import Permission
from models.values.review import Ruling


def said(details):
    return [(name.id, [each.id for each in values]) for name, values in in_words(details)]


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"found": 1, "more": False}, [("ditemukan", ["1"]), ("masih ada yang lain", ["tidak"])]),
        ({"kind": None, "state": None, "shown": 3}, [("ditampilkan", ["3"])]),
        ({"kind": "identity"}, [("jenis", ["Identitas"])]),
        ({"fields": ["phone", "email"]}, [("isian", ["Nomor HP", "Email"])]),
        ({"by": "cookie"}, [("lewat", ["konsol ini"])]),
        ({"cause": "unknown_name"}, [("sebabnya", ["nama tidak dikenal"])]),
        ({"newer": "x-1"}, [("newer", ["x-1"])]),
        ({}, []),
    ],
)
def test_details_are_told_in_words(details, told):
    assert said(details) == told


@pytest.mark.parametrize(("name", "kind"), [("permission", Permission), ("decision", Ruling)])
def test_each_value_has_words(name, kind):
    assert set(VALUES[name]) == set(kind)


def test_each_name_that_a_deed_is_written_down_with_has_words():
    assert {"found", "kind", "fields"} <= set(_written()) <= set(NAMES)


def _written():
    """The names in what the code gives as ``details`` of a deed, or calls so."""
    for path in sorted(Path("services").rglob("*.py")):
        if "AuditAction." in (text := path.read_text()):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.keyword) and node.arg == "details":
                    yield from _keys(node.value)


def _keys(value):
    if isinstance(value, ast.Dict):
        yield from (each.value for each in value.keys if isinstance(each, ast.Constant))
