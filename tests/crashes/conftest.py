from collections.abc import Iterator

import pytest

from tests.stack import Stack, stack


@pytest.fixture(scope="package")
def jaring(tmp_path_factory) -> Iterator[Stack]:
    """Real processes, shared: each test leaves them mended, and comes with phones of its own."""
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Beside a failure stands what Jaring complained of before it."""
    report = yield
    if report.failed and "jaring" in item.funcargs:
        report.sections.append(("Jaring's complaints", item.funcargs["jaring"].complaints()))
    return report
