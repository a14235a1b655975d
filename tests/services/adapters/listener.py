"""A server on the loopback that answers with the very bytes a test gives it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def listening(converse: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Hold one conversation per connection; gives the base URL.

    The event is set when the test is over, so that a slow server can be left waiting.
    """
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    accepting = threading.Thread(target=_accept, args=(server, converse, over), daemon=True)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        # Closing alone wakes nobody: it would listen on until the next one has come.
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        accepting.join(30)


def _accept(
    server: socket.socket,
    converse: Callable[[socket.socket, threading.Event], None],
    over: threading.Event,
) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, converse, over), daemon=True).start()


def _talk(
    connection: socket.socket,
    converse: Callable[[socket.socket, threading.Event], None],
    over: threading.Event,
) -> None:
    with connection:
        try:
            converse(connection, over)
        except OSError:
            return
