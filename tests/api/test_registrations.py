from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.worker import Worker
from services.jobs import CheckIdentity
from services.ports import Comparison
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    FORM,
    NIK,
    REQUIRED,
    bearing,
    faults,
    join,
    me,
    phone_token,
    refusal,
    register,
)
from tests.fakes import AGREES


@pytest.fixture
def token(client, ports):
    return phone_token(client, ports)


def disagree(ports, nik=NIK, **scores):
    scores = AGREES | {Element(name): score for name, score in scores.items()}
    ports.identity.answers[Nik(nik)] = Comparison(finding=Finding.FOUND, scores=scores)


class TestRegister:
    def test_the_new_worker_is_shown_and_signed_in(self, client, token):
        answer = register(client, token)
        assert answer.status_code == 201
        worker = answer.json.pop("worker")
        shown = me(client, answer.json["access_token"])
        assert worker == shown
        assert set(answer.json) == {"access_token", "refresh_token", "expires_in", "worker"}

    def test_everything_that_was_filled_in_is_kept(self, client, token):
        worker = register(
            client,
            token,
            email="siti@contoh.id",
            postal_code="10110",
            kusuka_number="3273-01-0042",
            referral_code="DESA-1",
            occupations=[
                {"code": "FI01", "workplace": "Muara Angke", "hours_per_week": 40},
                {"code": "TR01"},
            ],
        ).json["worker"]
        assert worker | {"id": 0, "registration_number": 0} == {
            "id": 0,
            "registration_number": 0,
            "registered_at": "2026-11-22T05:00:00Z",
            "nik_masked": "**************01",
            "full_name": "Siti Aminah",
            "birth_place": "Bandung",
            "birth_date": "1993-07-05",
            "sex": "F",
            "phone_masked": "+62*******890",
            "email": "siti@contoh.id",
            "address": "Jl. Kenanga 12, RT 3/RW 4",
            "postal_code": "10110",
            "village": {
                "code": "31.71.01.1001",
                "name": "Gambir",
                "district": {"code": "31.71.01", "name": "Gambir"},
                "regency": {"code": "31.71", "name": "Kota Administrasi Jakarta Pusat"},
                "province": {"code": "31", "name": "Daerah Khusus Ibukota Jakarta"},
            },
            "occupations": [
                {"code": "FI01", "workplace": "Muara Angke", "hours_per_week": 40},
                {"code": "TR01", "workplace": None, "hours_per_week": None},
            ],
            "monthly_income": 3_500_000,
            "kusuka_number": "3273-01-0042",
            "identity": {"status": "pending", "elements": [], "reason": None, "checked_at": None},
            "plan": None,
            "next_step": "wait_for_identity",
        }

    def test_whoever_referred_the_worker_is_kept_though_not_shown(self, client, token, connection):
        register(client, token, referral_code="DESA-1")
        assert connection.scalars(select(Worker.referral_code)).all() == ["DESA-1"]

    def test_neither_account_nor_email_nor_postcode_is_needed(self, client, token):
        worker = register(client, token).json["worker"]
        assert (worker["email"], worker["postal_code"], worker["kusuka_number"]) == (None,) * 3

    def test_it_needs_a_verified_phone(self, client):
        answer = client.post("/v1/registrations", json=FORM)
        assert refusal(answer) == (401, "phone-not-verified")
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_a_nik_and_a_name_are_read_as_people_type_them(self, client, token):
        worker = register(client, token, nik="3273 0145 0793-0001", full_name="  Siti Aminah ")
        assert worker.json["worker"]["full_name"] == "Siti Aminah"
        assert worker.json["worker"]["nik_masked"].endswith("01")

    def test_the_region_of_a_nik_is_not_compared_with_the_residence(self, client, token):
        assert register(client, token, nik="1101014507930001").status_code == 201

    def test_a_check_is_asked_for(self, client, ports, token):
        ports.jobs.waiting.clear()
        register(client, token)
        assert [type(job) for job in ports.jobs.waiting] == [CheckIdentity]

    def test_it_takes_few_round_trips(self, client, token, queries):
        queries.clear()
        register(client, token, Idempotency_Key="k")
        sent = [sql for sql in queries if not sql.startswith(("SAVEPOINT", "RELEASE"))]
        assert len(sent) <= 11, sent


class TestFaults:
    @pytest.mark.parametrize("name", sorted(FORM))
    def test_every_field_is_needed_but_the_optional_ones(self, client, token, name):
        assert faults(register(client, token, **{name: None})) == {f"/{name}": "required"}

    def test_all_are_told_at_once(self, client, token):
        answer = register(
            client,
            token,
            nik="3273000000000000",
            full_name="...",
            birth_date="2020-02-29",
            sex="X",
            village_code="99.99.99.9999",
            postal_code="123",
            email="siti",
            occupations=[{"code": "TR01"}, {"code": "TR01"}],
            monthly_income=-1,
            consents=[{"document": "terms", "version": "1999-01"}],
            kusuka_number="\x00",
            nickname="Iti",
        )
        assert faults(answer) == {
            "/nik": "nik-district-zero",
            "/full_name": "not-a-name",
            "/birth_date": "too-young",
            "/sex": "not-a-choice",
            "/village_code": "unknown-village",
            "/postal_code": "not-a-postal-code",
            "/email": "not-an-email",
            "/occupations/1/code": "repeated-occupation",
            "/monthly_income": "too-small",
            "/consents/0/document": "unknown-document",
            "/consents": "consent-required",
            "/kusuka_number": "unprintable-character",
            "/nickname": "unknown",
        }

    def test_those_that_only_a_rule_can_find_are_told_at_once_too(self, client, token):
        answer = register(
            client,
            token,
            birth_date="1950-01-01",
            village_code="31.71.01.9999",
            occupations=[{"code": "XX99"}],
            consents=REQUIRED[:1],
        )
        assert faults(answer) == {
            "/birth_date": "too-old",
            "/village_code": "unknown-village",
            "/occupations/0/code": "unknown-occupation",
            "/consents": "consent-required",
        }

    def test_they_are_told_in_the_language_of_the_app(self, client, token):
        form = FORM | {"nik": "12"}
        told = [
            client.post(
                "/v1/registrations",
                json=form,
                headers=bearing(token, Accept_Language=language),
            ).json["errors"][0]["detail"]
            for language in ("id", "en")
        ]
        assert told == [
            "NIK terdiri dari tepat 16 angka. Salin dari KTP Anda.",
            "A NIK has exactly 16 digits. Copy it from the KTP.",
        ]

    def test_nothing_that_was_sent_is_repeated(self, client, token):
        sent = {"nik": "3273014507930000", "full_name": "12345678", "email": "siti@contoh"}
        answer = register(client, token, **sent)
        assert not [value for value in sent.values() if value in answer.text]

    def test_a_fault_does_not_spend_the_phone_token(self, client, token):
        register(client, token, nik="12")
        register(client, token, birth_date="2020-01-01")
        assert register(client, token).status_code == 201

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"sex": "X"}, id="that can be read off the form"),
            pytest.param({"birth_date": "2020-01-01"}, id="that only a rule can find"),
            pytest.param({"nik": None, "village_code": None}, id="of omission"),
        ],
    )
    def test_whoever_has_to_verify_the_phone_again_need_not_mend_a_fault_first(
        self, client, token, change
    ):
        assert register(client, token).status_code == 201
        assert refusal(register(client, token, **change)) == (401, "phone-not-verified")

    def test_nor_does_whoever_has_tried_too_many_niks(self, client, ports):
        join(client, ports)
        token = phone_token(client, ports)
        for _ in range(5):
            register(client, token)
        assert refusal(register(client, token, sex="X")) == (401, "phone-not-verified")

    def test_what_is_left_out_by_typing_spaces_is_left_out(self, client, token):
        worker = register(client, token, postal_code=" ", email=" ", kusuka_number=" ")
        shown = worker.json["worker"]
        assert (shown["postal_code"], shown["email"], shown["kusuka_number"]) == (None,) * 3

    @pytest.mark.parametrize(
        ("field", "text", "code"),
        [
            ("full_name", "Siti\u2028Aminah", "unprintable-character"),
            ("address", "\u200b", "blank"),
        ],
    )
    def test_what_cannot_be_seen_is_no_text(self, client, token, field, text, code):
        assert faults(register(client, token, **{field: text})) == {f"/{field}": code}

    @pytest.mark.parametrize(
        ("occupations", "expected"),
        [
            ([], {"/occupations": "too-few"}),
            ([{"code": "TR01"}, {"code": "FI01"}, {"code": "FI02"}], {"/occupations": "too-many"}),
            ([{}], {"/occupations/0/code": "required"}),
            (
                [{"code": "TR01", "hours_per_week": 0}],
                {"/occupations/0/hours_per_week": "too-small"},
            ),
            (
                [{"code": "TR01", "hours_per_week": 169}],
                {"/occupations/0/hours_per_week": "too-large"},
            ),
        ],
    )
    def test_there_are_one_or_two_occupations(self, client, token, occupations, expected):
        assert faults(register(client, token, occupations=occupations)) == expected

    @pytest.mark.parametrize(
        ("nik", "code"),
        [
            ("327301450793000", "nik-not-sixteen-digits"),
            ("3.27E+15", "nik-spreadsheet-number"),
            ("9973014507930001", "nik-unknown-province"),
            ("3273004507930001", "nik-district-zero"),
            ("3273013202930001", "nik-impossible-birth-date"),
            ("3273014507930000", "nik-serial-zero"),
        ],
    )
    def test_a_nik_breaks_no_rule(self, client, token, nik, code):
        assert faults(register(client, token, nik=nik)) == {"/nik": code}

    def test_a_nik_that_deserves_a_second_look_is_not_refused(self, client, token):
        assert register(client, token, nik="3299991204800001").status_code == 201


class TestAge:
    @pytest.mark.parametrize(
        ("birth_date", "code"),
        [
            ("2009-11-23", "too-young"),  # 17 tomorrow
            ("2009-11-22", None),
            ("1961-11-23", None),  # 65 tomorrow
            ("1961-11-22", "too-old"),
        ],
    )
    def test_from_the_seventeenth_birthday_to_the_day_before_the_sixty_fifth(
        self, client, token, birth_date, code
    ):
        answer = register(client, token, birth_date=birth_date)
        assert answer.status_code == (422 if code else 201)
        assert code is None or faults(answer) == {"/birth_date": code}

    def test_the_day_is_that_of_jakarta(self, client, ports, clock):
        clock.time = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # midnight there
        assert join(client, ports, birth_date="2009-11-23")

    @pytest.mark.parametrize(("today", "status"), [(28, 422), (1, 201)])
    def test_who_was_born_on_a_leap_day_is_a_year_older_on_the_first_of_march(
        self, client, ports, clock, today, status
    ):
        month = 2 if today == 28 else 3
        clock.time = datetime(2025, month, today, 5, 0, tzinfo=UTC)
        token = phone_token(client, ports)
        assert register(client, token, birth_date="2008-02-29").status_code == status


class TestConsents:
    def test_optional_ones_may_be_given_or_not(self, client, ports):
        documents = client.get("/v1/consents").json["items"]
        everything = [{name: each[name] for name in ("document", "version")} for each in documents]
        assert len(everything) > len(REQUIRED)
        assert join(client, ports, consents=everything)

    @pytest.mark.parametrize(
        ("consents", "expected"),
        [
            (REQUIRED[1:], {"/consents": "consent-required"}),
            ([*REQUIRED, REQUIRED[0]], {f"/consents/{len(REQUIRED)}": "repeated-document"}),
            (
                [*REQUIRED, {"document": "mine", "version": "2026-11"}],
                {f"/consents/{len(REQUIRED)}/document": "unknown-document"},
            ),
        ],
    )
    def test_each_required_document_is_accepted_in_its_current_version_once(
        self, client, token, consents, expected
    ):
        assert faults(register(client, token, consents=consents)) == expected


class TestWhoHoldsANik:
    def test_the_same_nik_from_the_same_phone_is_registered_already(self, client, ports):
        join(client, ports)
        again = register(client, phone_token(client, ports), full_name="Somebody Else")
        assert refusal(again) == (409, "already-registered")

    def test_so_it_is_while_the_check_says_that_something_is_wrong(self, client, ports):
        disagree(ports, name=20)
        join(client, ports)
        ports.jobs.work(ports)
        assert register(client, phone_token(client, ports)).status_code == 409

    def test_its_holder_is_known_by_nik_name_and_birth_date_from_any_phone(self, client, ports):
        join(client, ports)
        ports.jobs.work(ports)
        token = phone_token(client, ports, ANOTHER_PHONE)
        # Written another way, and with everything else different.
        answer = register(client, token, full_name="SITI  AMINAH", sex="M", address="Elsewhere")
        assert refusal(answer) == (409, "already-registered")

    @pytest.mark.parametrize(
        "changes", [{"full_name": "Dewi Sartika"}, {"birth_date": "1993-07-06"}]
    )
    def test_a_stranger_learns_nothing_about_a_nik_that_is_held(self, client, ports, changes):
        join(client, ports)
        ports.jobs.work(ports)
        held = register(client, phone_token(client, ports, ANOTHER_PHONE), **changes)
        unknown = register(
            client, phone_token(client, ports, "081299990000"), nik=ANOTHER_NIK, **changes
        )
        assert held.status_code == unknown.status_code == 201
        assert shape_of(held.json) == shape_of(unknown.json)

    def test_a_nik_that_is_only_claimed_can_be_claimed_by_others(self, client, ports):
        join(client, ports)
        assert join(client, ports, ANOTHER_PHONE)

    def test_of_two_matching_claims_the_first_holds_and_the_later_is_in_review(self, client, ports):
        first = join(client, ports)["access_token"]
        later = join(client, ports, ANOTHER_PHONE)["access_token"]
        ports.jobs.work(ports)
        assert me(client, first)["identity"]["status"] == "verified"
        shown = me(client, later)
        assert shown["identity"]["status"] == "in_review"
        assert shown["next_step"] == "wait_for_review"
        assert shown["identity"]["reason"] == (
            "Petugas kami sedang memeriksa data Anda; Anda tidak perlu mendaftar lagi."
        )

    def test_a_claim_that_does_not_match_leaves_the_holder_alone(self, client, ports):
        disagree(ports, name=10)
        stranger = join(client, ports)["access_token"]
        ports.jobs.work(ports)
        ports.identity.answers.clear()
        owner = join(client, ports, ANOTHER_PHONE, full_name="Its Owner")["access_token"]
        ports.jobs.work(ports)
        assert me(client, stranger)["identity"]["status"] == "needs_correction"
        assert me(client, owner)["identity"]["status"] == "verified"

    def test_who_is_registered_already_can_sign_in_with_the_same_phone_token(self, client, ports):
        join(client, ports)
        token = phone_token(client, ports)
        register(client, token)
        answer = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
        assert answer.status_code == 201

    def test_trying_who_is_registered_kills_the_phone_token_after_five_times(self, client, ports):
        join(client, ports)
        ports.jobs.work(ports)
        token = phone_token(client, ports, ANOTHER_PHONE)
        answers = [register(client, token) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [409] * 5 + [401]


def shape_of(registered):
    """What does not differ from one registration to the next."""
    differing = {"id", "registration_number", "nik_masked", "phone_masked"}
    worker = {name: each for name, each in registered["worker"].items() if name not in differing}
    return worker, registered["expires_in"], sorted(registered)
