"""What a worker must not have taken back to be served: no cover is shared without, nothing written."""

from services.ports import Ports


def required(ports: Ports) -> list[str]:
    """The names of the documents that are required of a worker."""
    return [each.document for each in ports.consents.required()]
