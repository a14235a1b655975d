"""What can be wrong with the form in which a value was sent; with the value itself:
``models.values.faults``."""

from models.values.faults import Fault
from models.values.words import Words

NULL = Fault("null", Words("Tidak boleh kosong (null).", "This cannot be null."))
INVALID = Fault(
    "invalid", Words("Nilai ini tidak dapat diterima.", "This value cannot be accepted.")
)
UNKNOWN = Fault(
    "unknown",
    Words(
        "Isian ini tidak dikenal. Hapus, atau periksa ejaannya.",
        "There is no such field here. Remove it, or check its spelling.",
    ),
)
REPEATED = Fault(
    "repeated", Words("Hanya boleh disebut satu kali.", "This may be given only once.")
)
NOT_AN_OBJECT = Fault("not-an-object", Words("Kirim sebuah objek JSON.", "Send a JSON object."))
NOT_A_LIST = Fault("not-a-list", Words("Kirim sebuah daftar.", "Send a list."))
TOO_FEW = Fault("too-few", Words("Isi paling sedikit {minimum}.", "Give at least {minimum}."))
TOO_MANY = Fault("too-many", Words("Isi paling banyak {maximum}.", "Give at most {maximum}."))
NOT_TEXT = Fault("not-text", Words("Tulis sebagai teks.", "Write this as text."))
NOT_A_FLAG = Fault("not-true-or-false", Words("Tulis true atau false.", "Write true or false."))
NOT_A_MONTH = Fault(
    "not-a-month", Words("Tulis bulan sebagai YYYY-MM.", "Write a month as YYYY-MM.")
)
NOT_AN_EMAIL = Fault(
    "not-an-email",
    Words(
        "Tulis alamat e-mail, misalnya nama@contoh.id.",
        "Write an e-mail address, such as name@example.id.",
    ),
)
NOT_A_POSTAL_CODE = Fault(
    "not-a-postal-code", Words("Kode pos terdiri dari 5 angka.", "A postal code has 5 digits.")
)
NOT_AN_ID = Fault(
    "not-an-id",
    Words("Kirim id persis seperti yang diterima.", "Send the id exactly as it was given."),
)
CURSOR = Fault(
    "not-a-cursor",
    Words(
        "Gunakan next_cursor dari halaman sebelumnya, tanpa diubah.",
        "Use the next_cursor of the page before, unchanged.",
    ),
)
