"""Words of the pages about cases that staff decide."""

from models.identity_verdict import IdentityReason
from models.values.identity import Finding
from models.values.review import ReviewKind, ReviewState, Ruling
from models.values.words import Words

ALL = "all"

REVIEWS = {
    "title": Words("Pemeriksaan", "Reviews"),
    "lead": Words("Yang paling lama menunggu di atas.", "The longest waiting first."),
    "show_kind": Words("Jenis", "Kind"),
    "show_state": Words("Keadaan", "State"),
    "none": Words("Tidak ada kasus.", "There are no cases."),
    "caption": Words("Kasus", "Cases"),
    "case": Words("Kasus", "Case"),
    "why": Words("Karena", "Because"),
    "waiting": Words("Menunggu", "Waiting"),
    "state": Words("Keadaan", "State"),
    "who": Words("Ditangani", "Who has it"),
    "nobody": Words("belum ada", "nobody"),
    "you": Words("Anda", "you"),
    "from": Words("mulai {at}", "from {at}"),
    "until": Words("sampai {at}", "until {at}"),
    "decided": Words("Keputusan Anda dilaksanakan.", "Your decision is carried out."),
    "awaiting_second": Words(
        "Keputusan Anda dicatat dan BELUM berlaku: petugas lain harus menguatkannya.",
        "Your decision is noted and does NOT count yet: another officer has to confirm it.",
    ),
    "sent_back": Words(
        "Kasus dikembalikan, untuk diputuskan dari awal.",
        "The case is sent back, to be decided anew.",
    ),
    "released": Words("Kasus dilepas.", "The case is released."),
}
KINDS = {
    ReviewKind.IDENTITY: Words("Identitas", "Identity"),
    ReviewKind.PHONE_CHANGE: Words("Ganti nomor HP", "Change of phone"),
    ReviewKind.REFUND: Words("Pengembalian uang", "Refund"),
}
STATES = {
    ReviewState.OPEN: Words("menunggu petugas", "waiting"),
    ReviewState.CLAIMED: Words("sedang ditangani", "claimed"),
    ReviewState.AWAITING_SECOND: Words("menunggu petugas kedua", "awaiting a second officer"),
    ReviewState.ON_HOLD: Words("masa keberatan", "on hold"),
    ReviewState.REFUSED: Words("ditolak", "refused"),
}
STATE_KINDS = {
    ReviewState.AWAITING_SECOND: "warn",
    ReviewState.CLAIMED: "good",
    ReviewState.REFUSED: "bad",
}
KIND_CHOICES = {ALL: Words("Semua", "All")} | {each.value: said for each, said in KINDS.items()}
STATE_CHOICES = {ALL: Words("Semua yang menunggu", "All that waits")} | {
    each.value: said for each, said in STATES.items()
}
# For staff, in a few words; the worker is told in sentences of their own.
REASONS = {
    IdentityReason.MISMATCH: Words("data berbeda", "data differs"),
    IdentityReason.NOT_FOUND: Words("NIK tidak ditemukan", "NIK not found"),
    IdentityReason.INACTIVE: Words("NIK tidak aktif", "NIK inactive"),
    IdentityReason.DECEASED: Words("tercatat meninggal", "recorded as deceased"),
    IdentityReason.DUPLICATE_RECORD: Words("catatan Dukcapil ganda", "duplicate in the registry"),
    IdentityReason.HELD_BY_ANOTHER: Words("NIK dipegang orang lain", "NIK held by another"),
    IdentityReason.TOO_MANY_CORRECTIONS: Words("terlalu sering dikoreksi", "corrected too often"),
    IdentityReason.MANY_ON_PHONE: Words("banyak orang di satu nomor HP", "many on one phone"),
    IdentityReason.ASKED_TO_CORRECT: Words("diminta mengoreksi", "asked to correct"),
    IdentityReason.REFUSED_BY_STAFF: Words("ditolak petugas", "refused by staff"),
}
FINDINGS = {
    Finding.FOUND: Words("ditemukan", "found"),
    Finding.DECEASED: Words("tercatat meninggal", "deceased"),
    Finding.DUPLICATE: Words("catatan ganda", "duplicate record"),
    Finding.NOT_FOUND: Words("tidak ditemukan", "not found"),
    Finding.INACTIVE: Words("tidak aktif", "inactive"),
}
RULINGS = {
    Ruling.VERIFY: Words("Verifikasi: orangnya benar", "Verify: it is them"),
    Ruling.NEEDS_CORRECTION: Words("Minta peserta mengoreksi", "Ask the worker to correct"),
    Ruling.REFUSE: Words("Tolak (perlu petugas kedua)", "Refuse (takes a second officer)"),
    Ruling.APPROVE: Words("Setujui nomor baru", "Approve the new number"),
    Ruling.REJECT: Words("Tolak nomor baru", "Reject the new number"),
    Ruling.PAID: Words("Uang sudah dikirim kembali", "The money was sent back"),
    Ruling.SEND_BACK: Words("Kembalikan, diputuskan dari awal", "Send back, to be decided anew"),
}
CONFIRMED = {
    Ruling.VERIFY: Words("Kuatkan: verifikasi", "Confirm: verify"),
    Ruling.NEEDS_CORRECTION: Words("Kuatkan: minta koreksi", "Confirm: ask to correct"),
    Ruling.REFUSE: Words("Kuatkan: tolak", "Confirm: refuse"),
}
DECIDED = {
    Ruling.VERIFY: Words("memverifikasi", "to verify"),
    Ruling.NEEDS_CORRECTION: Words("meminta koreksi", "to ask for a correction"),
    Ruling.REFUSE: Words("MENOLAK", "to REFUSE"),
}
