"""Who saw a worker's data and why, in one plain sentence."""

from __future__ import annotations

from models.values.access import Access, AccessReason, Seen, StaffRole, Viewer
from models.values.spoken import spoken_list
from models.values.words import Words

_SENTENCE = Words(
    "{viewer} melihat {seen}. Alasan: {reason}.", "{viewer} saw {seen}. The reason: {reason}."
)
_STAFF = Words("Petugas kami ({role})", "Our staff ({role})")
_VIEWERS = {
    Viewer.REGISTRY: Words("Dukcapil", "The population registry (Dukcapil)"),
    Viewer.BANK: Words("Bank", "A bank"),
    Viewer.WORKER: Words("Anda sendiri", "You"),
}
ROLES = {
    StaffRole.SUPPORT: Words("layanan bantuan", "support"),
    StaffRole.REVIEWER: Words("pemeriksa", "reviewer"),
    StaffRole.OFFICER: Words("pelaksana kampanye", "campaign officer"),
    StaffRole.AUDITOR: Words("auditor", "auditor"),
    StaffRole.ADMIN: Words("pengelola akun petugas", "administrator of staff accounts"),
}
REASONS = {
    AccessReason.CALLER_ASKS: Words(
        "ada yang menghubungi kami tentang data ini", "somebody contacted us about it"
    ),
    AccessReason.PAYMENT_MISSING: Words(
        "mencari pembayaran yang belum tercatat", "to look for a payment that had not shown up"
    ),
    AccessReason.IDENTITY_CASE: Words("memeriksa data diri Anda", "to look into your identity"),
    AccessReason.PHONE_CHANGE: Words(
        "permintaan mengganti nomor HP", "a request to replace the phone number"
    ),
    AccessReason.PRIVACY_REQUEST: Words(
        "permintaan Anda tentang data pribadi", "your request about personal data"
    ),
    AccessReason.OTHER: Words("alasan lain", "another one"),
    AccessReason.IDENTITY_CHECK: Words(
        "mencocokkan data diri Anda dengan catatannya", "to compare your identity with its records"
    ),
    AccessReason.PAYMENT: Words("pembayaran iuran Anda", "the payment of your contribution"),
    AccessReason.SHARING: Words("Anda setuju membagikannya", "you agreed to share it"),
    AccessReason.OWN_REQUEST: Words("diminta dari akun Anda", "it was asked for from your account"),
}
SEEN = {
    Seen.EVERYTHING: Words("semua data Anda", "all of your data"),
    Seen.RECORD: Words(
        "catatan Anda dengan NIK dan nomor HP tersamar", "your record, with NIK and phone masked"
    ),
    Seen.MATCH: Words(
        "tahun lahir serta sebagian nama dan nomor Anda",
        "your birth year, and parts of your name and numbers",
    ),
    Seen.COVERAGE: Words("perlindungan Anda", "your cover"),
    Seen.TIMELINE: Words("riwayat Anda", "your timeline"),
    Seen.BILL: Words("tagihan Anda", "your bill"),
    Seen.MASKED_NAME: Words("inisial nama Anda", "the initials of your name"),
    Seen.NIK: Words("NIK", "the NIK"),
    Seen.FULL_NAME: Words("nama lengkap", "the full name"),
    Seen.BIRTH_PLACE: Words("tempat lahir", "the birth place"),
    Seen.BIRTH_DATE: Words("tanggal lahir", "the birth date"),
    Seen.SEX: Words("jenis kelamin", "the sex"),
    Seen.MOTHER_MAIDEN_NAME: Words("nama gadis ibu kandung", "the mother's maiden name"),
    Seen.PHONE: Words("nomor HP", "the phone number"),
    Seen.EMAIL: Words("alamat email", "the e-mail address"),
    Seen.ADDRESS: Words("alamat", "the address"),
    Seen.REGISTRATION_NUMBER: Words("nomor pendaftaran", "the registration number"),
    Seen.MEMBER_NUMBER: Words("nomor peserta (KPJ)", "the member number (KPJ)"),
    Seen.VIRTUAL_ACCOUNT_NO: Words("nomor virtual account", "the virtual account number"),
    Seen.MONTHLY_INCOME: Words("penghasilan bulanan", "the monthly income"),
    Seen.KUSUKA_NUMBER: Words("nomor KUSUKA", "the KUSUKA number"),
}


def tell(access: Access) -> Words:
    return _SENTENCE.with_(
        viewer=_viewer(access),
        seen=spoken_list([SEEN[each] for each in access.seen]),
        reason=REASONS[access.reason],
    )


def _viewer(access: Access) -> Words:
    if access.viewer is Viewer.STAFF:
        return _STAFF.with_(role=ROLES[StaffRole(access.name or "")])
    if access.viewer is Viewer.PARTNER:
        name = access.name or ""
        return Words(name, name)
    return _VIEWERS[access.viewer]
