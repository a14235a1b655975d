"""What a worker is asked to agree to."""

from __future__ import annotations

from models.consent_documents import ConsentDocument
from services.ports import Ports


def current(ports: Ports) -> tuple[ConsentDocument, ...]:
    """The newest version of each document, those first that registration cannot do without."""
    return ports.consents.current()
