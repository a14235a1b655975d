"""Words of an officer's own page."""

from models.values.words import Words

OWN = {
    "title": Words("Akun Anda", "Your account"),
    "username": Words("Nama pengguna", "User name"),
    "role": Words("Peran", "Role"),
    "password": Words("Ganti kata sandi", "Change the password"),
    "current_password": Words("Kata sandi sekarang", "Present password"),
    "new_password": Words("Kata sandi baru", "New password"),
    "new_password_hint": Words(
        "Paling sedikit {shortest} karakter. Beberapa kata yang tidak berkaitan mudah diingat dan "
        "sulit ditebak.",
        "At least {shortest} characters. Several words that do not belong together are easy to "
        "remember and hard to guess.",
    ),
    "repeated": Words("Kata sandi baru, sekali lagi", "New password, once more"),
    "not_the_same": Words(
        "Kedua kata sandi baru tidak sama. Ketik ulang keduanya.",
        "The two new passwords are not the same. Type both again.",
    ),
    "otp": Words("Kode dari aplikasi autentikator", "Code from the authenticator app"),
    "otp_hint": Words(
        "Kode yang belum dipakai: tunggu kode berikutnya jika Anda baru saja masuk.",
        "One that was not used: wait for the next if you have just signed in.",
    ),
    "change": Words("Ganti kata sandi", "Change the password"),
    "changed": Words(
        "Kata sandi Anda sudah diganti, dan sesi Anda yang lain diakhiri.",
        "Your password has been changed, and your other sessions have ended.",
    ),
    "sessions": Words("Keluar di mana-mana", "Sign out everywhere"),
    "sign_out_everywhere": Words("Keluar dari semua perangkat", "Sign out everywhere"),
    "sign_out_everywhere_hint": Words(
        "Mengakhiri semua sesi Anda, juga yang ini. Lakukan bila HP atau komputer hilang.",
        "Ends all your sessions, this one too. Do so when a phone or computer is lost.",
    ),
}
