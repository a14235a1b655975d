import re

import pytest

from api.docs import SERVED
from api.documented_problems import known_errors
from tests.api.sample_app import sample_client


@pytest.fixture(scope="module")
def client():
    return sample_client()


def test_the_page_loads_nothing_from_elsewhere(client):
    page = client.get("/docs")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert loaded
    for address in loaded:
        assert address.startswith("/docs/")
        assert client.get(address).status_code == 200


def test_the_page_starts_on_our_description_and_asks_no_stranger_to_validate_it(client):
    start = client.get("/docs/start.js").text
    assert "://" not in start
    assert "validatorUrl: null" in start
    assert client.get("/openapi.json").json["openapi"] == "3.1.0"


@pytest.mark.parametrize("path", ["/docs", "/docs/start.js", *(f"/docs/{name}" for name in SERVED)])
def test_the_browser_is_told_to_stay_here(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", ["index.html", "..", "%2e%2e%2fREADME.md", "swagger-ui.js"])
def test_nothing_else_of_the_wheel_is_served(client, name):
    assert client.get(f"/docs/{name}").status_code == 404


def test_the_page_is_there_with_a_slash_too(client):
    assert client.get("/docs/").data == client.get("/docs").data
    assert client.get("/docs/").status_code == 200


@pytest.mark.parametrize("code", known_errors())
def test_every_problem_is_explained_in_finished_sentences(client, code):
    page = client.get(f"/problems/{code}")
    assert page.status_code == 200
    assert page.text.count("<h1>") == 2
    assert "{" not in page.text


def test_a_problem_is_explained_by_what_may_have_happened(client):
    text = client.get("/problems/too-far-ahead").text
    assert "paling jauh sampai November 2027" in text
    assert "up to November 2027" in text


@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/docs/", "/problems/not-found"])
def test_a_query_that_nobody_asked_for_is_refused_here_too(client, path):
    answer = client.get(f"{path}?x=1")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-request")
    assert [(each["parameter"], each["code"]) for each in answer.json["errors"]] == [
        ("x", "unknown")
    ]


def test_what_is_no_problem_of_ours_has_no_page(client):
    assert client.get("/problems/no-such-problem").status_code == 404
