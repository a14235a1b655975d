"""What of an entry an officer sees, by role and reason: as the table of fields says of a record."""

from __future__ import annotations

from base64 import b64decode

from models.invoice import InvoiceStatus
from models.merged_list import Details, Item
from models.timeline.kind import TimelineKind
from models.timeline.staff.record import SEALED
from models.values.phone import PhoneNumber
from models.values.staff_fields import Shown, Sight, StaffField
from services.notices import RECIPIENT_PLACE
from services.phone_recovery import WANTED_PLACE
from services.vault import Vault

_NUMBER = "virtual_account_no"
_SCORES = ("scores", "elements", "notes")
_SHOWN_DIGITS = 3
_PLACES = {
    TimelineKind.PHONE_CHANGE_REQUESTED: WANTED_PLACE,
    TimelineKind.PHONE_CHANGE_CLOSED: WANTED_PLACE,
    TimelineKind.MESSAGE_SENT: RECIPIENT_PLACE,
}


def shaded(vault: Vault, sight: Sight, item: Item) -> Details:
    """The details as they may be shown and spoken of."""
    details = dict(item.details)
    if SEALED in details:
        sealed = details.pop(SEALED)
        details["phone_masked"] = None if sealed is None else _masked_phone(vault, item, sealed)
    if details.get("status") is InvoiceStatus.OPEN:
        # Whoever knows it can ask a bank what is due. Of the others no bank tells anything.
        _shade(details, _NUMBER, sight.of(StaffField.VIRTUAL_ACCOUNT_NO))
    if "scores" in details and sight.of(StaffField.IDENTITY_ELEMENTS) is Shown.ABSENT:
        details |= dict.fromkeys(_SCORES)
    return details


def _shade(details: Details, name: str, shown: Shown) -> None:
    if name in details and shown is not Shown.PLAIN:
        number = details[name]
        details[name] = "*" * (len(number) - _SHOWN_DIGITS) + number[-_SHOWN_DIGITS:]


def _masked_phone(vault: Vault, item: Item, sealed: str) -> str:
    place = _PLACES[TimelineKind(item.kind)]
    return PhoneNumber(vault.open(place, item.id, b64decode(sealed))).masked
