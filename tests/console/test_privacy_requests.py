import json
from uuid import UUID

import pytest

from models.privacy_request import PrivacyRequest
from models.values.access import StaffRole
from models.values.privacy import NewRequest, PrivacyRequestKind
from services import privacy_requests
from services.once import Once
from tests.console.browsing import signed_in, words_of
from tests.officers import officer
from tests.payers import add_worker

PATH = "/console/privacy-requests"
NOTE = "Datang ke kantor, KTP dilihat."
NOBODY = UUID(int=404)
OTHERS = [StaffRole.SUPPORT, StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN]


@pytest.fixture
def reviewer(client, ports, session):
    return signed_in(client, ports, session, StaffRole.REVIEWER)


@pytest.fixture
def worker_id(ports) -> UUID:
    return add_worker(ports).worker_id


@pytest.fixture
def enter(ports, session, worker_id):
    """By a colleague."""
    colleague = officer(ports, session, StaffRole.REVIEWER, "rina")

    def entered(kind: PrivacyRequestKind, **when) -> UUID:
        new = NewRequest(worker_id=worker_id, kind=kind, note=NOTE, **when)
        return privacy_requests.enter(ports, colleague, new, Once()).id

    return entered


def test_an_empty_list_says_so_and_how_requests_get_there(reviewer):
    page = words_of(reviewer.get(PATH))
    assert "Tidak ada permintaan yang terbuka." in page
    assert "Cari pesertanya dengan alasan permintaan data pribadi" in page


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        (0, "id", ["Salinan data", "sisa 3 hari", "dicatat rina"]),
        (50, "id", ["sisa 22 jam"]),
        (75, "id", ["TERLAMBAT 3 jam"]),
        (75, "en", ["Copy of the data", "OVERDUE by 3 h", "entered by rina"]),
    ],
)
def test_the_list_tells_how_much_time_is_left(
    client, ports, session, clock, enter, hours, language, said
):
    enter(PrivacyRequestKind.EXPORT)
    clock.advance(hours=hours)
    browser = signed_in(client, ports, session, StaffRole.REVIEWER).speaking(language)
    page = words_of(browser.get(PATH))
    for each in said:
        assert each in page


def test_the_list_can_be_narrowed_to_a_kind(reviewer, enter):
    request_id = enter(PrivacyRequestKind.CORRECTION)
    for asked, seen in [("", True), ("?kind=correction", True), ("?kind=export", False)]:
        assert (str(request_id) in reviewer.get(PATH + asked).text) is seen


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_request_is_entered_for_a_worker(reviewer, session, worker_id, language):
    browser, path = reviewer.speaking(language), f"{PATH}/for/{worker_id}"
    assert browser.get(path).status_code == 200
    form = {"kind": "correction", "note": NOTE, "requested_at": "2026-11-22T09:00"}
    answer = browser.post(path, form, on=path)
    assert (answer.status_code, answer.location) == (303, f"{PATH}?done=entered")
    page = words_of(browser.get(answer.location))
    assert {"id": "Permintaan dicatat.", "en": "The request is entered."}[language] in page
    (entered,) = session.query(PrivacyRequest).all()
    assert entered.requested_at.isoformat() == "2026-11-22T02:00:00+00:00"


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ({}, ["kind", "note"]),
        ({"kind": "odd", "note": NOTE}, ["kind"]),
        ({"kind": "export", "note": "NIK 3171010201900001"}, ["note"]),
        ({"kind": "export", "note": NOTE, "requested_at": "kemarin"}, ["requested_at"]),
        ({"kind": "export", "note": NOTE, "requested_at": "0001-01-01T00:00"}, ["requested_at"]),
        ({"kind": "export", "note": NOTE, "requested_at": "2026-12-22T09:00"}, ["requested_at"]),
        ({"kind": "export", "note": NOTE, "requested_at": "2026-11-22T09:00Z"}, ["requested_at"]),
    ],
)
def test_what_cannot_be_entered_is_asked_for_again(reviewer, worker_id, form, faults):
    page = reviewer.post(f"{PATH}/for/{worker_id}", form)
    assert page.status_code == 422
    for each in faults:
        assert f'id="fault-{each}"' in page.text


def test_the_same_request_is_not_entered_twice(reviewer, worker_id, enter):
    enter(PrivacyRequestKind.EXPORT)
    page = reviewer.post(f"{PATH}/for/{worker_id}", {"kind": "export", "note": NOTE})
    assert page.status_code == 409
    assert "Permintaan yang sama masih terbuka" in words_of(page)


def test_pressing_twice_enters_one_and_leads_to_the_same_page(reviewer, worker_id):
    form = {"kind": "export", "note": NOTE, "once": "a-form-that-was-given-out"}
    pressed = [reviewer.post(f"{PATH}/for/{worker_id}", form) for _ in range(2)]
    assert [answer.status_code for answer in pressed] == [303, 303]
    assert {answer.location for answer in pressed} == {f"{PATH}?done=entered"}


def test_nothing_is_entered_for_nobody(reviewer):
    page = reviewer.post(f"{PATH}/for/{NOBODY}", {"kind": "export", "note": NOTE})
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    ("how", "said"), [("done", "Permintaan selesai."), ("cancel", "Permintaan dibatalkan.")]
)
def test_a_request_is_closed_with_a_note(reviewer, session, enter, how, said):
    request_id = enter(PrivacyRequestKind.CORRECTION)
    path = f"{PATH}/{request_id}/{how}"
    assert reviewer.get(path).status_code == 200
    empty = reviewer.post(path)
    assert (empty.status_code, 'id="fault-note"' in empty.text) == (422, True)
    answer = reviewer.post(path, {"note": NOTE}, on=path)
    assert answer.status_code == 303
    assert said in words_of(reviewer.get(answer.location))
    assert str(request_id) not in reviewer.get(PATH).text
    again = reviewer.post(path, {"note": NOTE})
    assert again.status_code == 409
    assert "Permintaan sudah selesai" in words_of(again)


def test_an_erasure_carries_itself_out(reviewer, enter):
    request_id = enter(PrivacyRequestKind.ERASURE)
    assert "berjalan sendiri" in words_of(reviewer.get(PATH))
    page = reviewer.post(f"{PATH}/{request_id}/done", {"note": NOTE})
    assert page.status_code == 409
    assert "Penghapusan berjalan sendiri" in words_of(page)


def test_the_copy_is_made_once_by_another_officer(reviewer, client, ports, session, enter):
    request_id = enter(PrivacyRequestKind.EXPORT)
    assert "Buat salinan" in words_of(reviewer.get(PATH))
    answer = reviewer.post(f"{PATH}/{request_id}/export")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert json.loads(answer.text)["worker"]["full_name"] == "Siti Aminah"
    assert "salinan dibuat" in words_of(reviewer.get(PATH))
    again = reviewer.post(f"{PATH}/{request_id}/export")
    assert again.status_code == 409


def test_who_entered_it_does_not_make_the_copy(reviewer, session, worker_id):
    reviewer.post(f"{PATH}/for/{worker_id}", {"kind": "export", "note": NOTE})
    page = words_of(reviewer.get(PATH))
    assert "Salinan dibuat petugas lain" in page
    assert "Buat salinan (sekali)" not in page
    (entered,) = session.query(PrivacyRequest).all()
    refused = reviewer.post(f"{PATH}/{entered.id}/export")
    assert refused.status_code == 409


@pytest.mark.parametrize("role", OTHERS)
def test_only_reviewers_see_to_requests(client, ports, session, enter, worker_id, role):
    request_id = enter(PrivacyRequestKind.EXPORT)
    browser = signed_in(client, ports, session, role)
    for path in (PATH, f"{PATH}/for/{worker_id}", f"{PATH}/{request_id}/done"):
        assert browser.get(path).status_code == 403
    for path in (
        f"for/{worker_id}",
        *(f"{request_id}/{how}" for how in ("done", "cancel", "export")),
    ):
        assert browser.post(f"{PATH}/{path}").status_code == 403
