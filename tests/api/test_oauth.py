"""POST /v1/oauth/token, by RFC 6749: client credentials."""

import base64
from dataclasses import replace
from urllib.parse import quote_plus

import pytest
from flask.views import MethodView
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from api.app import BLUEPRINTS, create_app
from api.auth import partner as partner_only
from api.oauth_answers import CASES
from api.smorest import Blueprint
from models.token_refusal import TokenRefusal
from models.values.scope import Scope
from models.values.words import Language
from schemas.base import Schema
from schemas.fields import Text
from services.housekeeping import forget
from services.partners import accounts
from services.partners.accounts import NewAccount
from services.tokens import Kind
from tests.api.joining import bearing, refusal
from tests.installation import DEVELOPMENT

PATH = "/v1/oauth/token"
GRANT = {"grant_type": "client_credentials"}
ALL = "enrol pay read webhooks"


@pytest.fixture
def shown(ports):
    """An account's ``client_id`` and ``client_secret``."""
    made = accounts.add(ports, NewAccount(name="Ojek Kita"))
    return {"client_id": made.client_id, "client_secret": made.client_secret}


def basic(client_id, client_secret):
    pair = f"{quote_plus(client_id)}:{quote_plus(client_secret)}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def ask(client, form, headers=None, **options):
    return client.post(PATH, data=form, headers=headers, **options)


def told(answer):
    return answer.status_code, answer.json["error"]


class TestGranted:
    def test_with_the_secret_in_the_form(self, client, shown):
        answer = ask(client, GRANT | shown)
        assert answer.status_code == 200
        assert answer.json.pop("access_token")
        assert {name: answer.json[name] for name in answer.json if name != "access_token"} == {
            "token_type": "Bearer",
            "expires_in": 900,
            "scope": ALL,
        }

    def test_with_the_secret_in_the_header(self, client, shown):
        assert ask(client, GRANT, basic(**shown)).status_code == 200

    @pytest.mark.parametrize("scheme", ["basic", "BASIC", "Basic "])
    def test_the_scheme_is_written_in_any_case(self, client, shown, scheme):
        header = basic(**shown)["Authorization"].replace("Basic", scheme)
        assert ask(client, GRANT, {"Authorization": header}).status_code == 200

    def test_nobody_may_keep_the_answer(self, client, shown):
        for answer in (ask(client, GRANT | shown), ask(client, GRANT)):
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Pragma"] == "no-cache"
            assert answer.mimetype == "application/json"

    @pytest.mark.parametrize(
        ("asked", "given"),
        [
            ("read", "read"),
            ("read enrol", "enrol read"),
            ("read read", "read"),
            ("", ALL),
            (" ", ALL),
        ],
    )
    def test_a_token_is_good_for_what_was_asked_for(self, client, ports, shown, asked, given):
        answer = ask(client, GRANT | shown | {"scope": asked})
        assert answer.json["scope"] == given
        claims = ports.tokens.read(Kind.PARTNER, answer.json["access_token"], now=ports.clock.now())
        assert claims["scope"] == given

    def test_what_rfc_6749_does_not_know_is_ignored(self, client, shown):
        more = {"audience": "x", "resource": "y", "client_assertion": ""}
        assert ask(client, GRANT | shown | more).status_code == 200
        assert client.post(f"{PATH}?trace=1", data=GRANT | shown).status_code == 200

    def test_a_field_without_a_value_is_not_there(self, client, shown):
        empty = {"client_id": "", "client_secret": ""}
        assert ask(client, GRANT | empty, basic(**shown)).status_code == 200

    def test_both_secrets_are_good_while_a_partner_changes_over(self, client, ports, shown):
        second = accounts.rotate(ports, shown["client_id"]).client_secret
        for secret in (shown["client_secret"], second):
            assert ask(client, GRANT | shown | {"client_secret": secret}).status_code == 200


def raw(body, content_type="application/x-www-form-urlencoded", **headers):
    return {"data": body, "content_type": content_type, "headers": headers}


NOT_FORMS = [
    raw(b'{"grant_type": "client_credentials"}', "application/json"),
    raw(b"grant_type=client_credentials", "text/plain"),
    raw(b"grant_type=client_credentials", ""),
    raw(b"grant_type=client_credentials", "application/x-www-form-urlencoded; charset=utf-16"),
    raw(b"grant_type=%ff"),
    raw(b"grant_type=\xff"),
    raw(b"grant_type=%ED%A0%80"),
    raw(b"&".join(b"a=b" for _ in range(60))),
    raw(b"\x1f\x8b", Content_Encoding="gzip"),
    raw(b""),
]


class TestRefused:
    @pytest.mark.parametrize("request_", NOT_FORMS)
    def test_what_is_no_form(self, client, request_):
        assert told(client.post(PATH, **request_)) == (400, "invalid_request")

    def test_a_field_given_twice(self, client, shown):
        for name in (*GRANT, *shown):
            form = [*(GRANT | shown).items(), (name, "x")]
            body = "&".join(f"{key}={value}" for key, value in form)
            assert told(client.post(PATH, **raw(body.encode()))) == (400, "invalid_request")

    def test_no_grant_type(self, client, shown):
        assert told(ask(client, shown)) == (400, "invalid_request")

    @pytest.mark.parametrize("grant_type", ["password", "authorization_code", "\x00"])
    def test_another_grant_type(self, client, shown, grant_type):
        answer = ask(client, {"grant_type": grant_type} | shown)
        assert told(answer) == (400, "unsupported_grant_type")

    @pytest.mark.parametrize("scope", ["admin", "read admin", "READ", "read,enrol", "\x00"])
    def test_an_unknown_scope(self, client, shown, scope):
        assert told(ask(client, GRANT | shown | {"scope": scope})) == (400, "invalid_scope")

    def test_a_secret_in_the_address(self, client, shown):
        where = f"{PATH}?client_secret={shown['client_secret']}"
        assert told(client.post(where, data=GRANT)) == (400, "invalid_request")

    @pytest.mark.parametrize(
        "names", [["client_id"], ["client_secret"], ["client_id", "client_secret"]]
    )
    def test_a_secret_shown_in_two_ways(self, client, shown, names):
        form = GRANT | {name: shown[name] for name in names}
        assert told(ask(client, form, basic(**shown))) == (400, "invalid_request")

    @pytest.mark.parametrize(
        "header",
        [
            "Bearer abc",
            "Basic",
            "Basic ???",
            "Basic YQ",
            "Basic YWJj",
            "Basic Og==",
            "Basic YTo=",
            "Basic OmI=",
            "Basic /////w==",
            "Basic JWZmOmI=",
            "Digest a=b",
            "",
        ],
    )
    def test_a_header_that_shows_no_secret(self, client, header):
        answer = ask(client, GRANT, {"Authorization": header})
        assert told(answer) == (401, "invalid_client")

    @pytest.mark.parametrize("names", [[], ["client_id"], ["client_secret"]])
    def test_no_secret_at_all(self, client, shown, names):
        answer = ask(client, GRANT | {name: shown[name] for name in names})
        assert told(answer) == (401, "invalid_client")
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")

    def test_every_wrong_pair_alike(self, client, ports, shown):
        other = accounts.add(ports, NewAccount(name="Pasar Kita"))
        wrong = [
            {"client_id": "jrc_nobody"},
            {"client_secret": "jrg_wrong"},
            {"client_id": other.client_id},
            {"client_secret": other.client_secret},
            {"client_id": "\x00"},
            {"client_secret": "\u00e9" * 100},
        ]
        answers = [ask(client, GRANT | shown | each) for each in wrong]
        answers += [ask(client, GRANT, basic(**shown | each)) for each in wrong]
        assert {told(each) for each in answers} == {(401, "invalid_client")}
        assert len({each.text for each in answers}) == 1
        assert {each.headers["WWW-Authenticate"][:6] for each in answers} == {"Basic "}

    def test_a_revoked_secret_and_a_closed_account(self, client, ports, shown):
        second = accounts.rotate(ports, shown["client_id"]).client_secret
        accounts.revoke(ports, shown["client_id"])
        assert told(ask(client, GRANT | shown)) == (401, "invalid_client")
        accounts.close(ports, shown["client_id"])
        asked = GRANT | shown | {"client_secret": second}
        assert told(ask(client, asked)) == (401, "invalid_client")

    def test_a_form_that_is_too_large(self, client, shown):
        assert told(ask(client, GRANT | shown | {"x": "y" * 9000})) == (413, "invalid_request")

    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
    def test_another_method(self, client, method):
        answer = client.open(PATH, method=method)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert method == "HEAD" or answer.json["error"] == "invalid_request"

    def test_nothing_that_was_sent_is_repeated(self, client, shown):
        marked = "zebra7713"
        for name in ("grant_type", "client_id", "client_secret", "scope"):
            assert marked not in ask(client, GRANT | shown | {name: marked}).text


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", Language)
def test_a_description_holds_the_characters_that_rfc_6749_has_room_for(case, language):
    said = case.words.in_(language, wait="42 detik")
    assert all(" " <= each <= "~" and each not in '"\\' for each in said)


def test_the_caller_reads_their_own_language(client):
    spoken = {ask(client, GRANT, {"Accept-Language": each}).text for each in ("id", "en")}
    assert len(spoken) == 2


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_whatever_is_sent_is_answered(app, body, header):
    app.extensions["ports"] = None
    encoded = base64.b64encode(header).decode()
    for headers in ({}, {"Authorization": f"Basic {encoded}"}):
        answer = app.test_client().post(
            PATH,
            data=b"grant_type=x&" + body,
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )
        assert answer.status_code in (400, 401)


class TestWrongTries:
    def test_are_limited_per_client_whether_or_not_it_exists(self, client, clock, shown):
        for client_id in (shown["client_id"], "jrc_nobody"):
            wrong = GRANT | {"client_id": client_id, "client_secret": "jrg_wrong"}
            answers = [ask(client, wrong) for _ in range(22)]
            assert [each.status_code for each in answers] == [401] * 20 + [429] * 2
            assert answers[-1].json["error"] == "temporarily_unavailable"
            assert answers[-1].headers["Retry-After"] == "900"
        clock.advance(minutes=15)
        assert ask(client, wrong).status_code == 401

    def test_do_not_keep_out_who_has_the_right_secret(self, client, shown):
        for _ in range(25):
            last = ask(client, GRANT | shown | {"client_secret": "jrg_wrong"})
        assert last.status_code == 429
        assert ask(client, GRANT | shown).status_code == 200

    def test_over_the_limit_are_neither_kept_nor_make_the_wait_longer(
        self, client, clock, session, shown
    ):
        for _ in range(30):
            last = ask(client, GRANT | shown | {"client_secret": "jrg_wrong"})
            clock.advance(seconds=1)
        assert session.scalar(select(func.count()).select_from(TokenRefusal)) == 20
        assert last.headers["Retry-After"] == str(900 - 29)

    def test_are_limited_per_network_address(self, ports, clock, shown):
        limited = replace(ports, token_refusals_per_source_and_hour=2)
        client = create_app(DEVELOPMENT, limited).test_client()
        for name in ("a", "b"):
            assert ask(client, GRANT | {"client_id": name, "client_secret": "c"}).status_code == 401
            clock.advance(minutes=5)
        refused = ask(client, GRANT | shown)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(50 * 60))
        elsewhere = ask(client, GRANT | shown, environ_base={"REMOTE_ADDR": "10.9.8.7"})
        assert elsewhere.status_code == 200
        clock.advance(minutes=50)
        assert ask(client, GRANT | shown).status_code == 200

    def test_are_forgotten_after_a_day(self, client, ports, clock, session):
        ask(client, GRANT | {"client_id": "a", "client_secret": "b"})
        count = select(func.count()).select_from(TokenRefusal)
        clock.advance(hours=23)
        forget(ports)
        assert session.scalar(count) == 1
        clock.advance(hours=1)
        forget(ports)
        assert session.scalar(count) == 0

    def test_cost_the_same_for_an_account_that_there_is_and_for_one_that_there_is_not(
        self, client, queries, shown
    ):
        sent = []
        for client_id in (shown["client_id"], "jrc_nobody"):
            before = len(queries)
            ask(client, GRANT | {"client_id": client_id, "client_secret": "jrg_wrong"})
            sent.append([each for each in queries[before:] if "SAVEPOINT" not in each])
        assert len(sent[0]) == 4
        assert sent[0] == sent[1]


class EchoSchema(Schema):
    text = Text(required=True, dump_only=True, example="ok")


blp = Blueprint("gated", __name__, url_prefix="/gated", description="For tests")


@blp.route("")
class Gated(MethodView):
    @partner_only(Scope.READ)
    @blp.response(200, EchoSchema)
    def get(self, caller):
        """Something that partners may read"""
        return {"text": str(caller.partner_id)}


class TestToken:
    """What a token opens."""

    @pytest.fixture
    def client(self, ports):
        return create_app(DEVELOPMENT, ports, blueprints=[blp, *BLUEPRINTS]).test_client()

    def token(self, client, shown, **more):
        return ask(client, GRANT | shown | more).json["access_token"]

    def test_it_opens_what_its_scope_covers(self, client, shown):
        token = self.token(client, shown, scope="read")
        assert client.get("/gated", headers=bearing(token)).status_code == 200
        other = self.token(client, shown, scope="pay enrol")
        refused = client.get("/gated", headers=bearing(other))
        assert refusal(refused) == (403, "scope-missing")

    def test_it_is_good_for_a_quarter_of_an_hour(self, client, clock, shown):
        headers = bearing(self.token(client, shown))
        clock.advance(minutes=15, seconds=29)
        assert client.get("/gated", headers=headers).status_code == 200
        clock.advance(seconds=1)
        assert refusal(client.get("/gated", headers=headers)) == (401, "partner-token-required")

    def test_it_ends_with_its_secret_and_no_other_does(self, client, ports, shown):
        first = bearing(self.token(client, shown))
        second = accounts.rotate(ports, shown["client_id"]).client_secret
        other = bearing(self.token(client, shown | {"client_secret": second}))
        accounts.revoke(ports, shown["client_id"])
        assert refusal(client.get("/gated", headers=first)) == (401, "partner-token-required")
        assert client.get("/gated", headers=other).status_code == 200

    def test_it_ends_with_its_account(self, client, ports, shown):
        headers = bearing(self.token(client, shown))
        accounts.close(ports, shown["client_id"])
        assert refusal(client.get("/gated", headers=headers)) == (401, "partner-token-required")

    def test_no_other_kind_of_token_opens_it(self, client, ports):
        for kind in set(Kind) - {Kind.PARTNER}:
            token = ports.tokens.issue(
                kind, "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42", at=ports.clock.now(), scope=ALL
            )
            answer = client.get("/gated", headers=bearing(token))
            if kind in (Kind.REFRESH, Kind.STAFF_REFRESH):
                assert refusal(answer) == (401, "partner-token-required")
            else:
                assert refusal(answer) == (403, "wrong-kind-of-caller")

    def test_it_opens_nothing_of_a_workers(self, client, shown):
        headers = bearing(self.token(client, shown))
        assert refusal(client.get("/v1/me", headers=headers)) == (403, "wrong-kind-of-caller")
        answer = client.post("/v1/sessions", json={}, headers=headers)
        assert refusal(answer) == (403, "wrong-kind-of-caller")
