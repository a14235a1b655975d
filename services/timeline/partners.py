"""Platforms that say that a worker drives for them: in plain words."""

from __future__ import annotations

from models.enrolment import EndedBy
from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.sentences import Sentences

ENDED = {
    EndedBy.WORKER: Words(
        "Anda mengakhiri hubungan dengan {name}. {name} tidak melihat data Anda lagi.",
        "You ended the link with {name}. {name} sees nothing of you any more.",
    ),
    EndedBy.PARTNER: Words(
        "Platform {name} mengakhiri hubungan dengan Anda, dan tidak melihat data Anda lagi.",
        "The platform {name} ended the link with you, and sees nothing of you any more.",
    ),
    EndedBy.TIME: Words(
        "Hubungan dengan {name} berakhir karena tidak dipakai.",
        "The link with {name} ended because it was not used.",
    ),
}


def _ended(tie: Details) -> Words:
    return ENDED[tie["ended_by"]]


SENTENCES: Sentences = {
    TimelineKind.PARTNER_ENROLLED: Words(
        "Platform {name} menyatakan Anda mitra pengemudinya. Tidak benar? Tolak di daftar platform "
        "Anda.",
        "The platform {name} says that you drive for it. Not true? Reject it in the list of your "
        "platforms.",
    ),
    TimelineKind.PARTNER_CONFIRMED: Words(
        "Anda setuju {name} melihat apakah dan sampai kapan Anda terlindungi.",
        "You agreed that {name} sees whether and until when you are protected.",
    ),
    TimelineKind.PARTNER_ENDED: _ended,
}
