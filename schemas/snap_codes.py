"""The response codes of SNAP BI: HTTP status, two digits of the service, two of the case."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from models.bank_call import BankOutcome, BankService
from models.values.words import Words

TOKEN_SERVICE = "73"  # noqa: S105
UNKNOWN_SERVICE = "00"
SERVICES: dict[BankService, str] = {
    BankService.INQUIRY: "24",
    BankService.PAYMENT: "25",
    BankService.STATUS: "26",
}


@dataclass(frozen=True, slots=True)
class SnapCase:
    """One case of the table.

    :param message: SNAP's own words, for programmers; ``{field}`` is filled in.
    """

    status: int
    digits: str
    message: str

    def code(self, service: str) -> str:
        """Seven digits: ``4042512``."""
        return f"{self.status}{service}{self.digits}"

    def message_about(self, field: str) -> str:
        return self.message.format(field=field)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a bank is told of a bill or payment.

    :param flag: SNAP's two digits: ``00`` it can be paid, or is; ``01`` not.
    :param reason: for the payer, at the counter or on the screen.
    """

    case: SnapCase
    flag: str
    reason: Words


SUCCESSFUL = SnapCase(200, "00", "Successful")
MALFORMED = SnapCase(400, "00", "Bad Request")
FIELD_FORMAT = SnapCase(400, "01", "Invalid Field Format {field}")
FIELD_MISSING = SnapCase(400, "02", "Invalid Mandatory Field {field}")
NOT_SIGNED = SnapCase(401, "00", "Unauthorized. [Signature]")
TOKEN_NOT_GOOD = SnapCase(401, "01", "Invalid Token (B2B)")
OURS = SnapCase(500, "00", "General Error")


def case_of_http(status: int) -> SnapCase:
    """What HTTP itself refuses, and SNAP has no case for."""
    return SnapCase(status, "00", HTTPStatus(status).phrase)


_INACTIVE = SnapCase(404, "19", "Invalid Bill/Virtual Account")
_CONFLICT = SnapCase(409, "00", "Conflict")

VERDICTS: dict[BankOutcome, Verdict] = {
    BankOutcome.ACCEPTED: Verdict(SUCCESSFUL, "00", Words("Sukses", "Success")),
    BankOutcome.CREDITED: Verdict(
        SUCCESSFUL, "00", Words("Sukses, menjadi saldo", "Success, kept as credit")
    ),
    BankOutcome.UNKNOWN_BILL: Verdict(
        SnapCase(404, "12", "Invalid Bill/Virtual Account [Not Found]"),
        "01",
        Words("Tagihan tidak ditemukan", "Bill not found"),
    ),
    BankOutcome.WRONG_AMOUNT: Verdict(
        SnapCase(404, "13", "Invalid Amount"),
        "01",
        Words("Jumlah tidak sesuai tagihan", "Not the amount of the bill"),
    ),
    BankOutcome.ALREADY_PAID: Verdict(
        SnapCase(404, "14", "Paid Bill"),
        "01",
        Words("Tagihan sudah dibayar", "Bill has been paid"),
    ),
    BankOutcome.INCONSISTENT: Verdict(
        SnapCase(404, "18", "Inconsistent Request"),
        "01",
        Words("Permintaan berulang tidak konsisten", "Inconsistent repeat"),
    ),
    BankOutcome.INACTIVE: Verdict(
        _INACTIVE, "01", Words("Tagihan sudah tidak berlaku", "Bill is no longer valid")
    ),
    BankOutcome.EXTERNAL_ID_REUSED: Verdict(
        _CONFLICT, "01", Words("X-EXTERNAL-ID sudah dipakai", "X-EXTERNAL-ID was used today")
    ),
}
