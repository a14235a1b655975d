import re
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageFilter

from models.values.plan import Plan
from services import billing, plan_choice
from services.card_signing import CardSigner
from services.keys import CardKey
from services.once import Once
from tests.api.joining import bearing
from tests.api.signing_in import bearer
from tests.camera import drawn, read_png, read_svg
from tests.canary import SITI
from tests.clinic import refuses, verified
from tests.payers import add_worker, pay

PATH, SVG, PNG = "/v1/me/card", "/v1/me/card.svg", "/v1/me/card.png"
KEYS = "/.well-known/jwks.json"
MEMBERS = {
    "card", "member_number", "name", "programmes", "jkm_full_from", "expires_at", "expires_in",
}  # fmt: skip
# Nothing of these may be on a card: the NIK's beginning, the birth date, the rest of the name.
PRIVATE = re.compile(r"317101|1993|07-05|aminah|jakarta|\+62", re.IGNORECASE)


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


@pytest.fixture
def covered(ports, worker):
    pay(ports, billing.issue(ports, worker, 3, Once()))
    return worker


@pytest.fixture
def get(client, ports, covered):
    def get(path, **headers):
        answer = client.get(path, headers=bearer(ports, covered, **headers))
        assert answer.status_code == 200, answer.text
        return answer

    return get


def test_a_card_is_shown_and_signed(client, get, clock):
    shown = get(PATH).json
    assert set(shown) == MEMBERS
    claims = verified(shown["card"], client.get(KEYS).json, clock.now())
    assert claims["sub"] == shown["member_number"]
    for name in ("name", "programmes", "jkm_full_from"):
        assert claims[name] == shown[name]
    assert (shown["name"], shown["programmes"]) == ("Siti A.", ["JKK", "JKM"])
    assert shown["jkm_full_from"] == "2027-02-22"
    assert datetime.fromtimestamp(claims["exp"], UTC).isoformat() == "2026-12-23T05:00:00+00:00"
    assert (shown["expires_at"], shown["expires_in"]) == ("2026-12-23T05:00:00Z", 2_678_400)


def test_its_pictures_hold_the_same_card(get):
    card = get(PATH).json["card"]
    assert read_svg(get(SVG).data) == card
    assert read_png(get(PNG).data) == card


def test_a_picture_can_be_shown_anywhere(get):
    """On a page of any colour and of the strictest policy, at any size."""
    answer = get(SVG)
    assert answer.content_type == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    root = ElementTree.fromstring(answer.data)  # noqa: S314 - we have just drawn it
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names == {"svg", "title", "g", "path"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes == {"width", "height", "viewBox", "transform", "fill", "stroke", "d"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("id", "Kode QR kartu perlindungan, berlaku sampai 23 Desember 2026"),
        ("en", "QR code of the card of cover, valid until 23 December 2026"),
    ],
)
def test_a_picture_says_what_it_is_to_who_cannot_see_it(get, language, title):
    answer = get(SVG, **{"Accept-Language": language})
    assert f"<title>{title}</title>" in answer.text
    assert answer.headers["Content-Language"] == language


def test_a_code_has_four_white_squares_around_it(get):
    picture = drawn(get(SVG).data)
    squares = picture.width // 4
    dark = picture.point(lambda shade: 255 - shade).getbbox()
    assert dark == (16, 16, (squares - 4) * 4, (squares - 4) * 4)


def test_a_code_is_read_though_small_and_out_of_focus(get):
    """Three dots a square is what a cheap camera makes of it at arm's length."""
    picture = drawn(get(SVG).data)
    assert picture.width // 4 <= 77
    small = picture.resize((picture.width * 3 // 4,) * 2, Image.Resampling.BILINEAR)
    out = small.filter(ImageFilter.GaussianBlur(1))
    assert read_png(as_png(out)) == get(PATH).json["card"]


def as_png(image):
    from_memory = BytesIO()
    image.save(from_memory, "PNG")
    return from_memory.getvalue()


def test_nothing_private_is_on_a_card(get):
    shown = get(PATH)
    for part in shown.json["card"].split(".")[:2]:
        said = urlsafe_b64decode(part + "==").decode()
        assert not SITI.traces.search(said)
        assert not PRIVATE.search(said.replace(shown.json["member_number"], ""))
    for answer in (shown, get(SVG), get(PNG)):
        assert not SITI.traces.search(f"{answer.headers}{answer.data!r}")
        assert b"Aminah" not in answer.data
    assert not PRIVATE.search(re.sub(r' d="[^"]*"', "", get(SVG).text))


@pytest.mark.parametrize("path", [PATH, SVG, PNG])
def test_nobody_keeps_a_card_but_the_app(get, path):
    """It runs out, and is its bearer's: no cache may show it to others, or later."""
    assert get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [PATH, SVG, PNG])
def test_there_is_no_card_without_cover(client, ports, worker, path):
    answer = client.get(path, headers=bearer(ports, worker, **{"Accept-Language": "en"}))
    assert (answer.status_code, answer.json["code"]) == (409, "not-covered")
    assert "Look at your cover" in answer.json["detail"]


@pytest.mark.parametrize("path", [PATH, SVG, PNG])
def test_nobody_sees_another_s_card(client, ports, covered, path):
    assert client.get(path).status_code == 401
    headers = bearer(ports, covered)
    client.delete("/v1/sessions/current", headers=headers)
    assert client.get(path, headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("path", "wanted"), [(PATH, "image/png"), (SVG, "application/json"), (PNG, "image/svg+xml")]
)
def test_each_address_has_one_form(client, ports, covered, path, wanted):
    answer = client.get(path, headers=bearer(ports, covered, Accept=wanted))
    assert answer.status_code == 406
    assert client.get(path, headers=bearer(ports, covered, Accept="*/*")).status_code == 200


def test_a_browser_s_picture_is_found_acceptable(get):
    get(PNG, Accept="image/avif,image/webp,image/apng,image/*,*/*;q=0.8")
    get(SVG, Accept="image/avif,image/webp,image/svg+xml,image/*;q=0.8")


def test_a_card_signs_nobody_in(client, get):
    card = get(PATH).json["card"]
    for path in (PATH, "/v1/me", "/v1/me/coverage"):
        refused = client.get(path, headers=bearing(card))
        assert (refused.status_code, refused.json["code"]) == (401, "not-signed-in")
    refused = client.post("/v1/sessions/refresh", json={"refresh_token": card})
    assert refused.status_code == 401


def test_what_signs_in_is_no_card(client, ports, covered, clock):
    token = bearer(ports, covered)["Authorization"].removeprefix("Bearer ")
    assert refuses(token, client.get(KEYS).json, clock.now())


def test_anybody_gets_the_keys_and_may_keep_them(client, ports):
    answer = client.get(KEYS)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.json == {"keys": ports.cards.published_keys}
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(KEYS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_keys_are_public_ones(client):
    for key in client.get(KEYS).json["keys"]:
        assert set(key) == {"kty", "crv", "x", "kid", "alg", "use"}


def test_the_keys_take_no_query(client):
    answer = client.get(f"{KEYS}?kid=card-1")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "kid")


def test_an_earlier_key_is_published_until_it_is_withdrawn(client, ports, covered, get, clock):
    card = get(PATH).json["card"]
    newer = CardKey("card-2", Ed25519PrivateKey.generate())

    def keys_after(*keys):
        client.application.extensions["ports"] = replace(ports, cards=CardSigner(keys))
        return client.get(KEYS).json

    rotated = keys_after(newer, *ports.cards.keys)
    assert [key["kid"] for key in rotated["keys"]] == ["card-2", "card-1"]
    assert verified(card, rotated, clock.now())
    assert verified(get(PATH).json["card"], rotated, clock.now())
    assert refuses(card, keys_after(newer), clock.now())
