"""Desks of officers: a browser each, and who sits before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response, TimeoutError, expect

from console.words.sign_in import SIGN_IN
from models.values.words import Language, Words
from tests.browser import pictures
from tests.browser.badges import Badge
from tests.browser.watching import Watch

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
LOCALES = {Language.INDONESIAN: "id-ID", Language.ENGLISH: "en-GB"}
# In milliseconds. Whoever tests beside us may keep both processors busy.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Desk:
    """A browser, used as people use one: what is to be done is found by the words that it goes by,
    in the officer's language, and by what a screen reader calls it."""

    page: Page
    origin: str
    badge: Badge
    language: Language = Language.INDONESIAN

    def go(self, path: str) -> Response:
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        return answer

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.origin)

    def said(self, words: Words | str, **details: object) -> str:
        return words if isinstance(words, str) else words.in_(self.language, **details)

    def field(self, label: Words | str) -> Locator:
        """Beside its label may stand, in brackets, that it can be left empty."""
        name = re.escape(self.said(label))
        return self.page.get_by_label(re.compile(rf"^\s*{name}\s*(\(.*\))?\s*$"))

    def fill(self, label: Words | str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, option: Words | str) -> None:
        """One of a few that are all in sight, by a click on its words."""
        choice = self.page.get_by_label(self.said(option), exact=True)
        self.page.locator("label", has=choice).click()
        expect(choice).to_be_checked()

    def press(self, button: Words | str) -> None:
        self.leave_by(self.page.get_by_role("button", name=self.said(button), exact=True))

    def follow(self, link: Words | str, **details: object) -> None:
        """An arrow may stand before its words."""
        name = re.escape(self.said(link, **details))
        self.leave_by(self.page.get_by_role("link", name=re.compile(rf"^(← )?{name}$")).first)

    def leave_by(self, link_or_button: Locator) -> None:
        """And wait for the page to which it leads: none does anything by itself."""
        with self.page.expect_navigation():
            link_or_button.click()

    def reads(self, words: Words | str, **details: object) -> None:
        """:raises AssertionError: it does not stand in sight on this page; says what stands there."""
        text = self.said(words, **details)
        try:
            self.page.get_by_text(text).first.wait_for(state="visible", timeout=PATIENCE)
        except TimeoutError:
            seen = self.page.locator("body").inner_text()
            raise AssertionError(f"{text!r} is not on {self.path}, which reads:\n{seen}") from None

    def sign_in(self, code: str | None = None) -> None:
        self.go("/console/sign-in")
        self.fill(SIGN_IN["username"], self.badge.username)
        self.fill(SIGN_IN["password"], self.badge.password)
        self.fill(SIGN_IN["otp"], code or self.badge.code)
        self.press(SIGN_IN["submit"])


@dataclass
class Office:
    """Where the desks stand. None of their browsers is to have anything to complain of."""

    chromium: Browser
    origin: str
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.origin)

    @contextmanager
    def desk(
        self, badge: Badge, language: Language = Language.INDONESIAN, **options: Any
    ) -> Iterator[Desk]:
        """:param options: of the browser, such as ``viewport`` or ``java_script_enabled``."""
        told = {"viewport": SCREEN, "timezone_id": "Asia/Jakarta", **options}
        context = self.chromium.new_context(locale=LOCALES[language], **told)
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        page = context.new_page()
        try:
            yield Desk(page, self.origin, badge, language)
        except BaseException:
            pictures.take_of_failure(page)
            raise
        finally:
            context.close()
