import pytest

from tests.console.browsing import Browser, words_of
from tests.console.test_sign_in import FORM, typed
from tests.newcomers import Newcomer

NEW = "kuda lumping makan beling"


@pytest.fixture
def newcomer(ports):
    return Newcomer.of(ports)


@pytest.fixture
def browser(client, newcomer, clock):
    browser = Browser(client)
    browser.post(FORM, typed(newcomer), on=FORM)
    clock.advance(minutes=1)
    return browser


def change(browser, newcomer, **other):
    right = {
        "current_password": newcomer.given.password,
        "new_password": NEW,
        "repeated": NEW,
        "otp": newcomer.code,
    }
    return browser.post("/console/own/password", right | other, on="/console/own")


def test_the_password_can_be_changed(browser, newcomer):
    answer = change(browser, newcomer)
    assert (answer.status_code, answer.location) == (303, "/console/own?done=changed")
    assert "Kata sandi Anda sudah diganti" in words_of(browser.get(answer.location))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"current_password": ""}, "current_password"),
        ({"new_password": "pendek", "repeated": "pendek"}, "new_password"),
        ({"repeated": "lain sekali"}, "repeated"),
        ({"otp": ""}, "otp"),
    ],
)
def test_what_cannot_be_says_so_beside_its_field(browser, newcomer, other, field):
    page = change(browser, newcomer, **other)
    assert page.status_code == 422
    assert f'id="fault-{field}"' in page.text
    assert NEW not in page.text


def test_who_does_not_know_the_present_one_changes_nothing(browser, newcomer):
    page = change(browser, newcomer, current_password="salah")
    assert page.status_code == 409
    assert "Kata sandi tidak diganti" in words_of(page)
