"""What the other tests measure with does find what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.accessibility import grave_faults
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
FAULTY = """<!doctype html><html lang="id"><title>Faulty</title><body>
<main><h1>Faulty</h1><input name="nik">
<script>document.title = "inline"</script>
<img src="/missing.png" alt=""><img src="http://127.0.0.2/abroad.png" alt=""></main>
<style>@media (prefers-color-scheme: dark) {
  p { color: #333; background: #222 }
}</style><p>Dim at night</p></body></html>"""


class Faulty(BaseHTTPRequestHandler):
    """A page with faults of every kind that the tests are to find."""

    def do_GET(self):
        found = self.path == "/"
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "script-src 'self'")
        self.end_headers()
        self.wfile.write(FAULTY.encode() if found else b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def faulty() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def watched(chromium, faulty):
    watch = Watch(faulty)
    context = chromium.new_context()
    watch.over(context)
    page = context.new_page()
    page.goto(faulty)
    yield page, watch
    context.close()


def test_axe_core_finds_what_stands_in_somebodys_way_by_day_and_by_night(watched):
    page, _ = watched
    faults = "\n".join(grave_faults(page))
    assert "light: label at input" in faults
    assert "dark: label at input" in faults
    assert "dark: color-contrast at p" in faults
    assert "light: color-contrast" not in faults


def test_the_watch_hears_of_everything_that_nobody_sees(watched):
    page, watch = watched
    complaints = "\n".join(watch.complaints)
    assert page.title() == "Faulty"
    assert "inline script violates" in complaints
    assert f"{watch.origin}/missing.png: 404" in complaints
    assert "http://127.0.0.2/abroad.png is somewhere else" in complaints
