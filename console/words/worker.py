"""Words of a worker's page."""

from models.coverage import CoverageStatus
from models.enrolment import Link
from models.next_step import NextStep
from models.record_standing import RecordStanding
from models.staff_record import CaseKind
from models.values.access import STAFF_REASONS
from models.values.channel import DeliveryState
from models.values.identity import IdentityStatus
from models.values.sex import Sex
from models.values.words import Words
from services.audit.words import REASONS

WHY = {
    "title": Words("Buka catatan peserta", "Open a worker's record"),
    "lead": Words(
        "Pilih alasannya. Peserta melihat alasan ini di riwayat akses datanya, dan alasan menentukan "
        "apa yang ditampilkan.",
        "Choose the reason. The worker sees it in the log of who looked, and it decides what is "
        "shown.",
    ),
    "reason": Words("Alasan", "Reason"),
    "open": Words("Buka", "Open"),
}
REASON_OPTIONS = {reason: REASONS[reason] for reason in STAFF_REASONS}

WORKER = {
    "title": Words("Catatan peserta", "A worker's record"),
    "no_name": Words("Peserta tanpa nama", "A worker without a name"),
    "erased": Words(
        "Data peserta ini sudah dihapus atas permintaannya, pada {at}. Yang tersisa hanya NIK, nama, "
        "tanggal lahir, nomor-nomor, dan catatan uang.",
        "This worker's data was erased at their request, on {at}. Left are NIK, name, birth date, the "
        "numbers and the ledger.",
    ),
    "erased_unclaimed": Words(
        "Catatan ini sudah dihapus pada {at}. Orangnya tidak pernah masuk. Yang tersisa hanya nomor "
        "pendaftaran dan apa yang wajib disimpan.",
        "This record was erased on {at}. Its person had never signed in. Left are the registration "
        "number and what has to be kept.",
    ),
    "opened_for": Words("Dibuka karena: {reason}", "Opened because: {reason}"),
    "told": Words("Peserta dapat melihatnya.", "The worker can see that."),
    "other_reason": Words("Ganti alasan", "Another reason"),
    "glance": Words("Sekilas", "At a glance"),
    "not_for_reason": Words("Tidak ditampilkan untuk alasan ini.", "Not shown for this reason."),
    # Cover and money.
    "cover": Words("Perlindungan", "Cover"),
    "cover_active": Words("Terlindungi sampai {until}", "Protected until {until}"),
    "cover_none": Words("Belum terlindungi", "Not protected yet"),
    "cover_grace": Words("TIDAK terlindungi, terakhir {until}", "NOT protected, last day {until}"),
    "cover_lapsed": Words("TIDAK terlindungi, berakhir {until}", "NOT protected, ended {until}"),
    "cover_since": Words("Sejak {since}.", "Since {since}."),
    "cover_due": Words("Bayar paling lambat {due}.", "To be paid by {due}."),
    "cover_first": Words(
        "Mulai begitu pembayaran pertama diterima.", "It begins with the first payment."
    ),
    "cover_settle": Words(
        "Tunggakan masih dapat dibayar; perlindungan mulai lagi saat itu.",
        "The arrears can still be paid; cover begins again then.",
    ),
    "cover_again": Words(
        "Membayar memulai lagi dari bulan ini, tanpa tunggakan.",
        "Paying starts again from this month, without arrears.",
    ),
    "plan": Words("Paket {plan}.", "Plan: {plan}."),
    "no_plan": Words("Paket belum dipilih.", "No plan is chosen."),
    "owed": Words("Tunggakan", "Arrears"),
    "owed_some": Words("Menunggak {amount}", "Owes {amount}"),
    "owed_months": Words("{months} bulan belum dibayar.", "{months} months unpaid."),
    "owed_month": Words("1 bulan belum dibayar.", "1 month unpaid."),
    "owed_none": Words("Tidak menunggak", "Nothing owed"),
    "credit": Words("Saldo {amount}, dipakai lebih dulu.", "Credit of {amount}, used first."),
    "invoice": Words("Tagihan terbuka", "Open invoice"),
    "invoice_some": Words("{amount} belum dibayar", "{amount} unpaid"),
    "invoice_none": Words("Tidak ada", "None"),
    "invoice_for": Words("Untuk {months}.", "For {months}."),
    "invoice_va": Words("Virtual account", "Virtual account"),
    "invoice_until": Words("Dapat dibayar sampai {until}.", "It can be paid until {until}."),
    "invoice_protects": Words(
        "Jika dibayar sekarang: terlindungi sampai {until}.",
        "If paid now: protected until {until}.",
    ),
    "bank": Words("Kabar terakhir dari bank", "Latest from a bank"),
    "bank_none": Words(
        "Belum ada pembayaran yang diberitahukan bank.", "No bank has told us of a payment."
    ),
    "bank_earlier": Words(
        "Tidak ada di antara kejadian terbaru. Yang lebih lama ada di sini:",
        "None among the latest events. Earlier ones are here:",
    ),
    "identity": Words("Identitas", "Identity"),
    "identity_told": Words("Yang dibaca peserta: “{reason}”", "What the worker reads: “{reason}”"),
    "identity_checked": Words("Diperiksa {at}.", "Checked {at}."),
    "matched": Words("cocok", "agrees"),
    "differs": Words("berbeda", "differs"),
    "next": Words("Langkah berikutnya", "Next step"),
    # Who it is.
    "person": Words("Data diri", "Who it is"),
    "nik": Words("NIK", "NIK"),
    "phone": Words("Nomor HP", "Phone"),
    "registration_number": Words("Nomor pendaftaran", "Registration number"),
    "member_number": Words("Nomor peserta (KPJ)", "Member number (KPJ)"),
    "born": Words("Lahir tahun", "Year of birth"),
    "sex": Words("Jenis kelamin", "Sex"),
    "village": Words("Tempat tinggal", "Lives in"),
    "work": Words("Pekerjaan", "Work"),
    "registered": Words("Terdaftar", "Registered"),
    "unknown": Words("tidak diketahui", "not known"),
    "not_yet": Words("belum ada", "none yet"),
    # What surrounds them.
    "cases": Words("Kasus terbuka", "Open cases"),
    "cases_none": Words("Tidak ada kasus terbuka.", "No open case."),
    "enter_request": Words("Catat permintaan data pribadi", "Enter a personal-data request"),
    "case_since": Words("sejak {at}", "since {at}"),
    "contact": Words("Pesan ke peserta", "Messages to them"),
    "contact_none": Words(
        "Tidak ada pesan dalam 30 hari terakhir.", "No message within the last 30 days."
    ),
    "last_message": Words("Pesan terakhir", "Latest message"),
    "last_delivered": Words("Terakhir sampai", "Last one that arrived"),
    "last_failed": Words("Terakhir gagal", "Last one that failed"),
    "never": Words("tidak ada", "none"),
    "links": Words("Mitra", "Partners"),
    "links_none": Words("Tidak terhubung dengan mitra.", "No partner has them."),
    "link_id": Words("nomor di mitra: {external_id}", "the partner's number: {external_id}"),
    "consents": Words("Persetujuan", "Consents"),
    "consents_none": Words("Tidak ada persetujuan.", "No consents."),
    "consent_given": Words("disetujui {at}", "given {at}"),
    "consent_withdrawn": Words("ditarik {at}", "withdrawn {at}"),
    # Revealing.
    "reveal": Words("Buka data yang tersamar…", "Reveal masked data…"),
    "reveal_none": Words(
        "Untuk alasan ini tidak ada data yang dapat dibuka.",
        "Nothing can be revealed for this reason.",
    ),
    "resent": Words("Pesan dikirim ulang.", "The message is sent again."),
}
STANDINGS = {
    RecordStanding.REGISTERED: Words("terdaftar sendiri", "registered"),
    RecordStanding.UNCLAIMED: Words(
        "didaftarkan mitra, belum pernah masuk", "enrolled, never signed in"
    ),
    RecordStanding.ERASED: Words("data dihapus", "erased"),
}
STANDING_KINDS = {RecordStanding.UNCLAIMED: "warn", RecordStanding.ERASED: "bad"}
IDENTITIES = {
    IdentityStatus.PENDING: Words("Sedang diperiksa Dukcapil", "Being checked"),
    IdentityStatus.VERIFIED: Words("Terverifikasi", "Verified"),
    IdentityStatus.NEEDS_CORRECTION: Words("Perlu dikoreksi peserta", "To be corrected"),
    IdentityStatus.IN_REVIEW: Words("Diperiksa petugas", "In review"),
    IdentityStatus.REFUSED: Words("Ditolak", "Refused"),
}
IDENTITY_KINDS = {
    IdentityStatus.VERIFIED: "good",
    IdentityStatus.NEEDS_CORRECTION: "warn",
    IdentityStatus.IN_REVIEW: "warn",
    IdentityStatus.REFUSED: "bad",
}
COVER_KINDS = {
    CoverageStatus.ACTIVE: "good",
    CoverageStatus.GRACE: "bad",
    CoverageStatus.LAPSED: "bad",
}
NEXT_STEPS = {
    NextStep.WAIT_FOR_IDENTITY: Words(
        "Menunggu jawaban Dukcapil.", "Waiting for the population registry."
    ),
    NextStep.CORRECT_IDENTITY: Words(
        "Peserta mengoreksi data dirinya di aplikasi.", "The worker corrects the data in the app."
    ),
    NextStep.WAIT_FOR_REVIEW: Words(
        "Pemeriksa kami memutuskan kasusnya.", "A reviewer of ours decides the case."
    ),
    NextStep.ACCEPT_CONSENTS: Words(
        "Peserta menyetujui dokumen yang wajib di aplikasi.",
        "The worker accepts the required documents in the app.",
    ),
    NextStep.COMPLETE_PROFILE: Words(
        "Peserta melengkapi data dirinya di aplikasi.", "The worker completes the data in the app."
    ),
    NextStep.CHOOSE_PLAN: Words(
        "Peserta memilih paket di aplikasi.", "The worker chooses a plan in the app."
    ),
    NextStep.PAY: Words(
        "Peserta membuat tagihan di aplikasi dan membayarnya.",
        "The worker makes an invoice in the app and pays it.",
    ),
    NextStep.WAIT_FOR_PAYMENT: Words(
        "Peserta membayar tagihan yang terbuka.", "The worker pays the open invoice."
    ),
    NextStep.NONE: Words("Tidak ada yang perlu dilakukan.", "Nothing needs to be done."),
    NextStep.CONTACT_SUPPORT: Words(
        "Pendaftaran tidak dapat dilanjutkan; jelaskan alasannya kepada peserta.",
        "The registration cannot go on; explain why to the worker.",
    ),
}
CASES = {
    CaseKind.IDENTITY: Words("Identitas", "Identity"),
    CaseKind.PHONE_CHANGE: Words("Ganti nomor HP", "Change of phone"),
    CaseKind.REFUND: Words("Pengembalian uang", "Refund"),
    CaseKind.ERASURE: Words("Penghapusan data", "Erasure"),
}
DELIVERIES = {
    DeliveryState.QUEUED: Words("menunggu dikirim", "waiting"),
    DeliveryState.SENT: Words("terkirim, belum ada kabar", "sent, not known to have arrived"),
    DeliveryState.DELIVERED: Words("sampai", "delivered"),
    DeliveryState.FAILED: Words("gagal", "failed"),
}
DELIVERY_KINDS = {DeliveryState.DELIVERED: "good", DeliveryState.FAILED: "bad"}
LINKS = {
    Link.UNCONFIRMED: Words("belum dikonfirmasi", "not confirmed"),
    Link.CONFIRMED: Words("dikonfirmasi peserta", "confirmed"),
    Link.ENDED: Words("berakhir", "ended"),
}
LINK_KINDS = {Link.CONFIRMED: "good"}
SEXES = {Sex.MALE: Words("laki-laki", "male"), Sex.FEMALE: Words("perempuan", "female")}
