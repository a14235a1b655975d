"""Addresses of partners, over real sockets: what is called, how long, and what is made of answers."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

from models.values.target_trouble import TargetTrouble
from models.values.webhook_url import UrlRefused
from services.adapters.webhook_targets import CheckedTargets
from services.ports import TargetAnswer
from tests.services.adapters.certificates import Authority
from tests.services.adapters.listener import listening

HOST = "hooks.ojek.example"
URL = f"https://{HOST}/jaring?token=t"
HEADERS = {"webhook-id": "1"}
BODY = b'{"type": "webhook.test"}'
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def context(authority, tmp_path_factory):
    return authority.server(tmp_path_factory.mktemp("certificates"), HOST)


def places(*urls):
    """A resolver that says these, and keeps what it was asked."""
    found = [(each.hostname, each.port) for each in map(urlsplit, urls)]

    def resolve(host, port):
        resolve.asked.append((host, port))
        return found

    resolve.asked = []
    return resolve


def targets_at(authority, *urls, **options):
    settings = {
        "loopback": False,
        "tls": authority.client(),
        "resolve": places(*urls),
        "is_allowed": lambda address: address.startswith("127."),
        "patience": 5.0,
    }
    return CheckedTargets(**{**settings, **options})


def answering(context, answer, seen=None):
    """Hear the request, and answer with these bytes."""

    def converse(connection, over):
        with context.wrap_socket(connection, server_side=True) as secure:
            heard = b""
            while BODY not in heard:
                heard += secure.recv(65536)
            if seen is not None:
                seen.append((heard, secure))
            secure.sendall(answer)
            over.wait(10)

    return converse


def dripping(context, first, drop):
    """Begin to answer, and go on for ever."""

    def converse(connection, over):
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(first)
            while not over.wait(0.02):
                secure.sendall(drop)

    return converse


def sent(targets, url=URL):
    return targets.post(url, BODY, HEADERS)


@pytest.mark.parametrize("status", [200, 204, 299, 404, 410, 500, 503])
def test_the_status_of_the_answer_is_what_comes_back(authority, context, status):
    answer = OK.replace(b"200", str(status).encode())
    with listening(answering(context, answer)) as url:
        assert sent(targets_at(authority, url)) == TargetAnswer(status=status)


def test_what_is_sent_is_one_plain_post_to_the_name(authority, context):
    seen = []
    with listening(answering(context, OK, seen)) as url:
        sent(targets_at(authority, url))
    ((heard, _),) = seen
    head, _, body = heard.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert (first, body) == ("POST /jaring?token=t HTTP/1.1", BODY)
    assert headers["Host"] == HOST
    assert headers["webhook-id"] == "1"
    assert headers["Content-Type"] == "application/json"
    assert headers["Connection"] == "close"


def test_the_name_is_looked_up_once_at_every_send_and_the_answer_is_where_we_connect(
    authority, context
):
    with listening(answering(context, OK)) as url:
        targets = targets_at(authority, url)
        assert [sent(targets).status, sent(targets).status] == [200, 200]
    assert targets.resolve.asked == [(HOST, 443)] * 2


def test_one_address_that_is_not_public_is_enough_to_call_none(authority, context):
    heard = []
    with listening(answering(context, OK, heard)) as url:
        both = targets_at(authority, url, "http://10.0.0.1:443")
        assert sent(both) == TargetAnswer(trouble=TargetTrouble.ADDRESS_NOT_PUBLIC)
    assert heard == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "[::1]", "[fd00::1]"]
)
def test_the_judge_of_production_lets_no_name_lead_inside(authority, address):
    inside = CheckedTargets(loopback=False, resolve=places(f"http://{address}:443"))
    assert sent(inside) == TargetAnswer(trouble=TargetTrouble.ADDRESS_NOT_PUBLIC)


def test_a_name_that_means_something_else_the_second_time_is_judged_again(authority, context):
    with listening(answering(context, OK)) as url:
        outside, inside = places(url)(HOST, 443), [("10.0.0.1", 443)]
        answers = iter([outside, inside])
        targets = targets_at(authority, resolve=lambda host, port: next(answers))
        assert sent(targets).status == 200
        assert sent(targets).trouble is TargetTrouble.ADDRESS_NOT_PUBLIC


def test_another_address_of_the_name_is_tried_where_one_is_closed(authority, context):
    with listening(answering(context, OK)) as url:
        targets = targets_at(authority, f"http://127.0.0.1:{closed_port()}", url)
        assert sent(targets).status == 200


def test_a_certificate_of_another_name_is_refused(authority, tmp_path):
    other = authority.server(tmp_path, "other.example")
    with listening(answering(other, OK)) as url:
        assert sent(targets_at(authority, url)).trouble is TargetTrouble.CERTIFICATE_REFUSED


def test_a_certificate_of_an_unknown_authority_is_refused(authority, tmp_path):
    unknown = Authority().server(tmp_path, HOST)
    with listening(answering(unknown, OK)) as url:
        assert sent(targets_at(authority, url)).trouble is TargetTrouble.CERTIFICATE_REFUSED


def test_a_certificate_that_has_run_out_is_refused(authority, tmp_path):
    old = authority.server(tmp_path, HOST, days=-1)
    with listening(answering(old, OK)) as url:
        assert sent(targets_at(authority, url)).trouble is TargetTrouble.CERTIFICATE_REFUSED


def test_a_redirect_is_an_answer_and_leads_nowhere(authority, context):
    heard = []
    with listening(answering(context, OK, heard)) as elsewhere:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {elsewhere}/\r\nContent-Length: 0\r\n\r\n"
        with listening(answering(context, moved.encode())) as url:
            assert sent(targets_at(authority, url)).status == 307
    assert heard == []


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 2),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status line", "a header", "headers", "informational answers"],
)
def test_a_target_that_drips_bytes_is_left_when_the_time_is_over(authority, context, first, drop):
    with listening(dripping(context, first, drop)) as url:
        started = time.monotonic()
        answer = sent(targets_at(authority, url, patience=0.3))
    # A hundred headers are enough for the library, whatever the time.
    assert answer.trouble in (TargetTrouble.TIMED_OUT, TargetTrouble.NO_HTTP)
    assert time.monotonic() - started < 9


def test_a_target_that_says_nothing_is_left_when_the_time_is_over(authority):
    with listening(lambda connection, over: over.wait(10)) as url:
        answer = sent(targets_at(authority, url, patience=0.2))
    assert answer == TargetAnswer(trouble=TargetTrouble.TIMED_OUT)


def test_so_is_one_that_drips_its_part_of_the_handshake(authority):
    def converse(connection, over):
        connection.recv(65536)
        connection.sendall(b"\x16\x03\x03\x40\x00")
        while not over.wait(0.02):
            connection.sendall(b"\x00")

    with listening(converse) as url:
        started = time.monotonic()
        answer = sent(targets_at(authority, url, patience=0.3))
    assert answer == TargetAnswer(trouble=TargetTrouble.TIMED_OUT)
    assert time.monotonic() - started < 9


def test_an_endless_body_is_not_waited_for(authority, context):
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"
    with listening(dripping(context, endless, b"x" * 65536)) as url:
        assert sent(targets_at(authority, url)) == TargetAnswer(status=200)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n",
        b"\x00\xff" * 100 + b"\n",
    ],
    ids=["another protocol", "no number", "a long header", "many headers", "bytes"],
)
def test_what_is_no_http_is_no_answer(authority, context, answer):
    with listening(answering(context, answer)) as url:
        assert sent(targets_at(authority, url)).trouble is TargetTrouble.NO_HTTP


def test_what_speaks_no_tls_is_no_answer(authority):
    with listening(lambda connection, over: connection.sendall(OK)) as url:
        assert sent(targets_at(authority, url)).trouble is TargetTrouble.NO_HTTP


def test_a_connection_that_nobody_takes_ends_with_the_time(authority):
    """One waits in the queue of a server that accepts none; the next is not even answered."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        place = server.getsockname()
        with socket.create_connection(place), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(place)
            answer = sent(targets_at(authority, f"http://127.0.0.1:{place[1]}", patience=0.2))
    assert answer == TargetAnswer(trouble=TargetTrouble.TIMED_OUT)


def test_a_closed_port_is_no_connection(authority):
    targets = targets_at(authority, f"http://127.0.0.1:{closed_port()}")
    assert sent(targets).trouble is TargetTrouble.NO_CONNECTION


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_told(authority, error):
    def resolve(host, port):
        raise error

    answer = sent(targets_at(authority, resolve=resolve))
    assert answer == TargetAnswer(trouble=TargetTrouble.NAME_NOT_FOUND)


def test_a_resolver_that_hangs_is_left_behind(authority):
    with listening(lambda connection, over: over.wait(10)) as url:
        silent = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port))

        def resolve(host, port):
            silent.recv(1)
            raise OSError

        with silent:
            answer = sent(targets_at(authority, resolve=resolve, patience=0.2))
    assert answer == TargetAnswer(trouble=TargetTrouble.TIMED_OUT)


def test_an_address_that_was_good_when_it_was_named_is_read_again_at_every_send(authority):
    refused = TargetAnswer(trouble=TargetTrouble.URL_REFUSED)
    assert sent(targets_at(authority), "http://127.0.0.1:8081/hooks/a") == refused


def plainly_answering(connection, over):
    connection.recv(65536)
    connection.sendall(OK)


def test_in_development_this_machine_may_be_called(authority):
    with listening(plainly_answering) as url:
        assert sent(CheckedTargets(loopback=True), f"{url}/hooks/a").status == 200


def test_localhost_is_only_this_machine_if_it_says_so(authority):
    elsewhere = CheckedTargets(loopback=True, resolve=lambda host, port: [("10.0.0.1", 80)])
    answer = sent(elsewhere, "http://localhost/hooks/a")
    assert answer.trouble is TargetTrouble.ADDRESS_NOT_PUBLIC


def test_in_production_it_is_refused_when_it_is_named():
    with pytest.raises(UrlRefused):
        CheckedTargets(loopback=False).read("http://127.0.0.1:8081/hooks/a")


def test_proxies_of_the_environment_are_not_asked(authority, context, monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    with listening(answering(context, OK)) as url:
        assert sent(targets_at(authority, url)).status == 200


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
