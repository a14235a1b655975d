from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tokens import LEEWAY, LIFETIMES, Kind, TokenRefused, Tokens, _derive

NOW = datetime(2026, 11, 22, 5, 0, 0, 700_000, tzinfo=UTC)
OLD, NEW = b"o" * 32, b"n" * 32
TOKENS = Tokens({"new": NEW, "old": OLD})
GOOD = TOKENS.issue(Kind.WORKER, "somebody", at=NOW, sid="s", gen=3)
SPELLING = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def refused(kind, token, now=NOW, tokens=TOKENS):
    with pytest.raises(TokenRefused):
        tokens.read(kind, token, now=now)
    return True


@pytest.mark.parametrize("kind", Kind)
def test_a_token_is_read_as_what_it_was_issued_for(kind):
    claims = TOKENS.read(kind, TOKENS.issue(kind, "somebody", at=NOW, extra=1), now=NOW)
    assert (claims["sub"], claims["extra"]) == ("somebody", 1)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("other", Kind)
def test_a_token_is_good_for_nothing_else(kind, other):
    token = TOKENS.issue(kind, "somebody", at=NOW)
    assert kind is other or refused(other, token)


@pytest.mark.parametrize("kind", Kind)
def test_a_token_of_another_kind_is_refused_whatever_it_says_of_itself(kind):
    """Each kind has a secret of its own, so the type alone does not decide."""
    other = next(each for each in Kind if each is not kind)
    secret = _derive(other, NEW)
    claims = {"iss": "jaring", "aud": kind.audience, "sub": "x", "exp": 9_999_999_999}
    forged = jwt.encode(claims, secret, "HS256", {"kid": "new", "typ": kind.typ})
    assert refused(kind, forged)


@pytest.mark.parametrize("missing", ["exp", "sub", "aud", "iss"])
def test_a_token_without_a_claim_is_refused(missing):
    claims = {"iss": "jaring", "aud": Kind.SNAP.audience, "sub": "x", "exp": 9_999_999_999}
    del claims[missing]
    header = {"kid": "new", "typ": Kind.SNAP.typ}
    assert refused(Kind.SNAP, jwt.encode(claims, _derive(Kind.SNAP, NEW), "HS256", header))


def test_a_token_that_a_library_writes_and_reads_is_the_same_one():
    claims = TOKENS.read(Kind.WORKER, GOOD, now=NOW)
    secret, header = _derive(Kind.WORKER, NEW), {"typ": Kind.WORKER.typ, "kid": "new"}
    assert jwt.encode(claims, secret, "HS256", header) == GOOD
    options = {"verify_exp": False, "verify_iat": False}
    assert jwt.decode(GOOD, secret, ["HS256"], audience="jaring:worker", options=options) == claims


@pytest.mark.parametrize("extra", [{"crit": ["b64"]}, {"cty": "JWT"}, {"typ": "JWT"}])
def test_a_header_that_we_do_not_write_is_refused_with_a_right_signature(extra):
    claims = TOKENS.read(Kind.WORKER, GOOD, now=NOW)
    header = {"typ": Kind.WORKER.typ, "kid": "new", **extra}
    token = jwt.encode(claims, _derive(Kind.WORKER, NEW), "HS256", header)
    assert refused(Kind.WORKER, token)


@pytest.mark.parametrize("kind", Kind)
def test_a_token_lives_for_its_time_and_half_a_minute_more(kind):
    token = TOKENS.issue(kind, "somebody", at=NOW)
    end = NOW.replace(microsecond=0) + LIFETIMES[kind] + LEEWAY
    assert TOKENS.read(kind, token, now=end - timedelta(microseconds=1))
    assert refused(kind, token, now=end)


def test_the_same_arguments_give_the_same_token():
    assert TOKENS.issue(Kind.WORKER, "somebody", at=NOW, sid="s", gen=3) == GOOD


def test_tokens_of_an_older_key_are_read_until_it_is_taken_away():
    token = Tokens({"old": OLD}).issue(Kind.WORKER, "somebody", at=NOW)
    assert TOKENS.read(Kind.WORKER, token, now=NOW)
    assert refused(Kind.WORKER, token, tokens=Tokens({"new": NEW}))


def test_the_newest_key_signs():
    assert jwt.get_unverified_header(GOOD) == {"alg": "HS256", "kid": "new", "typ": "worker+jwt"}


def test_secrets_are_not_shown():
    assert "nnn" not in repr(TOKENS)


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(SPELLING + ".=+/ \n\u00e9\u0000"))
def test_one_changed_character_is_refused(place, character):
    changed = GOOD[:place] + character + GOOD[place + 1 :]
    assert changed == GOOD or refused(Kind.WORKER, changed)


@given(st.integers(0, len(GOOD)), st.text(SPELLING + ".=!* \n", min_size=1, max_size=3))
def test_an_added_character_is_refused(place, added):
    assert refused(Kind.WORKER, GOOD[:place] + added + GOOD[place:])


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 50))
def test_a_missing_piece_is_refused(place, length):
    assert refused(Kind.WORKER, GOOD[:place] + GOOD[place + length :])


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text):
    assert refused(Kind.WORKER, text)
