"""The installation that a command is about: the one that runs here, or that the settings name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from services.operations import running
from services.operations.embedded_postgres import at_hand
from services.ports import Ports
from services.settings import Settings
from services.wiring import build_ports


@contextmanager
def ports_here() -> Iterator[Ports]:
    """Its ports, with its database at hand for as long as the block lasts."""
    settings = Settings.read(running.environment(os.environ))
    embedded = settings.database.embedded
    with at_hand(settings.data_dir) if embedded else nullcontext():
        ports = build_ports(settings)
        try:
            yield ports
        finally:
            ports.transactions.close()
