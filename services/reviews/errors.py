"""What can stand in the way of a decision."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from models.values.faults import Fault
from models.values.spoken import spoken_instant
from models.values.words import Words
from services.errors import Conflict, NotFound

_SAMPLE_UNTIL = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)

NOT_OF_THIS_KIND = Fault(
    "not-for-this-case",
    Words("Keputusan ini bukan untuk kasus jenis ini.", "This is no decision for such a case."),
)


class ReviewNotFound(NotFound):
    code = "review-not-found"
    title = Words("Kasus tidak ditemukan", "No such case")
    detail = Words(
        "Tidak ada yang perlu diputuskan di sini, atau sudah diputuskan. Lihat daftar kasus.",
        "There is nothing to decide here, or it was decided already. Look at the list of cases.",
    )


class ReviewOver(Conflict):
    code = "review-over"
    title = Words("Kasus ini sudah selesai", "The case is over")
    detail = Words(
        "Kasus ini sudah diputuskan, atau keadaan pekerja sudah berubah sehingga tidak ada lagi "
        "yang perlu diputuskan. Tidak ada yang dilakukan.",
        "It was decided, or things have changed for the worker, so that there is nothing left to "
        "decide. Nothing was done.",
    )


class ReviewClaimed(Conflict):
    """``claimed_by`` is the username of a colleague."""

    code = "review-claimed"
    title = Words("Kasus sedang ditangani rekan Anda", "A colleague is at this case")
    detail = Words(
        "{claimed_by} menanganinya sampai {until}. Ambil kasus lain, atau tunggu.",
        "{claimed_by} has it until {until}. Take another case, or wait.",
    )
    members = ("claimed_by", "claimed_until")
    sample: ClassVar = {
        "claimed_by": "rina",
        "claimed_until": _SAMPLE_UNTIL,
        "until": spoken_instant(_SAMPLE_UNTIL),
    }

    def __init__(self, *, claimed_by: str, claimed_until: datetime) -> None:
        until = spoken_instant(claimed_until)
        super().__init__(claimed_by=claimed_by, claimed_until=claimed_until, until=until)


class ReviewNotClaimed(Conflict):
    code = "review-not-claimed"
    title = Words("Kasus belum Anda ambil", "You have not claimed the case")
    detail = Words(
        "Ambil kasus ini dulu, periksa lagi, lalu putuskan. Kasus yang Anda ambil lepas sendiri "
        "setelah 30 menit.",
        "Claim it first, look at it again, then decide. What you claim is free again after 30 "
        "minutes.",
    )


class ReviewChanged(Conflict):
    code = "review-changed"
    title = Words("Data kasus ini sudah berubah", "The case has changed")
    detail = Words(
        "Ada data yang berubah sejak Anda mengambil kasus ini, misalnya dikoreksi pekerja. Ambil "
        "lagi kasusnya, periksa, lalu putuskan.",
        "Something has changed since you claimed the case; the worker may have corrected it. Claim "
        "it again, look at it, then decide.",
    )


class SecondOfficerNeeded(Conflict):
    code = "second-officer-needed"
    title = Words("Perlu petugas lain", "Another officer is needed")
    detail = Words(
        "Anda sudah memutuskan kasus ini. Petugas lain harus menguatkan atau mengembalikannya.",
        "You have decided this case. Another officer has to confirm it, or to send it back.",
    )


class DecisionDiffers(Conflict):
    code = "decision-differs"
    title = Words("Keputusan berbeda dari yang pertama", "The decision differs from the first one")
    detail = Words(
        "Rekan Anda sudah memutuskan. Kuatkan keputusan yang sama, atau kembalikan (send_back), "
        "lalu putuskan dari awal.",
        "A colleague has decided. Confirm the same decision, or send it back and decide anew.",
    )


class NothingToSendBack(Conflict):
    code = "nothing-to-send-back"
    title = Words("Belum ada keputusan pertama", "There is no first decision")
    detail = Words(
        "Kasus ini belum diputuskan petugas lain. Putuskan sendiri.",
        "No other officer has decided this case. Decide it yourself.",
    )


class NikHeldByAnother(Conflict):
    """Verifying would make two workers hold one NIK."""

    code = "nik-held-by-another"
    title = Words("NIK ini dipegang pekerja lain", "Another worker holds the NIK")
    detail = Words(
        "Hanya satu pekerja dapat memegang sebuah NIK. Periksa siapa yang sah. Jika yang ini, kirim "
        "id pemegangnya sebagai displaces: pemegang itu ditolak setelah petugas lain menguatkannya. "
        "Jika bukan, tolak atau minta koreksi yang ini.",
        "One worker can hold a NIK. Find out whose it is. If it is this one's, send the holder's id "
        "as displaces: the holder is refused once another officer has confirmed. If not, refuse "
        "this one or ask it to correct.",
    )


class NobodyDisplaced(Conflict):
    """One of the two records is nobody's own yet, and becomes part of the other."""

    code = "nobody-is-displaced"
    title = Words("Tidak ada pemegang yang ditolak", "No holder is refused here")
    detail = Words(
        "Salah satu catatan dibuat mitra dan belum ada yang masuk ke dalamnya, jadi keduanya digabung "
        "menjadi satu. Kirim lagi tanpa memilih pemegang NIK (displaces).",
        "A partner made one of the two records and nobody has signed in to it, so they become one. "
        "Send it again without naming the holder (displaces).",
    )


class NotTheHolder(Conflict):
    code = "not-the-holder"
    title = Words("Pemegang NIK bukan pekerja itu", "That worker does not hold the NIK")
    detail = Words(
        "Pekerja di displaces tidak memegang NIK ini, atau tidak lagi. Periksa kasusnya sekali lagi.",
        "The worker in displaces does not hold this NIK, or no longer does. Look at the case again.",
    )
