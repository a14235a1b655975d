from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from api.app import create_app
from models.message import Message
from models.phone_verification import PhoneVerification
from tests.api.joining import (
    ANOTHER_PHONE,
    NIK,
    PHONE,
    bearing,
    confirm,
    join,
    phone_token,
    refusal,
    register,
    start,
)
from tests.installation import DEVELOPMENT

PATH = "/v1/phone-verifications"


def wrong(code):
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def code_for(ports):
    ports.jobs.work(ports)
    return ports.messages.last_code


def guess_wrong(client, ports, times, phone=PHONE):
    """Start a verification and guess; the last answer."""
    verification_id = start(client, phone).json["id"]
    guess = wrong(code_for(ports))
    return [confirm(client, verification_id, guess) for _ in range(times)][-1]


class TestStart:
    def test_it_says_what_the_app_shows_next(self, client):
        answer = start(client)
        assert answer.status_code == 202
        assert answer.json.pop("id")
        assert {name: answer.json[name] for name in answer.json if name != "id"} == {
            "phone_masked": "+62*******890",
            "channel": "whatsapp",
            "expires_at": "2026-11-22T05:05:00Z",
            "expires_in": 300,
            "resend_at": "2026-11-22T05:01:00Z",
            "tries_left": 5,
        }

    @pytest.mark.parametrize(
        "typed",
        [
            "0812-3456-7890",
            "+62 812 3456 7890",
            "6281234567890",
            "81234567890",
            "006281234567890",
            "+62 (0) 812 3456 7890",
            "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10",
            "0812\u00a03456\u00a07890",
        ],
    )
    def test_a_number_is_read_as_people_type_it(self, client, ports, typed):
        assert start(client, typed).status_code == 202
        code_for(ports)
        [(recipient, _, _)] = ports.messages.sent.values()
        assert recipient.e164 == "+6281234567890"

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("0812 3456 789O", "phone-has-letters"),
            ("+65 8123 4567", "phone-not-indonesian"),
            ("021-5551234", "phone-not-mobile"),
            ("0812", "phone-too-short"),
            ("0812 3456 7890 123 456", "phone-too-long"),
            ("#", "phone-unreadable"),
        ],
    )
    def test_another_number_is_refused_without_repeating_it(self, client, typed, code):
        answer = start(client, typed)
        assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, code)
        # An id may hold any four digits.
        assert typed not in answer.text.replace(answer.json["request_id"], "")

    def test_the_answer_does_not_tell_whether_the_phone_is_known(self, client, ports):
        join(client, ports, PHONE)
        known, unknown = start(client, PHONE), start(client, ANOTHER_PHONE)
        hidden = {"id": None, "phone_masked": None}
        assert known.json | hidden == unknown.json | hidden
        assert known.status_code == unknown.status_code == 202

    def test_a_fourth_within_an_hour_has_to_wait_for_the_first_to_be_an_hour_old(
        self, client, clock
    ):
        for _ in range(3):
            assert start(client).status_code == 202
            clock.advance(minutes=10)
        refused = start(client)
        assert refusal(refused) == (429, "too-many-verifications")
        assert refused.headers["Retry-After"] == str(30 * 60)
        clock.advance(seconds=30 * 60 - 1)
        assert start(client).headers["Retry-After"] == "1"
        clock.advance(seconds=1)
        assert start(client).status_code == 202

    def test_an_eleventh_within_a_day_has_to_wait_for_the_first_to_be_a_day_old(
        self, client, clock
    ):
        for _ in range(10):
            assert start(client).status_code == 202
            clock.advance(minutes=30)
        refused = start(client)
        assert refused.headers["Retry-After"] == str((24 - 5) * 60 * 60)
        clock.advance(hours=19)
        assert start(client).status_code == 202

    def test_another_phone_does_not_have_to_wait(self, client):
        for _ in range(4):
            last = start(client)
        assert last.status_code == 429
        assert start(client, ANOTHER_PHONE).status_code == 202

    def test_a_refused_start_sends_nothing_and_does_not_lengthen_the_wait(self, client, ports):
        waits = [start(client).headers.get("Retry-After") for _ in range(6)]
        assert waits == [None] * 3 + ["3600"] * 3
        code_for(ports)
        assert len(ports.messages.sent) == 3

    def test_one_network_address_has_an_allowance_of_its_own(self, ports, clock):
        client = create_app(DEVELOPMENT, replace(ports, starts_per_source_and_hour=2)).test_client()
        for phone in ("081200000001", "081200000002"):
            assert start(client, phone).status_code == 202
            clock.advance(minutes=5)
        refused = start(client, "081200000003")
        assert refused.headers["Retry-After"] == str(50 * 60)
        elsewhere = client.post(
            PATH,
            json={"phone": "081200000003", "channel": "sms"},
            environ_base={"REMOTE_ADDR": "10.9.8.7"},
        )
        assert elsewhere.status_code == 202

    def test_the_longer_of_two_waits_is_told(self, ports, clock):
        client = create_app(DEVELOPMENT, replace(ports, starts_per_source_and_hour=1)).test_client()
        for _ in range(3):
            clock.advance(hours=1)
            elsewhere = {"REMOTE_ADDR": "10.9.8.7"}
            body = {"phone": PHONE, "channel": "sms"}
            client.post(PATH, json=body, environ_base=elsewhere)
        for _ in range(7):
            clock.advance(hours=1)
            client.post(PATH, json=body, environ_base=elsewhere)
        assert start(client, ANOTHER_PHONE).status_code == 202
        assert start(client).headers["Retry-After"] == str((24 - 9) * 60 * 60)


class TestCode:
    def test_it_is_stored_nowhere(self, client, ports, connection):
        started = start(client).json["id"]
        code = code_for(ports)
        kept = [connection.execute(select(table)).all() for table in (PhoneVerification, Message)]
        assert code not in str(kept)
        assert confirm(client, started, code).status_code == 200

    def test_every_verification_has_its_own(self, client, ports, clock):
        codes = set()
        for _ in range(3):
            start(client)
            codes.add(code_for(ports))
        assert len(codes) > 1

    def test_the_message_is_in_the_language_of_the_app(self, client, ports):
        client.post(
            PATH, json={"phone": PHONE, "channel": "sms"}, headers={"Accept-Language": "en"}
        )
        code_for(ports)
        [(_, words, channel)] = ports.messages.sent.values()
        assert "is your Jaring code" in words
        assert channel == "sms"


class TestShow:
    def test_it_tells_what_became_of_the_message(self, client, ports):
        shown = f"{PATH}/{start(client).json['id']}"
        assert client.get(shown).json["delivery"] == "queued"
        code_for(ports)
        assert client.get(shown).json["delivery"] == "sent"

    def test_the_time_left_runs_down(self, client, clock):
        shown = f"{PATH}/{start(client).json['id']}"
        clock.advance(seconds=90)
        assert client.get(shown).json["expires_in"] == 210
        clock.advance(hours=1)
        assert client.get(shown).json["expires_in"] == 0

    @pytest.mark.parametrize("unknown", ["0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42", "1", "%00"])
    def test_there_is_nothing_under_another_id(self, client, unknown):
        assert client.get(f"{PATH}/{unknown}").status_code == 404


class TestResend:
    def resend(self, client, verification_id, channel="sms"):
        return client.post(f"{PATH}/{verification_id}/resend", json={"channel": channel})

    def test_the_same_code_comes_on_the_channel_asked_for(self, client, ports, clock):
        verification_id = start(client).json["id"]
        first = code_for(ports)
        clock.advance(seconds=60)
        answer = self.resend(client, verification_id)
        assert answer.status_code == 202
        assert (answer.json["channel"], answer.json["expires_in"]) == ("sms", 300)
        assert code_for(ports) == first
        assert [channel for _, _, channel in ports.messages.sent.values()] == ["whatsapp", "sms"]

    def test_it_has_to_wait_a_minute(self, client, clock):
        verification_id = start(client).json["id"]
        clock.advance(seconds=18.5)
        refused = self.resend(client, verification_id)
        assert refusal(refused) == (429, "resend-too-early")
        assert refused.headers["Retry-After"] == "42"
        clock.advance(seconds=41.5)
        assert self.resend(client, verification_id).status_code == 202
        assert self.resend(client, verification_id).headers["Retry-After"] == "60"

    def test_tries_are_not_given_back(self, client, ports, clock):
        verification_id = start(client).json["id"]
        confirm(client, verification_id, wrong(code_for(ports)))
        clock.advance(seconds=60)
        assert self.resend(client, verification_id).json["tries_left"] == 4

    def test_a_code_lives_for_fifteen_minutes_at_most(self, client, ports, clock):
        verification_id = start(client).json["id"]
        code = code_for(ports)
        clock.advance(minutes=14)
        answer = self.resend(client, verification_id)
        assert (answer.status_code, answer.json["expires_in"]) == (202, 60)
        clock.advance(minutes=1)
        assert refusal(confirm(client, verification_id, code)) == (409, "code-expired")
        too_late = self.resend(client, verification_id)
        assert refusal(too_late) == (409, "code-expired")
        assert "Mulai lagi dari mengisi nomor HP" in too_late.json["detail"]

    def test_a_code_that_ran_out_is_good_again(self, client, ports, clock):
        verification_id = start(client).json["id"]
        code = code_for(ports)
        clock.advance(minutes=6)
        assert refusal(confirm(client, verification_id, code)) == (409, "code-expired")
        self.resend(client, verification_id)
        assert confirm(client, verification_id, code).status_code == 200

    def test_a_used_code_is_not_sent_again(self, client, ports, clock):
        verification_id = start(client).json["id"]
        confirm(client, verification_id, code_for(ports))
        clock.advance(minutes=2)
        assert refusal(self.resend(client, verification_id)) == (409, "code-used")

    def test_a_code_that_cannot_be_tried_is_not_sent_again(self, client, ports, clock):
        verification_id = start(client).json["id"]
        for _ in range(5):
            confirm(client, verification_id, wrong(code_for(ports)))
        clock.advance(minutes=2)
        assert refusal(self.resend(client, verification_id)) == (429, "too-many-tries")


class TestConfirm:
    def test_the_right_code_gives_a_phone_token(self, client, ports):
        answer = confirm(client, start(client).json["id"], code_for(ports))
        assert answer.status_code == 200
        assert (answer.json["expires_at"], answer.json["expires_in"]) == (
            "2026-11-22T05:15:00Z",
            900,
        )

    def test_a_wrong_one_costs_a_try(self, client, ports):
        verification_id = start(client).json["id"]
        guess = wrong(code_for(ports))
        answers = [confirm(client, verification_id, guess) for _ in range(5)]
        assert {refusal(answer) for answer in answers} == {(409, "code-incorrect")}
        assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
        assert "Sisa percobaan: 1" in answers[3].json["detail"]
        assert "tidak dapat dicoba lagi" in answers[4].json["detail"]

    def test_after_five_wrong_ones_even_the_right_one_is_not_judged(self, client, ports, clock):
        guess_wrong(client, ports, 5)
        clock.advance(minutes=1)
        verification_id = start(client).json["id"]
        code = code_for(ports)
        for _ in range(5):
            confirm(client, verification_id, wrong(code))
        refused = confirm(client, verification_id, code)
        assert refusal(refused) == (429, "too-many-tries")
        # A third one may be started at once.
        assert refused.headers["Retry-After"] == "1"
        start(client)
        refused = confirm(client, verification_id, code)
        assert refused.headers["Retry-After"] == str(59 * 60)

    def test_a_code_is_used_once(self, client, ports):
        verification_id = start(client).json["id"]
        code = code_for(ports)
        confirm(client, verification_id, code)
        assert refusal(confirm(client, verification_id, code)) == (409, "code-used")
        assert refusal(confirm(client, verification_id, wrong(code))) == (409, "code-used")

    def test_a_code_is_good_for_five_minutes(self, client, ports, clock):
        first, second = start(client).json["id"], start(client).json["id"]
        code = code_for(ports)
        clock.advance(minutes=4, seconds=59.9)
        assert refusal(confirm(client, first, code)) != (409, "code-expired")
        clock.advance(seconds=0.1)
        assert refusal(confirm(client, second, code)) == (409, "code-expired")

    def test_an_expired_code_costs_no_try(self, client, ports, clock):
        verification_id = start(client).json["id"]
        code = code_for(ports)
        clock.advance(minutes=6)
        confirm(client, verification_id, code)
        assert client.get(f"{PATH}/{verification_id}").json["tries_left"] == 5

    def test_a_phone_may_be_guessed_at_twenty_five_times_a_day(self, client, ports, clock):
        for _ in range(3):
            assert guess_wrong(client, ports, 5).status_code == 409
        clock.advance(minutes=60)
        waiting = start(client).json["id"]
        code = code_for(ports)
        guess_wrong(client, ports, 5)
        assert confirm(client, waiting, wrong(code)).json["tries_left"] == 4
        guess_wrong(client, ports, 4)
        refused = confirm(client, waiting, code)
        assert refusal(refused) == (429, "too-many-tries")
        # Then the oldest guesses are a day old.
        assert refused.headers["Retry-After"] == str(23 * 60 * 60)
        clock.advance(hours=1)
        assert start(client).headers["Retry-After"] == str(22 * 60 * 60)
        clock.advance(hours=22)
        assert start(client).status_code == 202

    def test_a_right_guess_is_not_counted_as_a_wrong_one(self, client, ports, clock):
        for _ in range(9):
            phone_token(client, ports)
            clock.advance(minutes=25)
        assert start(client).status_code == 202

    @pytest.mark.parametrize(
        "code", ["12345", "1234567", "12345a", "١٢٣٤٥٦", "", None, 123456, "12 345"]
    )
    def test_what_is_no_code_costs_no_try(self, client, code):
        verification_id = start(client).json["id"]
        assert confirm(client, verification_id, code).status_code == 422
        assert client.get(f"{PATH}/{verification_id}").json["tries_left"] == 5

    def test_there_is_nothing_to_confirm_under_another_id(self, client):
        assert refusal(confirm(client, str(uuid4()), "123456")) == (404, "verification-not-found")


class TestPhoneToken:
    def test_it_lives_for_fifteen_minutes(self, client, ports, clock):
        token = phone_token(client, ports)
        clock.advance(minutes=15, seconds=29)  # half a minute is for clocks that differ
        assert register(client, token).status_code == 201

    def test_it_is_too_old_after_that(self, client, ports, clock):
        token = phone_token(client, ports)
        clock.advance(minutes=15, seconds=30)
        assert refusal(register(client, token)) == (401, "phone-not-verified")

    def test_a_registration_spends_it(self, client, ports):
        token = phone_token(client, ports)
        assert register(client, token).status_code == 201
        again = register(client, token, nik="3171010203850002", sex="M")
        assert refusal(again) == (401, "phone-not-verified")
        assert (
            client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token)).status_code
            == 401
        )

    def test_a_sign_in_spends_it(self, client, ports):
        join(client, ports)
        token = phone_token(client, ports)
        answers = [
            client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token)) for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [201, 401]

    def test_it_dies_of_five_wrong_niks(self, client, ports):
        join(client, ports)
        token = phone_token(client, ports)
        for serial in range(11, 16):
            wrong_nik = f"317101020385{serial:04}"
            answer = client.post("/v1/sessions", json={"nik": wrong_nik}, headers=bearing(token))
            assert refusal(answer) == (401, "sign-in-refused")
        right = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
        assert refusal(right) == (401, "sign-in-refused")
        assert register(client, token, nik="3171010203850019").status_code == 401

    def test_a_nik_that_breaks_the_rules_is_no_wrong_nik(self, client, ports):
        join(client, ports)
        token = phone_token(client, ports)
        for _ in range(6):
            client.post("/v1/sessions", json={"nik": "12"}, headers=bearing(token))
        right = client.post("/v1/sessions", json={"nik": NIK}, headers=bearing(token))
        assert right.status_code == 201
