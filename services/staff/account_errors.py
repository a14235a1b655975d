"""Why an account of staff cannot be opened, closed or reset.

AccountNotFound   404
UsernameTaken     409
AccountClosed     409
OwnAccount        409
LastAdmin         409
"""

from models.values.words import Words
from services.errors import Conflict, NotFound


class AccountNotFound(NotFound):
    code = "staff-account-not-found"
    title = Words("Akun petugas tidak ditemukan", "No such staff account")
    detail = Words("Lihat daftar akun petugas.", "Look at the list of staff accounts.")


class UsernameTaken(Conflict):
    code = "username-taken"
    title = Words("Nama pengguna sudah dipakai", "The username is taken")
    detail = Words(
        "Akun lain memakai nama ini, mungkin yang sudah ditutup. Pilih nama lain.",
        "Another account has this name, perhaps a closed one. Choose another name.",
    )


class AccountClosed(Conflict):
    code = "staff-account-closed"
    title = Words("Akun petugas sudah ditutup", "The staff account is closed")
    detail = Words(
        "Akun yang ditutup tidak dibuka lagi. Buat akun baru dengan nama lain.",
        "A closed account is not opened again. Add another one, under another name.",
    )


class OwnAccount(Conflict):
    code = "own-staff-account"
    title = Words("Ini akun Anda sendiri", "This is your own account")
    detail = Words(
        "Minta admin lain untuk menutup atau mengatur ulang akun Anda. Kata sandi dapat Anda ganti "
        "sendiri.",
        "Ask another admin to close or reset your account. You can change your password yourself.",
    )


class LastAdmin(Conflict):
    code = "last-admin"
    title = Words("Ini admin terakhir", "This is the last admin")
    detail = Words(
        "Tambahkan admin lain dulu, supaya selalu ada yang mengurus akun petugas.",
        "Add another admin first, so that somebody is always there to see to accounts.",
    )
