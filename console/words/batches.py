"""Words of the pages about partners' files."""

from models.batch_inspection import TrialState
from models.enrolment_batch import BatchStatus
from models.values.plan import Plan
from models.values.words import Words

BATCHES = {
    "title": Words("Berkas mitra", "Partner files"),
    "lead": Words(
        "Berkas pengemudi yang dikirim mitra, yang terbaru di atas. Tidak ada nama orang di sini.",
        "Files of drivers that partners sent, the newest first. Nobody is named here.",
    ),
    "show": Words("Tampilkan", "Show"),
    "all": Words("Semua", "All"),
    "paused": Words("Pemeriksaan dijeda", "Checks paused"),
    "processing": Words("Sedang dikerjakan", "In progress"),
    "failed": Words("Gagal", "Failed"),
    "none": Words("Tidak ada berkas.", "There are no files."),
    "none_paused": Words(
        "Tidak ada berkas yang pemeriksaannya dijeda.", "No file has its checks paused."
    ),
    "caption": Words("Berkas", "Files"),
    "partner": Words("Mitra", "Partner"),
    "sent": Words("Dikirim", "Sent"),
    "state": Words("Keadaan", "State"),
    "progress": Words("Kemajuan", "Progress"),
    "rejected": Words("Ditolak", "Rejected"),
    "dry_run": Words("uji coba", "dry run"),
    "of": Words("{done} dari {rows} baris", "{done} of {rows} rows"),
}
BATCH = {
    "title": Words("Berkas {partner}", "File of {partner}"),
    "all": Words("Semua berkas", "All files"),
    "resumed": Words("Pemeriksaan berkas ini dilanjutkan.", "The checks of this file go on."),
    "file": Words("Berkas", "The file"),
    "paused": Words("Pemeriksaan dijeda", "Checks paused"),
    "id": Words("Nomor berkas", "Number of the file"),
    "sent": Words("Dikirim", "Sent"),
    "started": Words("Mulai dikerjakan", "Work began"),
    "ended": Words("Selesai", "Ended"),
    "plan": Words("Paket", "Plan"),
    "dry_run": Words("uji coba", "dry run"),
    "dry_run_hint": Words(
        "Baris hanya dinilai; tidak ada yang didaftarkan.",
        "Rows are only judged; nobody is enrolled.",
    ),
    "rows": Words("Baris", "Rows"),
    "counts": Words("Hasil baris", "What became of the rows"),
    "outcome": Words("Hasil", "Outcome"),
    "accepted": Words("Diterima", "Accepted"),
    "unchanged": Words("Sudah ada, tidak berubah", "Here before, unchanged"),
    "rejected": Words("Ditolak", "Rejected"),
    "not_processed": Words("Tidak dikerjakan", "Not processed"),
    "waiting": Words("Masih menunggu", "Still waiting"),
    "total": Words("Jumlah", "Total"),
    "of": Words("{done} dari {rows} baris", "{done} of {rows} rows"),
    "faults": Words("Kenapa baris ditolak", "Why rows were rejected"),
    "faults_of": Words(
        "Dihitung dari {counted} baris yang ditolak pertama; semuanya ada di hasil milik mitra.",
        "Counted in the first {counted} rejected rows; the partner's own results tell of all.",
    ),
    "faults_forgotten": Words(
        "Rincian baris berkas ini sudah dihapus karena umurnya.",
        "The details of this file's rows have been removed because of their age.",
    ),
    "no_faults": Words("Tidak ada baris yang ditolak.", "No row was rejected."),
    "column": Words("Kolom", "Column"),
    "whole_row": Words("seluruh baris", "the whole row"),
    "fault": Words("Kesalahan", "Fault"),
    "how_many": Words("Baris", "Rows"),
    "where": Words("Misalnya baris", "Such as rows"),
    "checks": Words("Pemeriksaan Dukcapil", "Checks by the population registry"),
    "paused_at": Words("Dijeda", "Paused"),
    "resumed_at": Words("Dilanjutkan", "Resumed"),
    "resume_title": Words("Lanjutkan pemeriksaan", "Let the checks go on"),
    "resume_lead": Words(
        "Sisa berkas diperiksa, berapa pun yang tidak ditemukan. Ini memakai kuota Dukcapil.",
        "The rest of the file is checked, however many are not found. It spends the registry's "
        "quota.",
    ),
    "resume": Words("Lanjutkan pemeriksaan", "Resume the checks"),
    "note": Words("Alasan, untuk auditor", "Why, for the auditor"),
    "note_hint": Words(
        "Misalnya: mitra sudah menjelaskan dari mana datanya. Tanpa nama dan nomor orang.",
        "For example: the partner has explained where the data comes from. No names, no numbers.",
    ),
    "not_yours": Words(
        "Petugas kampanye dapat melanjutkannya.", "A campaign officer can let it go on."
    ),
}
STATUSES = {
    BatchStatus.RECEIVING: Words("sedang diunggah", "being uploaded"),
    BatchStatus.PROCESSING: Words("sedang dikerjakan", "in progress"),
    BatchStatus.COMPLETED: Words("selesai", "completed"),
    BatchStatus.CANCELLED: Words("dibatalkan", "cancelled"),
    BatchStatus.FAILED: Words("gagal", "failed"),
}
STATUS_KINDS = {
    BatchStatus.COMPLETED: "good",
    BatchStatus.FAILED: "bad",
}
TRIALS = {
    TrialState.NOT_BEGUN: Words("belum mulai", "not begun"),
    TrialState.RUNNING: Words("percobaan berjalan", "trial running"),
    TrialState.PASSED: Words("lolos percobaan", "trial passed"),
    TrialState.PAUSED: Words("dijeda", "paused"),
    TrialState.RESUMED: Words("dilanjutkan petugas", "resumed by staff"),
}
TRIAL_KINDS = {TrialState.PASSED: "good", TrialState.PAUSED: "warn"}
PLANS = {
    Plan.BASIC: Words("dasar (JKK, JKM)", "basic (JKK, JKM)"),
    Plan.COMPLETE: Words("lengkap (JKK, JKM, JHT)", "complete (JKK, JKM, JHT)"),
}
