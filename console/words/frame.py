"""Words of the frame and of what many pages share."""

from models.values.words import Words

FRAME = {
    "product": Words("Jaring", "Jaring"),
    "console": Words("Konsol petugas", "Staff console"),
    "skip": Words("Langsung ke isi", "Skip to the content"),
    "pages": Words("Halaman", "Pages"),
    "account": Words("Akun Anda", "Your account"),
    "sign_out": Words("Keluar", "Sign out"),
    "language": Words("Bahasa", "Language"),
    "optional": Words("boleh kosong", "optional"),
    "summary_title": Words("Ada isian yang perlu diperbaiki", "Some values need correcting"),
    "next_page": Words("Halaman berikutnya", "Next page"),
    "first_page": Words("Ke halaman pertama", "Back to the first page"),
    "more_pages": Words("Halaman lain", "More pages"),
    "none": Words("tidak ada", "none"),
    "ending": Words("berakhir", "ending in"),
    "fault": Words("Perbaiki", "Correct this"),
}
