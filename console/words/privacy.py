"""Words of the pages about what people ask about their data."""

from models.values.privacy import PrivacyRequestKind
from models.values.words import Words

ALL = "all"

REQUESTS = {
    "title": Words("Permintaan data pribadi", "Personal-data requests"),
    "lead": Words(
        "Undang-undang memberi 3x24 jam sejak diminta. Yang paling mendesak di atas.",
        "The law gives 3x24 hours from the request. The most urgent first.",
    ),
    "enter_hint": Words(
        "Diminta lewat surat atau telepon? Cari pesertanya dengan alasan permintaan data pribadi, lalu "
        "catat di sana.",
        "Asked for by letter or phone? Look the worker up, for a personal-data request, and enter it "
        "there.",
    ),
    "look_up": Words("Cari peserta", "Look a worker up"),
    "show": Words("Jenis", "Kind"),
    "none": Words("Tidak ada permintaan yang terbuka.", "There are no open requests."),
    "caption": Words("Permintaan yang terbuka", "Open requests"),
    "request": Words("Permintaan", "Request"),
    "worker": Words("Peserta", "Worker"),
    "asked": Words("Diminta", "Asked"),
    "time": Words("Sisa waktu", "Time left"),
    "left": Words("sisa {span}", "{span} left"),
    "overdue": Words("TERLAMBAT {span}", "OVERDUE by {span}"),
    "due_by": Words("paling lambat {at}", "by {at}"),
    "entered_by": Words("dicatat {username}", "entered by {username}"),
    "in_app": Words("di aplikasi", "in the app"),
    "to_do": Words("Yang dilakukan", "To do"),
    "by_itself": Words("berjalan sendiri", "carries itself out"),
    "exported": Words("salinan dibuat {at}", "copy made {at}"),
    "by_another": Words(
        "Salinan dibuat petugas lain, bukan yang mencatat.",
        "Another officer makes the copy, not who entered it.",
    ),
    "export": Words("Buat salinan (sekali)", "Make the copy (once)"),
    "done": Words("Selesaikan…", "Close…"),
    "cancel": Words("Batalkan…", "Call off…"),
    "said_entered": Words("Permintaan dicatat.", "The request is entered."),
    "said_done": Words("Permintaan selesai.", "The request is closed."),
    "said_cancelled": Words("Permintaan dibatalkan.", "The request is called off."),
}
KINDS = {
    PrivacyRequestKind.EXPORT: Words("Salinan data", "Copy of the data"),
    PrivacyRequestKind.CORRECTION: Words("Koreksi", "Correction"),
    PrivacyRequestKind.ERASURE: Words("Penghapusan", "Erasure"),
    PrivacyRequestKind.WITHDRAWAL: Words("Penarikan persetujuan", "Withdrawal of consent"),
    PrivacyRequestKind.SUSPENSION: Words("Penghentian sementara", "Suspension"),
}
KIND_CHOICES = {ALL: Words("Semua", "All")} | {each.value: said for each, said in KINDS.items()}

CLOSE = {
    "done_title": Words("Selesaikan permintaan", "Close the request"),
    "done_lead": Words(
        "Permintaan ini hilang dari daftar. Penarikan persetujuan yang dicatat petugas berlaku sejak "
        "saat ini.",
        "The request leaves the list. A withdrawal of consent that staff entered takes effect now.",
    ),
    "done_note": Words("Apa yang dilakukan", "What was done"),
    "done_hint": Words(
        "Misalnya: salinan diserahkan di kantor cabang, KTP dilihat. Tanpa nomor.",
        "For example: copy handed over at the branch office, KTP seen. No numbers.",
    ),
    "done_submit": Words("Selesaikan permintaan", "Close the request"),
    "cancel_title": Words("Batalkan permintaan", "Call the request off"),
    "cancel_lead": Words(
        "Hanya untuk yang dicatat petugas: karena keliru, atau orangnya berubah pikiran. Penghapusan "
        "data ikut dibatalkan.",
        "Only for what staff entered: by mistake, or because the person thought better of it. An "
        "erasure is called off with it.",
    ),
    "cancel_note": Words("Kenapa", "Why"),
    "cancel_hint": Words("Untuk auditor. Tanpa nomor.", "For the auditor. No numbers."),
    "cancel_submit": Words("Batalkan permintaan", "Call the request off"),
    "note": Words("Catatan", "Note"),
    "all": Words("Semua permintaan", "All requests"),
}
ENTER = {
    "title": Words("Catat permintaan data pribadi", "Enter a personal-data request"),
    "lead": Words(
        "Untuk yang meminta lewat surat, telepon, atau di kantor. Waktunya dihitung sejak diminta.",
        "For who asked by letter, phone or at the office. The clock runs from when they asked.",
    ),
    "back": Words("Catatan peserta", "The worker's record"),
    "kind": Words("Yang diminta", "What they ask for"),
    "erasure_hint": Words(
        "Penghapusan langsung dimulai: peserta diberi tahu lewat pesan, dan masih dapat "
        "membatalkannya.",
        "An erasure begins at once: the worker is told by message, and can still call it off.",
    ),
    "requested_at": Words("Diminta pada (WIB)", "Asked at (WIB)"),
    "requested_at_hint": Words("Kosongkan jika baru saja.", "Leave it empty for just now."),
    "note": Words(
        "Bagaimana dimintanya, dan dari mana Anda tahu itu orangnya",
        "How they asked, and how you know that it is them",
    ),
    "note_hint": Words(
        "Misalnya: datang ke kantor, KTP dilihat. Tanpa nomor.",
        "For example: came to the office, KTP seen. No numbers.",
    ),
    "submit": Words("Catat permintaan", "Enter the request"),
}
