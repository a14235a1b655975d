import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from console import cookies
from models.values.access import StaffRole
from tests.console.browsing import FROM_HERE, Browser, token_on, words_of
from tests.newcomers import Newcomer

FORM = "/console/sign-in"


@pytest.fixture
def newcomer(ports):
    return Newcomer.of(ports)


@pytest.fixture
def browser(client):
    return Browser(client)


def typed(newcomer, **other):
    right = {
        "username": newcomer.username,
        "password": newcomer.given.password,
        "otp": newcomer.code,
    }
    return right | other


def send(browser, fields):
    return browser.post(FORM, fields, on=FORM)


def set_by(answer, name):
    return [each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{name}=")]


def test_whoever_shows_all_three_is_in(browser, newcomer):
    answer = send(browser, typed(newcomer))
    assert (answer.status_code, answer.location) == (303, "/console")
    assert browser.get("/console").location == "/console/lookup"
    assert newcomer.username in words_of(browser.get("/console/own"))


def test_the_cookie_is_for_this_host_and_for_no_script(browser, newcomer):
    [cookie] = set_by(send(browser, typed(newcomer)), cookies.SESSION)
    told = {part.strip() for part in cookie.split(";")[1:]}
    assert told == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
    assert cookies.SESSION.startswith("__Host-")


def test_the_cookie_that_was_there_before_is_of_no_use(browser, newcomer, client):
    client.set_cookie(cookies.SESSION, "planted")
    [cookie] = set_by(send(browser, typed(newcomer)), cookies.SESSION)
    assert "planted" not in cookie


def test_the_role_decides_what_is_seen_first(browser, ports):
    firsts = {
        StaffRole.SUPPORT: "lookup",
        StaffRole.REVIEWER: "lookup",
        StaffRole.OFFICER: "batches",
        StaffRole.AUDITOR: "audit",
        StaffRole.ADMIN: "accounts",
    }
    for role, first in firsts.items():
        browser.client.delete_cookie(cookies.SESSION)
        send(browser, typed(Newcomer.of(ports, role)))
        assert browser.get("/console").location == f"/console/{first}"


def test_signing_in_leads_on_to_where_one_wanted_to_go(browser, newcomer):
    asked = browser.get("/console/own")
    page = browser.get(asked.location)
    assert "Masuk dulu untuk membuka halaman itu." in words_of(page)
    fields = typed(newcomer, token=token_on(page), next="/console/own")
    assert send(browser, fields).location == "/console/own"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/console",
        "//elsewhere.example",
        "/console/../v1",
        "/console//elsewhere.example",
        "/console\\elsewhere",
        "/v1/me",
        "/console/own?done=changed",
    ],
)
def test_signing_in_leads_nowhere_else(browser, newcomer, elsewhere):
    assert send(browser, typed(newcomer, next=elsewhere)).location == "/console"


@pytest.mark.parametrize(
    ("wrong", "language", "said"),
    [
        ({"password": "salah"}, "id", "Tidak dapat masuk"),
        ({"otp": "000000"}, "en", "Sign-in refused"),
        ({"username": "nobody.here"}, "id", "Tidak dapat masuk"),
    ],
)
def test_who_is_not_believed_is_told_the_same_and_types_less_again(
    browser, newcomer, wrong, language, said
):
    fields = typed(newcomer, **wrong)
    page = send(browser.speaking(language), fields)
    assert page.status_code == 403
    assert said in words_of(page)
    assert f'value="{fields["username"]}"' in page.text
    assert fields["password"] not in page.text
    assert set_by(page, cookies.SESSION) == []


def test_who_tries_too_often_is_told_until_when(browser, newcomer):
    for _ in range(20):
        page = send(browser, typed(newcomer, password="salah"))
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert re.search(
        r"Anda dapat mencoba lagi pada \d+ \w+ \d{4}, \d\d\.\d\d WIB\.", words_of(page)
    )


def test_a_form_of_another_window_is_shown_again_with_the_name(browser, newcomer):
    page = send(browser, typed(newcomer, token="of-another"))
    assert page.status_code == 403
    assert "Formulir ini sudah terlalu lama terbuka" in words_of(page)
    assert newcomer.username in page.text
    assert send(browser, typed(newcomer)).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_nobody_is_signed_in_from_elsewhere(browser, newcomer, client, headers):
    fields = typed(newcomer, token=token_on(browser.get(FORM)))
    page = client.post(FORM, data=fields, headers=headers)
    assert page.status_code == 403
    assert set_by(page, cookies.SESSION) == []
    assert "Formulir ini tidak dikirim dari sini" in words_of(page)


def test_a_browser_that_says_nothing_of_where_it_came_from_is_known_by_the_token(
    browser, newcomer, client
):
    fields = typed(newcomer, token=token_on(browser.get(FORM)))
    assert client.post(FORM, data=fields).status_code == 303


def test_who_is_in_has_nothing_to_do_at_the_door(browser, newcomer):
    send(browser, typed(newcomer))
    assert browser.get(FORM).location == "/console"


def test_signing_out_ends_the_session(browser, newcomer, client):
    [cookie] = set_by(send(browser, typed(newcomer)), cookies.SESSION)
    out = browser.post("/console/sign-out")
    assert (out.status_code, out.location) == (303, "/console/sign-in?out=1")
    client.set_cookie(cookies.SESSION, cookie.split(";")[0].partition("=")[2])
    assert browser.get("/console/own").location.startswith("/console/sign-in?over=1")
    assert "Anda sudah keluar." in words_of(browser.get(out.location))


def test_signing_out_everywhere_ends_every_session(browser, newcomer, clock):
    elsewhere = newcomer.signs_in(by_cookie=True)
    clock.advance(minutes=1)
    send(browser, typed(newcomer))
    assert browser.post("/console/sign-out-everywhere").status_code == 303
    browser.client.set_cookie(cookies.SESSION, elsewhere.cookie)
    assert browser.get("/console/own").location.startswith("/console/sign-in?over=1")


def test_a_session_that_is_over_says_so_and_leads_back(browser, newcomer, clock):
    send(browser, typed(newcomer))
    clock.advance(minutes=31)
    asked = browser.get("/console/own")
    assert asked.location == "/console/sign-in?over=1&next=%2Fconsole%2Fown"
    assert "Sesi Anda sudah berakhir" in words_of(browser.get(asked.location))


def test_a_form_that_comes_after_the_session_leads_back_to_its_page(browser, newcomer, clock):
    send(browser, typed(newcomer))
    token = token_on(browser.get("/console/own"))
    clock.advance(minutes=31)
    headers = FROM_HERE | {"Referer": "http://localhost/console/own"}
    late = browser.client.post("/console/own/password", data={"token": token}, headers=headers)
    assert late.location == "/console/sign-in?unsent=1&next=%2Fconsole%2Fown"
    assert "isian tadi TIDAK terkirim" in words_of(browser.get(late.location))


@pytest.mark.parametrize(
    ("answered", "page"),
    [
        ("/reviews/{id}/decision", "/reviews/{id}"),
        ("/privacy-requests/for/{id}", "/privacy-requests/for/{id}"),
        ("/workers/{id}/caller-asks/messages/{id}/resend", "/workers/{id}/caller-asks/messages"),
        ("/accounts/{id}/reset", "/accounts"),
        ("/own/password", "/own"),
    ],
)
def test_a_form_that_was_answered_with_faults_leads_back_to_the_page_that_has_it(
    browser, answered, page
):
    here = "/console" + answered.format(id=UUID(int=1))
    headers = FROM_HERE | {"Referer": f"http://localhost{here}"}
    late = browser.client.post(here, data={"token": "one"}, headers=headers)
    asked = parse_qs(urlsplit(late.location).query)
    assert asked["next"] == ["/console" + page.format(id=UUID(int=1))]


def test_who_follows_a_link_from_elsewhere_loses_no_session(browser):
    answer = browser.get("/console/own")
    assert set_by(answer, cookies.SESSION) == []
