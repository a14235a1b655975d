import os

import pytest

from services.operations.child_process import CannotStart
from services.operations.own_jaring import OwnJaring, own_jaring

PORTS = ("port", "sandbox_port", "metrics_port")


def test_its_ports_are_its_own():
    with own_jaring({}) as one, own_jaring({}) as other:
        ports = {getattr(each, port) for each in (one, other) for port in PORTS}
        assert len(ports) == 6
        assert one.directory != other.directory


def test_it_knows_nothing_of_how_another_one_is_set():
    theirs = {"JARING_DATABASE_URL": "postgresql://somebody.else", "JARING_NOW": "2030-01-01"}
    with own_jaring({"PATH": "/bin", **theirs}) as jaring:
        environment = jaring._environment(None)
    assert environment["JARING_NOW"] == ""
    assert environment["PATH"] == "/bin"
    assert "JARING_DATABASE_URL" not in environment


@pytest.mark.slow
def test_one_that_cannot_start_says_why(tmp_path):
    (tmp_path / "keys").write_text("in the way")
    jaring = OwnJaring(
        directory=tmp_path, port=1, sandbox_port=2, metrics_port=3, variables=os.environ
    )
    with pytest.raises(CannotStart, match="did not start"), jaring.running_at(None):
        pass
