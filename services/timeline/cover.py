"""Cover begins, ends and begins again: in plain words."""

from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.sentences import Sentences

SENTENCES: Sentences = {
    TimelineKind.COVERAGE_ACTIVATED: Words(
        "Perlindungan Anda berlaku sejak {since}.", "Your protection began on {since}."
    ),
    TimelineKind.COVERAGE_GRACE: Words(
        "Perlindungan Anda berakhir, karena iuran {month} belum dibayar.",
        "Your protection ended, because {month} had not been paid.",
    ),
    TimelineKind.COVERAGE_LAPSED: Words(
        "Kepesertaan Anda tidak aktif lagi, karena iuran sampai {month} belum dibayar.",
        "Your membership lapsed, because the contributions up to {month} had not been paid.",
    ),
    TimelineKind.COVERAGE_RESTORED: Words(
        "Perlindungan Anda berlaku lagi sejak {since}.",
        "Your protection began again on {since}.",
    ),
}
