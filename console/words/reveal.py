"""Words of revealing masked data."""

from models.values.words import Words

REVEAL = {
    "title": Words("Buka data yang tersamar", "Reveal masked data"),
    "lead": Words(
        "Buka hanya yang Anda perlukan. Setiap isian tercatat atas nama Anda, dan peserta melihatnya.",
        "Reveal only what you need. Each field goes on record under your name, and the worker sees "
        "it.",
    ),
    "fields": Words("Isian", "Fields"),
    "note": Words("Catatan untuk auditor", "Note for the auditor"),
    "note_hint": Words("Tanpa nama dan nomor.", "No names, no numbers."),
    "submit": Words("Buka data ini", "Reveal these"),
    "back": Words("Ringkasan peserta", "The worker's summary"),
    "none": Words(
        "Untuk alasan ini tidak ada data yang dapat dibuka.",
        "Nothing can be revealed for this reason.",
    ),
    "shown_title": Words("Data peserta, terbuka", "A worker's data, in clear"),
    "on_record": Words(
        "Ini ditampilkan sekali dan tercatat: {username}, {at}, karena {reason}. Peserta melihatnya di "
        "riwayat akses datanya. Jangan menyalinnya ke tempat lain.",
        "This is shown once and is on record: {username}, {at}, because of {reason}. The worker sees "
        "it in the log of who looked. Copy it nowhere.",
    ),
    "unknown": Words("tidak ada", "not known"),
    "again": Words(
        "Memuat ulang halaman ini membukanya sekali lagi.",
        "Loading this page anew reveals it again.",
    ),
}
