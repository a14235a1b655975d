"""What holds for every page there is, and for any that comes."""

import gzip
import re
from collections.abc import Iterator

import pytest

from api.app import create_app
from console.headers import CONTENT_SECURITY
from console.navigation import PLACES, home_of
from console.roots import ROOT
from console.site import add_console
from models.values.access import StaffRole
from models.values.permission import may
from tests.console.browsing import FROM_HERE, Browser, signed_in, token_on, words_of
from tests.console.markup import Markup
from tests.installation import DEVELOPMENT

SOMEBODY = "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"
# What is there for whoever is not signed in.
OPEN = {
    "console.statics.static",
    "console.language.choose",
    "console.sign_in.page",
    "console.sign_in.enter",
    "console.nowhere",
}


def _app():
    app = create_app(DEVELOPMENT, None)
    add_console(app)
    return app


def _pages() -> Iterator[tuple[str, str, object]]:
    """Method, path and the permission that is asked for, of every page behind the door."""
    app = _app()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and rule.endpoint not in OPEN:
            path = re.sub(r"<uuid:\w+>", SOMEBODY, rule.rule)
            path = re.sub(r"<(\w+:)?reason>", "caller-asks", path)
            path = re.sub(r"<[^>]+>", "all", path)
            view = app.view_functions[rule.endpoint]
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, path, getattr(view, "permission", None)


PAGES = list(_pages())
READ = [path for method, path, _ in PAGES if method == "GET"]


@pytest.mark.parametrize(("method", "path", "_"), PAGES)
def test_every_page_asks_who_it_is_for(client, method, path, _):
    answer = client.open(path, method=method, headers=FROM_HERE)
    assert answer.status_code == 303
    assert answer.location.startswith(f"{ROOT}/sign-in")


@pytest.mark.parametrize("role", StaffRole)
def test_every_page_is_for_those_who_may(client, ports, session, role):
    browser = signed_in(client, ports, session, role)
    token = token_on(browser.get(f"{ROOT}/own"))
    odd = []
    for method, path, permission in PAGES:
        if path.endswith(("/sign-out", "/sign-out-everywhere")):
            continue
        data = {"token": token} if method == "POST" else None
        answer = client.open(path, method=method, headers=FROM_HERE, data=data)
        turned_away = answer.status_code == 403
        allowed = permission is None or may(role, permission)
        if turned_away is allowed or answer.status_code >= 500:
            odd.append((method, path, answer.status_code))
    assert odd == []


@pytest.mark.parametrize(
    ("path", "_"), [(path, permission) for method, path, permission in PAGES if method == "POST"]
)
@pytest.mark.parametrize(
    ("headers", "token"),
    [
        (FROM_HERE, None),
        (FROM_HERE, "made-up"),
        ({"Sec-Fetch-Site": "cross-site"}, "right"),
        ({"Origin": "https://elsewhere.example"}, "right"),
    ],
    ids=["no token", "a made-up one", "from another site", "from another origin"],
)
def test_no_form_is_taken_from_elsewhere(client, ports, session, path, _, headers, token):
    browser = signed_in(client, ports, session)
    right = token_on(browser.get(f"{ROOT}/own"))
    fields = {} if token is None else {"token": right if token == "right" else token}
    page = client.post(path, data=fields, headers=headers)
    assert page.status_code == 403
    assert "Tidak ada yang dilakukan." in words_of(page)


def test_a_token_of_another_session_does_not_do(client, ports, session):
    first = token_on(signed_in(client, ports, session).get(f"{ROOT}/own"))
    signed_in(client, ports, session)
    page = client.post(f"{ROOT}/sign-out", data={"token": first}, headers=FROM_HERE)
    assert page.status_code == 403


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", StaffRole)
def test_every_page_is_well_made(client, ports, session, role, language):
    browser = signed_in(client, ports, session, role).speaking(language)
    for path in [*READ, f"{ROOT}/nowhere"]:
        page = browser.get(path)
        if page.status_code == 303:
            continue
        assert Markup(page.text).faults == [], path
        assert f'<html lang="{language}">' in page.text
        assert page.headers["Content-Language"] == language


@pytest.mark.parametrize("path", [f"{ROOT}/sign-in", f"{ROOT}/own", f"{ROOT}/nowhere"])
def test_no_page_runs_keeps_or_tells_anything(client, ports, session, path):
    for browser in (Browser(client), signed_in(client, ports, session)):
        headers = browser.get(path).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("role", StaffRole)
def test_only_what_a_role_may_is_in_its_navigation(client, ports, session, role):
    page = signed_in(client, ports, session, role).get(f"{ROOT}/own")
    shown = {place.path for place in PLACES if f'<a href="{place.path}"' in page.text}
    assert shown == {place.path for place in PLACES if may(role, place.permission)}
    assert home_of(role) in shown


@pytest.mark.parametrize("role", StaffRole)
def test_addresses_hold_words_and_ids_only(client, ports, session, role):
    browser = signed_in(client, ports, session, role)
    known = re.compile(r"#[\w-]+|/console(/[a-z0-9.-]+)*(\?[a-z]+=[\w%./-]*(&[a-z]+=[\w%./-]*)*)?")
    for path in READ:
        for each in Markup(browser.get(path).text).elements:
            for name in ("href", "action"):
                target = each.attributes.get(name)
                assert target is None or known.fullmatch(target), target


@pytest.mark.parametrize("role", StaffRole)
def test_every_page_is_light(client, ports, session, role):
    browser = signed_in(client, ports, session, role)
    style = re.search(rf"{ROOT}/static/console\.\w+\.css", browser.get(f"{ROOT}/own").text)
    sheet = gzip.compress(client.get(style[0]).data)
    for path in READ:
        assert len(gzip.compress(browser.get(path).data)) + len(sheet) < 30_000, path


def test_the_style_is_kept_for_good_under_a_name_of_its_own(client):
    page = client.get(f"{ROOT}/sign-in").text
    for name in re.findall(rf'(?:href|src)="({ROOT}/static/[^"]+)"', page):
        answer = client.get(name)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"{ROOT}/static/console.css").status_code == 404


@pytest.mark.parametrize("path", ["/console", "/console/own", "/console/lookup"])
def test_a_token_of_the_api_opens_no_page(client, ports, session, path):
    from_the_api = {"Authorization": "Bearer whatever"}
    assert client.get(path, headers=from_the_api).status_code == 303


def test_the_cookie_opens_nothing_of_the_api(client, ports, session):
    signed_in(client, ports, session, StaffRole.AUDITOR)
    answer = client.get("/v1/staff/audit-events")
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
