"""Pictures of pages, kept for people to look at after the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.accessibility import SCHEMES, show_in

ALBUM = Path(__file__).parents[2] / "var" / "screenshots"
WIDTHS = {390: 844, 1280: 800}
"""CSS pixels: of a phone, and of the screen on a desk."""
taken: list[Path] = []


def new_album() -> None:
    """Throw away those of the time before, which may show what is not there any more."""
    shutil.rmtree(ALBUM, ignore_errors=True)
    ALBUM.mkdir(parents=True)


def take(page: Page, name: str) -> None:
    """The whole page on each screen, in each colour scheme. Leaves its size and colours as they were."""
    size = page.viewport_size
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in reversed(SCHEMES):
            show_in(page, scheme)
            picture = ALBUM / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=picture, full_page=True)
            taken.append(picture)
    page.set_viewport_size(size)


def take_of_failure(page: Page) -> None:
    """Of what somebody saw when it went wrong."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    picture = ALBUM / f"failure-{len(taken)}.png"
    page.screenshot(path=picture, full_page=True)
    taken.append(picture)
