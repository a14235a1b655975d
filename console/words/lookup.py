"""Words of the look-up page."""

from models.record_standing import RecordStanding
from models.values.identity import IdentityStatus
from models.values.words import Words

LOOKUP = {
    "title": Words("Cari peserta", "Look up a worker"),
    "reason": Words("Alasan (dilihat peserta)", "Reason (the worker sees it)"),
    "note": Words("Catatan untuk auditor", "Note for the auditor"),
    "note_hint": Words(
        "Tanpa NIK, nomor HP, atau nomor lain.", "Without NIK, phone or other numbers."
    ),
    "add_note": Words("Tambah catatan", "Add a note"),
    "submit": Words("Cari", "Look up"),
    "nobody": Words("Tidak ada peserta yang cocok.", "No worker matches."),
    "nobody_hint": Words(
        "Minta dibacakan sekali lagi, atau cari dengan nomor lain. Dengan nama, tanggal lahirnya "
        "harus tepat.",
        "Have it read out once more, or search by another number. With a name, the birth date must "
        "be exact.",
    ),
    "found_one": Words("1 peserta ditemukan", "1 worker found"),
    "found": Words("{count} peserta ditemukan", "{count} workers found"),
    "more": Words(
        "Masih ada yang lain. Cari dengan nomor supaya lebih tepat.",
        "There are others. Search by a number to be more exact.",
    ),
    "on_record": Words(
        "Pencarian ini tercatat, dan setiap peserta yang ditemukan dapat melihatnya.",
        "This search is on record, and each worker found can see it.",
    ),
    "name": Words("Nama", "Name"),
    "born": Words("Lahir", "Born"),
    "lives": Words("Tinggal di", "Lives in"),
    "nik": Words("NIK", "NIK"),
    "phone": Words("HP", "Phone"),
    "registration_number": Words("No. pendaftaran", "Registration no."),
    "member_number": Words("KPJ", "KPJ"),
    "state": Words("Keadaan", "State"),
    "since": Words("Terdaftar", "Registered"),
    "open": Words("Buka", "Open"),
    "open_of": Words("Buka catatan {name}", "Open the record of {name}"),
    "no_name": Words("tanpa nama", "no name"),
}
STANDINGS = {
    RecordStanding.UNCLAIMED: Words("Didaftarkan mitra", "Enrolled by a partner"),
    RecordStanding.ERASED: Words("Data dihapus", "Data erased"),
}
IDENTITIES = {
    IdentityStatus.PENDING: Words("Identitas diperiksa", "Identity being checked"),
    IdentityStatus.VERIFIED: Words("Terverifikasi", "Verified"),
    IdentityStatus.NEEDS_CORRECTION: Words("Perlu koreksi", "To be corrected"),
    IdentityStatus.IN_REVIEW: Words("Diperiksa petugas", "In review"),
    IdentityStatus.REFUSED: Words("Ditolak", "Refused"),
}
KIND_OF_IDENTITY = {
    IdentityStatus.VERIFIED: "good",
    IdentityStatus.NEEDS_CORRECTION: "warn",
    IdentityStatus.IN_REVIEW: "warn",
    IdentityStatus.REFUSED: "bad",
}
