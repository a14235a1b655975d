import logging
import socket
from contextlib import ExitStack
from dataclasses import replace

import pytest

from services.operations.listening import PortsTaken, check_ports, with_free_metrics_port
from tests.installation import DEVELOPMENT


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def settings():
    """Three ports that nobody listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        port, sandbox_port, metrics_port = (each.getsockname()[1] for each in sockets)
    return replace(DEVELOPMENT, port=port, sandbox_port=sandbox_port, metrics_port=metrics_port)


class Leaving(logging.Handler):
    """Lets go of a port as soon as somebody says that they wait for it."""

    def __init__(self, earlier):
        super().__init__()
        self.earlier = earlier
        self.said = []

    def emit(self, record):
        self.said.append(record.getMessage())
        self.earlier.close()

    def __enter__(self):
        logging.getLogger("services.operations.listening").addHandler(self)
        return self.said

    def __exit__(self, *_):
        logging.getLogger("services.operations.listening").removeHandler(self)


def refusal(settings):
    with pytest.raises(PortsTaken) as refused:
        check_ports(settings)
    return str(refused.value)


def test_free_ports_are_taken_as_they_are(settings):
    check_ports(settings)
    assert with_free_metrics_port(settings, {}) == settings


def test_a_taken_port_for_metrics_that_nobody_named_is_passed_over(settings, taken):
    moved = with_free_metrics_port(replace(settings, metrics_port=taken), {})
    assert moved.metrics_port > taken
    check_ports(moved)


def test_so_is_one_of_the_other_two(settings):
    moved = with_free_metrics_port(replace(settings, metrics_port=settings.sandbox_port), {})
    assert moved.metrics_port not in (settings.port, settings.sandbox_port)


def test_a_taken_port_that_was_named_is_refused(settings, taken):
    named = replace(settings, metrics_port=taken)
    variables = {"JARING_METRICS_PORT": str(taken)}
    assert with_free_metrics_port(named, variables) == named
    assert f"Port {taken} is taken; set JARING_METRICS_PORT" in refusal(named)


def test_a_port_that_an_earlier_run_still_holds_is_waited_for(settings):
    with socket.create_server(("127.0.0.1", 0)) as earlier, Leaving(earlier) as said:
        check_ports(replace(settings, port=(port := earlier.getsockname()[1])), patience=30)
    assert said == [f"Port {port} is taken; waiting up to 30 s for an earlier run to end"]


def test_an_end_of_waiting_is_a_refusal(settings, taken):
    with pytest.raises(PortsTaken, match=f"Port {taken} is taken"):
        check_ports(replace(settings, port=taken), patience=0.01)


@pytest.mark.parametrize("host", ["nosuch.invalid", "192.0.2.1"])
def test_a_host_that_is_not_of_this_machine_is_not_called_a_taken_port(settings, host):
    told = refusal(replace(settings, host=host))
    assert told.startswith("JARING_HOST is nowhere to listen on: ")
    assert "taken" not in told


def test_a_refusal_says_what_two_side_by_side_need(settings, taken):
    told = refusal(replace(settings, sandbox_port=taken))
    assert f"Port {taken} is taken; set JARING_SANDBOX_PORT to another one." in told
    assert "JARING_PORT, JARING_SANDBOX_PORT and JARING_DATA_DIR" in told


def test_two_of_ours_cannot_be_one(settings):
    told = refusal(replace(settings, sandbox_port=settings.port))
    assert f"JARING_PORT and JARING_SANDBOX_PORT are both {settings.port}" in told
