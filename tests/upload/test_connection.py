"""Calls over a line that breaks, to a server that is restarted."""

from pathlib import Path

import pytest

from tests.upload.partner_api import (
    BATCH,
    DROPPED,
    SECRET,
    PartnerApi,
    problem,
    served,
    status_of,
)
from upload import batch
from upload.connection import Call, Connection
from upload.credentials import Credentials
from upload.driver_file import looked_at
from upload.refusals import CannotUpload, Refused

PATH = "/v1/partner/batches/1"
LOOKING = Call(method="GET", path=PATH)


class Time:
    """Passes only when somebody waits."""

    def __init__(self):
        self.now, self.waits = 0.0, []

    def pause(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def api():
    with served(PartnerApi(statuses=[status_of()])) as api:
        yield api


@pytest.fixture
def connect(time):
    """Makes connections, and closes them."""
    made = []

    def connect(url, secret=SECRET, **options):
        told = {"pause": time.pause, "now": lambda: time.now, **options}
        made.append(Connection(url, Credentials("jrc_1", secret), **told))
        return made[-1]

    yield connect
    for each in made:
        each.close()


def test_one_token_serves_many_calls(api, connect):
    connection = connect(api.url)
    for _ in range(3):
        connection.document(LOOKING)
    assert len(api.sent_to("/v1/oauth/token")) == 1


def test_a_token_is_exchanged_before_it_runs_out(api, connect, time):
    connection = connect(api.url)
    for _ in range(3):
        connection.document(LOOKING)
        time.now += 850
    assert len(api.sent_to("/v1/oauth/token")) == 3


def test_a_token_that_ended_early_is_exchanged_once(api, connect):
    connection = connect(api.url)
    connection.document(LOOKING)
    api.tokens.append("another")
    connection.document(LOOKING)
    assert len(api.sent_to("/v1/oauth/token")) == 2
    api.replies[PATH] = [problem(401, "partner-token-required")] * 2
    with pytest.raises(Refused):
        connection.document(LOOKING)


@pytest.mark.parametrize(
    "trouble",
    [
        DROPPED,
        problem(408, "upload-stalled"),
        problem(502, "x"),
        problem(503, "x"),
        problem(409, "request-in-progress"),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/v1/oauth/token"])
def test_what_passes_is_waited_for(api, connect, time, trouble, path):
    connection = connect(api.url)
    if path == PATH:
        connection.document(LOOKING)
    elif trouble[0] in (0, 409):
        return
    api.replies[path] = [trouble] * 3
    assert connection.document(LOOKING)[0]["status"] == "completed"
    assert len(time.waits) == 3


def test_a_file_that_stalled_is_sent_again_under_its_key(api, connect, tmp_path):
    path = tmp_path / "drivers.csv"
    path.write_bytes(b"external_id,nik\n1,2\n")
    file = looked_at(path)
    api.replies[batch.PATH] = [problem(408, "upload-stalled")]
    key = batch.key_for(file, "basic")
    assert batch.send(connect(api.url), file, "basic", key, lambda _: None).id == BATCH
    sent = api.sent_to(batch.PATH)
    assert [each.headers["idempotency-key"] for each in sent] == [key, key]
    assert [each.body for each in sent] == [path.read_bytes()] * 2


def test_a_server_that_is_busy_says_for_how_long_to_wait(api, connect, time):
    api.replies[PATH] = [problem(429, "x")]
    connect(api.url).document(LOOKING)
    assert time.waits == [3.0]


def test_nobody_waits_for_ever(api, connect, time):
    api.replies[PATH] = [problem(503, "x")] * 1000
    with pytest.raises(CannotUpload, match="still answered with 503"):
        connect(api.url, patience=60).document(LOOKING)
    assert 40 < time.now <= 60


def test_where_nobody_answers_at_first_nobody_is_waited_for(connect, time):
    with pytest.raises(CannotUpload, match="Nobody answers"):
        connect("http://127.0.0.1:1").document(LOOKING)
    assert time.waits == []


def test_a_wrong_secret_is_said_so(api, connect):
    with pytest.raises(CannotUpload, match="are not accepted") as told:
        connect(api.url, secret="jrg_wrong").document(LOOKING)
    assert "jrg_wrong" not in str(told.value)


def test_a_refusal_tells_every_fault(api, connect):
    errors = [
        {"pointer": "/nik", "code": "column-missing", "detail": "Add it."},
        {"parameter": "plan", "code": "not-a-choice", "detail": "Choose one."},
    ]
    api.replies[PATH] = [problem(422, "invalid-request", "Correct these.", errors=errors)]
    with pytest.raises(Refused) as told:
        connect(api.url).document(LOOKING)
    assert str(told.value) == "Correct these.\n  nik: Add it.\n  plan: Choose one."
    assert told.value.code == "invalid-request"


def test_an_error_of_the_server_is_told_with_the_id_to_ask_about_it(api, connect):
    api.replies[PATH] = [problem(500, "internal-error")]
    with pytest.raises(Refused, match="request_id: r-1"):
        connect(api.url).document(LOOKING)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b""])
def test_whoever_is_no_jaring_is_told_from_one(api, connect, body):
    api.replies[PATH] = [(200, {}, body)]
    with pytest.raises(CannotUpload, match="is no Jaring"):
        connect(api.url).document(LOOKING)


def test_a_redirect_is_not_followed(api, connect):
    api.replies[PATH] = [(302, {"Location": "http://127.0.0.1:1/"}, b"")]
    with pytest.raises(CannotUpload, match="sends us elsewhere"):
        connect(api.url).document(LOOKING)


@pytest.mark.parametrize("url", ["http://", "nonsense", "ftp://127.0.0.1", "http://[::1"])
def test_what_is_no_address_is_said_so(connect, url):
    with pytest.raises(CannotUpload):
        connect(url).document(LOOKING)


def test_a_netrc_does_not_sign_for_us(api, connect, tmp_path, monkeypatch):
    (Path(tmp_path) / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert connect(api.url).document(LOOKING)


def test_an_answer_that_breaks_off_is_asked_for_again(api, connect):
    cut = (200, {"Content-Length": "100"}, b'{"status"')
    api.replies[PATH] = [cut]
    assert connect(api.url).document(LOOKING)[0]["status"] == "completed"


def test_the_secret_is_in_no_repr(connect):
    assert SECRET not in repr(connect("http://127.0.0.1:1"))
