import re

import pytest

from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction
from models.values.ids import new_id
from services.audit.recording import Deed, record
from tests.console.browsing import signed_in, words_of


@pytest.fixture
def browser(client, ports, session):
    return signed_in(client, ports, session, StaffRole.AUDITOR)


def noted(session, clock, officer, **options):
    deed = Deed(**{"action": AuditAction.LOOKED_UP} | options)
    record(session, officer, deed, clock.now())
    session.flush()


def test_each_event_is_told_in_a_sentence(browser, session, clock):
    noted(session, clock, browser.officer, reason=AccessReason.CALLER_ASKS, note="soal pembayaran")
    told = words_of(browser.get("/console/audit"))
    assert f"{browser.officer.username} (auditor) mencari peserta" in told
    assert "soal pembayaran" in told


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_list_can_be_narrowed(browser, session, clock, language):
    worker_id = new_id()
    noted(session, clock, browser.officer, worker_id=worker_id)
    noted(session, clock, browser.officer)
    page = browser.speaking(language).get(f"/console/audit?worker={worker_id}&action=looked_up")
    assert page.text.count("<tr>") == 2


def test_a_filter_that_cannot_be_says_so_beside_its_field(browser):
    page = browser.get("/console/audit?from=kemarin&worker=x&account=nobody.here")
    assert page.status_code == 422
    assert 'id="fault-from"' in page.text
    assert 'aria-describedby="fault-worker"' in page.text


def test_an_unknown_account_says_so_beside_its_field(browser):
    page = browser.get("/console/audit?account=nobody.here")
    assert page.status_code == 422
    assert "Tidak ada akun petugas dengan nama itu" in words_of(page)


@pytest.mark.parametrize("text", ["siti%00", "%ED%A0%80", "%F0%9F%99%82", "x" * 4000])
def test_so_does_what_can_be_no_name(browser, text):
    page = browser.get(f"/console/audit?account={text}")
    assert page.status_code == 422
    assert 'id="fault-account"' in page.text


def test_pages_follow_each_other(browser, session, clock):
    for _ in range(51):
        noted(session, clock, browser.officer)
    first = browser.get("/console/audit?action=looked_up")
    assert first.text.count("<tr>") == 51
    following = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = browser.get(following.replace("&amp;", "&"))
    assert second.text.count("<tr>") == 2
    assert "Ke halaman pertama" in words_of(second)


def test_who_searched_for_somebody_is_found_by_what_they_typed(client, ports, session):
    support = signed_in(client, ports, session)
    looked = {"by": "nik", "number": "3171 0105 0793 0777", "reason": "caller_asks"}
    support.post("/console/lookup", looked, on="/console/lookup")
    auditor = signed_in(client, ports, session, StaffRole.AUDITOR)
    path = "/console/audit/searches"
    found = auditor.post(path, {"by": "number", "number": "3171010507930777"}, on=path)
    assert f"{support.officer.username} (layanan bantuan) mencari peserta" in words_of(found)
    other = auditor.post(path, {"by": "nik", "number": "3171010507930778"}, on=path)
    assert "Tidak ada pencarian dengan kunci ini." in words_of(other)
    unclear = auditor.post(path, {"by": "name", "full_name": "Siti"}, on=path)
    assert unclear.status_code == 422
    assert 'id="fault-birth_date"' in unclear.text


def test_searches_go_on_without_an_address_that_tells_of_them(client, ports, session, clock):
    auditor = signed_in(client, ports, session, StaffRole.AUDITOR)
    path, typed = "/console/audit/searches", {"by": "nik", "number": "3171010507930777"}
    for _ in range(51):
        auditor.post(path, typed, on=path)
    first = auditor.post(path, typed, on=path)
    [after] = re.findall(r'name="after" value="([^"]+)"', first.text)
    second = auditor.post(path, typed | {"after": after}, on=path)
    assert (first.text.count("<tr>"), second.status_code) == (51, 200)
    assert auditor.post(path, typed | {"after": "odd"}, on=path).status_code == 400
