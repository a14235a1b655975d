import pytest

from services import erasing
from tests.api.joining import ANOTHER_PHONE, bearing, faults, join, phone_token, refusal
from tests.whole_lives import Life

EXPORT, ERASURES = "/v1/me/data-export", "/v1/me/erasure-requests"


@pytest.fixture
def life(client, ports):
    return Life.of(ports, join(client, ports))


def export(client, life, phone_token):
    return client.get(EXPORT, headers=life.headers(**{"X-Phone-Token": phone_token}))


def ask(client, life, phone_token, **headers):
    body = {"phone_token": phone_token}
    return client.post(ERASURES, json=body, headers=life.headers(**headers))


class TestDataExport:
    def test_it_is_a_file_that_nobody_keeps_on_the_way(self, client, life):
        answer = export(client, life, life.verify_phone(client))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == 'attachment; filename="jaring-data.json"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json["schema_version"] == 1
        assert answer.json["made_at"] == "2026-11-22T05:00:00Z"

    def test_the_token_is_not_spent(self, client, life):
        token = life.verify_phone(client)
        assert [export(client, life, token).status_code for _ in range(2)] == [200, 200]
        assert ask(client, life, token).status_code == 202

    def test_without_the_header_it_is_said_that_it_is_missing(self, client, life):
        answer = client.get(EXPORT, headers=life.headers())
        assert answer.status_code == 422
        assert [(each["header"], each["code"]) for each in answer.json["errors"]] == [
            ("X-Phone-Token", "required")
        ]

    @pytest.mark.parametrize("token", ["x", "a.b.c", "\xe9", "x" * 5_000])
    def test_what_is_no_token_is_refused(self, client, life, token):
        assert refusal(export(client, life, token)) == (409, "phone-token-refused")

    def test_the_token_of_another_phone_is_refused(self, client, life, ports):
        token = phone_token(client, ports, ANOTHER_PHONE)
        assert refusal(export(client, life, token)) == (409, "phone-token-refused")

    def test_a_fresh_phone_alone_opens_nothing(self, client, life):
        token = life.verify_phone(client)
        both = bearing(token, X_Phone_Token=token)
        assert refusal(client.get(EXPORT, headers=both)) == (403, "wrong-kind-of-caller")
        assert client.get(EXPORT, headers={"X-Phone-Token": token}).status_code == 401


class TestErasureRequests:
    def test_it_is_said_until_when_it_waits_and_by_when_it_is_done(self, client, life):
        answer = ask(client, life, life.verify_phone(client))
        assert answer.status_code == 202
        assert answer.json == {
            "id": answer.json["id"],
            "status": "waiting",
            "requested_at": "2026-11-22T05:00:00Z",
            "objection_until": "2026-11-24T05:00:00Z",
            "not_before": "2026-11-24T05:00:00Z",
            "due_by": "2026-11-25T05:00:00Z",
            "cancelled_at": None,
        }

    def test_a_lost_answer_is_given_again(self, client, life):
        token = life.verify_phone(client)
        first, again = (ask(client, life, token, **{"Idempotency-Key": "k"}) for _ in range(2))
        assert (again.status_code, again.data) == (202, first.data)
        assert again.headers["Idempotency-Replayed"] == "true"

    def test_so_it_is_without_a_key(self, client, life):
        token = life.verify_phone(client)
        first, again = (ask(client, life, token) for _ in range(2))
        assert (again.status_code, again.data) == (202, first.data)

    def test_without_a_fresh_phone_it_is_refused(self, client, life):
        assert refusal(ask(client, life, "x")) == (409, "phone-token-refused")

    @pytest.mark.parametrize("body", [{}, {"phone_token": None}, {"phone_token": 1}])
    def test_the_token_is_text(self, client, life, body):
        answer = client.post(ERASURES, json=body, headers=life.headers())
        assert faults(answer).keys() == {"/phone_token"}

    def test_an_invoice_is_refused_while_it_waits(self, client, life, ports):
        ports.jobs.work(ports)
        client.put("/v1/me/plan", json={"plan": "basic"}, headers=life.headers())
        ask(client, life, life.verify_phone(client))
        asked = client.post("/v1/me/invoices", json={"months": 1}, headers=life.headers())
        assert refusal(asked) == (409, "erasure-requested")

    def test_it_is_listed_and_called_off(self, client, life):
        made = ask(client, life, life.verify_phone(client)).json
        listed = client.get(ERASURES, headers=life.headers()).json
        assert listed == {"items": [made], "next_cursor": None}
        cancelled = client.post(f"{ERASURES}/{made['id']}/cancel", headers=life.headers())
        assert cancelled.status_code == 200
        assert cancelled.json == made | {
            "status": "cancelled",
            "cancelled_at": "2026-11-22T05:00:00Z",
        }

    def test_there_is_nothing_to_call_off_where_nothing_was_asked_for(self, client, life):
        path = f"{ERASURES}/{life.worker_id}/cancel"
        answer = client.post(path, headers=life.headers())
        assert refusal(answer) == (404, "erasure-request-not-found")

    def test_afterwards_the_session_is_gone(self, client, life, ports, clock):
        ask(client, life, life.verify_phone(client))
        clock.advance(days=2)
        erasing.carry_out(ports)
        assert refusal(client.get("/v1/me", headers=life.headers())) == (401, "not-signed-in")
