"""What only pages refuse."""

from __future__ import annotations

from api.refusals import Refusal
from models.values.words import Words


class FormNotOurs(Refusal):
    status = 403
    code = "form-not-ours"
    title = Words("Formulir ini tidak dikirim dari sini", "This form was not sent from here")
    detail = Words(
        "Tidak ada yang dilakukan. Buka halamannya di konsol ini, lalu isi di sana.",
        "Nothing was done. Open the page in this console and fill it in there.",
    )


class FormStale(Refusal):
    status = 403
    code = "form-stale"
    title = Words("Formulir ini sudah terlalu lama terbuka", "This form was open for too long")
    detail = Words(
        "Tidak ada yang dilakukan. Buka halamannya lagi, lalu kirim sekali lagi.",
        "Nothing was done. Open the page again, then send it once more.",
    )


class FormUnreadable(Refusal):
    status = 400
    code = "form-unreadable"
    title = Words("Formulir tidak dapat dibaca", "The form cannot be read")
    detail = Words(
        "Tidak ada yang dilakukan. Buka halamannya lagi dan ketik ulang isiannya.",
        "Nothing was done. Open the page again and type the values anew.",
    )


class FormInProgress(Refusal):
    status = 409
    code = "form-in-progress"
    title = Words("Formulir ini sedang dikerjakan", "This form is being worked on")
    detail = Words(
        "Tombolnya ditekan dua kali. Tunggu sebentar, lalu muat ulang halaman ini.",
        "Its button was pressed twice. Wait a moment, then load this page anew.",
    )


class FormUsed(Refusal):
    status = 409
    code = "form-used"
    title = Words("Formulir ini sudah dikirim", "This form was sent before")
    detail = Words(
        "Isian yang pertama sudah dilaksanakan. Buka halamannya lagi dan lihat hasilnya dulu.",
        "What it said then has been done. Open the page again and look at that first.",
    )
