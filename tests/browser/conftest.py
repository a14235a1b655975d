from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import INSTALLED, MISSING, REQUIRED, launched


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if INSTALLED is None and REQUIRED:
        pytest.fail(MISSING)
    if INSTALLED is None:
        pytest.skip(MISSING)
    with launched() as browser:
        yield browser
