import re

import pytest

from models.values.access import StaffRole
from services.staff import accounts
from services.staff.accounts import NewOfficer
from tests.console.browsing import signed_in, words_of

PATH = "/console/accounts"


@pytest.fixture
def browser(client, ports, session):
    return signed_in(client, ports, session, StaffRole.ADMIN)


@pytest.fixture
def other(ports):
    return accounts.add(ports, None, NewOfficer("sri.wahyuni", StaffRole.SUPPORT))


def add(browser, **fields):
    return browser.post(PATH, {"username": "budi.s", "role": "reviewer"} | fields, on=PATH)


def shown(page):
    return re.findall(r'<code class="secret">([^<]+)</code>', page.text)


def test_an_account_is_added_and_its_secrets_are_shown_once(browser):
    page = add(browser)
    assert page.status_code == 201
    username, password, key = shown(page)
    assert username == "budi.s"
    assert "<svg" in page.text
    assert "style=" not in page.text
    later = browser.get(PATH).text
    assert "budi.s" in later
    assert password not in later
    assert key not in later


def test_pressing_twice_adds_one_and_shows_the_same(browser):
    first, second = (add(browser, once="a-form-that-was-given-out") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert shown(first) == shown(second)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"username": ""}, "username"), ({"username": "B S"}, "username"), ({"role": "king"}, "role")],
)
def test_what_cannot_be_says_so_beside_its_field(browser, fields, field):
    page = add(browser, **fields)
    assert page.status_code == 422
    assert f'id="fault-{field}"' in page.text


def test_a_name_that_is_taken_says_so_beside_its_field(browser, other):
    page = add(browser, username="sri.wahyuni")
    assert page.status_code == 409
    assert 'id="fault-username"' in page.text


def test_an_account_is_reset_with_new_secrets(browser, other):
    page = browser.post(f"{PATH}/{other.account.id}/reset", {}, on=PATH)
    assert page.status_code == 200
    assert other.password not in page.text
    assert "Akun sri.wahyuni sudah diatur ulang" in words_of(page)


def test_an_account_is_closed(browser, other):
    answer = browser.post(f"{PATH}/{other.account.id}/close", {}, on=PATH)
    assert (answer.status_code, answer.location) == (303, f"{PATH}?done=closed")
    told = words_of(browser.get(answer.location))
    assert "Akun itu sudah ditutup." in told
    assert "Ditutup" in told


def test_ones_own_account_is_for_another_admin(browser):
    account_id = browser.officer.account_id
    page = browser.post(f"{PATH}/{account_id}/close", {}, on=PATH)
    assert page.status_code == 409
    assert "Ini akun Anda sendiri" in words_of(page)


def test_an_account_that_is_not_there_is_told_in_the_frame(browser):
    page = browser.post(f"{PATH}/0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42/close", {}, on=PATH)
    assert page.status_code == 404
    assert "Akun petugas tidak ditemukan" in words_of(page)
