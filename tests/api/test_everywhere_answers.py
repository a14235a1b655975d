"""What every answer carries: ids, languages, compression, ETags, pages."""

import gzip
import logging
import re

import pytest

from api.languages import preferred
from tests.api.sample_app import sample_client


@pytest.fixture(scope="module")
def client():
    return sample_client()


@pytest.mark.parametrize("given", ["a", "A-1._z", "x" * 64])
def test_a_decent_request_id_is_echoed(client, given):
    assert (
        client.get("/samples/kept", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        == given
    )


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", "é", "<x>"])
def test_another_request_id_is_replaced(client, given):
    made = client.get("/samples/kept", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f-]{36}", made)


def test_nothing_is_kept_unless_said_otherwise(client):
    headers = client.get("/samples/answers/a").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_remembered(client):
    headers = client.get("/samples/kept", base_url="https://localhost").headers
    assert "max-age" in headers["Strict-Transport-Security"]


def test_explanations_follow_the_language(client):
    for language, words in (("id", "Anda terlindungi."), ("en", "You are covered.")):
        answer = client.get("/samples/kept", headers={"Accept-Language": language})
        assert answer.json["explanation"] == words
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "id"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("id, en", "id"),
        ("en, id", "id"),
        ("en;q=0.9, id;q=0.8", "en"),
        ("en;q=0, *", "id"),
        ("fr, *;q=0.1", "id"),
        ("id;q=0, *", "en"),
        ("jv, in;q=0.9, en;q=0.8", "id"),
        ("en;q=1.5", "id"),
        ("en;q=nan", "id"),
        ("en," * 1000, "id"),
    ],
)
def test_the_language_is_the_one_ranked_highest_and_indonesian_if_in_doubt(header, language):
    assert preferred(header) == language


def test_long_answers_are_compressed_for_those_who_read_gzip(client):
    plain = client.get("/samples/public")
    packed = client.get("/samples/public", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_a_long_refusal_is_compressed_too(client):
    asked = {"Accept-Encoding": "gzip"}
    body = {f"unknown_{letter}": 1 for letter in "abcdefghijklmnopqrst"}
    plain = client.post("/samples/people", json=body)
    packed = client.post("/samples/people", json=body, headers=asked)
    assert (packed.status_code, packed.headers["Content-Encoding"]) == (422, "gzip")
    assert len(gzip.decompress(packed.data)) == len(plain.data)


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br", ""])
def test_others_get_it_as_it_is(client, accepted):
    answer = client.get("/samples/public", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


def test_short_answers_are_not_compressed(client):
    answer = client.get("/samples/kept", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_an_answer_that_has_not_changed_is_304(client):
    first = client.get("/samples/kept")
    etag = first.headers["ETag"]
    again = client.get("/samples/kept", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert set(again.headers["Vary"].split(", ")) == {"Accept-Language", "Authorization"}
    assert first.headers["Vary"] == again.headers["Vary"]


def test_what_is_left_out_of_the_etag_may_differ(client):
    first, second = client.get("/samples/kept"), client.get("/samples/kept")
    assert first.json["as_of"] != second.json["as_of"]
    assert first.headers["ETag"] == second.headers["ETag"]


def test_another_language_is_another_etag(client):
    english = client.get("/samples/kept", headers={"Accept-Language": "en"})
    assert english.headers["ETag"] != client.get("/samples/kept").headers["ETag"]


@pytest.mark.parametrize("shape", ["*", '"other", {}', '{}, W/"x"', "{strong}"])
def test_if_none_match_is_read_in_all_its_shapes(client, shape):
    etag = client.get("/samples/kept").headers["ETag"]
    header = shape.format(etag, strong=etag.removeprefix("W/"))
    assert client.get("/samples/kept", headers={"If-None-Match": header}).status_code == 304


@pytest.mark.parametrize("header", ['"other"', "", "nonsense"])
def test_another_etag_gets_the_answer(client, header):
    assert client.get("/samples/kept", headers={"If-None-Match": header}).status_code == 200


def test_public_answers_may_be_kept_by_anybody(client):
    headers = client.get("/samples/public").headers
    assert headers["Cache-Control"].startswith("public")
    assert "Authorization" not in headers["Vary"]


def test_a_compressed_answer_has_the_same_etag(client):
    plain = client.get("/samples/public").headers["ETag"]
    asked = {"Accept-Encoding": "gzip", "If-None-Match": plain}
    assert client.get("/samples/public", headers=asked).status_code == 304


@pytest.mark.parametrize("path", ["/samples/public", "/samples/kept"])
def test_a_304_varies_by_what_its_200_does(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Vary"] == first.headers["Vary"]


def test_the_form_is_chosen_by_accept(client):
    for accept, form in (
        ("text/csv", "text/csv"),
        ("text/csv; header=present", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/csv;q=.5, application/json;q=.4", "text/csv"),
        ("application/json;q=0, *", "text/csv"),
        ("text/csv;q=.5, */*", "application/json"),
        ("*/*", "application/json"),
    ):
        answer = client.get("/samples/forms", headers={"Accept": accept})
        assert answer.mimetype == form
        assert "Accept" in answer.headers["Vary"].split(", ")


def test_head_is_get_without_the_body(client):
    answer = client.head("/samples/kept")
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_list_is_read_page_by_page_to_its_end(client):
    seen, cursor = [], ""
    while cursor is not None:
        query = {"limit": 30, **({"cursor": cursor} if cursor else {})}
        page = client.get("/samples/numbers", query_string=query).json
        seen += page["items"]
        cursor = page["next_cursor"]
    assert seen == list(range(100))


def test_a_page_has_fifty_items_unless_asked_otherwise(client):
    assert len(client.get("/samples/numbers").json["items"]) == 50


def test_the_log_names_the_route_and_never_the_path(client, caplog):
    with caplog.at_level(logging.INFO, logger="api.access"):
        client.get("/samples/answers/3273014507930001?x=3273014507930001")
    [record] = [record for record in caplog.records if record.name == "api.access"]
    assert record.route == "/samples/answers/<name>"
    assert (record.method, record.status, record.caller) == ("GET", 422, "anonymous")
    assert record.ms > 0
    assert "3273014507930001" not in str(vars(record))


def test_made_up_methods_and_paths_are_not_logged(client, caplog):
    with caplog.at_level(logging.INFO, logger="api.access"):
        client.open("/3273014507930001", method="X3273014507930001")
    [record] = [record for record in caplog.records if record.name == "api.access"]
    assert (record.method, record.route) == ("other", "unknown")
    assert "3273014507930001" not in str(vars(record))
