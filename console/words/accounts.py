"""Words of the pages about staff accounts."""

from models.values.access import StaffRole
from models.values.words import Words

ACCOUNTS = {
    "title": Words("Akun petugas", "Staff accounts"),
    "caption": Words("Akun menurut nama pengguna", "Accounts by user name"),
    "username": Words("Nama pengguna", "User name"),
    "username_hint": Words(
        "Huruf kecil, angka, titik, atau tanda hubung; 3 sampai 32 karakter.",
        "Small letters, digits, dots or hyphens; 3 to 32 characters.",
    ),
    "role": Words("Peran", "Role"),
    "choose": Words("Pilih peran", "Choose a role"),
    "opened": Words("Dibuat", "Added"),
    "state": Words("Keadaan", "State"),
    "open": Words("Aktif", "Open"),
    "closed": Words("Ditutup", "Closed"),
    "since": Words("sejak", "since"),
    "own": Words("Akun Anda", "Your account"),
    "actions": Words("Tindakan", "Actions"),
    "add": Words("Tambah petugas", "Add an officer"),
    "submit": Words("Buat akun", "Add the account"),
    "reset": Words("Atur ulang", "Reset"),
    "reset_of": Words("Atur ulang akun {username}", "Reset the account of {username}"),
    "reset_hint": Words(
        "Kata sandi dan kode lama tidak berlaku lagi, dan semua sesinya berakhir.",
        "The present password and codes stop working, and all sessions end.",
    ),
    "reset_submit": Words("Ya, atur ulang", "Yes, reset it"),
    "close": Words("Tutup", "Close"),
    "close_of": Words("Tutup akun {username}", "Close the account of {username}"),
    "close_hint": Words(
        "Petugas ini langsung tidak dapat masuk lagi. Akun yang ditutup tidak dapat dibuka kembali.",
        "This officer cannot sign in any more, from now on. A closed account is not opened again.",
    ),
    "close_submit": Words("Ya, tutup akunnya", "Yes, close it"),
    "was_closed": Words("Akun itu sudah ditutup.", "The account has been closed."),
}

CREDENTIALS = {
    "title_new": Words("Akun {username} sudah dibuat", "The account {username} has been added"),
    "title_reset": Words("Akun {username} sudah diatur ulang", "{username} has been reset"),
    "once": Words(
        "Ini hanya ditunjukkan sekarang. Sampaikan langsung kepada petugasnya, jangan lewat pesan.",
        "This is shown now and never again. Hand it to the officer in person, not in a message.",
    ),
    "username": Words("Nama pengguna", "User name"),
    "role": Words("Peran", "Role"),
    "password": Words("Kata sandi", "Password"),
    "secret": Words("Kunci autentikator", "Authenticator key"),
    "qr": Words(
        "Kode QR untuk aplikasi autentikator; isinya sama dengan kunci di halaman ini",
        "QR code for an authenticator app; it holds the key that this page shows",
    ),
    "scan": Words(
        "Pindai dengan aplikasi autentikator di HP petugas, atau ketik kuncinya.",
        "Scan it with an authenticator app on the officer's phone, or type the key.",
    ),
    "next": Words(
        "Petugas masuk dengan ketiganya, lalu mengganti kata sandinya.",
        "The officer signs in with all three, then changes the password.",
    ),
    "back": Words("Sudah disampaikan, kembali ke daftar akun", "Handed over: back to the accounts"),
}

ROLE_HINTS = {
    StaffRole.SUPPORT: Words("mencari dan membantu peserta", "finds and helps workers"),
    StaffRole.REVIEWER: Words(
        "juga memutuskan kasus dan permintaan data pribadi",
        "also decides cases and personal-data requests",
    ),
    StaffRole.OFFICER: Words("mengurus berkas mitra", "sees to partners' files"),
    StaffRole.AUDITOR: Words("membaca catatan audit", "reads the audit"),
    StaffRole.ADMIN: Words("mengurus akun petugas", "sees to staff accounts"),
}
