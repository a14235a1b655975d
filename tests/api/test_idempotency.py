from base64 import b64encode
from threading import Event, Thread

import pytest
from sqlalchemy import select

from api.app import create_app
from api.bodies import read_body
from api.idempotency import _digest
from api.request import current
from models.answer import KeptAnswer
from models.values.ids import new_id
from services.once import PLACE
from services.outages import IdentityRegistryDown
from services.vault import SealBroken
from tests.api.joining import (
    ANOTHER_PHONE,
    FORM,
    NIK,
    bearing,
    faults,
    join,
    phone_token,
    refusal,
    register,
)
from tests.installation import DEVELOPMENT


def replayed(answer):
    return answer.headers.get("Idempotency-Replayed") == "true"


def test_the_first_answer_is_given_again(client, ports):
    token = phone_token(client, ports)
    first = register(client, token, Idempotency_Key="one")
    again = register(client, token, Idempotency_Key="one")
    assert (first.status_code, replayed(first)) == (201, False)
    assert (again.status_code, replayed(again)) == (201, True)
    assert again.data == first.data
    assert again.content_type == first.content_type


def test_the_work_is_done_once(client, ports):
    token = phone_token(client, ports)
    ports.jobs.waiting.clear()
    for _ in range(3):
        register(client, token, Idempotency_Key="one")
    assert len(ports.jobs.waiting) == 1


def test_a_spent_phone_token_still_opens_its_answer(client, ports, clock):
    token = phone_token(client, ports)
    first = register(client, token, Idempotency_Key="one")
    clock.advance(minutes=15)
    assert register(client, token, Idempotency_Key="one").data == first.data
    assert register(client, token, Idempotency_Key="another").status_code == 401


def test_the_key_belongs_to_the_phone_and_not_to_the_token(client, ports, clock):
    first = register(client, phone_token(client, ports), Idempotency_Key="one")
    clock.advance(hours=2)
    again = register(client, phone_token(client, ports), Idempotency_Key="one")
    assert again.data == first.data


def test_the_same_key_of_another_phone_is_another_key(client, ports):
    register(client, phone_token(client, ports), Idempotency_Key="one")
    other = register(
        client,
        phone_token(client, ports, ANOTHER_PHONE),
        Idempotency_Key="one",
        nik="3171010203850002",
    )
    assert (other.status_code, replayed(other)) == (201, False)


@pytest.mark.parametrize("change", [{"address": "Jl. Mawar 1"}, {"email": "siti@contoh.id"}])
def test_another_request_under_the_same_key_is_refused(client, ports, change):
    token = phone_token(client, ports)
    register(client, token, Idempotency_Key="one")
    again = register(client, token, Idempotency_Key="one", **change)
    assert refusal(again) == (422, "idempotency-key-reused")


def test_another_operation_under_the_same_key_is_refused(client, ports):
    token = phone_token(client, ports)
    register(client, token, Idempotency_Key="one")
    headers = bearing(token, Idempotency_Key="one")
    signed_in = client.post("/v1/sessions", json={"nik": NIK}, headers=headers)
    assert refusal(signed_in) == (422, "idempotency-key-reused")


def test_a_key_lives_for_a_day(client, ports, clock):
    register(client, phone_token(client, ports), Idempotency_Key="one")
    clock.advance(hours=24)
    again = register(client, phone_token(client, ports), Idempotency_Key="one")
    assert refusal(again) == (409, "already-registered")


def test_a_key_can_be_used_again_after_a_day(client, ports, clock):
    register(client, phone_token(client, ports), Idempotency_Key="one")
    clock.advance(hours=24)
    token = phone_token(client, ports)
    headers = bearing(token, Idempotency_Key="one")
    first, again = (
        client.post("/v1/sessions", json={"nik": NIK}, headers=headers) for _ in range(2)
    )
    assert (first.status_code, replayed(first), replayed(again)) == (201, False, True)


def test_a_refused_request_leaves_nothing_behind(client, ports, connection):
    token = phone_token(client, ports)
    register(client, token, Idempotency_Key="one", village_code="31.71.01.9999")
    assert connection.execute(select(KeptAnswer)).all() == []
    mended = register(client, token, Idempotency_Key="one")
    assert (mended.status_code, replayed(mended)) == (201, False)


def test_a_request_that_crashed_leaves_nothing_behind(client, ports):
    token = phone_token(client, ports)
    ports.jobs.broken = IdentityRegistryDown()
    assert register(client, token, Idempotency_Key="one").status_code == 503
    ports.jobs.broken = None
    again = register(client, token, Idempotency_Key="one")
    assert (again.status_code, replayed(again)) == (201, False)


def test_the_kept_answer_and_its_key_cannot_be_read(client, ports, connection):
    answer = register(client, phone_token(client, ports), Idempotency_Key="my-key")
    [kept] = connection.execute(select(KeptAnswer.__table__)).all()
    for secret in (answer.json["access_token"], "Siti Aminah", "my-key"):
        assert secret.encode() not in b"".join(v for v in kept if isinstance(v, bytes))


def test_without_a_key_nothing_is_remembered(client, ports, connection):
    join(client, ports)
    assert connection.execute(select(KeptAnswer)).all() == []


@pytest.mark.parametrize("key", ["", " ", "a b", "kunci-é", "x" * 256])
def test_what_is_no_key_is_refused(client, ports, key):
    answer = register(client, phone_token(client, ports), Idempotency_Key=key)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["header"] == "Idempotency-Key"


def test_a_bad_key_is_told_together_with_what_is_wrong_in_the_body(client, ports):
    token = phone_token(client, ports)
    answer = register(client, token, Idempotency_Key="a b", sex="X", village_code="31.71.01.9999")
    told = {each.get("header") or each["pointer"] for each in answer.json["errors"]}
    assert told == {"Idempotency-Key", "/sex", "/village_code"}


@pytest.mark.parametrize("key", ["a b", "one"])
@pytest.mark.parametrize("sex", ["X", "F"])
def test_so_is_a_query_that_nobody_asked_for(client, ports, key, sex):
    answer = client.post(
        "/v1/registrations?x=1",
        json=FORM | {"sex": sex, "village_code": "31.71.01.9999"},
        headers=bearing(phone_token(client, ports), Idempotency_Key=key),
    )
    told = sorted(next(iter(each.values())) for each in answer.json["errors"])
    bad_key, bad_sex = ["Idempotency-Key"] * (key == "a b"), ["/sex"] * (sex == "X")
    assert told == sorted([*bad_key, *bad_sex, "/village_code", "x"])


def test_a_bad_key_alone_keeps_no_other_fault_back(client, ports):
    token = phone_token(client, ports)
    answer = register(client, token, Idempotency_Key="a b", village_code="31.71.01.9999")
    told = {each.get("header") or each["pointer"] for each in answer.json["errors"]}
    assert told == {"Idempotency-Key", "/village_code"}


def test_a_body_with_faults_is_told_its_faults(client, ports):
    register(client, phone_token(client, ports), Idempotency_Key="one")
    token = phone_token(client, ports)
    assert faults(register(client, token, Idempotency_Key="one", sex="X")) == {
        "/sex": "not-a-choice"
    }


@pytest.mark.slow
def test_the_same_request_is_refused_while_the_first_is_running(committed_ports):
    """Two real connections; the first is held inside its transaction."""
    ports = committed_ports
    app = create_app(DEVELOPMENT, ports)
    token = phone_token(app.test_client(), ports)
    arrived, go_on = Event(), Event()
    ports.jobs.before = lambda: (arrived.set(), go_on.wait(20))
    answers = []
    first = Thread(
        target=lambda: answers.append(register(app.test_client(), token, Idempotency_Key="one"))
    )
    first.start()
    assert arrived.wait(20)
    ports.jobs.before = lambda: None
    meanwhile = register(app.test_client(), token, Idempotency_Key="one")
    go_on.set()
    first.join()
    assert refusal(meanwhile) == (409, "request-in-progress")
    assert answers[0].status_code == 201
    assert register(app.test_client(), token, Idempotency_Key="one").data == answers[0].data


def test_the_kept_answer_opens_in_its_own_row_and_nowhere_else(client, ports, connection):
    answer = register(client, phone_token(client, ports), Idempotency_Key="one")
    [kept] = connection.execute(select(KeptAnswer.__table__)).all()
    body = b64encode(answer.data).decode()
    assert body[:40].encode() not in kept.answer_sealed
    assert body in ports.vault.open(PLACE, kept.id, kept.answer_sealed)
    with pytest.raises(SealBroken):
        ports.vault.open(PLACE, new_id(), kept.answer_sealed)


@pytest.mark.parametrize(
    "changed",
    [{"method": "PUT"}, {"path": "/v1/b"}, {"query_string": "plan=basic"}, {"data": b"{}"}],
    ids=lambda changed: next(iter(changed)),
)
def test_method_path_query_and_body_make_two_requests_the_same(app, changed):
    asked = {"method": "POST", "path": "/v1/a", "query_string": "", "data": b'{"months":1}'}
    assert digest_of(app, asked) == digest_of(app, asked)
    assert digest_of(app, asked | changed) != digest_of(app, asked)


def digest_of(app, asked):
    with app.test_request_context(**asked):
        read_body(current(), limit=1024)
        return _digest(current())
