"""Pages that show all they can, read as strictly as no browser does."""

import re
from itertools import pairwise

import pytest

from models.check_pace import BatchChecks
from models.enrolment_batch import EnrolmentBatch
from models.values.access import StaffRole
from models.values.privacy import NewRequest, PrivacyRequestKind
from services import privacy_requests
from services.once import Once
from tests.batches import cells, framed, received
from tests.console.browsing import signed_in
from tests.console.markup import Markup
from tests.console.waiting_cases import lost_phone, refund, two_with_one_nik
from tests.officers import officer
from tests.partners import partner
from tests.payers import add_worker
from tests.whole_lives import live
from tests.worked_batches import work_on

LANGUAGES = ["id", "en"]


def faults(page) -> list[str]:
    assert page.status_code in (200, 409, 422), page.request.path
    read = Markup(page.text)
    return [*read.faults, *skipped(read)]


def skipped(read: Markup) -> list[str]:
    """Headings that stand under one two levels above."""
    levels = [int(each.name[1]) for each in read.elements if re.fullmatch("h[1-6]", each.name)]
    return [
        f"h{above} is followed by h{below}"
        for above, below in pairwise(levels)
        if below > above + 1
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_of_whom_everything_is_known(client, ports, session, clock, language):
    life = live(client, ports, clock)
    browser = signed_in(client, ports, session, StaffRole.REVIEWER).speaking(language)
    path = f"/console/workers/{life.worker_id}"
    for place in (
        "",
        "/caller-asks",
        "/payment-missing",
        "/phone-change",
        "/other",
        "/caller-asks/all",
        "/caller-asks/messages",
        "/caller-asks/reveal",
    ):
        assert faults(browser.get(path + place)) == [], place
    form = {"fields": ["phone", "address", "monthly_income", "virtual_account_no"]}
    assert faults(browser.post(f"{path}/caller-asks/reveal", form)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_of_every_kind(client, ports, session, language):
    of_identity = two_with_one_nik(client, ports)[0]
    browser = signed_in(client, ports, session, StaffRole.REVIEWER).speaking(language)
    for case in (of_identity, refund(ports)):
        path = f"/console/reviews/{case}"
        assert faults(browser.get(path)) == []
        browser.post(f"{path}/claim")
        assert faults(browser.get(path)) == []
        assert faults(browser.post(f"{path}/decision", {"note": ""})) == []
    assert faults(browser.get("/console/reviews")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_phone(client, ports, session, language):
    case = lost_phone(client, ports)
    browser = signed_in(client, ports, session, StaffRole.REVIEWER).speaking(language)
    assert faults(browser.get(f"/console/reviews/{case}")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_of_every_kind(client, ports, session, language):
    rina = officer(ports, session, StaffRole.REVIEWER, "rina")
    for kind in PrivacyRequestKind:
        new = NewRequest(worker_id=add_worker(ports).worker_id, kind=kind, note="Datang sendiri.")
        request_id = privacy_requests.enter(ports, rina, new, Once()).id
    browser = signed_in(client, ports, session, StaffRole.REVIEWER).speaking(language)
    path = "/console/privacy-requests"
    assert faults(browser.get(path)) == []
    for place in (f"for/{new.worker_id}", f"{request_id}/done", f"{request_id}/cancel"):
        assert faults(browser.get(f"{path}/{place}")) == []
        assert faults(browser.post(f"{path}/{place}")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_paused(client, ports, session, clock, language):
    rows = [cells(1), cells(2, sex=None)]
    batch_id = received(ports, session, partner(ports, session, "Ojek Kita"), framed(rows))
    work_on(ports, session, batch_id)
    session.get_one(EnrolmentBatch, batch_id).checks_paused_at = clock.now()
    session.add(BatchChecks(batch_id=batch_id, answered=300, not_found=120))
    session.flush()
    browser = signed_in(client, ports, session, StaffRole.OFFICER).speaking(language)
    path = f"/console/batches/{batch_id}"
    assert faults(browser.get("/console/batches")) == []
    assert faults(browser.get(path)) == []
    assert faults(browser.post(f"{path}/resume")) == []
