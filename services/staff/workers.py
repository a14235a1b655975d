"""Workers whom our staff ask for by their id."""

from models.values.words import Words
from services.errors import NotFound


class WorkerNotFound(NotFound):
    code = "worker-not-found"
    title = Words("Peserta tidak ditemukan", "No such worker")
    detail = Words(
        "Cari lagi: mungkin catatannya sudah digabung dengan catatan lain orang yang sama.",
        "Look them up again: the record may have become part of another one of the same person.",
    )
