"""What can be wrong with what somebody says of a person: the same words in every form and file."""

from collections.abc import Mapping

from models.values.faults import Fault
from models.values.nik import NikFault
from models.values.phone import PhoneFault
from models.values.words import Words

NIK_FAULTS: Mapping[NikFault, Fault] = {
    NikFault.NOT_SIXTEEN_DIGITS: Fault(
        "nik-not-sixteen-digits",
        Words(
            "NIK terdiri dari tepat 16 angka. Salin dari KTP Anda.",
            "A NIK has exactly 16 digits. Copy it from the KTP.",
        ),
    ),
    NikFault.HAS_LETTERS: Fault(
        "nik-has-letters",
        Words(
            "NIK hanya berisi angka. Apakah huruf O terketik sebagai pengganti 0?",
            "A NIK has digits only. Was the letter O typed for 0?",
        ),
    ),
    NikFault.SPREADSHEET_NUMBER: Fault(
        "nik-spreadsheet-number",
        Words(
            "Excel mengubah NIK ini menjadi angka dan digitnya hilang. "
            "Ubah format kolom menjadi Teks, lalu isi lagi NIK-nya.",
            "Excel turned this NIK into a number and lost digits. "
            "Format the column as Text, then fill in the NIK again.",
        ),
    ),
    NikFault.UNKNOWN_PROVINCE: Fault(
        "nik-unknown-province",
        Words(
            "Dua angka pertama NIK bukan kode provinsi. Periksa lagi dengan KTP Anda.",
            "The first two digits are not the code of a province. Compare with the KTP.",
        ),
    ),
    NikFault.DISTRICT_ZERO: Fault(
        "nik-district-zero",
        Words(
            "Angka ke-5 dan ke-6 NIK tidak mungkin 00. Periksa lagi dengan KTP Anda.",
            "The 5th and 6th digits cannot be 00. Compare with the KTP.",
        ),
    ),
    NikFault.IMPOSSIBLE_BIRTH_DATE: Fault(
        "nik-impossible-birth-date",
        Words(
            "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir yang ada. "
            "Periksa lagi dengan KTP Anda.",
            "The 7th to 12th digits are not a date of birth that exists. Compare with the KTP.",
        ),
    ),
    NikFault.SERIAL_ZERO: Fault(
        "nik-serial-zero",
        Words(
            "Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi dengan KTP Anda.",
            "The last four digits cannot be 0000. Compare with the KTP.",
        ),
    ),
}

PHONE_FAULTS: Mapping[PhoneFault, Fault] = {
    PhoneFault.UNREADABLE: Fault(
        "phone-unreadable",
        Words(
            "Tulis nomor HP, misalnya 0813-5555-0123.",
            "Write a mobile number, such as 0813-5555-0123.",
        ),
    ),
    PhoneFault.HAS_LETTERS: Fault(
        "phone-has-letters",
        Words(
            "Nomor HP hanya berisi angka. Apakah huruf O terketik sebagai pengganti 0?",
            "A phone number has digits only. Was the letter O typed for 0?",
        ),
    ),
    PhoneFault.SPREADSHEET_NUMBER: Fault(
        "phone-spreadsheet-number",
        Words(
            "Excel mengubah nomor HP ini menjadi angka. "
            "Ubah format kolom menjadi Teks, lalu isi lagi nomornya.",
            "Excel turned this phone number into a number. "
            "Format the column as Text, then fill in the phone number again.",
        ),
    ),
    PhoneFault.TOO_SHORT: Fault(
        "phone-too-short",
        Words("Nomor ini kurang panjang. Ada angka yang terlewat.", "Some digits are missing."),
    ),
    PhoneFault.TOO_LONG: Fault(
        "phone-too-long",
        Words(
            "Nomor ini terlalu panjang. Tulis satu nomor saja.",
            "This is too long. Write one number only.",
        ),
    ),
    PhoneFault.NOT_INDONESIAN: Fault(
        "phone-not-indonesian",
        Words(
            "Gunakan nomor HP Indonesia, yang dimulai dengan 08 atau +62.",
            "Use an Indonesian mobile number, which starts with 08 or +62.",
        ),
    ),
    PhoneFault.NOT_MOBILE: Fault(
        "phone-not-mobile",
        Words(
            "Nomor ini bukan nomor HP, jadi tidak dapat menerima pesan. Gunakan nomor HP.",
            "This is not a mobile number, so it cannot receive messages. Use a mobile one.",
        ),
    ),
}

NOT_A_NAME = Fault(
    "not-a-name", Words("Tulis namanya dengan huruf.", "Write the name with letters.")
)
NOT_A_REGION_CODE = Fault(
    "not-a-region-code",
    Words(
        "Tulis kode dengan titik, misalnya 32.73.02.1002.",
        "Write the code with its dots, such as 32.73.02.1002.",
    ),
)
TOO_YOUNG = Fault(
    "too-young",
    Words(
        "Pendaftar harus berusia minimal 17 tahun.",
        "You must be at least 17 years old to register.",
    ),
)
TOO_OLD = Fault(
    "too-old",
    Words(
        "Pendaftaran pertama hanya untuk usia di bawah 65 tahun.",
        "A first registration is possible until the age of 64.",
    ),
)
UNKNOWN_VILLAGE = Fault(
    "unknown-village",
    Words("Pilih desa atau kelurahan dari daftar.", "Choose the village from the list of regions."),
)
UNKNOWN_OCCUPATION = Fault(
    "unknown-occupation",
    Words("Pilih pekerjaan dari daftar.", "Choose the occupation from the list."),
)
UNKNOWN_DOCUMENT = Fault(
    "unknown-document",
    Words(
        "Dokumen atau versi ini tidak dikenal. Buka lagi daftar dokumen, baca versi terbaru, lalu setujui.",
        "This document or version is not known. Open the list of documents again, read the current one "
        "and accept it.",
    ),
)
