"""Words of revealing masked data."""

from models.values.staff_fields import StaffField
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
FIELDS = {
    StaffField.REGISTRATION_NUMBER: Words("Nomor pendaftaran", "Registration number"),
    StaffField.MEMBER_NUMBER: Words("Nomor peserta (KPJ)", "Member number (KPJ)"),
    StaffField.NIK: Words("NIK", "NIK"),
    StaffField.BIRTH_DATE: Words("Tanggal lahir", "Birth date"),
    StaffField.BIRTH_PLACE: Words("Tempat lahir", "Birth place"),
    StaffField.MOTHER_MAIDEN_NAME: Words("Nama gadis ibu kandung", "Mother's maiden name"),
    StaffField.PHONE: Words("Nomor HP", "Phone number"),
    StaffField.EMAIL: Words("Email", "E-mail"),
    StaffField.ADDRESS: Words("Alamat", "Address"),
    StaffField.MONTHLY_INCOME: Words("Penghasilan sebulan", "Monthly income"),
    StaffField.KUSUKA_NUMBER: Words("Nomor KUSUKA", "KUSUKA number"),
    StaffField.VIRTUAL_ACCOUNT_NO: Words("Nomor virtual account", "Virtual account number"),
}
