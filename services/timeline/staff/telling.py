"""What happened to a worker, each in a few plain sentences for our staff."""

from __future__ import annotations

from models.consent_documents import ConsentDocuments
from models.merged_list import Details
from models.message import MessageKind
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.values.words import Words
from services.timeline.staff import bank, deeds, identity, invoices, messages, record, ties
from services.timeline.staff.sentences import StaffSentences, number
from services.timeline.telling import SPOKEN, Spoken, say

SENTENCES: StaffSentences = {
    **record.SENTENCES,
    **identity.SENTENCES,
    **invoices.SENTENCES,
    **bank.SENTENCES,
    **messages.SENTENCES,
    **ties.SENTENCES,
    **deeds.SENTENCES,
}
_SPOKEN: Spoken = {**SPOKEN, MessageKind: messages.SUBJECTS.__getitem__, int: number}


def kind_of(word: str) -> TimelineKind | StaffKind:
    return StaffKind(word) if word in set(StaffKind) else TimelineKind(word)


def tell(kind: str, details: Details, documents: ConsentDocuments) -> Words:
    """:param documents: a document is called by its title."""
    return say(SENTENCES[kind_of(kind)], details, documents, _SPOKEN)
