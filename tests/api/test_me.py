import pytest
from sqlalchemy import select

from models.identity_check import IdentityCheck
from models.terms import ContributionTerms
from models.values.identity import Element, Finding
from models.values.nik import Nik
from services.ports import Comparison
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    NIK,
    bearing,
    faults,
    join,
    me,
    phone_token,
    refusal,
)
from tests.fakes import AGREES

IDENTITY = {
    "nik": ANOTHER_NIK,
    "full_name": "Siti Aminah Putri",
    "birth_place": "Bogor",
    "birth_date": "1993-07-06",
    "sex": "M",
    "mother_maiden_name": "Ratna Sari",
}


@pytest.fixture
def joined(client, ports):
    return join(client, ports)["access_token"]


@pytest.fixture
def verified(ports, joined):
    ports.jobs.work(ports)
    return joined


@pytest.fixture
def mistaken(ports, joined):
    """The registry knows the NIK under another name."""
    disagree(ports)
    ports.jobs.work(ports)
    return joined


def disagree(ports, *niks):
    scores = AGREES | {Element.NAME: 40}
    for nik in niks or (NIK, ANOTHER_NIK):
        ports.identity.answers[Nik(nik)] = Comparison(finding=Finding.FOUND, scores=scores)


def change(client, token, **changes):
    return client.patch("/v1/me", json=changes, headers=bearing(token))


def signed_in_again(client, ports):
    headers = bearing(phone_token(client, ports))
    return client.post("/v1/sessions", json={"nik": NIK}, headers=headers).json["access_token"]


def checks(connection):
    return connection.execute(select(IdentityCheck.__table__)).all()


class TestShow:
    def test_a_verified_worker_chooses_a_plan_next(self, client, verified):
        shown = me(client, verified)
        assert shown["identity"] == {
            "status": "verified",
            "elements": [
                {"name": "name", "matched": True},
                {"name": "birth_date", "matched": True},
                {"name": "sex", "matched": True},
            ],
            "reason": None,
            "checked_at": "2026-11-22T05:00:00Z",
        }
        assert shown["next_step"] == "choose_plan"

    def test_neither_scores_nor_the_mothers_name_are_shown(self, client, mistaken):
        answer = client.get("/v1/me", headers=bearing(mistaken))
        assert "Ratna" not in answer.text
        assert "40" not in str(answer.json["identity"])
        assert "mother" not in answer.text

    def test_nik_and_phone_are_masked(self, client, verified):
        text = client.get("/v1/me", headers=bearing(verified)).text
        assert NIK not in text
        assert "81234567890" not in text

    def test_it_is_not_sent_again_when_nothing_has_changed(self, client, verified):
        first = client.get("/v1/me", headers=bearing(verified))
        again = client.get("/v1/me", headers=bearing(verified, If_None_Match=first.headers["ETag"]))
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == "private, no-cache"
        change(client, verified, email="siti@contoh.id")
        changed = client.get(
            "/v1/me", headers=bearing(verified, If_None_Match=first.headers["ETag"])
        )
        assert changed.status_code == 200

    def test_it_takes_four_statements_however_many_occupations(self, client, ports, queries):
        token = join(client, ports, occupations=[{"code": "TR01"}, {"code": "FI01"}])
        queries.clear()
        me(client, token["access_token"])
        assert len([sql for sql in queries if sql.startswith("SELECT")]) == 4, queries


class TestChange:
    def test_only_what_is_named_changes(self, client, verified):
        before = me(client, verified)
        answer = change(client, verified, address="Jl. Mawar 1", postal_code="10110")
        assert answer.status_code == 200
        assert answer.json == before | {"address": "Jl. Mawar 1", "postal_code": "10110"}
        assert me(client, verified) == answer.json

    def test_nothing_named_changes_nothing(self, client, verified):
        assert change(client, verified).json == me(client, verified)

    def test_all_of_it_may_change_after_the_identity_is_verified(self, client, verified):
        changes = {
            "email": "siti@contoh.id",
            "address": "Jl. Mawar 1",
            "postal_code": "10110",
            "occupations": [
                {"code": "FI01", "workplace": "Muara Angke", "hours_per_week": 30},
                {"code": "TR01", "workplace": None, "hours_per_week": None},
            ],
            "monthly_income": 1_000_000,
            "kusuka_number": "3273-01-0042",
        }
        shown = change(client, verified, **changes, village_code="31.71.01.1002").json
        assert {name: shown[name] for name in changes} == changes
        assert shown["village"]["code"] == "31.71.01.1002"
        assert shown["identity"]["status"] == "verified"

    def test_null_takes_away_what_is_optional(self, client, verified):
        optional = {"email": "siti@contoh.id", "postal_code": "10110", "kusuka_number": "K-1"}
        change(client, verified, **optional)
        shown = change(client, verified, **dict.fromkeys(optional)).json
        assert [shown[name] for name in optional] == [None] * 3

    @pytest.mark.parametrize(
        "name",
        [
            "nik",
            "full_name",
            "birth_date",
            "address",
            "village_code",
            "occupations",
            "monthly_income",
        ],
    )
    def test_null_does_not_take_away_what_is_needed(self, client, joined, name):
        assert faults(change(client, joined, **{name: None})) == {f"/{name}": "null"}

    def test_one_occupation_may_follow_two(self, client, ports):
        token = join(client, ports, occupations=[{"code": "TR01"}, {"code": "FI01"}])
        occupations = [{"code": "FI01", "workplace": None, "hours_per_week": None}]
        shown = change(client, token["access_token"], occupations=occupations).json
        assert shown["occupations"] == occupations

    @pytest.mark.parametrize(
        "name", ["phone", "consents", "referral_code", "id", "identity", "plan", "member_number"]
    )
    def test_what_is_not_ones_own_to_change_is_refused(self, client, joined, name):
        assert faults(change(client, joined, **{name: "x"})) == {f"/{name}": "unknown"}

    def test_every_fault_is_told_at_once(self, client, joined):
        answer = change(
            client,
            joined,
            nik="12",
            birth_date="2020-01-01",
            village_code="31.71.01.9999",
            occupations=[{"code": "XX99"}],
        )
        assert faults(answer) == {
            "/nik": "nik-not-sixteen-digits",
            "/birth_date": "too-young",
            "/village_code": "unknown-village",
            "/occupations/0/code": "unknown-occupation",
        }

    def test_the_age_is_that_of_registering(self, client, ports, clock):
        join(client, ports, birth_date="1961-11-24")
        disagree(ports)
        ports.jobs.work(ports)
        clock.advance(days=3)
        token = signed_in_again(client, ports)
        # Sixty-five since yesterday, but not when joining.
        assert change(client, token, birth_date="1961-11-23").status_code == 200
        assert faults(change(client, token, birth_date="1961-11-22")) == {"/birth_date": "too-old"}

    def test_income_and_occupation_count_for_the_months_to_come(self, client, verified, connection):
        change(client, verified, monthly_income=2_000_000)
        assert connection.execute(select(ContributionTerms)).all() == []
        client.put("/v1/me/plan", json={"plan": "basic"}, headers=bearing(verified))
        change(client, verified, monthly_income=5_000_000)
        change(client, verified, occupations=[{"code": "FI01"}])
        change(client, verified, email="siti@contoh.id")
        rows = connection.execute(
            select(ContributionTerms.__table__).order_by(ContributionTerms.id)
        ).all()
        assert [(row.monthly_income.amount, row.sector) for row in rows] == [
            (2_000_000, "transport"),
            (5_000_000, "transport"),
            (5_000_000, "other"),
        ]


class TestCorrect:
    @pytest.mark.parametrize("name", IDENTITY)
    def test_each_corrected_element_starts_a_new_check(self, client, ports, mistaken, name):
        ports.identity.answers.clear()
        shown = change(client, mistaken, **{name: IDENTITY[name]}).json
        assert shown["identity"] == {
            "status": "pending",
            "elements": [],
            "reason": None,
            "checked_at": None,
        }
        ports.jobs.work(ports)
        assert me(client, mistaken)["identity"]["status"] == "verified"

    @pytest.mark.parametrize("name", IDENTITY)
    def test_a_verified_identity_stays(self, client, verified, name):
        before = me(client, verified)
        answer = change(client, verified, **{name: IDENTITY[name]}, email="siti@contoh.id")
        assert refusal(answer) == (409, "identity-verified")
        assert me(client, verified) == before

    def test_the_same_value_is_checked_again(self, client, ports, joined):
        ports.identity.answers[Nik(NIK)] = Comparison(finding=Finding.INACTIVE, scores={})
        ports.jobs.work(ports)
        ports.identity.answers.clear()
        change(client, joined, nik=NIK)
        ports.jobs.work(ports)
        assert me(client, joined)["identity"]["status"] == "verified"

    def test_the_corrected_data_is_what_is_asked_about(self, client, ports, mistaken):
        change(client, mistaken, **IDENTITY)
        ports.jobs.work(ports)
        asked = ports.identity.asked[-1]
        assert (asked.nik, asked.full_name, asked.birth_place, asked.mother_maiden_name) == (
            Nik(ANOTHER_NIK),
            "Siti Aminah Putri",
            "Bogor",
            "Ratna Sari",
        )

    def test_an_ordinary_change_starts_no_check(self, client, mistaken, connection):
        change(client, mistaken, address="Jl. Mawar 1", monthly_income=1)
        assert len(checks(connection)) == 1

    def test_a_nik_that_is_claimed_from_this_phone_is_refused(self, client, ports, mistaken):
        join(client, ports, nik=ANOTHER_NIK)
        before = me(client, mistaken)
        assert refusal(change(client, mistaken, nik=ANOTHER_NIK)) == (409, "nik-used-on-this-phone")
        assert me(client, mistaken) == before

    def test_three_corrections_a_day_are_checked_and_then_staff_look(
        self, client, ports, clock, mistaken
    ):
        statuses = []
        for letter in "ABCD":
            change(client, mistaken, full_name=f"Siti {letter}")
            ports.jobs.work(ports)
            statuses.append(me(client, mistaken)["identity"]["status"])
        assert statuses == ["needs_correction"] * 3 + ["in_review"]
        shown = me(client, mistaken)
        assert (shown["next_step"], shown["identity"]["elements"]) == ("wait_for_review", [])
        assert "beberapa kali" in shown["identity"]["reason"]

    def test_three_is_three_on_the_days_after_registering_too(
        self, client, ports, clock, mistaken, connection
    ):
        clock.advance(days=2)
        token = signed_in_again(client, ports)
        for letter in "ABCD":
            change(client, token, full_name=f"Siti {letter}")
            ports.jobs.work(ports)
        assert len(checks(connection)) == 1 + 3

    def test_five_checks_of_one_nik_in_thirty_days(self, client, ports, clock, mistaken):
        statuses = []
        for day in range(5):
            clock.advance(days=1, seconds=1)
            token = signed_in_again(client, ports)
            change(client, token, full_name=f"Siti {'ABCDE'[day]}")
            ports.jobs.work(ports)
            statuses.append(me(client, token)["identity"]["status"])
        # The first of the five was that of registering.
        assert statuses == ["needs_correction"] * 4 + ["in_review"]

    @pytest.mark.parametrize(
        ("finding", "status"), [(Finding.DUPLICATE, "in_review"), (Finding.DECEASED, "refused")]
    )
    def test_what_staff_look_at_may_be_corrected_but_stays_with_them(
        self, client, ports, joined, connection, finding, status
    ):
        ports.identity.answers[Nik(NIK)] = Comparison(finding=finding, scores={})
        ports.jobs.work(ports)
        before = me(client, joined)
        assert before["identity"]["status"] == status
        ports.identity.answers.clear()
        shown = change(client, joined, full_name="Siti Aminah Putri").json
        ports.jobs.work(ports)
        assert shown == before | {"full_name": "Siti Aminah Putri"}
        assert me(client, joined) == shown
        assert len(checks(connection)) == 1

    def test_another_worker_is_not_touched(self, client, ports, mistaken):
        other = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)["access_token"]
        before = me(client, other)
        change(client, mistaken, full_name="Siti A", address="Jl. Mawar 1")
        assert me(client, other) == before
