"""What the columns of a file of drivers hold, for whoever fills one in."""

from __future__ import annotations

from collections.abc import Mapping

from models.values.words import Words

EXAMPLE: Mapping[str, str] = {
    "external_id": "DRV-000123",
    "nik": "3171074507930001",
    "full_name": "Siti Aminah",
    "birth_place": "Bandung",
    "birth_date": "1993-07-05",
    "sex": "F",
    "mother_maiden_name": "Ratna Dewi",
    "phone": "0813-5555-0123",
    "address": "Jl. Kenanga 12, RT 3/RW 4",
    "village_code": "31.71.07.1006",
    "occupation_code": "TR01",
    "monthly_income": "3500000",
    "consent_version": "2026-11",
    "consented_at": "2026-11-20T09:00:00+07:00",
}
"""A row that all rules accept, of somebody who does not exist."""

ABOUT: Mapping[str, Words] = {
    "external_id": Words(
        "ID pengemudi di sistem Anda: 1 sampai 64 karakter, tanpa spasi.",
        "Your own id of the driver: 1 to 64 characters, no spaces.",
    ),
    "nik": Words("16 angka di KTP, sebagai teks.", "The 16 digits on the KTP, as text."),
    "full_name": Words("Nama lengkap seperti di KTP.", "Full name as on the KTP."),
    "birth_place": Words("Tempat lahir. Boleh kosong.", "Place of birth. May be empty."),
    "birth_date": Words(
        "YYYY-MM-DD. Minimal 17 tahun, di bawah 65 tahun.",
        "YYYY-MM-DD. At least 17 years ago, and less than 65.",
    ),
    "sex": Words("M laki-laki, F perempuan.", "M is male, F is female."),
    "mother_maiden_name": Words(
        "Nama gadis ibu kandung. Boleh kosong.", "Mother's maiden name. May be empty."
    ),
    "phone": Words(
        "Nomor HP Indonesia, misalnya 0813... atau +62813..., sebagai teks.",
        "An Indonesian mobile number, such as 0813... or +62813..., as text.",
    ),
    "address": Words("Alamat. Boleh kosong.", "Address. May be empty."),
    "village_code": Words(
        "Kode desa atau kelurahan dengan titik, dari /v1/regions.",
        "Code of the village with its dots, from /v1/regions.",
    ),
    "occupation_code": Words(
        "Kode pekerjaan, dari /v1/occupations.", "Code of the occupation, from /v1/occupations."
    ),
    "monthly_income": Words(
        "Penghasilan sebulan dalam Rupiah bulat, angka saja.",
        "Income a month in whole Rupiah, digits only.",
    ),
    "consent_version": Words(
        "Versi dokumen privasi yang disetujui pengemudi, dari /v1/consents.",
        "Version of the privacy document that the driver accepted, from /v1/consents.",
    ),
    "consented_at": Words(
        "Kapan disetujui: tanggal, atau waktu beserta zonanya.",
        "When it was accepted: a date, or a time with its offset.",
    ),
}
