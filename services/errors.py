"""The errors that a caller of this system can act on. One that a single use case raises may stand
beside it instead.

DomainError
  Invalid        422  the request is readable, but one of its values cannot be
  Unreadable     422  a file is not what it is said to be, so that nothing of it is kept
  TooLarge       413  more than is taken at once
  NotFound       404  it does not exist, or is not the caller's to see
  NotSignedIn    401  the caller has not shown who they are
  NotAllowed     403  the caller is known, and may not do this
  Conflict       409  well formed, but the present state forbids it
  TooMany        429  not now; ``retry_after`` says when
  Unavailable    503  a system that we depend on gave no usable answer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from models.values.faults import Fault
from models.values.spoken import spoken_wait
from models.values.words import Words


class DomainError(Exception):
    """Base class. ``code`` is published, so it never changes once released.

    :param details: fill the ``{placeholders}`` of ``detail``, and are members of
        the answer where they are named in ``members``. Never anything personal.
    """

    code: ClassVar[str]
    title: ClassVar[Words]
    detail: ClassVar[Words]
    members: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one value.

    :param pointer: where it stands in the body, e.g. ``/birth_date``.
    """

    pointer: str
    code: str
    words: Words

    @classmethod
    def of(cls, pointer: str, fault: Fault) -> FieldFault:
        return cls(pointer, fault.code, fault.said)


class Invalid(DomainError):
    """Values that are readable but cannot be; every fault at once."""

    code = "invalid-request"
    title = Words("Ada isian yang perlu diperbaiki", "Some values need correcting")
    detail = Words("Perbaiki isian yang disebutkan.", "Correct the values that are named.")

    def __init__(self, *faults: FieldFault) -> None:
        super().__init__()
        self.faults = faults


class Unreadable(DomainError):
    """A file cannot be read as what it is said to be: nothing of it is kept."""


class TooLarge(DomainError):
    """More than is taken at once."""


class NotFound(DomainError):
    """What was asked for does not exist, or is not the caller's to see."""


class NotSignedIn(DomainError):
    """The caller has not shown who they are."""


class NotAllowed(DomainError):
    """The caller is known, and may not do this."""


class Conflict(DomainError):
    """The request is well formed but the present state does not allow it."""


class TooMany(DomainError):
    """Too often, for now. ``detail`` may name the ``{wait}``."""

    sample: ClassVar[Mapping[str, Any]] = {"wait": Words("42 detik", "42 seconds")}

    def __init__(self, *, retry_after: timedelta, **details: object) -> None:
        super().__init__(wait=spoken_wait(retry_after), **details)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """A system we depend on did not answer. The same request may succeed later."""


class VerificationNotFound(NotFound):
    code = "verification-not-found"
    title = Words("Verifikasi tidak ditemukan", "No such verification")
    detail = Words("Mulai lagi dari mengisi nomor HP.", "Start again by giving the phone number.")


class CodeIncorrect(Conflict):
    code = "code-incorrect"
    title = Words("Kode salah", "The code is not correct")
    detail = Words(
        "Pakai kode dari pesan kami yang terakhir. Sisa percobaan: {tries_left}; jika habis, "
        "mulai lagi dari mengisi nomor HP.",
        "Use the code from our latest message. Tries left: {tries_left}; after that, start again "
        "by giving the phone number.",
    )
    members = ("tries_left",)


class CodeExpired(Conflict):
    code = "code-expired"
    title = Words("Kode sudah kedaluwarsa", "The code has expired")
    detail = Words(
        "Minta kode dikirim ulang. Jika tidak bisa lagi, mulai dari mengisi nomor HP.",
        "Have the code sent again. Where that is no longer possible, start again by giving the "
        "phone number.",
    )


class CodeUsed(Conflict):
    code = "code-used"
    title = Words("Kode sudah dipakai", "The code has been used")
    detail = Words("Mulai lagi dari mengisi nomor HP.", "Start again by giving the phone number.")


class TooManyTries(TooMany):
    code = "too-many-tries"
    title = Words("Terlalu banyak percobaan", "Too many tries")
    detail = Words(
        "Kode ini tidak dapat dicoba lagi. Tunggu {wait}, lalu mulai lagi dari mengisi nomor HP.",
        "This code can no longer be tried. Wait {wait}, then start again by giving the phone number.",
    )


class TooManyVerifications(TooMany):
    code = "too-many-verifications"
    title = Words("Terlalu sering meminta kode", "Too many codes asked for")
    detail = Words(
        "Tunggu {wait}, lalu minta kode lagi.", "Wait {wait}, then ask for a code again."
    )


class ResendTooEarly(TooMany):
    code = "resend-too-early"
    title = Words("Kode baru saja dikirim", "The code was sent a moment ago")
    detail = Words(
        "Belum sampai? Tunggu {wait}, lalu minta kode dikirim ulang.",
        "Has it not arrived? Wait {wait}, then have it sent again.",
    )


class NotSignedInWithPhone(NotSignedIn):
    code = "phone-not-verified"
    title = Words("Nomor HP belum diverifikasi", "The phone is not verified")
    detail = Words(
        "Verifikasi nomor HP lagi, lalu ulangi.",
        "Verify the phone again, then repeat the request.",
    )


class SignInRequired(NotSignedIn):
    code = "not-signed-in"
    title = Words("Silakan masuk dulu", "Sign in first")
    detail = Words("Masuk lagi, lalu ulangi.", "Sign in again, then repeat the request.")


class SignInRefused(NotSignedIn):
    code = "sign-in-refused"
    title = Words("Tidak dapat masuk", "Sign-in refused")
    detail = Words(
        "Periksa NIK Anda, dan pakai nomor HP yang Anda daftarkan. Jika masih gagal, verifikasi "
        "nomor HP lagi. Jika belum terdaftar, daftar dulu. Jika nomor itu sudah tidak Anda pakai, "
        "ajukan ganti nomor HP di aplikasi.",
        "Check your NIK, and use the phone number that you registered with. If it still fails, "
        "verify the phone again. If you are not registered, register first. If you no longer have "
        "that number, ask for a change of number in the app.",
    )


class SessionEnded(NotSignedIn):
    code = "session-ended"
    title = Words("Sesi sudah berakhir", "The session has ended")
    detail = Words("Verifikasi nomor HP lalu masuk lagi.", "Verify your phone and sign in again.")


class AlreadyRegistered(Conflict):
    code = "already-registered"
    title = Words("Anda sudah terdaftar", "You are already registered")
    detail = Words(
        "Tidak perlu mendaftar lagi. Masuk dengan NIK dan nomor HP yang Anda pakai saat mendaftar. "
        "Jika nomor itu sudah tidak Anda pakai, ajukan ganti nomor HP di aplikasi.",
        "There is no need to register again. Sign in with your NIK and the phone number that you "
        "registered with. If you no longer have that number, ask for a change of number in the app.",
    )


class IdentityVerified(Conflict):
    code = "identity-verified"
    title = Words("Data diri sudah terverifikasi", "The identity is verified")
    detail = Words(
        "Data diri yang sudah cocok dengan Dukcapil tidak dapat diubah di sini. "
        "Jika ada yang keliru, hubungi petugas kami.",
        "What matches the population registry cannot be changed here. If something is wrong, "
        "contact our staff.",
    )


class RequestInProgress(Conflict):
    code = "request-in-progress"
    title = Words("Permintaan masih diproses", "The request is still running")
    detail = Words(
        "Tunggu sebentar, lalu kirim ulang dengan kunci yang sama.",
        "Wait a moment, then send it again with the same key.",
    )


class IdempotencyKeyReused(DomainError):
    """422: the key was used for another request."""

    code = "idempotency-key-reused"
    title = Words("Kunci sudah dipakai", "The key was used before")
    detail = Words(
        "Idempotency-Key ini milik permintaan lain; pakai kunci baru.",
        "This Idempotency-Key belongs to another request; use a new one.",
    )


class IdentityPending(Conflict):
    code = "identity-pending"
    title = Words("Data diri masih diperiksa", "The identity is being checked")
    detail = Words(
        "Tunggu sampai pemeriksaan Dukcapil selesai, lalu coba lagi.",
        "Wait until the population registry has answered, then try again.",
    )


class IdentityNeedsCorrection(Conflict):
    code = "identity-needs-correction"
    title = Words("Data diri perlu diperbaiki", "The identity needs correcting")
    detail = Words(
        "Buka data diri Anda dan ikuti petunjuk di sana, lalu coba lagi.",
        "Open your record and do what it says, then try again.",
    )


class IdentityInReview(Conflict):
    code = "identity-in-review"
    title = Words("Data diri diperiksa petugas", "The identity is with our staff")
    detail = Words(
        "Tunggu keputusan petugas kami, lalu coba lagi.",
        "Wait for our staff to decide, then try again.",
    )


class IdentityRefused(Conflict):
    code = "identity-refused"
    title = Words("Pendaftaran belum dapat dilanjutkan", "The registration cannot go on yet")
    detail = Words(
        "Hubungi petugas kami dan sebutkan nomor pendaftaran Anda.",
        "Contact our staff and give them your registration number.",
    )


class ConsentMissing(Conflict):
    code = "consent-missing"
    title = Words("Persetujuan belum lengkap", "A consent is missing")
    detail = Words(
        "Setujui versi terbaru semua dokumen yang wajib, lalu coba lagi.",
        "Accept the current version of every required document, then try again.",
    )


class ConsentNotGiven(NotFound):
    code = "consent-not-given"
    title = Words("Persetujuan tidak ditemukan", "No such consent")
    detail = Words(
        "Anda belum pernah menyetujui dokumen ini. Lihat daftar persetujuan Anda.",
        "You have never accepted this document. Look at the list of your consents.",
    )


class PlanMissing(Conflict):
    code = "plan-missing"
    title = Words("Paket belum dipilih", "No plan has been chosen")
    detail = Words("Pilih paket dulu, lalu coba lagi.", "Choose a plan first, then try again.")


class InvoiceOpen(Conflict):
    code = "invoice-open"
    title = Words("Masih ada tagihan terbuka", "An invoice is open")
    detail = Words("Bayar atau batalkan tagihan itu dulu.", "Pay that invoice first, or cancel it.")
    members = ("invoice_id",)
    sample: ClassVar = {"invoice_id": "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"}


class TooFarAhead(Conflict):
    code = "too-far-ahead"
    title = Words("Terlalu jauh ke depan", "Too far ahead")
    detail = Words(
        "Iuran dapat dibayar paling jauh sampai {last_month}. Pilih jumlah bulan yang lebih "
        "sedikit, atau bayar lagi nanti.",
        "Contributions can be paid up to {last_month}. Choose fewer months, or pay again later.",
    )
    sample: ClassVar = {"last_month": Words("November 2027", "November 2027")}


class InvoiceNotFound(NotFound):
    code = "invoice-not-found"
    title = Words("Tagihan tidak ditemukan", "No such invoice")
    detail = Words("Lihat daftar tagihan Anda.", "Look at the list of your invoices.")


class InvoiceNotOpen(Conflict):
    code = "invoice-not-open"
    title = Words("Tagihan tidak terbuka", "The invoice is not open")
    detail = Words(
        "Tagihan ini sudah dibayar, dibatalkan, digantikan, atau kedaluwarsa. Lihat daftar tagihan "
        "Anda.",
        "This invoice was paid, cancelled or superseded, or has expired. Look at the list of your "
        "invoices.",
    )


class InvoiceNotPaid(Conflict):
    code = "invoice-not-paid"
    title = Words("Tagihan belum dibayar", "The invoice is not paid")
    detail = Words(
        "Bukti pembayaran tersedia setelah tagihan dibayar.",
        "The receipt is there once the invoice is paid.",
    )
