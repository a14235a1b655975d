import pytest

from console import cookies
from tests.console.browsing import Browser

DOOR = "/console/sign-in"


@pytest.mark.parametrize(
    ("accepted", "spoken"), [("", "id"), ("en-GB,en;q=0.9", "en"), ("id,en;q=0.5", "id")]
)
def test_the_browser_says_what_it_likes_best(client, accepted, spoken):
    page = client.get(DOOR, headers={"Accept-Language": accepted})
    assert f'<html lang="{spoken}">' in page.text


def test_a_choice_is_remembered_whatever_the_browser_likes(client):
    answer = client.get("/console/language/en?back=/console/sign-in")
    assert (answer.status_code, answer.location) == (303, DOOR)
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{cookies.LANGUAGE}=en; ")
    assert "SameSite=Strict" in cookie
    page = client.get(DOOR, headers={"Accept-Language": "id"})
    assert '<html lang="en">' in page.text
    assert '<a href="/console/language/id?back=/console/sign-in" lang="id"' in page.text


@pytest.mark.parametrize("back", ["https://elsewhere.example", "//elsewhere.example", "", "/v1"])
def test_choosing_leads_nowhere_else(client, back):
    answer = client.get("/console/language/en", query_string={"back": back})
    assert answer.location == "/console"


def test_there_are_two_languages(client):
    assert Browser(client).get("/console/language/fr").status_code == 404
