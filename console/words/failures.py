"""Words of a page that tells what could not be done."""

from models.values.words import Words

FAILURES = {
    "back": Words("Kembali ke halaman sebelumnya", "Back to the page before"),
    "home": Words("Ke halaman awal", "To the first page"),
    # The API's own words name a field of its answer.
    "internal": Words(
        "Ini bukan kesalahan Anda. Bila berulang, sebutkan nomor di bawah ini kepada pengelola server.",
        "This is not your fault. If it happens again, tell whoever runs the server the number below.",
    ),
    "request": Words("Nomor permintaan", "Request number"),
}
