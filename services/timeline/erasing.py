"""Somebody asked that everything be erased, and called it off: in plain words."""

from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.sentences import Sentences

SENTENCES: Sentences = {
    TimelineKind.ERASURE_REQUESTED: Words(
        "Ada permintaan menghapus data Anda, yang dijalankan paling cepat {not_before}. Bukan Anda? "
        "Batalkan permintaan itu sebelum itu.",
        "Somebody asked to have your data erased, on {not_before} at the earliest. Not you? Call it "
        "off before.",
    ),
    TimelineKind.ERASURE_CANCELLED: Words(
        "Permintaan menghapus data Anda dibatalkan.", "The erasure of your data was called off."
    ),
}
