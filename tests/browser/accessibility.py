"""Whether everybody can use a page: judged by axe-core, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES = ("light", "dark")
GRAVE = {"serious", "critical"}
# It comes in through the debugger, which no content security policy stands in the way of: so the
# page that is judged is the page that people get, under the policy that they get.
_AXE = Axe()


def grave_faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical, in either colour scheme. Leaves the page in light."""
    faults = []
    for scheme in reversed(SCHEMES):
        show_in(page, scheme)
        found = _AXE.run(page).response["violations"]
        faults += [
            f"{page.url}, {scheme}: {fault}"
            for each in found
            if each["impact"] in GRAVE
            for fault in _told(each)
        ]
    return faults


# One that is replaced by another before its end never finishes.
_STILL = """async () => {
    while (document.getAnimations().length)
        await Promise.allSettled(document.getAnimations().map(each => each.finished));
}"""


def show_in(page: Page, scheme: str) -> None:
    """As it is when colours have changed over."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_STILL)


def _told(violation: dict[str, Any]) -> Iterator[str]:
    for node in violation["nodes"]:
        why = "; ".join(each["message"] for each in [*node["any"], *node["all"], *node["none"]])
        yield f"{violation['id']} at {' '.join(map(str, node['target']))}: {why}"
