from datetime import date

import pytest

from models.audit_event import AuditEvent
from models.values.access import StaffRole
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.worker import Worker
from tests.console.browsing import signed_in, words_of
from tests.payers import add_worker

PATH = "/console/lookup"
NIK = "3171010507930777"
PHONE = "081299990001"


@pytest.fixture
def browser(client, ports, session):
    return signed_in(client, ports, session)


@pytest.fixture
def worker(ports, session):
    """Siti, registered by her own phone."""
    row = session.get_one(Worker, add_worker(ports).worker_id)
    nik, phone = Nik(NIK), PhoneNumber.parse(PHONE)
    row.full_name, row.birth_date = "Siti Aminah", date(1993, 7, 5)
    row.nik_sealed = ports.vault.seal("worker.nik", row.id, nik.digits)
    row.nik_key = ports.vault.search_key_of(nik)
    row.phone_sealed = ports.vault.seal("worker.phone", row.id, phone.e164)
    row.phone_key = ports.vault.search_key_of(phone)
    # Drawn at random it may look like a phone number, too.
    row.registration_number = "572018463917"
    session.flush()
    return row


def look(browser, **fields):
    return browser.post(PATH, {"by": "number", "reason": "caller_asks"} | fields, on=PATH)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "3171 0105 0793 0777"},
        {"number": "0812-9999-0001"},
        {"by": "nik", "number": NIK},
        {"by": "name", "full_name": "aminah siti", "birth_date": "1993-07-05"},
    ],
)
def test_a_worker_is_found_by_what_a_caller_can_tell(browser, worker, fields):
    page = look(browser, **fields)
    assert page.status_code == 200
    told = words_of(page)
    assert "1 peserta ditemukan" in told
    assert "S*** Ami***" in told
    assert "1993" in told
    assert f'href="/console/workers/{worker.id}/caller-asks"' in page.text


def test_what_is_found_is_masked(browser, worker):
    page = look(browser, by="name", full_name="Siti Aminah", birth_date="1993-07-05")
    found = page.text.split("<table>")[1]
    for known in (NIK, "99990001", "Siti", "Aminah", "1993-07-05"):
        assert known not in found


def test_a_registration_number_is_known_by_itself(browser, worker):
    assert "1 peserta ditemukan" in words_of(look(browser, number=worker.registration_number))


def test_nobody_found_is_told_with_what_to_do(browser):
    told = words_of(look(browser, number=NIK))
    assert "Tidak ada peserta yang cocok." in told
    assert "Minta dibacakan sekali lagi" in told


def test_a_number_that_may_be_two_things_asks_which(browser):
    page = look(browser, number="81299990001")
    assert page.status_code == 422
    assert "Nomor ini bisa berarti Nomor HP dan KPJ" in words_of(page)


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"number": ""}, {"number"}),
        ({"number": "", "reason": ""}, {"number", "reason"}),
        ({"number": "12345"}, {"number"}),
        ({"by": "nik", "number": "317101"}, {"number"}),
        ({"by": "name", "full_name": "Siti"}, {"birth_date"}),
        (
            {"by": "name", "full_name": "Siti", "birth_date": "kemarin", "reason": "x"},
            {"birth_date", "reason"},
        ),
        ({"by": "external_id"}, {"external_id", "partner"}),
        ({"by": "external_id", "external_id": "D-1", "partner": "Tidak ada"}, {"partner"}),
        ({"number": NIK, "note": f"NIK {NIK}"}, {"note"}),
    ],
)
def test_every_fault_is_told_beside_its_field(browser, fields, faulty):
    page = look(browser, **fields)
    assert page.status_code == 422
    fields = ("number", "full_name", "birth_date", "external_id", "partner", "reason", "note")
    assert {name for name in fields if f'id="fault-{name}"' in page.text} == faulty


def test_it_is_on_record_once(browser, worker, session):
    look(browser, number=NIK)
    events = [each.action for each in session.query(AuditEvent)]
    assert events.count("looked_up") == 1


def test_too_many_are_told_when_to_go_on(browser):
    for _ in range(200):
        page = look(browser, number=NIK)
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "Terlalu banyak pencarian" in words_of(page)


@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN])
def test_others_find_nobody(client, ports, session, role):
    browser = signed_in(client, ports, session, role)
    page = browser.post(PATH, {"number": NIK})
    assert page.status_code == 403
    assert "Peran Anda tidak mencakup ini" in words_of(page)
