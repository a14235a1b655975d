"""The README is true: it names every setting and command there is, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli import main
from tests.test_architecture import ROOT, SOURCES

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

SETTING = re.compile(r"\bJARING_[A-Z_]+\b")
SNIPPET = re.compile(r"```python\n# (\S+)\n(.*?)```", re.DOTALL)
POINTER = re.compile(r"`((?:[a-z_.]+/)+[a-zA-Z0-9_.-]*)`")


def read_by_the_code() -> set[str]:
    return {name for path in SOURCES for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_has_a_row_and_every_row_is_a_setting():
    rows = set(re.findall(r"^\| `(JARING_[A-Z_]+)` \|", README, re.MULTILINE))
    assert rows == read_by_the_code()


def test_every_target_is_listed_as_make_help_lists_it():
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"^\| `make ([a-z-]+)`", README, re.MULTILINE)) == targets


def test_every_command_is_listed():
    listed = set(re.findall(r"^\| `jaring ([a-z]+)", README, re.MULTILINE))
    assert listed == set(main.commands)


def test_what_it_points_to_exists():
    # What is made while it runs is not there at first.
    named = {name for name in POINTER.findall(README) if not name.startswith("var/")}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize(("path", "snippet"), SNIPPET.findall(README))
def test_the_code_it_shows_is_the_code_there_is(path, snippet):
    assert snippet in Path(ROOT, path).read_text(encoding="utf-8")
