"""Platforms that enrolled a worker: in words for our staff."""

from __future__ import annotations

from models.enrolment import EndedBy
from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences, joined

_AS = Words(
    "{name} menyatakan peserta ini mitranya, sebagai {external_id}.",
    "{name} says that the worker drives for it, as {external_id}.",
)
_AS_NOBODY = Words(
    "{name} menyatakan peserta ini mitranya.", "{name} says that the worker drives for it."
)
_BY_FILE = Words("Dari berkas, baris {batch_row}.", "By a file, in its row {batch_row}.")
_MANY = Words(
    "Lebih dari lima NIK datang dengan nomor HP yang sama.",
    "More than five NIKs came with the same phone.",
)
ENDED = {
    EndedBy.WORKER: Words(
        "Peserta mengakhiri hubungan dengan {name}.", "The worker ended the link with {name}."
    ),
    EndedBy.PARTNER: Words(
        "{name} mengakhiri hubungan dengan peserta.", "{name} ended the link with the worker."
    ),
    EndedBy.TIME: Words(
        "Hubungan dengan {name} berakhir karena tidak dipakai.",
        "The link with {name} ended because it was not used.",
    ),
}


def _enrolled(tie: Details) -> Words:
    return joined(
        _AS if tie["external_id"] else _AS_NOBODY,
        _BY_FILE if tie["batch_row"] else None,
        _MANY if tie["many_on_phone"] else None,
    )


def _ended(tie: Details) -> Words:
    return ENDED[tie["ended_by"]]


SENTENCES: StaffSentences = {
    TimelineKind.PARTNER_ENROLLED: _enrolled,
    TimelineKind.PARTNER_CONFIRMED: Words(
        "Peserta setuju {name} melihat perlindungannya.",
        "The worker agreed that {name} sees their cover.",
    ),
    TimelineKind.PARTNER_ENDED: _ended,
}
