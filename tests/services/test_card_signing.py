"""Cards as a clinic's engineer checks them, who knows our page and our published keys."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.card_signing import CardSigner
from services.keys import CardKey
from services.tokens import Kind, Tokens
from tests.clinic import refuses, verified

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
EXPIRES_AT = NOW + timedelta(days=8)
SECOND, LEEWAY = timedelta(seconds=1), timedelta(seconds=60)
OLD, NEW = (CardKey(kid, Ed25519PrivateKey.generate()) for kid in ("card-1", "card-2"))
HEADER = {"typ": "card+jwt", "kid": OLD.kid}
CLAIMS = {
    "iss": "jaring",
    "aud": "jaring:card",
    "sub": "48201937465",
    "name": "Siti A.",
    "programmes": ["JKK", "JKM"],
    "iat": int(NOW.timestamp()),
    "exp": int(EXPIRES_AT.timestamp()),
}


def keys_of(*keys):
    """As a clinic saves them."""
    return {"keys": json.loads(json.dumps(CardSigner(keys).published_keys))}


def signed(*keys):
    return CardSigner(keys).sign(
        "48201937465",
        issued_at=NOW + timedelta(microseconds=700_000),
        expires_at=EXPIRES_AT,
        name="Siti A.",
        programmes=("JKK", "JKM"),
        jkm_full_from=None,
    )


def forged(key=OLD.private_key, header=HEADER, algorithm="EdDSA", **changes):
    """What a library signs."""
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return jwt.encode(claims, key, algorithm, header)


CARD, KEYS = signed(OLD), keys_of(OLD)


def test_a_card_says_what_was_signed_in_whole_seconds():
    assert verified(CARD, KEYS, NOW) == CLAIMS


def test_a_card_names_its_kind_and_its_key():
    assert jwt.get_unverified_header(CARD) == {"alg": "EdDSA", **HEADER}


def test_what_another_library_signs_is_the_same_card():
    assert verified(forged(), KEYS, NOW) == CLAIMS


def test_a_published_key_is_the_public_half_alone():
    [published] = KEYS["keys"]
    assert set(published) == {"kty", "crv", "x", "kid", "alg", "use"}
    public = OLD.private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert published | {"x": urlsafe_b64decode(published["x"] + "=")} == {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": public,
        "kid": "card-1",
        "alg": "EdDSA",
        "use": "sig",
    }


def test_a_key_is_in_no_repr():
    assert "PRIVATE" not in repr(CardSigner((OLD,)))
    assert "key" not in repr(CardSigner((OLD,)))


def test_a_card_is_good_until_it_expires_give_or_take_the_leeway_of_who_checks_it():
    assert verified(CARD, KEYS, EXPIRES_AT + LEEWAY - SECOND)
    assert refuses(CARD, KEYS, EXPIRES_AT + LEEWAY)
    assert verified(CARD, KEYS, NOW - LEEWAY)
    assert refuses(CARD, KEYS, NOW - LEEWAY - SECOND)


def test_a_card_of_an_earlier_key_is_good_while_that_key_is_published():
    both = keys_of(NEW, OLD)
    assert verified(CARD, both, NOW) == CLAIMS
    newer = signed(NEW, OLD)
    assert jwt.get_unverified_header(newer)["kid"] == "card-2"
    assert verified(newer, both, NOW) == CLAIMS


def test_a_card_of_a_withdrawn_key_is_no_good():
    assert refuses(CARD, keys_of(NEW), NOW)


def test_a_card_is_no_good_under_the_id_of_another_key():
    header = {"typ": "card+jwt", "kid": NEW.kid}
    assert refuses(forged(header=header), keys_of(NEW, OLD), NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody"},
        {"iss": None},
        {"aud": "jaring:worker"},
        {"aud": None},
        {"sub": None},
        {"exp": None},
        {"exp": "never"},
    ],
)
def test_what_is_signed_but_claims_to_be_something_else_is_refused(changes):
    # joserfc reads any claims; PyJWT would not write some of these.
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    token = jwt.PyJWS().encode(json.dumps(claims).encode(), OLD.private_key, "EdDSA", HEADER)
    assert refuses(token, KEYS, NOW)


@pytest.mark.parametrize("typ", ["worker+jwt", "JWT", None])
def test_what_is_signed_as_another_kind_is_refused(typ):
    assert refuses(forged(header=HEADER | {"typ": typ}), KEYS, NOW)


def test_an_unsigned_card_is_refused():
    assert refuses(forged(None, algorithm="none"), KEYS, NOW)
    _, payload, _ = CARD.split(".")
    unsigned = urlsafe_b64encode(b'{"alg":"none","typ":"card+jwt","kid":"card-1"}').decode()
    assert refuses(f"{unsigned.rstrip('=')}.{payload}.", KEYS, NOW)


def test_a_card_sealed_with_the_public_key_as_a_secret_is_refused():
    public = OLD.private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert refuses(forged(public, algorithm="HS256"), KEYS, NOW)


def test_a_card_that_brings_its_own_key_is_refused():
    thief = Ed25519PrivateKey.generate()
    [own] = CardSigner((CardKey("card-1", thief),)).published_keys
    assert refuses(forged(thief, HEADER | {"jwk": own}), KEYS, NOW)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_an_altered_card_is_refused(part):
    parts = CARD.split(".")
    for place in range(0, len(parts[part]) - 1, 7):
        spelled = parts[part]
        other = "A" if spelled[place] != "A" else "B"
        altered = spelled[:place] + other + spelled[place + 1 :]
        assert refuses(".".join([*parts[:part], altered, *parts[part + 1 :]]), KEYS, NOW)


@pytest.mark.parametrize("kind", Kind)
def test_no_other_token_of_ours_is_a_card(kind):
    tokens = Tokens({"card-1": b"s" * 32})
    assert refuses(tokens.issue(kind, "48201937465", at=NOW), KEYS, NOW)


@pytest.mark.parametrize("text", ["", "...", "a.b.c", "48201937465", CARD[:-1], CARD + "A"])
def test_what_is_no_token_is_no_card(text):
    assert refuses(text, KEYS, NOW)
