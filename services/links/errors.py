"""What can be wrong with a tie, whichever side asks for it.

LinkNotFound   404
LinkEnded      409
"""

from models.values.words import Words
from services.errors import Conflict, NotFound


class LinkNotFound(NotFound):
    code = "link-not-found"
    title = Words("Hubungan tidak ditemukan", "No such link")
    detail = Words("Lihat daftar hubungan Anda.", "Look at the list of your links.")


class LinkEnded(Conflict):
    code = "link-ended"
    title = Words("Hubungan sudah berakhir", "The link has ended")
    detail = Words(
        "Hubungan yang berakhir tidak dapat disetujui lagi. Platform itu dapat mendaftarkan Anda "
        "sekali lagi.",
        "A link that has ended cannot be confirmed any more. The platform may enrol you again.",
    )
