"""Virtual account numbers, as payers type them and as SNAP BI cuts them in two."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto

from models.values.numerals import plain

# SNAP BI allows 8 + 20; more than 18 do not fit the screens of many ATMs.
LONGEST = 18
_SERVICE_ID_WIDTH = 8
_SERVICE_ID = re.compile(r"[0-9]{1,8}")
_CUSTOMER_NO = re.compile(r"[0-9]{1,20}")


class VirtualAccountFault(StrEnum):
    NOT_DIGITS = auto()
    TOO_LONG = auto()
    OTHER_SERVICE = auto()
    PARTS_DISAGREE = auto()


class InvalidVirtualAccountNumber(ValueError):
    """The text is not a virtual account number that we could have given out."""

    def __init__(self, fault: VirtualAccountFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class VirtualAccountNumber:
    """A bank's number for our service, and our number for one bill; 18 digits at most in all.

    :raises InvalidVirtualAccountNumber: NOT_DIGITS (or a part empty, or longer than SNAP
        allows), or TOO_LONG.
    """

    service_id: str
    customer_no: str

    def __post_init__(self) -> None:
        digits = _SERVICE_ID.fullmatch(self.service_id) and _CUSTOMER_NO.fullmatch(self.customer_no)
        if not digits:
            raise InvalidVirtualAccountNumber(VirtualAccountFault.NOT_DIGITS)
        if len(self.service_id) + len(self.customer_no) > LONGEST:
            raise InvalidVirtualAccountNumber(VirtualAccountFault.TOO_LONG)

    @classmethod
    def draw(
        cls, service_id: str, below: Callable[[int], int] = secrets.randbelow
    ) -> VirtualAccountNumber:
        """A number for a new bill: random, as long as may be, so that none leads to another.

        Its first digit is never 0, which some banks drop. Whether it was ever used before,
        the table says.

        :param service_id: the bank's number for us, without padding.
        :param below: gives a random number from 0 to one less than its argument.
        """
        first = 10 ** (LONGEST - len(service_id) - 1)
        return cls(service_id, str(first + below(9 * first)))

    @classmethod
    def parse(cls, text: str, service_id: str) -> VirtualAccountNumber:
        """Read the whole number as a person types it, knowing which service it is for.

        :raises InvalidVirtualAccountNumber: OTHER_SERVICE, or as the constructor.
        """
        digits = plain(text)
        if not digits.startswith(service_id):
            raise InvalidVirtualAccountNumber(VirtualAccountFault.OTHER_SERVICE)
        return cls(service_id, digits.removeprefix(service_id))

    @classmethod
    def received(
        cls, partner_service_id: str, customer_no: str, virtual_account_no: str
    ) -> VirtualAccountNumber:
        """Read the three ids of a SNAP call, padded with spaces or not, for look-up.

        Answers echo the ids as received; take those from the call, not from here.

        :raises InvalidVirtualAccountNumber: PARTS_DISAGREE, or as the constructor.
        """
        number = cls(partner_service_id.strip(" "), customer_no.strip(" "))
        if str(number) != virtual_account_no.strip(" "):
            raise InvalidVirtualAccountNumber(VirtualAccountFault.PARTS_DISAGREE)
        return number

    @property
    def partner_service_id(self) -> str:
        """As SNAP writes it: eight characters, spaces in front."""
        return self.service_id.rjust(_SERVICE_ID_WIDTH)

    @property
    def virtual_account_no(self) -> str:
        """As SNAP writes it: the padded service and the customer's number, joined."""
        return self.partner_service_id + self.customer_no

    @property
    def masked(self) -> str:
        """Its last three digits only."""
        digits = str(self)
        return "*" * (len(digits) - 3) + digits[-3:]

    def __str__(self) -> str:
        """As people type it: digits only."""
        return self.service_id + self.customer_no

    def __repr__(self) -> str:
        return f"VirtualAccountNumber({self.masked})"
