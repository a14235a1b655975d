"""Bodies that are used while they arrive."""

from threading import Event

import pytest
from werkzeug.test import EnvironBuilder

from api.arriving import ArrivingBody, UploadStalled
from api.request import Request
from services.enrolment.file_faults import CutShort


class Line:
    """A connection: gives what is there, and hangs where it is told to, until it is let go."""

    def __init__(self, *parts):
        self._parts = list(parts)
        self.let_go = Event()
        self.waited_for = Event()

    def read(self, size=-1):
        part = self._parts.pop(0) if self._parts else b""
        if part is None:
            self.waited_for.set()
            self.let_go.wait()
            return b""
        if isinstance(part, Exception):
            raise part
        return part


def body(line, length=None, patience=5.0):
    environ = EnvironBuilder(method="POST").get_environ()
    environ |= {"wsgi.input": line, "wsgi.input_terminated": True}
    if length is None:
        environ["HTTP_TRANSFER_ENCODING"] = "chunked"
    else:
        environ["CONTENT_LENGTH"] = str(length)
    return ArrivingBody(Request(environ), patience=patience)


def test_a_body_is_given_block_by_block():
    assert list(body(Line(b"ab", b"c"), 3).blocks()) == [b"ab", b"c"]
    assert list(body(Line(b"ab", b"c")).blocks()) == [b"ab", b"c"]
    assert list(body(Line(), 0).blocks()) == []


def test_a_body_that_stalls_is_given_up():
    line = Line(b"ab", None)
    arriving = body(line, 9, patience=0.05)
    blocks = arriving.blocks()
    assert next(blocks) == b"ab"
    with pytest.raises(UploadStalled):
        next(blocks)
    arriving.hear_out()
    line.let_go.set()


def test_a_body_that_breaks_off_is_noticed():
    for line in (Line(b"ab"), Line(b"ab", OSError())):
        blocks = body(line, 3).blocks()
        assert next(blocks) == b"ab"
        with pytest.raises(CutShort):
            next(blocks)


def test_a_body_that_is_not_wanted_any_more_is_read_no_further():
    line = Line(*[b"a"] * 1_000)
    arriving = body(line)
    next(arriving.blocks())
    arriving.give_up()
    arriving._reader.join(5)
    assert not arriving._reader.is_alive()
    assert len(line._parts) > 900


def test_who_is_still_sending_is_heard_for_a_while():
    short, endless = Line(*[b"a"] * 1_000), Line(*[b"a" * 1024 * 1024] * 1_000)
    for line, left in ((short, 0), (endless, 900)):
        arriving = body(line)
        next(arriving.blocks())
        arriving.hear_out()
        arriving.give_up()
        assert (len(line._parts) > left) == (left > 0)
