"""Staff find workers over HTTP."""

import pytest
from sqlalchemy import func, select

from models.audit_event import AuditEvent
from models.audit_pace import LOOK_UPS
from models.values.access import STAFF_REASONS, AccessReason, StaffRole
from models.values.note import LONGEST
from models.worker import Worker
from tests.api.joining import FORM, NIK, PHONE, bearing, faults, join, refusal
from tests.officers import bearer, officer
from tests.payers import add_worker
from tests.ties import add_partner, tie

PATH = "/v1/staff/lookups"
BORN = {"full_name": "siti aminah", "birth_date": "1993-07-05"}


@pytest.fixture
def headers(ports, session):
    return bearer(ports, officer(ports, session))


@pytest.fixture
def search(client, headers):
    def search(*, sent_with=headers, **body):
        return client.post(PATH, json={"reason": "caller_asks", **body}, headers=sent_with)

    return search


@pytest.fixture
def joined(client, ports):
    return join(client, ports)


def found(answer):
    assert answer.status_code == 200, answer.json
    return [match["worker_id"] for match in answer.json["matches"]]


def test_a_match_tells_people_apart_and_nobody_who_they_are(search, joined):
    worker = joined["worker"]
    answer = search(nik=NIK)
    assert answer.json == {
        "matches": [
            {
                "worker_id": worker["id"],
                "standing": "registered",
                "registered_at": worker["registered_at"],
                "name_masked": "S*** Ami***",
                "birth_year": 1993,
                "nik_masked": worker["nik_masked"],
                "phone_masked": worker["phone_masked"],
                "registration_number_masked": "*" * 9 + worker["registration_number"][-3:],
                "member_number_masked": None,
                "regency": "Kota Administrasi Jakarta Pusat",
                "identity_status": "pending",
            }
        ],
        "more": False,
    }
    for secret in (NIK, "81234567890", FORM["full_name"], "1993-07", worker["registration_number"]):
        assert secret not in answer.text


def test_numbers_are_read_as_people_type_them(search, joined):
    worker = joined["worker"]
    number = worker["registration_number"]
    typed = [
        {"nik": f"{NIK[:4]} {NIK[4:10]}.{NIK[10:]}"},
        {"phone": "+62 812-3456-7890"},
        {"phone": "0062 (0)81234567890"},
        {"registration_number": f"{number[:4]}-{number[4:8]}-{number[8:]}"},
        {"full_name": "AMINAH,  Hj. Sitti", "birth_date": "1993-07-05"},
    ]
    for key in typed:
        assert found(search(**key)) == [worker["id"]], key


def test_by_a_partners_name_for_its_driver(ports, search):
    driver = add_worker(ports)
    tie(ports, add_partner(ports), driver, "DRV-1")
    assert found(search(external_id="DRV-1", partner="ojek kita")) == [str(driver.worker_id)]
    assert faults(search(external_id="DRV-1", partner="Kurir")) == {"/partner": "unknown-partner"}


def test_nobody_is_found_with_200(search):
    assert search(nik=NIK).json == {"matches": [], "more": False}


def test_nothing_is_kept_on_the_way(search):
    assert search(nik=NIK).headers["Cache-Control"] == "no-store"


class TestExactlyOneKey:
    @pytest.mark.parametrize(
        "keys",
        [
            {},
            {"nik": NIK, "phone": PHONE},
            {"nik": NIK, **BORN},
            {"nik": "wrong", "phone": PHONE},
            {"external_id": "DRV-1", "full_name": "Siti", "birth_date": "1993-07-05"},
        ],
    )
    def test_not_none_and_not_two(self, search, keys):
        assert faults(search(**keys))[""] == "exactly-one-key"

    @pytest.mark.parametrize(
        ("half", "missing"),
        [
            ({"external_id": "DRV-1"}, "/partner"),
            ({"partner": "Ojek Kita"}, "/external_id"),
            ({"full_name": "Siti"}, "/birth_date"),
            ({"birth_date": "1993-07-05"}, "/full_name"),
        ],
    )
    def test_a_pair_is_given_whole(self, search, half, missing):
        assert faults(search(**half)) == {missing: "required"}

    @pytest.mark.parametrize(
        ("key", "fault"),
        [
            ({"nik": "327301450793000"}, "nik-not-sixteen-digits"),
            ({"phone": "0812"}, "phone-too-short"),
            ({"member_number": "123"}, "not-a-member-number"),
            ({"registration_number": "123"}, "registration-number-not-twelve-digits"),
            ({"registration_number": "572018463918"}, "registration-number-mistyped"),
            ({"bank_reference": "12"}, "not-a-bank-reference"),
            ({"virtual_account_no": "VA-12"}, "not-a-virtual-account-number"),
            ({"member_number": 44312772276}, "not-text"),
        ],
    )
    def test_what_is_wrong_with_it_is_said_without_repeating_it(self, search, key, fault):
        answer = search(**key)
        [name] = key
        assert faults(answer) == {f"/{name}": fault}
        assert str(key[name]) not in str(answer.json["errors"])


class TestWhy:
    @pytest.mark.parametrize("reason", STAFF_REASONS)
    def test_for_one_of_six_reasons(self, search, reason):
        assert search(nik=NIK, reason=reason).status_code == 200

    @pytest.mark.parametrize("reason", ["", "curious", "sharing", None])
    def test_and_for_no_other(self, search, reason):
        assert "/reason" in faults(search(nik=NIK, reason=reason))

    def test_a_reason_is_wanted(self, client, headers):
        assert faults(client.post(PATH, json={"nik": NIK}, headers=headers)) == {
            "/reason": "required"
        }

    @pytest.mark.parametrize(
        ("note", "fault"),
        [
            (f"NIK {NIK}", "number-in-note"),
            ("0812.3456.7890", "number-in-note"),
            ("a" * (LONGEST + 1), "too-long"),
            ("  ", "blank"),
            (7, "not-text"),
        ],
    )
    def test_a_note_holds_no_numbers(self, search, note, fault):
        assert faults(search(nik=NIK, note=note)) == {"/note": fault}

    def test_a_note_is_for_the_auditor_and_not_for_the_worker(
        self, client, session, search, joined
    ):
        search(nik=NIK, note="Ia di telepon.", reason="payment_missing")
        note = select(AuditEvent.note).where(AuditEvent.note.is_not(None))
        assert session.scalars(note).one() == "Ia di telepon."
        log = client.get("/v1/me/access-log", headers=bearing(joined["access_token"]))
        assert "di telepon" not in log.text


def test_the_worker_sees_who_looked_and_why(client, search, joined):
    search(nik=NIK, reason="payment_missing")
    told = bearing(joined["access_token"], Accept_Language="en")
    [entry] = client.get("/v1/me/access-log", headers=told).json["items"]
    assert (entry["viewer"], entry["name"], entry["reason"]) == (
        "staff",
        "support",
        "payment_missing",
    )
    assert entry["seen"] == ["match"]
    assert entry["text"] == (
        "Our staff (support) saw your birth year, and parts of your name and numbers. "
        "The reason: to look for a payment that had not shown up."
    )


def test_whoever_is_too_quick_is_told_how_long_to_wait(clock, search):
    for _ in range(LOOK_UPS.value[0][0]):
        search(nik=NIK)
    answer = search(nik=NIK)
    assert refusal(answer) == (429, "too-many-lookups")
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN])
def test_other_roles_look_nobody_up_and_that_they_tried_is_on_record(ports, session, search, role):
    answer = search(nik=NIK, sent_with=bearer(ports, officer(ports, session, role)))
    assert refusal(answer) == (403, "role-not-allowed")
    event = session.scalars(select(AuditEvent)).one()
    assert (event.refusal, event.details) == ("role-not-allowed", {"permission": "look_up"})


def test_what_cannot_be_read_is_neither_searched_nor_counted(session, search):
    search(nik="wrong")
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_a_worker_with_the_longest_name_is_found(ports, search):
    caller = add_worker(ports)
    with ports.transactions.begin() as session:
        session.get_one(Worker, caller.worker_id).full_name = "Siti " * 20
    assert found(search(full_name="Siti", birth_date="1993-07-05")) == [str(caller.worker_id)]


def test_nothing_searched_for_is_in_an_audit_event(session, search, joined):
    search(**BORN, note="Ia di telepon.", reason=AccessReason.IDENTITY_CASE)
    row = session.scalars(select(AuditEvent)).one()
    told = {name: value for name, value in vars(row).items() if isinstance(value, str | dict)}
    assert told["note"] == "Ia di telepon."
    assert "siti" not in str(told).lower()
    assert "1993" not in str(told)
