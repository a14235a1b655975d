import pytest

from models.values.access import StaffRole
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, faults, join, refusal
from tests.cases import NOTE, contested, duplicate, lost_phone, reviewer
from tests.officers import bearer, officer


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


@pytest.fixture
def call(client, ports):
    """A call by an officer: ``call(rina, "post", f"{id}/claim")``."""

    def send(by, method, path="", **options):
        headers = bearer(ports, by) | options.pop("headers", {})
        url = f"/v1/staff/reviews/{path}".removesuffix("/")
        return client.open(url, method=method.upper(), headers=headers, **options)

    return send


def decision(ruling, note=NOTE, **more):
    return {"decision": ruling, "note": note, **more}


def test_a_case_from_the_list_to_its_end(client, ports, call, rina):
    worker_id = str(duplicate(client, ports))
    [case] = call(rina, "get").json["items"]
    assert (case["id"], case["kind"], case["state"], case["reason"]) == (
        worker_id,
        "identity",
        "open",
        "duplicate_record",
    )
    assert case["claimed_by"] is None
    claimed = call(rina, "post", f"{worker_id}/claim").json
    assert (claimed["mine"], claimed["case"]["claimed_by"]) == (True, "rina")
    decided = call(rina, "post", f"{worker_id}/decision", json=decision("verify"))
    assert (decided.status_code, decided.json) == (
        200,
        {"id": worker_id, "outcome": "decided", "decision": "verify"},
    )
    assert call(rina, "get").json == {"items": [], "next_cursor": None}


def test_what_a_case_shows_is_masked(client, ports, call, rina):
    holder, later = contested(client, ports)
    shown = call(rina, "get", str(later)).json
    assert shown["worker"]["nik_masked"] == "**************01"
    assert shown["worker"]["phone_masked"] == "+62*******888"
    assert "birth_date" not in shown["worker"]
    [other] = shown["identity"]["others_with_nik"]
    assert (other["worker_id"], other["masked_name"]) == (str(holder), "S*** A***")
    [check] = shown["identity"]["checks"]
    assert {"name": "name", "score": 100} in check["scores"]
    assert (shown["phone_change"], shown["refund"]) == (None, None)
    assert shown["to_ask_for"]


def test_a_colleagues_case_says_whose_it_is_and_until_when(client, ports, call, rina, budi):
    case_id = duplicate(client, ports)
    until = call(rina, "post", f"{case_id}/claim").json["case"]["claimed_until"]
    refused = call(budi, "post", f"{case_id}/claim", headers={"Accept-Language": "en"})
    assert refusal(refused) == (409, "review-claimed")
    assert (refused.json["claimed_by"], refused.json["claimed_until"]) == ("rina", until)
    assert "WIB" in refused.json["detail"]


def test_refusing_takes_two(client, ports, call, rina, budi):
    case_id = duplicate(client, ports)
    call(rina, "post", f"{case_id}/claim")
    first = call(rina, "post", f"{case_id}/decision", json=decision("refuse"))
    assert first.json["outcome"] == "awaiting_second"
    again = call(rina, "post", f"{case_id}/decision", json=decision("refuse"))
    assert refusal(again) == (409, "second-officer-needed")
    seen = call(budi, "post", f"{case_id}/claim").json
    assert (seen["first"]["by"], seen["first"]["note"]) == ("rina", NOTE)
    second = call(budi, "post", f"{case_id}/decision", json=decision("refuse"))
    assert second.json["outcome"] == "decided"


def test_a_lost_answer_is_given_again(client, ports, call, rina):
    case_id = duplicate(client, ports)
    call(rina, "post", f"{case_id}/claim")
    sent = {"json": decision("verify"), "headers": {"Idempotency-Key": "decision-1"}}
    first = call(rina, "post", f"{case_id}/decision", **sent)
    again = call(rina, "post", f"{case_id}/decision", **sent)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"


def test_releasing_leaves_it_to_others(client, ports, call, rina, budi):
    case_id = duplicate(client, ports)
    call(rina, "post", f"{case_id}/claim")
    assert call(rina, "post", f"{case_id}/release").json["state"] == "open"
    assert call(budi, "post", f"{case_id}/claim").status_code == 200


def test_a_holder_is_displaced_only_by_name(client, ports, call, rina):
    holder, later = contested(client, ports)
    call(rina, "post", f"{later}/claim")
    path = f"{later}/decision"
    assert refusal(call(rina, "post", path, json=decision("verify"))) == (
        409,
        "nik-held-by-another",
    )
    named = decision("verify", displaces=str(holder))
    assert call(rina, "post", path, json=named).json["outcome"] == "awaiting_second"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"decision": "verify"}, {"/note": "required"}),
        ({"note": NOTE}, {"/decision": "required"}),
        (decision("verify", ""), {"/note": "blank"}),
        (decision("verify", "x" * 501), {"/note": "too-long"}),
        (decision("verify", "NIK 3273 0145"), {"/note": "number-in-note"}),
        (decision("verify", "HP 0812-3456"), {"/note": "number-in-note"}),
        (decision("burn"), {"/decision": "not-a-choice"}),
        (decision("paid"), {"/decision": "not-for-this-case"}),
        (decision("verify", displaces="x"), {"/displaces": "not-an-id"}),
        (decision("verify", extra=1), {"/extra": "unknown"}),
    ],
)
def test_every_fault_of_a_decision_is_told(client, ports, call, rina, body, found):
    case_id = duplicate(client, ports)
    call(rina, "post", f"{case_id}/claim")
    assert faults(call(rina, "post", f"{case_id}/decision", json=body)) == found


def test_a_number_that_another_registration_has_is_told_in_words_for_staff(
    client, ports, clock, call
):
    _, request_id = lost_phone(client, ports, clock)
    join(client, ports, ANOTHER_PHONE, full_name="Somebody Else")
    rina = reviewer(ports, "rina")  # who signs in now: three days are over
    call(rina, "post", f"{request_id}/claim")
    refused = call(rina, "post", f"{request_id}/decision", json=decision("approve"))
    assert refusal(refused) == (409, "wanted-phone-used")
    assert "tolak" in refused.json["detail"]
    assert "petugas kami" not in refused.json["detail"]


def test_a_lost_phone_is_approved(client, ports, clock, call):
    _, request_id = lost_phone(client, ports, clock)
    rina = reviewer(ports)
    shown = call(rina, "post", f"{request_id}/claim").json
    assert shown["phone_change"]["new_phone_masked"] == "+62*******888"
    decided = call(rina, "post", f"{request_id}/decision", json=decision("approve"))
    assert decided.json["outcome"] == "decided"


def test_the_list_is_read_by_kind_state_and_page(client, ports, clock, call, rina):
    for number in range(3):
        duplicate(client, ports, f"0813-9999-60{number:02}", nik=f"31710102038500{number + 10}")
        clock.advance(minutes=1)
    first = call(rina, "get", query_string={"kind": "identity", "limit": 2}).json
    second = call(rina, "get", query_string={"limit": 2, "cursor": first["next_cursor"]}).json
    assert [len(first["items"]), len(second["items"])] == [2, 1]
    assert call(rina, "get", query_string={"state": "claimed"}).json["items"] == []
    assert call(rina, "get", query_string={"kind": "x"}).status_code == 422


@pytest.mark.parametrize("role", [each for each in StaffRole if each is not StaffRole.REVIEWER])
def test_reviewers_alone_decide(client, ports, session, call, role):
    case_id = duplicate(client, ports, nik=ANOTHER_NIK)
    other = officer(ports, session, role)
    for method, path in (
        ("get", ""),
        ("get", f"{case_id}"),
        ("post", f"{case_id}/claim"),
        ("post", f"{case_id}/release"),
        ("post", f"{case_id}/decision"),
    ):
        assert refusal(call(other, method, path)) == (403, "role-not-allowed")


def test_what_there_is_not_is_not_found(call, rina):
    path = str(rina.session_id)
    assert refusal(call(rina, "get", path)) == (404, "review-not-found")
    assert refusal(call(rina, "post", f"{path}/claim")) == (404, "review-not-found")
