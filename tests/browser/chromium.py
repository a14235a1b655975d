"""Debian's Chromium, driven as a person drives it. No other browser is ever fetched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

INSTALLED = shutil.which("chromium")
MISSING = "no Chromium is installed here: apt-get install chromium"
REQUIRED = os.environ.get("JARING_BROWSER") == "required"
"""Where these tests must run, as before a change is shared: then to have no browser is a failure."""


@contextmanager
def launched() -> Iterator[Browser]:
    # Chromium's own sandbox refuses to start as root. The pages are ours.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=INSTALLED, args=options)
        yield browser
        browser.close()
