"""What goes wrong in a browser without anybody seeing it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# Said for each answer of 400 and above; which of those are faults, is told from the answer itself.
_ANSWERS = "Failed to load resource"


@dataclass
class Watch:
    """Keeps an eye on all that a context's pages say and ask for.

    :param origin: the only one that a page may ask anything of.
    :ivar complaints: what the browser had to say against our pages.
    """

    origin: str
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda raised: self.complaints.append(f"raised: {raised.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_ANSWERS):
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.complaints.append(f"{request.url} is somewhere else")

    def _failed(self, request: Request) -> None:
        """Not where somebody was gone before all of a page had come."""
        if request.failure == "net::ERR_ABORTED":
            return
        self.complaints.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        """A page may well be a refusal. What belongs to a page is there."""
        refused = 400 if not response.request.is_navigation_request() else 500
        if response.status >= refused:
            self.complaints.append(f"{response.url}: {response.status}")
