"""Words of the fields into which somebody types what they search by."""

from models.values.audit import SearchedBy
from models.values.words import Words

SOUGHT = {
    "by": Words("Cari menurut", "Search by"),
    "number": Words("Nomor", "Number"),
    "number_hint": Words(
        "Tulis seperti dibacakan: spasi, titik, dan tanda hubung tidak masalah.",
        "As it is read out: spaces, dots and hyphens do not matter.",
    ),
    "full_name": Words("Nama", "Name"),
    "full_name_hint": Words(
        "Ejaan, urutan, dan bagian nama boleh berbeda.",
        "Spelling, order and parts may differ.",
    ),
    "birth_date": Words("Tanggal lahir", "Birth date"),
    "external_id": Words("Nomor dari mitra", "The partner's number for them"),
    "partner": Words("Nama mitra", "Partner's name"),
    "which": Words(
        "Nomor ini bisa berarti {kinds}. Pilih salah satu di atas.",
        "This number can be {kinds}. Choose one above.",
    ),
    "unknown": Words(
        "Nomor ini tidak dikenali. Periksa angkanya, atau pilih jenisnya di atas.",
        "This number is not recognised. Check its digits, or choose its kind above.",
    ),
}
ANY_NUMBER = "number"
KINDS: dict[str, Words] = {
    ANY_NUMBER: Words("Nomor apa pun", "Any number"),
    SearchedBy.NAME: Words("Nama dan tanggal lahir", "Name and birth date"),
    SearchedBy.EXTERNAL_ID: Words("Nomor dari mitra", "Partner's number"),
    SearchedBy.NIK: Words("NIK", "NIK"),
    SearchedBy.PHONE: Words("Nomor HP", "Phone"),
    SearchedBy.REGISTRATION_NUMBER: Words("No. pendaftaran", "Registration no."),
    SearchedBy.MEMBER_NUMBER: Words("KPJ", "KPJ"),
    SearchedBy.VIRTUAL_ACCOUNT_NO: Words("Virtual account", "Virtual account"),
    SearchedBy.BANK_REFERENCE: Words("Referensi bank", "Bank reference"),
}
