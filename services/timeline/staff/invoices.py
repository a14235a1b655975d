"""Plans, invoices, and what became of the money: in words for our staff."""

from __future__ import annotations

from models.invoice import InvoiceStatus
from models.merged_list import Details
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences, joined

_MADE = Words(
    "Tagihan {amount} untuk {months} dibuat, nomor {virtual_account_no}; dapat dibayar sampai "
    "{expires_at}.",
    "An invoice of {amount} for {months} was made, number {virtual_account_no}; it can be paid until "
    "{expires_at}.",
)
_MADE_FOR_CREDIT = Words(
    "Tagihan untuk {months} dibuat; saldo peserta membayar semuanya.",
    "An invoice for {months} was made; the worker's credit pays all of it.",
)
_NO_BANK = Words(
    "Sampai sekarang tidak ada bank yang menghubungi kami tentang nomor ini.",
    "So far no bank has called us about this number.",
)
_ONLY_ASKED = Words(
    "Bank menanyakan nomor ini {inquiries} kali, tetapi belum pernah memberi tahu pembayaran.",
    "Banks asked about this number {inquiries} times, but never told us of a payment.",
)
_TOLD = Words(
    "Bank memberi tahu pembayaran untuk nomor ini; lihat kabar dari bank.",
    "A bank told us of a payment under this number; see what it told.",
)
_CANCELLED = Words(
    "Tagihan {amount} untuk {months}, nomor {virtual_account_no}, dibatalkan.",
    "The invoice of {amount} for {months}, number {virtual_account_no}, was cancelled.",
)
_EXPIRED = Words(
    "Tagihan {amount} untuk {months}, nomor {virtual_account_no}, kedaluwarsa tanpa pembayaran yang "
    "kami terima.",
    "The invoice of {amount} for {months}, number {virtual_account_no}, expired without a payment "
    "that we took.",
)
_SUPERSEDED = Words(
    "Tagihan {amount} untuk {months}, nomor {virtual_account_no}, digantikan: bulan yang harus "
    "dibayar, atau saldonya, sudah berubah.",
    "The invoice of {amount} for {months}, number {virtual_account_no}, was superseded: other months "
    "are due, or the credit has been used.",
)
_PROTECTS = Words(
    "Iuran {months} lunas, dan melindungi mulai {protected_from} sampai {protected_until}.",
    "The contribution for {months} is paid, and protects from {protected_from} until "
    "{protected_until}.",
)
_PROTECTS_NOT = Words(
    "Iuran {months} lunas, tetapi sudah lewat: bulan tertua dilunasi lebih dulu, dan perlindungan "
    "baru berlaku lagi setelah semua tunggakan lunas.",
    "The contribution for {months} is paid, but had gone by: the oldest month is settled first, and "
    "protection resumes only once all arrears are paid.",
)
_PARTNER_PROTECTS = Words(
    "Iuran {month} dibayar oleh {partner}, dan melindungi mulai {protected_from} sampai "
    "{protected_until}.",
    "The contribution for {month} was paid by {partner}, and protects from {protected_from} until "
    "{protected_until}.",
)
_PARTNER_PROTECTS_NOT = Words(
    "Iuran {month} dibayar oleh {partner}. Bulan itu sudah lewat, jadi tidak melindungi.",
    "The contribution for {month} was paid by {partner}. That month had gone by, so it protects "
    "nothing.",
)
_BILLED = Words(
    "{partner} meminta tagihan kolektif, dengan {amount} untuk iuran {month} peserta ini.",
    "{partner} asked for a collective invoice, with {amount} for this worker's {month}.",
)
COLLECTIVE = {
    CollectiveStatus.OPEN: Words(
        "Belum dibayar; dapat dibayar sampai {expires_at}.",
        "It is not paid; it can be until {expires_at}.",
    ),
    CollectiveStatus.SETTLING: Words(
        "Sudah dibayar, dan sedang dibukukan.", "It is paid, and being posted."
    ),
    CollectiveStatus.EXPIRED: Words(
        "Tagihan itu kedaluwarsa tanpa dibayar.", "It expired without being paid."
    ),
    CollectiveStatus.CANCELLED: Words("Tagihan itu dibatalkan mitra.", "The partner cancelled it."),
    CollectiveStatus.SUPERSEDED: Words(
        "Tagihan itu digantikan, karena saldo mitra sudah dipakai.",
        "It was superseded, because the partner's credit has been used.",
    ),
}
LINES = {
    LineStatus.WAITING: COLLECTIVE[CollectiveStatus.SETTLING],
    LineStatus.PAID: Words("Sudah dibayar.", "It is paid."),
    LineStatus.CREDITED: Words(
        "Sudah dibayar, tetapi bulan itu lebih dulu lunas dari pembayar lain: uangnya menjadi saldo "
        "mitra.",
        "It is paid, but somebody else had settled the month: the money is the partner's credit.",
    ),
    LineStatus.RETURNED: Words(
        "Sudah dibayar, lalu dikembalikan kepada mitra karena data diri peserta ditolak.",
        "It was paid, and went back to the partner because the worker's identity was refused.",
    ),
}


def _banks(invoice: Details) -> Words:
    """What an officer looks for first: whether a bank has said anything."""
    if invoice["payment_calls"]:
        return _TOLD
    return _ONLY_ASKED if invoice["inquiries"] else _NO_BANK


def _made(invoice: Details) -> Words:
    if not invoice["amount"]:
        return _MADE_FOR_CREDIT
    # How it ended is an entry of its own, and says it there.
    is_open = invoice["status"] is InvoiceStatus.OPEN
    return joined(_MADE, _banks(invoice) if is_open else None)


def _cancelled(invoice: Details) -> Words:
    return joined(_CANCELLED, _banks(invoice))


def _expired(invoice: Details) -> Words:
    return joined(_EXPIRED, _banks(invoice))


def _superseded(invoice: Details) -> Words:
    return joined(_SUPERSEDED, _banks(invoice))


def _paid(paid: Details) -> Words:
    return _PROTECTS if paid["protected_until"] else _PROTECTS_NOT


def _paid_by_partner(paid: Details) -> Words:
    return _PARTNER_PROTECTS if paid["protected_until"] else _PARTNER_PROTECTS_NOT


def _collective(line: Details) -> Words:
    if line["collective"] is CollectiveStatus.PAID:
        return joined(_BILLED, LINES[line["line"]])
    return joined(_BILLED, COLLECTIVE[line["collective"]])


SENTENCES: StaffSentences = {
    TimelineKind.TERMS_CHOSEN: Words(
        "Mulai {from_month} berlaku {plan}.", "From {from_month} on the {plan} plan applies."
    ),
    TimelineKind.INVOICE_MADE: _made,
    TimelineKind.INVOICE_CANCELLED: _cancelled,
    TimelineKind.INVOICE_EXPIRED: _expired,
    TimelineKind.INVOICE_SUPERSEDED: _superseded,
    TimelineKind.MONTHS_PAID: _paid,
    TimelineKind.MONTH_PAID_BY_PARTNER: _paid_by_partner,
    TimelineKind.PARTNER_MONTH_TAKEN_BACK: Words(
        "Data diri peserta ditolak, jadi iuran {month} dari {partner} tidak berlaku; {amount} kembali "
        "kepada mitra.",
        "The worker's identity was refused, so {month}, which {partner} paid for, will not begin; "
        "{amount} goes back to the partner.",
    ),
    StaffKind.COLLECTIVE_BILLED: _collective,
    TimelineKind.CREDIT_ADDED: Words(
        "{amount} menjadi saldo peserta: bank sudah mengambil uangnya, tetapi tagihannya digantikan. "
        "Saldo dipakai lebih dulu untuk tagihan berikutnya.",
        "{amount} became the worker's credit: the bank had taken the money, but the invoice was "
        "superseded. It is used first on the next one.",
    ),
    TimelineKind.CREDIT_USED: Words(
        "Saldo {amount} dipakai untuk iuran {months}.", "Credit of {amount} was used for {months}."
    ),
    TimelineKind.REFUND_OPENED: Words(
        "Data diri peserta ditolak, jadi iuran {months} tidak berlaku; {amount} harus dikembalikan.",
        "The worker's identity was refused, so {months} will not begin; {amount} is to be paid back.",
    ),
    TimelineKind.REFUND_PAID: Words(
        "{amount} untuk iuran {months} sudah dikembalikan.",
        "{amount} for {months} has been paid back.",
    ),
    TimelineKind.COVERAGE_ACTIVATED: Words(
        "Perlindungan pertama berlaku sejak {since}.", "The first protection began on {since}."
    ),
    TimelineKind.COVERAGE_GRACE: Words(
        "Perlindungan berakhir, karena iuran {month} belum dibayar.",
        "Protection ended, because {month} had not been paid.",
    ),
    TimelineKind.COVERAGE_LAPSED: Words(
        "Kepesertaan tidak aktif lagi, karena iuran sampai {month} belum dibayar.",
        "The membership lapsed, because the contributions up to {month} had not been paid.",
    ),
    TimelineKind.COVERAGE_RESTORED: Words(
        "Perlindungan berlaku lagi sejak {since}.", "Protection began again on {since}."
    ),
}
