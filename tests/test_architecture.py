"""Conventions that keep the house easy to live in."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("api", "commands", "console", "models", "sandbox", "schemas", "services", "upload")
ENTRIES = ("cli.py", "worker.py", "wsgi.py")
SOURCES = sorted(path for folder in OURS for path in (ROOT / folder).rglob("*.py")) + [
    ROOT / name for name in ENTRIES if (ROOT / name).exists()
]
CATCH_ALL = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "core",
    "base_utils",
}

# Each of these is written in one place (or none), so that it can be found there.
RESERVED = {
    r"\bdatetime\.(now|utcnow|today)\(": {"services/adapters/clock.py"},
    r"\bdate\.today\(": set(),
    # JARING_NOW moves the clock of every process, so no other is read. The machine's own is what ours
    # is reckoned from, and begins an id, for an index to read; the database's says when areas were
    # loaded. No rule asks for either.
    r"\btime\.(time|time_ns|localtime|gmtime)\(": {
        "services/settings.py",
        "models/values/ids.py",
        "sandbox/clock.py",
    },
    r"(?i)\bfunc\.now\b|(?<![\w.])now\(\)|\bcurrent_(date|time)\b|\blocaltime"
    r"|\b(current|clock|statement|transaction)_timestamp\b": {
        "models/reference_load.py",
        "services/operations/reference_data.py",
    },
    r"\bos\.(environ|getenv)\b": {*ENTRIES, "commands", "sandbox/app.py", "services/operations"},
    r"\.(commit|rollback)\(\)": set(),
    # The API never reads a cookie; the console, by the names that are written there.
    r"\.cookies\b|\b(set|delete)_cookie\(": {"console/cookies.py"},
    r"\bimport requests\b": {"services/adapters", "sandbox", "services/operations", "upload"},
}
LONGEST_FILE = 350


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def code(path: Path) -> str:
    """The file without its comments and docstrings."""
    return ast.unparse(_without_docstrings(ast.parse(path.read_text())))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_text(each)] or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def breaches(pattern: str, allowed: set[str]) -> Iterator[str]:
    for path in SOURCES:
        if not any(name(path).startswith(place) for place in allowed) and re.search(
            pattern, code(path)
        ):
            yield name(path)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("pattern", RESERVED)
def test_what_has_one_place_is_in_no_other(pattern):
    assert list(breaches(pattern, RESERVED[pattern])) == []


def test_statements_are_built_in_models_only():
    builders = {"select", "insert", "update", "delete", "text", "union", "union_all"}
    outside = [path for path in SOURCES if not name(path).startswith("models/")]
    building = [
        name(path)
        for path in outside
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        if builders & {alias.name for alias in node.names}
    ]
    assert building == []


def test_no_file_is_named_for_everything():
    assert [name(path) for path in SOURCES if path.stem in CATCH_ALL] == []


def test_packages_are_empty():
    assert [name(path) for path in SOURCES if path.name == "__init__.py" and path.read_text()] == []


def test_no_import_hides_inside_a_function():
    hidden = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for function in functions(parsed(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_every_module_says_what_it_is_for():
    silent = [
        name(path)
        for path in SOURCES
        if path.name != "__init__.py" and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_files_stay_short_enough_to_read():
    long = [name(path) for path in SOURCES if len(path.read_text().splitlines()) > LONGEST_FILE]
    assert long == []


def test_models_open_no_session_and_read_no_clock():
    for path in (ROOT / "models").rglob("*.py"):
        assert not re.search(r"\b(sessionmaker|create_engine|time\.time)\b", code(path)), name(path)


def test_use_cases_begin_one_transaction_or_join_one():
    """A function that is given a session never begins a transaction of its own."""
    for path in (ROOT / "services").rglob("*.py"):
        for function in functions(parsed(path)):
            given = {argument.arg for argument in function.args.args}
            begins = ".transactions.begin(" in ast.unparse(function)
            assert not (begins and "session" in given), f"{name(path)}: {function.name}"


# Where each may be all the same: pip fetches everything that tests need but a browser, so theirs are
# skipped without one, except where they must run (see tests/browser/chromium.py).
UNWANTED_IN_TESTS = {
    r"mock\.patch": [],
    r"monkeypatch\.setattr": [],
    r"time\.sleep\(": [],
    r"pytest\.mark\.skip|pytest\.skip\b|importorskip": ["tests/browser/conftest.py"],
}


@pytest.mark.parametrize("unwanted", UNWANTED_IN_TESTS)
def test_tests_use_fakes_and_wait_for_what_happens(unwanted):
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    found = [name(path) for path in tests if re.search(unwanted, code(path))]
    assert found == UNWANTED_IN_TESTS[unwanted]
