from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from models.message import MessageKind
from models.phone_change_request import PhoneChangeRequest
from services.notices import WORDS
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    PHONE,
    bearing,
    faults,
    join,
    me,
    phone_token,
    refusal,
    register,
)
from tests.api.phone_changing import (
    NEW,
    OLD,
    THIRD_PHONE,
    ask,
    ask_from,
    asked,
    change,
    join_verified,
    object_to,
    sign_in,
    told,
    works,
)

REQUESTED = WORDS[MessageKind.PHONE_CHANGE_REQUESTED]
# Nobody whose identity is verified, for one reason or the other.
STRANGERS = (
    {"nik": ANOTHER_NIK},
    {"full_name": "Siti Aminahwati"},
    {"birth_date": "1993-07-06"},
    {"nik": "3171010203850003"},
)
_serials = count(1)


@pytest.fixture
def joined(client, ports):
    return join_verified(client, ports)


@pytest.fixture
def access(joined):
    return joined["access_token"]


@pytest.fixture
def new(client, ports):
    """The phone token of the new number."""
    return phone_token(client, ports, ANOTHER_PHONE)


def another_phone():
    return f"0817-000-{next(_serials):05}"


def statuses(client, access):
    return [each["status"] for each in asked(client, access)]


def fresh_session(client, ports):
    """Access tokens are good for a quarter of an hour."""
    return sign_in(client, phone_token(client, ports)).json["access_token"]


class TestAsking:
    def test_it_is_held_for_72_hours(self, client, ports, joined, new):
        answer = ask(client, new)
        assert answer.status_code == 202
        assert answer.json == {"hold_until": "2026-11-25T05:00:00Z"}

    def test_the_old_number_is_told_and_nothing_is_changed(self, client, ports, joined, new):
        ask(client, new)
        assert told(ports) == [(OLD, REQUESTED.id)]
        assert me(client, joined["access_token"])["phone_masked"] == OLD.masked
        assert works(client, joined)

    def test_it_is_told_in_the_language_of_the_worker(self, client, ports):
        register(client, phone_token(client, ports, language="en"))
        ports.jobs.work(ports)
        ports.messages.sent.clear()
        ask(client, phone_token(client, ports, ANOTHER_PHONE, "id"))
        assert told(ports) == [(OLD, REQUESTED.en)]

    def test_a_name_may_be_spelled_otherwise(self, client, access, new):
        ask(client, new, full_name="SITI  AMINAH.")
        assert statuses(client, access) == ["on_hold"]

    def test_each_request_costs_a_verification(self, client, joined, new):
        assert ask(client, new).status_code == 202
        assert refusal(ask(client, new)) == (401, "phone-not-verified")
        assert refusal(sign_in(client, new)) == (401, "sign-in-refused")

    @pytest.mark.parametrize("stranger", STRANGERS)
    def test_so_does_one_about_nobody(self, client, joined, new, stranger):
        assert ask(client, new, **stranger).status_code == 202
        assert refusal(ask(client, new, **stranger)) == (401, "phone-not-verified")

    def test_a_token_that_died_of_wrong_niks_asks_for_nothing(self, client, access, new):
        for _ in range(5):
            sign_in(client, new, nik=ANOTHER_NIK)
        assert refusal(ask(client, new)) == (401, "phone-not-verified")
        assert statuses(client, access) == []

    def test_a_session_does_not_take_the_place_of_the_new_phone(self, client, access):
        assert refusal(ask(client, access)) == (403, "wrong-kind-of-caller")

    def test_every_fault_is_told_and_the_token_stays_good(self, client, access, new):
        answer = ask(client, new, nik="1", full_name="7", birth_date="1993-13-01")
        assert faults(answer) == {
            "/nik": "nik-not-sixteen-digits",
            "/full_name": "not-a-name",
            "/birth_date": "not-a-date",
        }
        assert ask(client, new).status_code == 202


class TestNobodyLearnsWhoIsRegistered:
    def answer(self, client, token, **changes):
        answer = ask(client, token, **changes)
        headers = {name: value for name, value in answer.headers if name != "X-Request-ID"}
        return answer.status_code, answer.data, headers

    def test_the_answer_is_the_same_for_everybody(self, client, ports, joined, new):
        of_a_worker = self.answer(client, new)
        for stranger in STRANGERS:
            token = phone_token(client, ports, another_phone())
            assert self.answer(client, token, **stranger) == of_a_worker

    def test_it_is_the_same_for_a_claim_that_is_not_verified(self, client, ports, new):
        access = join(client, ports)["access_token"]
        pending = self.answer(client, new)
        assert statuses(client, access) == []
        ports.jobs.work(ports)
        assert self.answer(client, phone_token(client, ports, THIRD_PHONE)) == pending
        assert statuses(client, access) == ["on_hold"]

    def test_it_is_the_same_on_the_number_on_record(self, client, ports, access, new):
        own = self.answer(client, phone_token(client, ports))
        assert own == self.answer(client, new)
        assert [each["new_phone_masked"] for each in asked(client, access)] == [NEW.masked]

    def test_it_is_the_same_when_there_have_been_too_many(self, client, ports, joined):
        answers = {
            self.answer(client, phone_token(client, ports, another_phone()))[:2] for _ in range(4)
        }
        assert len(answers) == 1

    def test_all_strangers_cost_the_database_the_same(self, client, ports, joined, queries):
        sent = []
        for stranger in STRANGERS:
            token = phone_token(client, ports, another_phone())
            queries.clear()
            ask(client, token, **stranger)
            sent.append([each for each in queries if "SAVEPOINT" not in each])
        assert all(each == sent[0] for each in sent)

    @pytest.mark.parametrize("stranger", STRANGERS)
    def test_nothing_is_kept_of_strangers_and_nobody_is_told(
        self, client, ports, joined, new, stranger, connection
    ):
        ask(client, new, **stranger)
        assert connection.scalar(select(func.count()).select_from(PhoneChangeRequest)) == 0
        assert told(ports) == []


class TestNobodyFloodsAWorker:
    def test_one_number_asks_once_a_week(self, client, ports, clock, access):
        ask_from(client, ports)
        ask_from(client, ports)
        assert len(told(ports)) == 1
        object_to(client, access, asked(client, access)[0]["id"])
        clock.advance(days=7, microseconds=-1)
        ask_from(client, ports)
        assert len(told(ports)) == 1
        clock.advance(microseconds=1)
        ask_from(client, ports)
        assert len(told(ports)) == 2

    def test_while_one_is_open_its_number_asks_no_more(self, client, ports, clock, joined):
        ask_from(client, ports)
        clock.advance(days=30)
        ask_from(client, ports)
        assert len(told(ports)) == 1

    def test_three_a_week_whatever_becomes_of_them(self, client, ports, clock, access):
        for _ in range(4):
            ask_from(client, ports, another_phone())
        assert len(told(ports)) == 3
        for each in asked(client, access):
            object_to(client, access, each["id"])
        ask_from(client, ports, another_phone())
        assert len(told(ports)) == 3
        clock.advance(days=7)
        ask_from(client, ports, another_phone())
        assert len(told(ports)) == 4

    def test_three_open_ones_at_most(self, client, ports, clock, joined):
        for _ in range(3):
            ask_from(client, ports, another_phone())
        clock.advance(days=30)
        ask_from(client, ports, another_phone())
        assert len(told(ports)) == 3


class TestOnce:
    def test_the_same_key_gives_the_same_answer_though_the_token_is_spent(
        self, client, ports, clock, access, new
    ):
        first = ask(client, new, Idempotency_Key="k")
        clock.advance(minutes=5)
        again = ask(client, new, Idempotency_Key="k")
        assert (again.status_code, again.data) == (202, first.data)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert len(asked(client, access)) == len(told(ports)) == 1

    def test_it_belongs_to_the_phone(self, client, ports, joined, new):
        ask(client, new, Idempotency_Key="k")
        elsewhere = ask(client, phone_token(client, ports, THIRD_PHONE), Idempotency_Key="k")
        assert "Idempotency-Replayed" not in elsewhere.headers

    def test_another_claim_under_the_key_is_refused(self, client, joined, new):
        ask(client, new, Idempotency_Key="k")
        another = ask(client, new, nik=ANOTHER_NIK, Idempotency_Key="k")
        assert refusal(another) == (422, "idempotency-key-reused")


class TestSeeing:
    def test_the_worker_sees_what_was_asked(self, client, access, new):
        ask(client, new)
        [seen] = asked(client, access)
        assert seen == {
            "id": seen["id"],
            "requested_at": "2026-11-22T05:00:00Z",
            "hold_until": "2026-11-25T05:00:00Z",
            "status": "on_hold",
            "new_phone_masked": NEW.masked,
            "closed_at": None,
        }

    def test_it_is_held_to_the_last_moment(self, client, ports, clock, joined, new):
        ask(client, new)
        clock.advance(hours=72, microseconds=-1)
        assert statuses(client, fresh_session(client, ports)) == ["on_hold"]
        clock.advance(microseconds=1)
        assert statuses(client, fresh_session(client, ports)) == ["awaiting_staff"]

    def test_the_newest_comes_first_page_after_page(self, client, ports, clock, access):
        for _ in range(3):
            ask_from(client, ports, another_phone())
            clock.advance(minutes=1)
        every = asked(client, access)
        assert [each["requested_at"][14:16] for each in every] == ["02", "01", "00"]
        first = client.get("/v1/me/phone-changes?limit=2", headers=bearing(access)).json
        rest = asked(client, access, limit=2, cursor=first["next_cursor"])
        assert first["items"] + rest == every

    def test_nobody_else_sees_it_not_even_on_the_same_number(self, client, ports, joined, new):
        child = join(client, ports, nik=ANOTHER_NIK, full_name="Budi", sex="M")
        ask(client, new)
        assert statuses(client, child["access_token"]) == []

    def test_a_list_costs_the_same_however_long_it_is(self, client, ports, access, queries):
        def cost():
            queries.clear()
            asked(client, access)
            return len(queries)

        ask_from(client, ports, another_phone())
        of_one = cost()
        ask_from(client, ports, another_phone())
        assert cost() == of_one


class TestObjecting:
    @pytest.fixture
    def request_id(self, client, access, new):
        ask(client, new)
        return asked(client, access)[0]["id"]

    def test_it_closes_the_request(self, client, access, request_id):
        answer = object_to(client, access, request_id)
        assert answer.status_code == 200
        assert (answer.json["status"], answer.json["closed_at"]) == (
            "objected",
            "2026-11-22T05:00:00Z",
        )
        assert asked(client, access) == [answer.json]

    def test_once_more_changes_nothing(self, client, clock, access, request_id):
        first = object_to(client, access, request_id).json
        clock.advance(minutes=1)
        again = object_to(client, access, request_id)
        assert (again.status_code, again.json) == (200, first)

    def test_it_is_not_too_late_until_staff_have_decided(self, client, ports, clock, request_id):
        clock.advance(days=10)
        answer = object_to(client, fresh_session(client, ports), request_id)
        assert (answer.status_code, answer.json["status"]) == (200, "objected")

    def test_what_is_void_cannot_be_objected_to(self, client, ports, access, request_id):
        change(client, access, phone_token(client, ports, THIRD_PHONE))
        assert refusal(object_to(client, access, request_id)) == (409, "phone-change-not-open")

    def test_nobody_objects_for_another(self, client, ports, access, request_id):
        child = join(client, ports, PHONE, nik=ANOTHER_NIK, full_name="Budi", sex="M")
        missing = refusal(object_to(client, child["access_token"], request_id))
        assert missing == (404, "phone-change-not-found")
        assert refusal(object_to(client, access, str(uuid4()))) == missing
        assert statuses(client, access) == ["on_hold"]


def test_a_worker_who_was_asked_about_can_still_be_signed_in_to_while_it_is_held(
    client, ports, clock, joined, new
):
    ask(client, new)
    clock.time += timedelta(hours=71)
    assert sign_in(client, phone_token(client, ports)).status_code == 201
    assert refusal(sign_in(client, phone_token(client, ports, ANOTHER_PHONE)))[0] == 401
