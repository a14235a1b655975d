"""What an officer who looks at a worker's data can be told."""

from models.values.faults import Fault
from models.values.words import Words
from services.errors import NotAllowed, NotFound


class WorkerNotFound(NotFound):
    code = "worker-not-found"
    title = Words("Peserta tidak ditemukan", "No such worker")
    detail = Words(
        "Cari lagi pesertanya, lalu buka dari hasil pencarian.",
        "Look the worker up again, and open the record from what is found.",
    )


class FieldNotRevealed(NotAllowed):
    """Whatever the reason."""

    code = "field-not-revealed"
    title = Words("Data ini tidak dibuka untuk peran Anda", "Your role does not see this")
    detail = Words(
        "Peran Anda tidak boleh melihat sebagian isian yang diminta, apa pun alasannya. Minta "
        "pemeriksa untuk melihatnya.",
        "Your role may not see some of the fields asked for, whatever the reason. Ask a reviewer to "
        "look.",
    )


NOT_FOR_THIS_REASON = Fault(
    "not-for-this-reason",
    Words(
        "Isian ini tidak dibuka untuk alasan tersebut. Pilih alasan yang sesuai dengan keperluannya, "
        "atau jangan minta isian ini.",
        "This is not revealed for that reason. Choose the reason that you need it for, or leave it "
        "out.",
    ),
)
UNKNOWN_PARTNER = Fault(
    "unknown-partner",
    Words(
        "Tidak ada mitra dengan nama atau id ini. Tulis namanya seperti yang dikenal pengemudinya.",
        "There is no partner with this name or id. Write its name as its drivers know it.",
    ),
)
