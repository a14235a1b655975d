"""Another phone number, and who asked for one: in plain words."""

from __future__ import annotations

from models.merged_list import Details
from models.phone_change_request import PhoneChangeStatus
from models.timeline.kind import TimelineKind
from models.timeline.phone import ChangedBy
from models.values.words import Words
from services.timeline.sentences import Sentences

_CHANGED_BY = {
    ChangedBy.WORKER: Words("Anda mengganti nomor HP Anda.", "You changed your phone number."),
    ChangedBy.STAFF: Words(
        "Petugas kami mengganti nomor HP Anda, sesuai permintaan.",
        "Our staff changed your phone number, as was asked for.",
    ),
}
CLOSED = {
    PhoneChangeStatus.OBJECTED: Words(
        "Anda menolak permintaan mengganti nomor HP Anda.",
        "You objected to a request to replace your phone number.",
    ),
    PhoneChangeStatus.SUPERSEDED: Words(
        "Permintaan mengganti nomor HP Anda tidak berlaku lagi, karena nomornya sudah diganti.",
        "A request to replace your phone number is void, because the number has been changed since.",
    ),
    PhoneChangeStatus.APPROVED: Words(
        "Petugas kami menyetujui permintaan mengganti nomor HP Anda.",
        "Our staff approved a request to replace your phone number.",
    ),
    PhoneChangeStatus.REJECTED: Words(
        "Petugas kami tidak menyetujui permintaan mengganti nomor HP Anda.",
        "Our staff did not approve a request to replace your phone number.",
    ),
}


def _changed(change: Details) -> Words:
    return _CHANGED_BY[change["changed_by"]]


def _closed(request: Details) -> Words:
    return CLOSED[request["became"]]


SENTENCES: Sentences = {
    TimelineKind.PHONE_CHANGED: _changed,
    TimelineKind.PHONE_CHANGE_REQUESTED: Words(
        "Ada permintaan mengganti nomor HP Anda. Bukan Anda? Tolak permintaan itu; sampai "
        "{hold_until} petugas kami belum akan memutuskan.",
        "Somebody asked to replace your phone number. Not you? Object to it; our staff will not "
        "decide before {hold_until}.",
    ),
    TimelineKind.PHONE_CHANGE_CLOSED: _closed,
}
