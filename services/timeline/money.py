"""Invoices, payments, and what became of the money: in plain words."""

from __future__ import annotations

from models.bank_call import BankOutcome
from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.sentences import Sentences

_REFUSED = Words(
    "Bank memberi tahu bahwa {amount} dibayar pada {paid_at}, tetapi kami tidak dapat menerimanya: "
    "{why} Uang itu masih di bank; mintalah kembali dengan nomor referensi {bank_reference}.",
    "A bank told us that {amount} was paid on {paid_at}, but we could not take it: {why} The money "
    "is still with the bank; ask it to give it back, by the reference {bank_reference}.",
)
REFUSALS = {
    BankOutcome.WRONG_AMOUNT: Words(
        "jumlahnya harus tepat {due}.", "the amount has to be {due} exactly."
    ),
    BankOutcome.ALREADY_PAID: Words(
        "tagihan itu sudah lunas atau digantikan.",
        "that invoice had been paid already, or superseded.",
    ),
    BankOutcome.INACTIVE: Words(
        "tagihan itu sudah kedaluwarsa atau dibatalkan.",
        "that invoice had expired, or had been cancelled.",
    ),
}
_RECEIVED = Words(
    "Kami menerima {amount} lewat bank, dibayar pada {paid_at}.",
    "We received {amount} through a bank, paid on {paid_at}.",
)
_REFERENCE = Words(
    " Nomor referensi bank: {bank_reference}.", " The bank's reference: {bank_reference}."
)
_TO_BE_PAID = Words(
    "Tagihan {amount} untuk {months} dibuat; dapat dibayar sampai {expires_at}.",
    "An invoice of {amount} for {months} was made; it can be paid until {expires_at}.",
)
_PAID_BY_CREDIT = Words(
    "Tagihan untuk {months} dibuat; saldo Anda cukup untuk membayar semuanya.",
    "An invoice for {months} was made; your credit was enough to pay all of it.",
)
_PROTECTS = Words(
    "Iuran {months} lunas, dan melindungi Anda mulai {protected_from} sampai {protected_until}.",
    "The contribution for {months} is paid, and protects you from {protected_from} until "
    "{protected_until}.",
)
_PROTECTS_NOT = Words(
    "Iuran {months} lunas. Bulan yang sudah lewat tidak ikut terlindungi, tetapi kepesertaan Anda "
    "tidak terputus.",
    "The contribution for {months} is paid. What had gone by is not protected by it, but your "
    "membership is unbroken.",
)


def _invoice_made(invoice: Details) -> Words:
    return _TO_BE_PAID if invoice["amount"] else _PAID_BY_CREDIT


def _payment_received(payment: Details) -> Words:
    if payment["bank_reference"] is None:
        return _RECEIVED
    return Words(_RECEIVED.id + _REFERENCE.id, _RECEIVED.en + _REFERENCE.en)


def _payment_refused(payment: Details) -> Words:
    why = REFUSALS[payment["reason"]]
    return Words(_REFUSED.id.replace("{why}", why.id), _REFUSED.en.replace("{why}", why.en))


def _months_paid(paid: Details) -> Words:
    return _PROTECTS if paid["protected_until"] else _PROTECTS_NOT


SENTENCES: Sentences = {
    TimelineKind.INVOICE_MADE: _invoice_made,
    TimelineKind.INVOICE_CANCELLED: Words(
        "Tagihan {amount} untuk {months} dibatalkan.",
        "The invoice of {amount} for {months} was cancelled.",
    ),
    TimelineKind.INVOICE_EXPIRED: Words(
        "Tagihan {amount} untuk {months} kedaluwarsa: belum ada pembayaran yang kami terima sampai "
        "saat itu.",
        "The invoice of {amount} for {months} expired: no payment had reached us by then.",
    ),
    TimelineKind.INVOICE_SUPERSEDED: Words(
        "Tagihan {amount} untuk {months} tidak berlaku lagi, karena bulan yang harus dibayar sudah "
        "berubah.",
        "The invoice of {amount} for {months} no longer stands, because other months are due now.",
    ),
    TimelineKind.PAYMENT_RECEIVED: _payment_received,
    TimelineKind.PAYMENT_REFUSED: _payment_refused,
    TimelineKind.MONTHS_PAID: _months_paid,
    TimelineKind.CREDIT_ADDED: Words(
        "{amount} menjadi saldo Anda, karena tagihannya tidak berlaku lagi. Saldo dipakai lebih "
        "dulu untuk tagihan berikutnya.",
        "{amount} became your credit, because the invoice no longer stood. It is used first on "
        "the next one.",
    ),
    TimelineKind.CREDIT_USED: Words(
        "Saldo {amount} dipakai untuk iuran {months}.",
        "Credit of {amount} was used for {months}.",
    ),
    TimelineKind.REFUND_OPENED: Words(
        "Data diri Anda tidak dapat diterima, jadi iuran {months} tidak berlaku dan {amount} akan "
        "dikembalikan. Petugas kami akan mengurusnya.",
        "Your identity could not be accepted, so {months} will not begin and {amount} is to be "
        "paid back. Our staff will see to it.",
    ),
    TimelineKind.REFUND_PAID: Words(
        "{amount} untuk iuran {months} sudah dikembalikan.",
        "{amount} for {months} has been paid back.",
    ),
}
