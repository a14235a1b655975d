from uuid import UUID

import pytest

from models.check_pace import BatchChecks
from models.enrolment_batch import EnrolmentBatch
from models.values.access import StaffRole
from tests.batches import cells, framed, received
from tests.console.browsing import signed_in, words_of
from tests.partners import partner
from tests.worked_batches import work_on

NOBODY = UUID(int=404)
NOTE = "Mitra menjelaskan dari mana datanya."


@pytest.fixture
def batch_id(ports, session) -> UUID:
    """Of three drivers, one of whom is rejected."""
    ojek = partner(ports, session, "Ojek Kita")
    rows = [cells(1), cells(2, sex=None), cells(3)]
    batch_id = received(ports, session, ojek, framed(rows))
    work_on(ports, session, batch_id)
    return batch_id


@pytest.fixture
def paused(ports, session, batch_id) -> UUID:
    batch = session.get_one(EnrolmentBatch, batch_id)
    batch.checks_paused_at = ports.clock.now()
    session.add(BatchChecks(batch_id=batch_id, answered=300, not_found=120))
    session.flush()
    return batch_id


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Berkas mitra", "Ojek Kita", "selesai", "3 dari 3 baris"]),
        ("en", ["Partner files", "Ojek Kita", "completed", "3 of 3 rows"]),
    ],
)
def test_the_list_tells_whose_files_there_are_and_how_far_they_are(
    client, ports, session, batch_id, language, said
):
    page = signed_in(client, ports, session).speaking(language).get("/console/batches")
    assert page.status_code == 200
    for each in said:
        assert each in words_of(page)
    assert f'href="/console/batches/{batch_id}"' in page.text


def test_an_empty_list_says_so(client, ports, session):
    page = signed_in(client, ports, session).get("/console/batches?show=paused")
    assert "Tidak ada berkas yang pemeriksaannya dijeda." in words_of(page)


@pytest.mark.parametrize(
    ("show", "seen"), [("paused", True), ("processing", False), ("failed", False), ("odd", True)]
)
def test_the_list_can_be_narrowed(client, ports, session, paused, show, seen):
    page = signed_in(client, ports, session).get(f"/console/batches?show={show}")
    assert (str(paused) in page.text) is seen


def test_a_long_list_goes_on_at_the_next_page(client, ports, session, clock):
    ojek = partner(ports, session, "Ojek Kita")
    ids = []
    for _ in range(51):
        ids.append(received(ports, session, ojek, framed([cells(1)])))
        clock.advance(minutes=1)
    browser = signed_in(client, ports, session)
    first = browser.get("/console/batches")
    assert str(ids[0]) not in first.text
    following = next(
        line.split('href="')[1].split('"')[0]
        for line in first.text.splitlines()
        if 'rel="next"' in line
    )
    second = browser.get(following.replace("&amp;", "&"))
    assert str(ids[0]) in second.text
    assert "Ke halaman pertama" in words_of(second)


def test_a_place_that_is_none_is_no_page(client, ports, session):
    page = signed_in(client, ports, session).get("/console/batches?after=odd")
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Berkas Ojek Kita", "Kenapa baris ditolak", "Wajib diisi.", "required", "sex"]),
        ("en", ["File of Ojek Kita", "Why rows were rejected", "This is required."]),
    ],
)
def test_a_file_tells_its_faults_by_code_and_nobody_in_it(
    client, ports, session, batch_id, language, said
):
    page = signed_in(client, ports, session).speaking(language).get(f"/console/batches/{batch_id}")
    for each in said:
        assert each in words_of(page)
    assert "Budi" not in page.text


def test_a_campaign_officer_lets_a_paused_file_go_on(client, ports, session, paused):
    browser = signed_in(client, ports, session, StaffRole.OFFICER)
    path = f"/console/batches/{paused}"
    assert "Alasan, untuk auditor" in words_of(browser.get(path))
    answer = browser.post(f"{path}/resume", {"note": NOTE}, on=path)
    assert (answer.status_code, answer.location) == (303, f"{path}?done=resumed")
    page = browser.get(answer.location)
    assert "Pemeriksaan berkas ini dilanjutkan." in words_of(page)
    assert "Alasan, untuk auditor" not in words_of(page)


def test_a_file_goes_on_for_a_reason_only(client, ports, session, paused):
    browser = signed_in(client, ports, session, StaffRole.OFFICER)
    path = f"/console/batches/{paused}"
    for note, fault in [("", "Wajib diisi."), ("NIK 3171010201900001", "Jangan tulis NIK")]:
        page = browser.post(f"{path}/resume", {"note": note})
        assert page.status_code == 422
        assert fault in words_of(page)
        assert 'aria-describedby="hint-note fault-note"' in page.text
    assert session.get_one(EnrolmentBatch, paused).checks_paused_at is not None


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.REVIEWER])
def test_others_see_that_a_file_is_paused_and_cannot_let_it_go_on(
    client, ports, session, paused, role
):
    browser = signed_in(client, ports, session, role)
    path = f"/console/batches/{paused}"
    assert "Petugas kampanye dapat melanjutkannya." in words_of(browser.get(path))
    refused = browser.post(f"{path}/resume", {"note": NOTE}, on=path)
    assert (refused.status_code, refused.mimetype) == (403, "text/html")


@pytest.mark.parametrize("role", [StaffRole.AUDITOR, StaffRole.ADMIN])
def test_whoever_has_nothing_to_do_with_files_sees_none(client, ports, session, batch_id, role):
    browser = signed_in(client, ports, session, role)
    for path in ("/console/batches", f"/console/batches/{batch_id}"):
        assert browser.get(path).status_code == 403


def test_what_is_not_there_is_said_as_a_page(client, ports, session):
    browser = signed_in(client, ports, session, StaffRole.OFFICER)
    missing = browser.get(f"/console/batches/{NOBODY}")
    assert missing.status_code == 404
    assert "Berkas tidak ditemukan" in words_of(missing)


def test_a_file_that_is_not_paused_is_not_resumed(client, ports, session, batch_id):
    browser = signed_in(client, ports, session, StaffRole.OFFICER)
    page = browser.post(f"/console/batches/{batch_id}/resume", {"note": NOTE})
    assert page.status_code == 409
    assert "Pemeriksaan berkas tidak dijeda" in words_of(page)


def test_a_page_of_files_takes_as_many_statements_as_one_file(
    client, ports, session, batch_id, queries
):
    browser = signed_in(client, ports, session)
    queries.clear()
    browser.get("/console/batches")
    few = len(queries)
    ojek = partner(ports, session, "Ojek Lain")
    for _ in range(5):
        received(ports, session, ojek, framed([cells(1)]))
    queries.clear()
    browser.get("/console/batches")
    assert len(queries) == few
