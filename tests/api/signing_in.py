"""Calls that a signed-in worker makes."""

from __future__ import annotations

from services.callers import SignedIn
from services.ports import Ports
from services.tokens import Kind


def bearer(ports: Ports, caller: SignedIn, **headers: str) -> dict[str, str]:
    """The headers of a call by this worker."""
    token = ports.tokens.issue(
        Kind.WORKER,
        str(caller.worker_id),
        at=ports.clock.now(),
        sid=str(caller.sign_in_id),
        gen=0,
    )
    return {"Authorization": f"Bearer {token}", **headers}
