"""What a driver is told when a platform has enrolled them: made when it is sent, and kept nowhere.

It holds no name of theirs, no number and no link: nothing to be phished with. Nothing is shared until
they confirm with a session of their own.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.message import Message
from models.values.words import Language, Words
from models.welcome import select_welcome
from models.worker import Worker
from services.links.documents import required
from services.ports import Ports

REGISTERED = Words(
    "Jaring: {partner} mendaftarkan Anda ke BPJS Ketenagakerjaan. Masuk ke aplikasi dengan nomor "
    "ini dan NIK Anda, lalu setujui atau tolak.",
    "Jaring: {partner} put you down for BPJS Ketenagakerjaan. Sign in to the app with this number "
    "and your NIK to confirm or reject.",
)
"""To whom has never signed in."""
KNOWN = Words(
    "Jaring: {partner} menyatakan Anda mitra pengemudinya. Buka aplikasi, lalu setujui atau tolak.",
    "Jaring: {partner} says that you drive for it. Open the app to confirm or reject.",
)


def words(ports: Ports, session: Session, message: Message, worker: Worker) -> str | None:
    """What the driver is told; nothing where there is nothing to confirm any more."""
    row = session.execute(select_welcome(message.about_tie, required(ports))).one()
    partner, is_due = row
    if not is_due:
        return None
    said = REGISTERED if worker.claimed_at is None else KNOWN
    return said.in_(Language(worker.language), partner=partner)
