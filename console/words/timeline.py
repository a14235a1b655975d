"""Words around a worker's timeline."""

from collections.abc import Mapping

from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.timeline.staff.topic import Topic
from models.values.staff_fields import StaffField
from models.values.words import Words

ALL = "all"

TIMELINE = {
    "title": Words("Riwayat", "Timeline"),
    "page_title": Words("Riwayat peserta: {topic}", "A worker's timeline: {topic}"),
    "show": Words("Tampilkan", "Show"),
    "back": Words("Ringkasan peserta", "The worker's summary"),
    "none": Words("Belum ada yang terjadi.", "Nothing has happened."),
    "none_later": Words("Tidak ada yang lebih lama.", "There is nothing older."),
    "older": Words("Lebih lama", "Older"),
    "newest": Words("Yang terbaru", "The newest"),
    "looks": Words("Dilihat petugas {count} kali", "Looked at by staff {count} times"),
    "resend": Words("Kirim ulang lewat {channel}", "Send again by {channel}"),
    "resent": Words("Pesan dikirim ulang.", "The message is sent again."),
    "opened_for": Words("Dibuka karena: {reason}", "Opened because: {reason}"),
    "untold": Words("Tidak ditampilkan untuk alasan ini:", "Not shown for this reason:"),
}
UNTOLD: Mapping[str, Words] = {
    StaffField.PLAN: Words("pilihan paket", "plans chosen"),
    StaffField.OPEN_INVOICE: Words("tagihan dan pembayaran", "invoices and payments"),
    StaffField.CONSENTS: Words("persetujuan", "consents"),
    StaffField.PARTNER_LINKS: Words("hubungan dengan mitra", "links with partners"),
}
TOPICS = {
    ALL: Words("Semua", "All"),
    Topic.MONEY: Words("Uang dan perlindungan", "Money and cover"),
    Topic.IDENTITY: Words("Identitas", "Identity"),
    Topic.MESSAGES: Words("Pesan", "Messages"),
    Topic.PARTNERS: Words("Mitra", "Partners"),
    Topic.RECORD: Words("Pendaftaran dan akun", "Record and account"),
    Topic.STAFF: Words("Petugas", "Staff"),
}
# The words of the entry say it, too.
KINDS: Mapping[str, str] = {
    TimelineKind.PAYMENT_RECEIVED: "good",
    TimelineKind.COVERAGE_ACTIVATED: "good",
    TimelineKind.COVERAGE_RESTORED: "good",
    TimelineKind.PAYMENT_REFUSED: "bad",
    StaffKind.BANK_CALL_REFUSED: "bad",
    TimelineKind.COVERAGE_LAPSED: "bad",
    TimelineKind.COVERAGE_GRACE: "warn",
    TimelineKind.INVOICE_EXPIRED: "warn",
    TimelineKind.INVOICE_SUPERSEDED: "warn",
}
# What says whether the money has come. A bank call that was refused may, too.
OF_A_PAYMENT = (TimelineKind.PAYMENT_RECEIVED, TimelineKind.PAYMENT_REFUSED)
