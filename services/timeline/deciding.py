"""What our staff decided about a worker: in plain words."""

from __future__ import annotations

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.identity import IdentityStatus
from models.values.words import Words
from services.timeline.sentences import Sentences

_DECIDED = {
    IdentityStatus.VERIFIED: Words(
        "Petugas kami memeriksa data diri Anda dan menerimanya.",
        "Our staff looked at your identity and accepted it.",
    ),
    IdentityStatus.NEEDS_CORRECTION: Words(
        "Petugas kami memeriksa data diri Anda dan meminta Anda memperbaikinya.",
        "Our staff looked at your identity and asked you to correct it.",
    ),
    IdentityStatus.REFUSED: Words(
        "Petugas kami memeriksa data diri Anda dan tidak dapat menerimanya.",
        "Our staff looked at your identity and could not accept it.",
    ),
}


def _decided(decision: Details) -> Words:
    return _DECIDED[decision["outcome"]]


SENTENCES: Sentences = {TimelineKind.IDENTITY_DECIDED: _decided}
