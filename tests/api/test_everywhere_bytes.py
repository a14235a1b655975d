"""Awkward bytes are answered, not crashed on."""

import io

import orjson
import pytest

from tests.api.sample_app import NIK, sample_client

PEOPLE = "/samples/people"
GOOD = {"nik": NIK, "full_name": "Siti"}


@pytest.fixture(scope="module")
def client():
    return sample_client()


def post(client, body, content_type="application/json", **options):
    return client.post(PEOPLE, data=body, content_type=content_type, **options)


def code_of(response):
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == response.status_code
    return response.status_code, response.json["code"]


def test_a_good_body_is_taken(client):
    assert post(client, orjson.dumps(GOOD)).status_code == 201


def test_of_a_repeated_name_the_last_value_counts(client):
    first_bad = b'{"nik": "1", "full_name": "Siti", "nik": "%s"}' % NIK.encode()
    last_bad = b'{"nik": "%s", "full_name": "Siti", "nik": "1"}' % NIK.encode()
    assert [post(client, body).status_code for body in (first_bad, last_bad)] == [201, 422]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
        None,
        "application/json; charset=utf-16",
        "application/problem+json",
        "ÿ",
        ";;;=",
        "a" * 5000,
    ],
)
def test_another_media_type_is_415(client, content_type):
    answer = post(client, orjson.dumps(GOOD), content_type)
    assert code_of(answer) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf8",
        'application/json; charset="UTF-8"',
        "Application/JSON;charset=UTF8",
    ],
)
def test_utf_8_is_json_however_it_is_spelled(client, content_type):
    assert post(client, orjson.dumps(GOOD), content_type).status_code == 201


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip"])
def test_a_compressed_body_is_415_and_told_to_come_as_it_is(client, encoding):
    headers = {"Content-Encoding": encoding, "Accept-Language": "en"}
    answer = post(client, b"\x1f\x8b", headers=headers)
    assert code_of(answer) == (415, "unsupported-content-encoding")
    assert answer.headers["Accept-Encoding"] == "identity"
    assert "uncompressed" in answer.json["detail"]


def test_a_body_that_is_called_what_it_is_is_read(client):
    body, headers = orjson.dumps(GOOD), {"Content-Encoding": "Identity"}
    assert post(client, body, headers=headers).status_code == 201


def test_another_media_type_says_nothing_of_encodings(client):
    assert "Accept-Encoding" not in post(client, b"a", "text/plain").headers


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"   ", id="spaces"),
        pytest.param(b"{", id="half"),
        pytest.param(b"{} {}", id="two documents"),
        pytest.param(b"{'nik': 1}", id="single quotes"),
        pytest.param(b'{"nik": NaN}', id="NaN"),
        pytest.param(b'{"nik": Infinity}', id="Infinity"),
        pytest.param(b'{"nik": "\xff\xfe"}', id="invalid UTF-8"),
        pytest.param(b'{"nik": "\xed\xa0\x80"}', id="UTF-8 of a surrogate"),
        pytest.param(b'{"nik": "\\ud800"}', id="lone surrogate"),
        pytest.param(b'{"\\udfff": 1}', id="lone surrogate in a name"),
        pytest.param(b"\xef\xbb\xbf{}", id="byte order mark"),
        pytest.param('{"nik": 1}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"nik": ' + b"1" * 5000 + b"}", id="5,000 digits"),
        pytest.param(b'{"nik": 1e999}', id="a number beyond all"),
        pytest.param(b"[" * 30_000, id="deep and open"),
        pytest.param(b"[" * 30_000 + b"]" * 30_000, id="deep lists"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, id="deep objects"),
        pytest.param(b"\x00", id="NUL"),
        pytest.param(b'{"nik": "\x00"}', id="bare NUL in text"),
    ],
)
def test_what_is_not_json_is_400(client, body):
    assert code_of(post(client, body)) == (400, "malformed-json")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="a list"),
        pytest.param("text", id="text"),
        pytest.param(None, id="null"),
        pytest.param(1, id="a number"),
        pytest.param({**GOOD, "full_name": "a\x00b"}, id="NUL in text"),
        pytest.param({**GOOD, "nik": NIK[:15] + "\x00"}, id="NUL in a NIK"),
        pytest.param({**GOOD, "full_name": "a\u202eb"}, id="text turned around"),
        pytest.param({**GOOD, "full_name": {"a": [[[]]]}}, id="an object for text"),
        pytest.param({**GOOD, "monthly_income": 10**18}, id="more money than there is"),
        pytest.param({**GOOD, "monthly_income": 1.0}, id="a fraction"),
        pytest.param({**GOOD, "monthly_income": True}, id="true for a number"),
        pytest.param({**GOOD, "\x00": 1}, id="NUL in a name"),
        pytest.param({**GOOD, "": 1}, id="an empty name"),
        pytest.param({**GOOD, "_schema": 1}, id="the name of a validator's own"),
        pytest.param({**GOOD, "birth_date": "２０２０-01-01"}, id="full-width digits in a date"),
    ],
)
def test_json_that_nobody_asked_for_is_422(client, body):
    assert code_of(post(client, orjson.dumps(body))) == (422, "invalid-request")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (b"9" * 18, "too-large"),
        (b"18446744073709551616", "too-large"),
        (b"9" * 40, "too-large"),
        (b"-9223372036854775809", "too-small"),
        (b"-" + b"9" * 40, "too-small"),
        (b"12.0", "not-a-whole-number"),
    ],
)
def test_numbers_beyond_64_bits_are_too_large_or_too_small(client, number, fault):
    body = b'{"nik": "%s", "full_name": "Siti", "monthly_income": %s}' % (NIK.encode(), number)
    answer = post(client, body)
    assert code_of(answer) == (422, "invalid-request")
    assert [each["code"] for each in answer.json["errors"]] == [fault]


def test_a_thousand_deep_is_422_where_text_belongs(client):
    deep = b'{"full_name": ' + b"[" * 1000 + b"]" * 1000 + b"}"
    assert code_of(post(client, deep)) == (422, "invalid-request")


def test_ten_thousand_unknown_names_are_answered_briefly(client):
    answer = post(client, orjson.dumps({f"x{n}": 1 for n in range(5000)}))
    assert code_of(answer) == (422, "invalid-request")
    assert len(answer.json["errors"]) == 100


class Pouring(io.RawIOBase):
    """A body that counts how much of it was read."""

    def __init__(self, length):
        self.left = self.length = length

    def readable(self):
        return True

    def readinto(self, buffer):
        taken = min(len(buffer), self.left)
        buffer[:taken] = b" " * taken
        self.left -= taken
        return taken


def pour(client, length, path=PEOPLE, content_type="application/json"):
    body = Pouring(length)
    environ = {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
    answer = client.post(path, content_type=content_type, environ_overrides=environ)
    return answer, body.length - body.left


def test_a_body_at_the_limit_is_read(client):
    answer = post(client, orjson.dumps(GOOD).ljust(64 * 1024))
    assert answer.status_code == 201


def test_a_body_over_the_limit_is_413_once_it_has_been_read(client):
    answer, read = pour(client, 5_000_000)
    assert code_of(answer) == (413, "payload-too-large")
    assert read == 5_000_000


def test_a_body_over_16_mib_is_413_without_reading_on(client):
    answer, read = pour(client, 40_000_000)
    assert code_of(answer) == (413, "payload-too-large")
    assert read < 17 * 1024 * 1024


@pytest.mark.parametrize(
    ("path", "status"), [("/samples/nowhere", 404), ("/samples/kept", 405), (PEOPLE, 415)]
)
def test_a_refused_request_is_heard_out(client, path, status):
    answer, read = pour(client, 1_000_000, path, content_type="text/plain")
    assert (answer.status_code, read) == (status, 1_000_000)


def test_a_body_without_a_length_is_read_to_its_end(client):
    answer = client.post(
        PEOPLE,
        input_stream=io.BytesIO(orjson.dumps(GOOD)),
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 201


def over_http_2(client, body, method, path, **options):
    """Without a length: HTTP/2 says where a body ends, and granian lets us read up to there."""
    told = {"wsgi.input": body, "wsgi.input_terminated": True, "SERVER_PROTOCOL": "HTTP/2"}
    return client.open(path, method=method, environ_overrides=told, **options)


@pytest.mark.parametrize(
    ("body", "status"), [(b'{"force": true}', 422), (b"{", 400), (b"{}", 204), (b"", 204)]
)
def test_a_body_that_no_header_announces_is_read_where_there_is_none(client, body, status):
    told = {"content_type": "application/json"}
    answer = over_http_2(client, io.BytesIO(body), "DELETE", "/samples/answers/a", **told)
    assert answer.status_code == status


def test_a_body_that_no_header_describes_is_415_where_there_is_none(client):
    answer = over_http_2(client, io.BytesIO(b"{}"), "DELETE", "/samples/answers/a")
    assert code_of(answer) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("path", "status"), [("/samples/nowhere", 404), ("/samples/kept", 405), (PEOPLE, 415)]
)
def test_a_refused_request_is_heard_out_without_a_length_too(client, path, status):
    body = Pouring(1_000_000)
    answer = over_http_2(client, body, "POST", path, content_type="text/plain")
    assert (answer.status_code, body.left) == (status, 0)


def test_whoever_announces_nothing_and_has_no_end_is_not_waited_for(client):
    body = Pouring(1_000_000)
    answer = client.delete("/samples/answers/a", environ_overrides={"wsgi.input": body})
    assert (answer.status_code, body.left) == (204, 1_000_000)


def test_a_body_shorter_than_promised_is_an_answer_too(client):
    answer = client.post(
        PEOPLE,
        data=b"{}",
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": "100"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["a%00b", "%00", "%ff", "%c3%28", "%ed%a0%80", "%0a", "%e2%80%ae", "x" * 200]
)
def test_an_awkward_path_leads_nowhere(client, path):
    assert code_of(client.get(f"/samples/answers/{path}")) == (404, "not-found")


def test_two_slashes_are_another_path(client):
    assert code_of(client.get("/samples//kept")) == (404, "not-found")


@pytest.mark.parametrize("query", ["q=%ff", "%ff=1", "q=%ed%a0%80", "&".join(["q=1"] * 500)])
def test_an_unreadable_query_is_400(client, query):
    assert code_of(client.get(f"/samples/numbers?{query}")) == (400, "malformed-query")


def test_raw_bytes_in_a_query_are_400(client):
    answer = client.get("/samples/numbers", environ_overrides={"QUERY_STRING": "q=\xff"})
    assert code_of(answer) == (400, "malformed-query")


@pytest.mark.parametrize(
    "query",
    [
        "q=a",
        "limit=0",
        "limit=201",
        "limit=",
        "limit=1.0",
        "limit=%2B1",
        "limit=5&limit=5",
        "limit=٣",
        "cursor=",
        "cursor=x",
        "cursor=%00",
        "cursor=bnVsbA",
        "%00=1",
        "=1",
    ],
)
def test_a_query_that_nobody_asked_for_is_422(client, query):
    assert code_of(client.get(f"/samples/numbers?{query}")) == (422, "invalid-request")


@pytest.mark.parametrize("path", ["/samples/kept?x=1", "/samples/answers/a?x=1"])
def test_a_query_is_422_where_there_is_none(client, path):
    answer = client.get(path)
    assert code_of(answer) == (422, "invalid-request")
    assert answer.json["errors"][0]["parameter"] == "x"


def test_a_body_with_fields_is_422_where_there_is_none(client):
    answer = client.delete("/samples/answers/a", json={"force": True})
    assert code_of(answer) == (422, "invalid-request")


def test_an_empty_object_may_be_sent_where_there_is_no_body(client):
    assert client.delete("/samples/answers/a", json={}).status_code == 204
    assert client.delete("/samples/answers/a").status_code == 204


@pytest.mark.parametrize(
    "header",
    [
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "X-Request-ID",
        "If-None-Match",
        "Host",
        "Authorization",
        "Content-Type",
        "User-Agent",
        "Range",
    ],
)
@pytest.mark.parametrize(
    "value", ["", ";q=,,,=", "\xff\xfe", "a" * 20_000, '"', "*;q=nan", ", " * 5000]
)
def test_awkward_headers_are_answered(client, header, value):
    for path in ("/samples/kept", "/samples/forms"):
        answer = client.get(path, headers={header: value})
        assert answer.status_code in (200, 304, 400, 406)
