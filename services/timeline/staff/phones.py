"""Phone numbers in a timeline: as they are stored in its details, and masked when it is told."""

from __future__ import annotations

from base64 import b64decode

from models.merged_list import Details, Item
from models.timeline.kind import TimelineKind
from models.timeline.staff.record import SEALED
from models.values.phone import PhoneNumber
from services.notices import RECIPIENT_PLACE
from services.phone_recovery import WANTED_PLACE
from services.vault import Vault

_PLACES = {
    TimelineKind.PHONE_CHANGE_REQUESTED: WANTED_PLACE,
    TimelineKind.PHONE_CHANGE_CLOSED: WANTED_PLACE,
    TimelineKind.MESSAGE_SENT: RECIPIENT_PLACE,
}


def with_masked_phone(vault: Vault, item: Item) -> Details:
    """The details, with ``phone_masked`` for the number as it is stored."""
    if SEALED not in item.details:
        return item.details
    details = dict(item.details)
    sealed = details.pop(SEALED)
    return details | {"phone_masked": None if sealed is None else _masked(vault, item, sealed)}


def _masked(vault: Vault, item: Item, sealed: str) -> str:
    place = _PLACES[TimelineKind(item.kind)]
    return PhoneNumber(vault.open(place, item.id, b64decode(sealed))).masked
