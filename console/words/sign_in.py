"""Words of the sign-in page."""

from models.values.words import Words

SIGN_IN = {
    "title": Words("Masuk", "Sign in"),
    "lead": Words("Konsol ini untuk petugas Jaring.", "This console is for the staff of Jaring."),
    "username": Words("Nama pengguna", "User name"),
    "password": Words("Kata sandi", "Password"),
    "otp": Words("Kode dari aplikasi autentikator", "Code from the authenticator app"),
    "otp_hint": Words(
        "6 angka. Setiap kode hanya berlaku sekali.", "6 digits. Each code works once."
    ),
    "submit": Words("Masuk", "Sign in"),
    "over": Words(
        "Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan.",
        "Your session is over. Sign in again to go on.",
    ),
    "unsent": Words(
        "Sesi Anda sudah berakhir, dan isian tadi TIDAK terkirim. Masuk lagi, lalu isi sekali lagi.",
        "Your session is over, and what you filled in was NOT sent. Sign in, then fill it in again.",
    ),
    "first": Words("Masuk dulu untuk membuka halaman itu.", "Sign in to open that page."),
    "out": Words("Anda sudah keluar.", "You are signed out."),
    "out_everywhere": Words(
        "Semua sesi Anda sudah diakhiri.", "All your sessions have been ended."
    ),
    "stale": Words(
        "Formulir ini sudah terlalu lama terbuka. Isi sekali lagi.",
        "This form was open for too long. Fill it in once more.",
    ),
}
