"""Words of a page that tells what could not be done."""

from models.values.words import Words

FAILURES = {
    "back": Words("Kembali ke halaman sebelumnya", "Back to the page before"),
    "home": Words("Ke halaman awal", "To the first page"),
    "request": Words("Nomor permintaan", "Request number"),
}
