from dataclasses import replace

import pytest

from api.app import create_app
from models.consent_documents import ConsentDocuments
from tests.api.joining import (
    REQUIRED,
    bearing,
    faults,
    join,
    me,
    refusal,
)
from tests.installation import CONSENTS, DEVELOPMENT

PATH = "/v1/me/consents"
NEWER = "2027-01"


@pytest.fixture
def joined(client, ports):
    """With a verified identity and a plan, so that bills can be asked for."""
    token = join(client, ports)["access_token"]
    ports.jobs.work(ports)
    client.put("/v1/me/plan", json={"plan": "basic"}, headers=bearing(token))
    return token


@pytest.fixture
def later(ports):
    """The same app after a new version of the terms has been published."""
    terms = next(each for each in CONSENTS.current() if each.document == "terms")
    published = {**CONSENTS.published, ("terms", NEWER): replace(terms, version=NEWER)}
    consents = ConsentDocuments(published)
    return create_app(DEVELOPMENT, replace(ports, consents=consents)).test_client()


def accept(client, token, document="terms", version="2026-11", **headers):
    body = {"document": document, "version": version}
    return client.post(PATH, json=body, headers=bearing(token, **headers))


def withdraw(client, token, document="terms"):
    return client.post(f"{PATH}/{document}/withdrawal", headers=bearing(token))


def bill(client, token):
    return client.post("/v1/me/invoices", json={"months": 1}, headers=bearing(token))


def given(client, token):
    page = client.get(PATH, headers=bearing(token)).json
    assert page["next_cursor"] is None
    return [
        (each["document"], each["version"], bool(each["withdrawn_at"])) for each in page["items"]
    ]


class TestAccept:
    def test_a_newer_version_is_asked_for_and_accepted(self, client, later, joined):
        assert me(later, joined)["next_step"] == "accept_consents"
        assert refusal(bill(later, joined)) == (409, "consent-missing")
        answer = accept(later, joined, version=NEWER)
        assert answer.status_code == 201
        assert answer.json == {
            "document": "terms",
            "version": NEWER,
            "accepted_at": "2026-11-22T05:00:00Z",
            "withdrawn_at": None,
        }
        assert me(later, joined)["next_step"] == "pay"
        assert bill(later, joined).status_code == 201

    def test_the_older_version_stays_as_evidence(self, client, later, joined):
        accept(later, joined, version=NEWER)
        assert ("terms", "2026-11", False) in given(later, joined)

    def test_an_optional_document_can_be_accepted_later(self, client, joined):
        assert accept(client, joined, document="reminders").status_code == 201
        assert ("reminders", "2026-11", False) in given(client, joined)

    def test_accepting_again_changes_nothing(self, client, clock, joined):
        clock.advance(minutes=5)
        assert accept(client, joined).json["accepted_at"] == "2026-11-22T05:00:00Z"
        assert len(given(client, joined)) == len(REQUIRED)

    def test_the_same_request_is_answered_again(self, client, joined):
        first, again = (accept(client, joined, Idempotency_Key="k") for _ in range(2))
        assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")

    def test_an_outdated_version_is_refused(self, later, joined):
        assert faults(accept(later, joined)) == {"/version": "outdated-document"}

    @pytest.mark.parametrize(
        ("document", "version", "wrong"),
        [("terms", "1999-01", "/version"), ("mine", "2026-11", "/document")],
    )
    def test_an_unknown_one_is_refused(self, client, joined, document, version, wrong):
        answer = accept(client, joined, document, version)
        assert faults(answer) == {wrong: "unknown-document"}

    def test_what_was_accepted_is_answered_again_when_a_newer_version_is_out(
        self, client, later, joined
    ):
        first = accept(client, joined, document="terms", Idempotency_Key="k")
        again = accept(later, joined, document="terms", Idempotency_Key="k")
        assert (again.status_code, again.data) == (201, first.data)


def test_the_list_is_read_a_page_at_a_time(client, joined):
    everything = given(client, joined)
    one = client.get(f"{PATH}?limit=1", headers=bearing(joined)).json
    rest = client.get(f"{PATH}?cursor={one['next_cursor']}", headers=bearing(joined)).json
    documents = [each["document"] for each in (*one["items"], *rest["items"])]
    assert documents == [document for document, _, _ in everything]
    assert len(documents) == len(REQUIRED) > 1


class TestWithdraw:
    def test_a_required_one_ends_new_bills(self, client, joined):
        answer = withdraw(client, joined)
        assert (answer.status_code, answer.json["withdrawn_at"]) == (200, "2026-11-22T05:00:00Z")
        assert refusal(bill(client, joined)) == (409, "consent-missing")
        assert me(client, joined)["next_step"] == "accept_consents"

    def test_every_version_of_it_is_withdrawn(self, later, joined):
        accept(later, joined, version=NEWER)
        withdraw(later, joined)
        assert [each for each in given(later, joined) if each[0] == "terms"] == [
            ("terms", "2026-11", True),
            ("terms", NEWER, True),
        ]

    def test_withdrawing_again_changes_nothing(self, client, clock, joined):
        first = withdraw(client, joined).json
        clock.advance(minutes=1)
        assert withdraw(client, joined).json == first

    def test_it_can_be_given_again(self, client, clock, joined):
        withdraw(client, joined)
        clock.advance(minutes=1)
        assert accept(client, joined).json["accepted_at"] == "2026-11-22T05:01:00Z"
        assert bill(client, joined).status_code == 201

    def test_a_bill_that_is_out_and_the_session_go_on(self, client, joined):
        number = bill(client, joined).json["id"]
        withdraw(client, joined)
        shown = client.get(f"/v1/me/invoices/{number}", headers=bearing(joined))
        assert shown.json["status"] == "open"

    def test_other_documents_are_left_alone(self, client, joined):
        withdraw(client, joined)
        assert [each for each in given(client, joined) if each[2]] == [("terms", "2026-11", True)]

    @pytest.mark.parametrize("document", ["reminders", "mine", "%00", "a" * 500])
    def test_what_was_never_given_cannot_be_withdrawn(self, client, joined, document):
        assert refusal(withdraw(client, joined, document))[0] == 404
