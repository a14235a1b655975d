"""What banks asked and told us, and what we answered: in words for our staff."""

from __future__ import annotations

from datetime import date, timedelta

from models.bank_call import BankOutcome
from models.invoice import InvoiceStatus
from models.merged_list import Details
from models.policy import Policy
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.values.spoken import spoken_wait
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences, joined

TOLD_LATE = Policy(
    timedelta(minutes=10),
    since=date(2026, 11, 25),
    basis="Banks tell within seconds. From ten minutes on somebody who paid may have called us, and "
    "the officer wants to know why they saw it unpaid.",
)

_PAID = Words("sudah lunas", "it is paid already")
_SUPERSEDED = Words("sudah digantikan", "it was superseded")
_CANCELLED = Words("sudah dibatalkan", "it was cancelled")
_EXPIRED = Words("sudah kedaluwarsa", "it had expired")
OUTCOMES = {
    BankOutcome.ACCEPTED: Words("dapat dibayar", "it can be paid"),
    BankOutcome.CREDITED: Words("diterima sebagai saldo", "taken as credit"),
    BankOutcome.UNKNOWN_BILL: Words("tidak dikenal", "there is none"),
    BankOutcome.WRONG_AMOUNT: Words("jumlahnya salah", "the amount is wrong"),
    BankOutcome.ALREADY_PAID: _PAID,
    BankOutcome.INACTIVE: _EXPIRED,
    BankOutcome.INCONSISTENT: Words("tidak konsisten", "inconsistent"),
    BankOutcome.EXTERNAL_ID_REUSED: Words(
        "X-EXTERNAL-ID sudah dipakai hari itu", "the X-EXTERNAL-ID was used that day"
    ),
}
_ASKED = Words(
    "Bank ({bank}) menanyakan tagihan {due}, nomor {virtual_account_no}. Jawaban kami: {answer}.",
    "A bank ({bank}) asked about the invoice of {due}, number {virtual_account_no}. Our answer: "
    "{answer}.",
)
_REFUSED = Words(
    "DITOLAK: bank ({bank}) memberi tahu bahwa {amount} dibayar pada {paid_at} untuk nomor "
    "{virtual_account_no}, referensi {bank_reference}, tetapi {why}. Uangnya masih di bank; peserta "
    "memintanya kembali di sana dengan referensi itu.",
    "REFUSED: a bank ({bank}) told us that {amount} was paid on {paid_at} under {virtual_account_no}, "
    "reference {bank_reference}, but {why}. The money is still with the bank; the worker asks it "
    "back there, by that reference.",
)
_WRONG_AMOUNT = Words("jumlahnya harus tepat {due}", "the amount has to be {due} exactly")
_HAD_EXPIRED = Words(
    "tagihannya sudah kedaluwarsa pada {expires_at}", "the invoice had expired on {expires_at}"
)
_HAD_BEEN_CANCELLED = Words(
    "tagihannya sudah dibatalkan pada {closed_at}", "the invoice had been cancelled on {closed_at}"
)
_HAD_BEEN_PAID = Words(
    "tagihannya sudah lunas dari pembayaran sebelumnya",
    "the invoice had been paid by an earlier payment",
)
_HAD_BEEN_SUPERSEDED = Words(
    "tagihannya sudah digantikan pada {closed_at}",
    "the invoice had been superseded on {closed_at}",
)
_OTHER = Words("{answer}", "{answer}")
_RECEIVED = Words(
    "DITERIMA: {amount}, dibayar pada {paid_at} untuk nomor {virtual_account_no}, lewat bank ({bank}).",
    "RECEIVED: {amount}, paid on {paid_at} under {virtual_account_no}, through a bank ({bank}).",
)
_REFERENCE = Words("Referensi {bank_reference}.", "Reference {bank_reference}.")
_LATE = Words("Bank baru memberi tahu kami {late} kemudian.", "The bank told us only {late} later.")
_REPEATED = Words(
    "Bank ({bank}) memberi tahu lagi pembayaran dengan referensi {bank_reference}; jawabannya sama "
    "seperti yang pertama.",
    "A bank ({bank}) told us again of the payment with the reference {bank_reference}; the answer was "
    "the first one.",
)
_REPEATED_OTHERWISE = Words(
    "Bank ({bank}) memberi tahu lagi pembayaran dengan referensi {bank_reference}, dengan nomor "
    "permintaan atau jumlah yang tidak cocok; hasil yang pertama tetap berlaku.",
    "A bank ({bank}) told us again of the payment with the reference {bank_reference}, with a call "
    "number or an amount that does not fit; the first result stands.",
)
_STATUS = Words(
    "Bank ({bank}) menanyakan hasil pembayaran untuk nomor {virtual_account_no}, dan diberi tahu.",
    "A bank ({bank}) asked what became of the payment under {virtual_account_no}, and was told.",
)
_NOT_LOOKED_AT = Words(
    "Bank ({bank}) menghubungi kami tentang nomor {virtual_account_no}, tetapi ditolak sebelum "
    "tagihannya dilihat: {why}.",
    "A bank ({bank}) called us about {virtual_account_no}, but was refused before the invoice was "
    "looked at: {why}.",
)
NOT_LOOKED_AT = {
    BankOutcome.EXTERNAL_ID_REUSED: Words(
        "nomor permintaannya (X-EXTERNAL-ID) sudah dipakai bank untuk permintaan lain hari itu",
        "the bank had used its X-EXTERNAL-ID for another call that day",
    ),
    BankOutcome.INCONSISTENT: Words(
        "nomor pembayarannya milik pembayaran tagihan lain",
        "its payment id is that of the payment of another bill",
    ),
    BankOutcome.UNKNOWN_BILL: Words(
        "pembayarannya tidak kami kenal, atau nomor lembaganya bukan milik kami",
        "we know no such payment, or the biller's number is not ours",
    ),
}


def _answer(call: Details) -> Words:
    """What the bank was told of the bill, as exactly as it can be known by now."""
    outcome, status = call["answer"], call["status"]
    if outcome is BankOutcome.ALREADY_PAID and status is InvoiceStatus.SUPERSEDED:
        return _SUPERSEDED
    if outcome is BankOutcome.INACTIVE and status is InvoiceStatus.CANCELLED:
        return _CANCELLED
    return OUTCOMES[outcome]


def _with(sentence: Words, **parts: Words) -> Words:
    """Some of its ``{names}`` replaced; the details fill in the others."""
    said_id, said_en = sentence.id, sentence.en
    for name, part in parts.items():
        said_id = said_id.replace(f"{{{name}}}", part.id)
        said_en = said_en.replace(f"{{{name}}}", part.en)
    return Words(said_id, said_en)


def _asked(call: Details) -> Words:
    return _with(_ASKED, answer=_answer(call))


def _refused(call: Details) -> Words:
    return _with(_REFUSED, why=_why(call))


def _why(call: Details) -> Words:
    status = call["status"]
    match call["answer"]:
        case BankOutcome.WRONG_AMOUNT:
            return _WRONG_AMOUNT
        case BankOutcome.INACTIVE:
            return _HAD_BEEN_CANCELLED if status is InvoiceStatus.CANCELLED else _HAD_EXPIRED
        case BankOutcome.ALREADY_PAID:
            return _HAD_BEEN_SUPERSEDED if status is InvoiceStatus.SUPERSEDED else _HAD_BEEN_PAID
    return _with(_OTHER, answer=OUTCOMES[call["answer"]])


def _received(payment: Details) -> Words:
    late = payment["told_at"] - payment["paid_at"]
    return joined(
        _RECEIVED,
        _REFERENCE if payment["bank_reference"] is not None else None,
        _with(_LATE, late=spoken_wait(late)) if late >= TOLD_LATE.value else None,
    )


def _repeated(call: Details) -> Words:
    inconsistent = call["answer"] is BankOutcome.INCONSISTENT
    return _REPEATED_OTHERWISE if inconsistent else _REPEATED


def _not_looked_at(call: Details) -> Words:
    outcome = call["answer"]
    return _with(_NOT_LOOKED_AT, why=NOT_LOOKED_AT.get(outcome, OUTCOMES[outcome]))


SENTENCES: StaffSentences = {
    StaffKind.BANK_INQUIRED: _asked,
    StaffKind.BANK_CALL_REFUSED: _not_looked_at,
    TimelineKind.PAYMENT_REFUSED: _refused,
    TimelineKind.PAYMENT_RECEIVED: _received,
    StaffKind.PAYMENT_REPEATED: _repeated,
    StaffKind.BANK_ASKED_STATUS: _STATUS,
}
