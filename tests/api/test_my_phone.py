import pytest
from sqlalchemy import func, select

from models.message import MessageKind
from models.phone_change import PhoneChange
from models.phone_verification import PhoneVerification
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
    ask_from,
    asked,
    change,
    join_verified,
    sign_in,
    told,
    works,
)

CHANGED = WORDS[MessageKind.PHONE_CHANGED]
REFUSED = (409, "phone-token-refused")


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


def changes(connection):
    return connection.scalar(select(func.count()).select_from(PhoneChange))


class TestChanging:
    def test_the_answer_is_the_record_with_the_new_number(self, client, access, new):
        answer = change(client, access, new)
        assert answer.status_code == 200
        assert answer.json == me(client, access)
        assert answer.json["phone_masked"] == "+62*******888"

    def test_from_then_on_one_signs_in_with_the_new_number_only(self, client, ports, access, new):
        change(client, access, new)
        assert sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).status_code == 201
        assert refusal(sign_in(client, phone_token(client, ports))) == (401, "sign-in-refused")

    def test_this_session_goes_on_and_all_others_end(self, client, ports, joined, access, new):
        stolen = sign_in(client, phone_token(client, ports)).json
        change(client, access, new)
        assert [works(client, joined), works(client, stolen)] == [True, False]

    def test_both_numbers_are_told(self, client, ports, access, new):
        change(client, access, new)
        assert told(ports) == [(OLD, CHANGED.id), (NEW, CHANGED.id)]

    def test_they_are_told_in_the_language_of_the_worker_not_of_a_thief(self, client, ports):
        joined = register(client, phone_token(client, ports, language="en")).json
        ports.jobs.work(ports)
        ports.messages.sent.clear()
        change(client, joined["access_token"], phone_token(client, ports, ANOTHER_PHONE, "id"))
        assert told(ports) == [(OLD, CHANGED.en), (NEW, CHANGED.en)]

    def test_each_is_told_even_if_the_number_has_changed_again_by_then(
        self, client, ports, access, new
    ):
        change(client, access, new)
        change(client, access, phone_token(client, ports, THIRD_PHONE))
        recipients = [recipient for recipient, _ in told(ports)]
        assert recipients[:3] == [OLD, NEW, NEW]

    def test_of_a_family_on_one_number_only_one_changes(self, client, ports, clock, access, new):
        child = join(client, ports, nik=ANOTHER_NIK, full_name="Budi", sex="M")
        change(client, access, new)
        assert works(client, child)
        clock.advance(hours=1)
        token = phone_token(client, ports, PHONE)
        assert sign_in(client, token, nik=ANOTHER_NIK).status_code == 201

    def test_a_family_may_gather_on_one_number(self, client, ports, access):
        child = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK, full_name="Budi", sex="M")
        assert change(client, access, phone_token(client, ports, ANOTHER_PHONE)).status_code == 200
        assert works(client, child)

    def test_whoever_is_not_verified_may_change_it_too(self, client, ports, new):
        pending = join(client, ports)
        assert change(client, pending["access_token"], new).status_code == 200

    def test_what_was_asked_for_by_whoever_lost_it_is_void(self, client, ports, access, new):
        ask_from(client, ports, THIRD_PHONE)
        change(client, access, new)
        assert [each["status"] for each in asked(client, access)] == ["superseded"]

    def test_it_is_kept_that_it_was_changed(self, client, joined, access, new, clock, connection):
        change(client, access, new)
        [kept] = connection.execute(select(PhoneChange.__table__)).all()
        assert (str(kept.worker_id), kept.request_id) == (joined["worker"]["id"], None)
        assert kept.changed_at == clock.now()


class TestRepeating:
    def test_a_lost_answer_is_given_again_and_nothing_more_is_done(
        self, client, ports, clock, access, new, connection
    ):
        first = change(client, access, new)
        signed_in = sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).json
        clock.advance(minutes=12)
        again = change(client, access, new)
        assert (again.status_code, again.json) == (200, first.json)
        assert changes(connection) == 1
        assert works(client, signed_in)

    def test_the_number_that_one_has_changes_nothing_and_spends_nothing(
        self, client, ports, joined, access, connection
    ):
        elsewhere = sign_in(client, phone_token(client, ports)).json
        token = phone_token(client, ports)
        answer = change(client, access, token)
        assert (answer.status_code, answer.json["phone_masked"]) == (200, OLD.masked)
        assert [works(client, each) for each in (joined, elsewhere)] == [True, True]
        assert (changes(connection), told(ports)) == (0, [])
        assert sign_in(client, token).status_code == 201

    def test_a_late_repeat_does_not_undo_what_came_after(self, client, ports, access, new):
        change(client, access, new)
        change(client, access, phone_token(client, ports, THIRD_PHONE))
        assert refusal(change(client, access, new)) == REFUSED
        assert me(client, access)["phone_masked"] == "+62*******123"


class TestTheToken:
    def test_it_must_be_younger_than_ten_minutes(self, client, clock, access, new):
        clock.advance(minutes=10, microseconds=-1)
        assert change(client, access, new).status_code == 200

    def test_ten_minutes_are_too_old(self, client, clock, access, new):
        clock.advance(minutes=10)
        assert refusal(change(client, access, new)) == REFUSED
        assert me(client, access)["phone_masked"] == OLD.masked

    def test_one_that_is_too_old_here_still_signs_in_where_it_may(
        self, client, ports, clock, access
    ):
        join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
        token = phone_token(client, ports, ANOTHER_PHONE)
        clock.advance(minutes=10)
        change(client, access, token)
        assert sign_in(client, token, nik=ANOTHER_NIK).status_code == 201

    def test_it_serves_once(self, client, ports, access, new):
        change(client, access, new)
        assert refusal(sign_in(client, new)) == (401, "sign-in-refused")

    def test_one_that_has_served_is_refused(self, client, ports, access, new):
        register(client, new, nik=ANOTHER_NIK)
        assert refusal(change(client, access, new)) == REFUSED

    def test_one_that_died_of_wrong_niks_is_refused(self, client, ports, access, new):
        for _ in range(5):
            sign_in(client, new, nik=ANOTHER_NIK)
        assert refusal(change(client, access, new)) == REFUSED

    def test_four_wrong_niks_do_not_kill_it(self, client, ports, access, new):
        for _ in range(4):
            sign_in(client, new, nik=ANOTHER_NIK)
        assert change(client, access, new).status_code == 200

    @pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
    def test_another_kind_is_refused(self, client, joined, kind):
        assert refusal(change(client, joined["access_token"], joined[kind])) == REFUSED

    @pytest.mark.parametrize("token", ["x", "a.b.c", "é", "eyJhbGciOiJub25lIn0.e30."])
    def test_anything_else_is_refused(self, client, access, token):
        assert refusal(change(client, access, token)) == REFUSED

    @pytest.mark.parametrize(
        ("token", "code"),
        [(None, "null"), ("", "blank"), ("x" * 2001, "too-long"), (1, "not-text")],
    )
    def test_what_is_no_text_at_all_is_a_fault(self, client, access, token, code):
        assert faults(change(client, access, token)) == {"/phone_token": code}

    def test_it_does_not_take_the_place_of_a_session(self, client, new):
        assert refusal(change(client, new, new)) == (403, "wrong-kind-of-caller")
        answer = client.put("/v1/me/phone", json={"phone_token": new})
        assert refusal(answer) == (401, "not-signed-in")


def test_a_number_from_which_another_registration_claims_the_nik_is_refused(
    client, ports, joined, access, connection
):
    join(client, ports, ANOTHER_PHONE, full_name="Somebody Else")
    token = phone_token(client, ports, ANOTHER_PHONE)
    assert refusal(change(client, access, token)) == (409, "phone-used-for-this-nik")
    assert works(client, joined)
    assert (changes(connection), told(ports)) == (0, [])
    spent = select(func.count()).where(PhoneVerification.spent_at.is_(None))
    assert connection.scalar(spent) == 1


def test_a_session_that_has_ended_changes_nothing(client, ports, access, new):
    client.delete("/v1/sessions/current", headers=bearing(access))
    assert refusal(change(client, access, new)) == (401, "not-signed-in")
