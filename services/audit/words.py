"""What staff did, in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from models.audit_event import AuditEvent
from models.values.access import AccessReason
from models.values.audit import AuditAction, SearchedBy
from models.values.review import Ruling
from models.values.words import Words
from services.access_words import ROLES
from services.errors import DomainError


class Verb(NamedTuple):
    """In Indonesian what is done and what was done are one; in English ``to`` takes ``plain``."""

    id: str
    plain: str
    past: str


VERBS = {
    AuditAction.SIGNED_IN: Verb("masuk", "sign in", "signed in"),
    AuditAction.SIGNED_OUT: Verb("keluar", "sign out", "signed out"),
    AuditAction.SIGNED_OUT_EVERYWHERE: Verb(
        "keluar dari semua perangkat", "sign out everywhere", "signed out everywhere"
    ),
    AuditAction.SESSION_REUSED: Verb(
        "memakai token yang sudah terpakai, sehingga sesinya diakhiri",
        "use a spent token again, so that the session was ended",
        "used a spent token again, so that the session was ended",
    ),
    AuditAction.CHANGED_PASSWORD: Verb(
        "mengganti kata sandinya", "change their password", "changed their password"
    ),
    AuditAction.LOOKED_UP: Verb("mencari peserta", "look for a worker", "looked for a worker"),
    AuditAction.VIEWED_WORKER: Verb(
        "melihat catatan peserta", "see a worker's record", "saw a worker's record"
    ),
    AuditAction.VIEWED_TIMELINE: Verb(
        "melihat riwayat peserta", "see a worker's timeline", "saw a worker's timeline"
    ),
    AuditAction.REVEALED: Verb(
        "membuka data peserta yang tersamar",
        "reveal masked data of a worker",
        "revealed masked data of a worker",
    ),
    AuditAction.RESENT_MESSAGE: Verb(
        "mengirim ulang pesan kepada peserta",
        "send a worker a message again",
        "sent a worker a message again",
    ),
    AuditAction.LISTED_REVIEWS: Verb(
        "melihat antrean pemeriksaan", "see the review queue", "saw the review queue"
    ),
    AuditAction.VIEWED_REVIEW: Verb("melihat kasus pemeriksaan", "see a review", "saw a review"),
    AuditAction.CLAIMED_REVIEW: Verb(
        "mengambil kasus pemeriksaan", "claim a review", "claimed a review"
    ),
    AuditAction.RELEASED_REVIEW: Verb(
        "melepas kasus pemeriksaan", "release a review", "released a review"
    ),
    AuditAction.DECIDED_REVIEW: Verb(
        "memutuskan kasus pemeriksaan", "decide a review", "decided a review"
    ),
    AuditAction.LISTED_REQUESTS: Verb(
        "melihat daftar permintaan data pribadi",
        "see the personal-data requests",
        "saw the personal-data requests",
    ),
    AuditAction.ENTERED_REQUEST: Verb(
        "mencatat permintaan data pribadi",
        "enter a personal-data request",
        "entered a personal-data request",
    ),
    AuditAction.EXPORTED_DATA: Verb(
        "membuat salinan semua data peserta",
        "make a copy of all of a worker's data",
        "made a copy of all of a worker's data",
    ),
    AuditAction.CLOSED_REQUEST: Verb(
        "menyelesaikan permintaan data pribadi",
        "close a personal-data request",
        "closed a personal-data request",
    ),
    AuditAction.LISTED_BATCHES: Verb(
        "melihat daftar berkas mitra", "see the partners' files", "saw the partners' files"
    ),
    AuditAction.VIEWED_BATCH: Verb(
        "melihat berkas mitra", "see a partner's file", "saw a partner's file"
    ),
    AuditAction.RESUMED_BATCH: Verb(
        "melanjutkan berkas mitra yang tertahan",
        "resume a partner's paused file",
        "resumed a partner's paused file",
    ),
    AuditAction.LISTED_ACCOUNTS: Verb(
        "melihat daftar akun petugas", "see the accounts of staff", "saw the accounts of staff"
    ),
    AuditAction.ADDED_ACCOUNT: Verb(
        "membuat akun petugas", "open an account of staff", "opened an account of staff"
    ),
    AuditAction.CLOSED_ACCOUNT: Verb(
        "menutup akun petugas", "close an account of staff", "closed an account of staff"
    ),
    AuditAction.RESET_ACCOUNT: Verb(
        "mengatur ulang akun petugas", "reset an account of staff", "reset an account of staff"
    ),
    AuditAction.LISTED_AUDIT: Verb("membaca catatan audit", "read the audit", "read the audit"),
    AuditAction.TURNED_AWAY: Verb(
        "meminta sesuatu di luar perannya",
        "do what their role does not cover",
        "asked for what their role does not cover",
    ),
}
BY = {
    SearchedBy.NIK: Words("NIK", "NIK"),
    SearchedBy.PHONE: Words("nomor HP", "phone number"),
    SearchedBy.MEMBER_NUMBER: Words("nomor peserta (KPJ)", "member number (KPJ)"),
    SearchedBy.REGISTRATION_NUMBER: Words("nomor pendaftaran", "registration number"),
    SearchedBy.BANK_REFERENCE: Words("nomor referensi bank", "bank reference"),
    SearchedBy.VIRTUAL_ACCOUNT_NO: Words("nomor virtual account", "virtual account number"),
    SearchedBy.EXTERNAL_ID: Words("nomor dari mitra", "a partner's own number"),
    SearchedBy.NAME: Words("nama dan tanggal lahir", "name and birth date"),
    SearchedBy.USERNAME: Words("nama pengguna", "user name"),
}
REASONS = {
    AccessReason.CALLER_ASKS: Words("peserta bertanya", "a caller asks"),
    AccessReason.PAYMENT_MISSING: Words("pembayaran belum tercatat", "a payment is missing"),
    AccessReason.IDENTITY_CASE: Words("kasus identitas", "an identity case"),
    AccessReason.PHONE_CHANGE: Words("penggantian nomor HP", "a change of phone number"),
    AccessReason.PRIVACY_REQUEST: Words("permintaan data pribadi", "a personal-data request"),
    AccessReason.OTHER: Words("lainnya", "another one"),
    AccessReason.IDENTITY_CHECK: Words("pemeriksaan identitas", "an identity check"),
    AccessReason.PAYMENT: Words("pembayaran", "a payment"),
    AccessReason.SHARING: Words("berbagi data", "sharing"),
    AccessReason.OWN_REQUEST: Words("permintaan sendiri", "their own request"),
}
RULINGS: Mapping[str, Words] = {
    Ruling.VERIFY: Words("verifikasi", "verify"),
    Ruling.NEEDS_CORRECTION: Words("minta koreksi", "ask to correct"),
    Ruling.REFUSE: Words("tolak", "refuse"),
    Ruling.APPROVE: Words("setujui nomor baru", "approve the new number"),
    Ruling.REJECT: Words("tolak nomor baru", "reject the new number"),
    Ruling.PAID: Words("uang dikirim kembali", "money sent back"),
    Ruling.SEND_BACK: Words("kembalikan", "send back"),
}
COMMAND_LINE = "command line"
_DONE = Words("{who} {what}{by}{source}.", "{who} {what}{by}{source}.")
_REFUSED = Words(
    "{who} mencoba {what}{by}{source}, tetapi ditolak: {refusal}.",
    "{who} tried to {what}{by}{source}, and was refused: {refusal}.",
)
_REASON = Words("{done} Alasan: {reason}.", "{done} The reason: {reason}.")
_OPERATOR = Words("Pengelola server", "Whoever runs the server")
_STRANGER = Words("Seseorang yang tidak dikenal", "Somebody unknown")
_NOTHING = Words("", "")


def tell(event: AuditEvent) -> Words:
    """Who did it and what, from where, why, and with which error it ended if it did not succeed."""
    verb = VERBS[event.action]
    refusal = event.refusal or ""
    done = (_REFUSED if refusal else _DONE).with_(
        who=_who(event),
        what=Words(verb.id, verb.plain if refusal else verb.past),
        by=_by(event),
        source=_source(event),
        refusal=told_refusal(refusal),
    )
    return _REASON.with_(done=done, reason=REASONS[event.reason]) if event.reason else done


@cache
def told_refusal(code: str) -> Words:
    """What the officer read, with its code. It speaks to them, so it stands in quotes."""
    error = next((each for each in _errors(DomainError) if vars(each).get("code") == code), None)
    if error is None:
        return Words(code, code)
    return Words(f"“{error.title.id}” ({code})", f"“{error.title.en}” ({code})")


def _errors(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _errors(each)


def _who(event: AuditEvent) -> Words:
    if event.username is None or event.role is None:
        return _OPERATOR if event.source == COMMAND_LINE else _STRANGER
    role = ROLES[event.role]
    return Words(f"{event.username} ({role.id})", f"{event.username} ({role.en})")


def _by(event: AuditEvent) -> Words:
    if event.searched_by is None:
        return _NOTHING
    by = BY[event.searched_by]
    return Words(f" menurut {by.id}", f" by {by.en}")


def _source(event: AuditEvent) -> Words:
    if event.source == COMMAND_LINE:
        return Words(" lewat baris perintah", " at the command line")
    return Words(f" dari {event.source}", f" from {event.source}")
