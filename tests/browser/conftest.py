from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import pictures
from tests.browser.badges import Staff
from tests.browser.chromium import INSTALLED, MISSING, REQUIRED, launched
from tests.browser.desks import Office
from tests.browser.story import Story, lived_through
from tests.stack import Stack, stack


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if INSTALLED is None and REQUIRED:
        pytest.fail(MISSING)
    if INSTALLED is None:
        pytest.skip(MISSING)
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def jaring(chromium, tmp_path_factory) -> Iterator[Stack]:
    """Real processes. Not before there is a browser to look at them with."""
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running


@pytest.fixture(scope="package")
def staff(jaring) -> Staff:
    return Staff(jaring)


@pytest.fixture(scope="package")
def story(jaring) -> Story:
    return lived_through(jaring)


@pytest.fixture(scope="package")
def building(chromium, jaring) -> Office:
    return Office(chromium, jaring.api)


@pytest.fixture
def office(building) -> Iterator[Office]:
    """At the end of each test no browser has anything to complain of."""
    building.watch.complaints.clear()
    yield building
    assert building.watch.complaints == []


@pytest.fixture(scope="package")
def album() -> None:
    pictures.new_album()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if pictures.taken:
        terminalreporter.line(f"{len(pictures.taken)} pictures are in {pictures.ALBUM}")
