"""Why an identity is not verified yet, and what to do about it, in plain words."""

from models.identity_verdict import IdentityReason
from models.values.words import Words

REASONS = {
    IdentityReason.MISMATCH: Words(
        "Ada data yang berbeda dengan catatan Dukcapil. Perbaiki data yang ditandai sesuai KTP.",
        "Some of your data differs from the population registry. Correct what is marked, as on your KTP.",
    ),
    IdentityReason.NOT_FOUND: Words(
        "NIK ini tidak ditemukan di Dukcapil. Periksa lagi 16 angka NIK di KTP Anda.",
        "The population registry does not know this NIK. Check the 16 digits on your KTP.",
    ),
    IdentityReason.INACTIVE: Words(
        "NIK ini tidak aktif. Datangi Dinas Dukcapil setempat untuk mengaktifkannya. Setelah itu kirim "
        "ulang NIK Anda di sini untuk diperiksa lagi.",
        "This NIK is inactive. Have it activated at your local Dinas Dukcapil. Then send your NIK here "
        "again to have it checked.",
    ),
    IdentityReason.DECEASED: Words(
        "Pendaftaran ini belum dapat dilanjutkan berdasarkan catatan Dukcapil. Hubungi petugas kami "
        "dan sebutkan nomor pendaftaran Anda; kami bantu memeriksanya. Jika NIK salah ketik, perbaiki "
        "di sini, dan petugas kami akan melihatnya.",
        "This registration cannot go on yet because of what the population registry holds. Contact "
        "our staff and give your registration number; we will help to put it right. If the NIK was "
        "mistyped, correct it here, and our staff will see it.",
    ),
    IdentityReason.DUPLICATE_RECORD: Words(
        "Ada catatan ganda di Dukcapil. Petugas kami sedang memeriksanya; Anda tidak perlu mendaftar lagi.",
        "The population registry has more than one record. Our staff are looking at it; "
        "you need not register again.",
    ),
    IdentityReason.HELD_BY_ANOTHER: Words(
        "Petugas kami sedang memeriksa data Anda; Anda tidak perlu mendaftar lagi.",
        "Our staff are looking at your data; you need not register again.",
    ),
    IdentityReason.MANY_ON_PHONE: Words(
        "Banyak orang didaftarkan dengan nomor HP ini, jadi petugas kami memeriksa data Anda. Anda "
        "tidak perlu mendaftar lagi.",
        "Many people were enrolled with this phone number, so our staff are looking at your data. "
        "You need not register again.",
    ),
    IdentityReason.TOO_MANY_CORRECTIONS: Words(
        "Data ini sudah beberapa kali diperiksa. Petugas kami melanjutkannya untuk Anda; "
        "Anda tidak perlu mendaftar lagi.",
        "This data has been checked several times. Our staff will go on with it for you; "
        "you need not register again.",
    ),
    IdentityReason.ASKED_TO_CORRECT: Words(
        "Petugas kami sudah memeriksa data Anda. Samakan semua data diri dengan KTP, lalu kirim "
        "ulang di sini; kami cocokkan lagi dengan Dukcapil.",
        "Our staff have looked at your data. Make all of it the same as on your KTP, and send it "
        "here again; we will compare it with the population registry once more.",
    ),
    IdentityReason.REFUSED_BY_STAFF: Words(
        "Petugas kami memeriksa pendaftaran ini dan tidak dapat menerimanya. Tidak setuju? Hubungi "
        "petugas kami dan sebutkan nomor pendaftaran Anda.",
        "Our staff have looked at this registration and cannot accept it. If you disagree, contact "
        "them and give your registration number.",
    ),
}
