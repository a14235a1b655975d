"""Words of an officer's own page."""

from models.values.words import Words

OWN = {
    "title": Words("Akun Anda", "Your account"),
    "username": Words("Nama pengguna", "User name"),
    "role": Words("Peran", "Role"),
    "sessions": Words("Sesi", "Sessions"),
    "sign_out_everywhere": Words("Keluar dari semua perangkat", "Sign out everywhere"),
    "sign_out_everywhere_hint": Words(
        "Mengakhiri semua sesi Anda, juga yang ini.", "Ends all your sessions, this one too."
    ),
}
