"""A worker's whole journey against a running server, over HTTP as a phone app would make it."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox import demo_joining, demo_paying
from sandbox.demo_connection import Connection
from sandbox.demo_driver import Driver
from sandbox.demo_step import PhoneApp, Step

STEPS = (
    *demo_joining.STEPS,
    demo_paying.ask_price,
    demo_paying.choose_plan,
    demo_paying.ask_invoice,
    demo_paying.pay,
    demo_paying.look_at_cover,
    demo_paying.read_receipt,
)
START = "Start Jaring with `make run`, wait for its addresses, and try again."


def phone_app(url: str, sandbox: str) -> PhoneApp:
    """A new phone in the hands of a driver whom nobody has met."""
    return PhoneApp(
        jaring=Connection(url.rstrip("/"), advice=START),
        sandbox=Connection(sandbox.rstrip("/"), advice=START),
        driver=Driver.drawn(),
    )


def walk(app: PhoneApp) -> Iterator[Step]:
    """Each step once it has been taken.

    :raises CannotGoOn: one of them did not succeed.
    """
    for step in STEPS:
        yield step(app)
