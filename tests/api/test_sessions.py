import pytest

from tests.api.joining import (
    ANOTHER_PHONE,
    NIK,
    bearing,
    join,
    me,
    phone_token,
    refusal,
)


@pytest.fixture
def joined(client, ports):
    return join(client, ports)


def sign_in(client, token, nik=NIK):
    return client.post("/v1/sessions", json={"nik": nik}, headers=bearing(token))


def refresh(client, token):
    return client.post("/v1/sessions/refresh", json={"refresh_token": token})


def works(client, pair):
    return client.get("/v1/me", headers=bearing(pair["access_token"])).status_code == 200


class TestSignIn:
    def test_phone_and_nik_open_a_session(self, client, ports, joined):
        answer = sign_in(client, phone_token(client, ports))
        assert answer.status_code == 201
        assert set(answer.json) == {"access_token", "refresh_token", "expires_in"}
        assert me(client, answer.json["access_token"])["id"] == joined["worker"]["id"]

    def test_every_refusal_looks_the_same(self, client, ports, joined):
        spent = phone_token(client, ports)
        sign_in(client, spent)
        refusals = [
            sign_in(client, spent),
            sign_in(client, phone_token(client, ports), nik="3171010203850002"),
            sign_in(client, phone_token(client, ports, ANOTHER_PHONE)),
        ]
        bodies = [answer.json | {"request_id": None} for answer in refusals]
        assert [answer.status_code for answer in refusals] == [401] * 3
        assert bodies[0] == bodies[1] == bodies[2]
        assert bodies[0]["code"] == "sign-in-refused"

    def test_one_phone_serves_a_whole_family(self, client, ports, clock, joined):
        child = join(client, ports, nik="3171010203850002", full_name="Budi", sex="M")
        clock.advance(hours=1)
        signed_in = sign_in(client, phone_token(client, ports), nik="3171010203850002").json
        assert me(client, signed_in["access_token"])["id"] == child["worker"]["id"]

    def test_a_session_here_leaves_those_elsewhere_alone(self, client, ports, joined):
        sign_in(client, phone_token(client, ports))
        assert works(client, joined)


class TestRefresh:
    def test_a_refresh_token_is_exchanged_for_a_new_pair(self, client, clock, joined):
        clock.advance(minutes=14)
        pair = refresh(client, joined["refresh_token"]).json
        assert pair["access_token"] != joined["access_token"]
        assert pair["expires_in"] == 900
        clock.advance(minutes=10)
        assert not works(client, joined)
        assert works(client, pair)

    def test_a_lost_answer_is_given_again_for_a_minute(self, client, clock, joined):
        first = refresh(client, joined["refresh_token"]).json
        clock.advance(seconds=60)
        again = refresh(client, joined["refresh_token"]).json
        assert again == first | {"expires_in": 840}
        assert works(client, first)

    def test_reuse_after_a_minute_ends_the_session(self, client, clock, joined):
        pair = refresh(client, joined["refresh_token"]).json
        clock.advance(seconds=61)
        assert refusal(refresh(client, joined["refresh_token"])) == (401, "session-ended")
        assert not works(client, pair)
        assert refusal(refresh(client, pair["refresh_token"])) == (401, "session-ended")

    def test_reuse_ends_the_session_once_the_successor_was_used(self, client, joined):
        pair = refresh(client, joined["refresh_token"]).json
        newest = refresh(client, pair["refresh_token"]).json
        assert refresh(client, joined["refresh_token"]).status_code == 401
        assert not works(client, newest)
        assert refresh(client, newest["refresh_token"]).status_code == 401

    def test_reuse_here_leaves_sessions_elsewhere_alone(self, client, ports, clock, joined):
        elsewhere = sign_in(client, phone_token(client, ports)).json
        refresh(client, joined["refresh_token"])
        clock.advance(minutes=2)
        refresh(client, joined["refresh_token"])
        assert works(client, elsewhere)

    def test_a_refresh_token_is_good_for_ninety_days_from_its_own_making(
        self, client, clock, joined
    ):
        clock.advance(days=90)
        pair = refresh(client, joined["refresh_token"]).json
        clock.advance(days=90, seconds=29)
        newest = refresh(client, pair["refresh_token"]).json
        clock.advance(days=90, seconds=31)
        assert refresh(client, newest["refresh_token"]).status_code == 401

    @pytest.mark.parametrize("token", ["x", "a.b.c", "\u00e9", "eyJhbGciOiJub25lIn0.e30."])
    def test_anything_else_is_refused(self, client, token):
        assert refusal(refresh(client, token)) == (401, "session-ended")

    def test_an_access_token_does_not_refresh(self, client, joined):
        assert refresh(client, joined["access_token"]).status_code == 401


class TestSignOut:
    def test_here_ends_this_session_at_once(self, client, ports, joined):
        elsewhere = sign_in(client, phone_token(client, ports)).json
        answer = client.delete("/v1/sessions/current", headers=bearing(joined["access_token"]))
        assert (answer.status_code, answer.data) == (204, b"")
        assert not works(client, joined)
        assert refresh(client, joined["refresh_token"]).status_code == 401
        assert works(client, elsewhere)

    def test_everywhere_ends_all_of_this_worker_and_of_no_other(self, client, ports, joined):
        elsewhere = sign_in(client, phone_token(client, ports)).json
        other = join(client, ports, ANOTHER_PHONE, nik="3171010203850002")
        assert (
            client.delete("/v1/sessions", headers=bearing(elsewhere["access_token"])).status_code
            == 204
        )
        assert [works(client, pair) for pair in (joined, elsewhere, other)] == [False, False, True]

    def test_a_session_that_has_ended_cannot_be_ended_again(self, client, joined):
        for expected in (204, 401):
            answer = client.delete("/v1/sessions/current", headers=bearing(joined["access_token"]))
            assert answer.status_code == expected
