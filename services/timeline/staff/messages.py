"""What we wrote to a worker and to their phone: in words for our staff."""

from __future__ import annotations

from models.merged_list import Details
from models.message import MessageKind
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.values.channel import DeliveryState
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences, joined

SUBJECTS = {
    MessageKind.CODE: Words("kode verifikasi", "a code"),
    MessageKind.PHONE_CHANGED: Words("penggantian nomor HP", "the change of the phone number"),
    MessageKind.PHONE_CHANGE_REQUESTED: Words(
        "permintaan mengganti nomor HP", "a request to replace the phone number"
    ),
    MessageKind.ERASURE_REQUESTED: Words(
        "permintaan menghapus data", "a request to erase the data"
    ),
    MessageKind.IDENTITY_DECIDED: Words(
        "keputusan petugas tentang data diri", "what staff decided about the identity"
    ),
    MessageKind.ENROLLED: Words("platform yang mendaftarkan", "a platform that enrolled them"),
    MessageKind.REMINDER: Words("iuran yang harus dibayar", "the contribution that is due"),
}
DELIVERIES = {
    DeliveryState.QUEUED: Words(
        "Pesan {channel} tentang {message} menunggu dikirim.",
        "A {channel} message about {message} waits to be sent.",
    ),
    DeliveryState.SENT: Words(
        "Pesan {channel} tentang {message} dikirim; belum ada kabar apakah sampai.",
        "A {channel} message about {message} was sent; whether it arrived is not known.",
    ),
    DeliveryState.DELIVERED: Words(
        "Pesan {channel} tentang {message} sampai.", "A {channel} message about {message} arrived."
    ),
    DeliveryState.FAILED: Words(
        "Pesan {channel} tentang {message} gagal.", "A {channel} message about {message} failed."
    ),
}
_CALLED_OFF = Words(
    "Pesan {channel} tentang {message} tidak jadi dikirim, karena alasannya sudah tidak ada.",
    "A {channel} message about {message} was not sent, because there was no reason any more.",
)
_FOLLOWED = Words("Disusul dengan SMS.", "One by text message followed.")
_FOLLOWS = Words(
    "Ini susulan dari pesan WhatsApp yang gagal.", "It follows one by WhatsApp that failed."
)
_RESENT = Words("Ini dikirim ulang oleh petugas.", "It was sent again by staff.")
_TO_OTHER = Words(
    "Tujuannya nomor {phone_masked}, yang tercatat saat itu.",
    "It was for {phone_masked}, the number on record at that time.",
)
_CONFIRMED = Words("Kodenya dipakai pada {confirmed_at}.", "The code was used on {confirmed_at}.")
_WRONG = Words(
    "Kode yang salah dimasukkan {wrong_codes} kali.", "A wrong code was typed {wrong_codes} times."
)
_UNUSED = Words("Kodenya tidak dipakai.", "The code was not used.")


def _message(message: Details) -> Words:
    return joined(
        _CALLED_OFF if message["called_off"] else DELIVERIES[message["delivery"]],
        _TO_OTHER if message["phone_masked"] else None,
        _FOLLOWED if message["follow_up"] else None,
        _FOLLOWS if message["follows"] else None,
        _RESENT if message["resent_of"] and not message["follows"] else None,
    )


def _code(message: Details) -> Words:
    return joined(
        DELIVERIES[message["delivery"]],
        _FOLLOWED if message["follow_up"] else None,
        _FOLLOWS if message["follows"] else None,
        _WRONG if message["wrong_codes"] else None,
        _CONFIRMED if message["confirmed_at"] else _UNUSED,
    )


SENTENCES: StaffSentences = {
    TimelineKind.MESSAGE_SENT: _message,
    StaffKind.CODE_SENT: _code,
}
