"""What happened to a worker, each in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from models.consent_documents import ConsentDocuments
from models.merged_list import Details
from models.message import MessageKind
from models.timeline.kind import TimelineKind
from models.values.channel import Channel
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.spoken import (
    spoken_day,
    spoken_instant,
    spoken_month,
    spoken_months,
    spoken_rupiah,
)
from models.values.words import Words
from services.plans import PLAN_NAMES
from services.timeline import (
    cover,
    deciding,
    erasing,
    joining,
    messages,
    money,
    paid_by_partner,
    partners,
    phone,
)
from services.timeline.sentences import Sentences

SENTENCES: Sentences = {
    **joining.SENTENCES,
    **deciding.SENTENCES,
    **partners.SENTENCES,
    **erasing.SENTENCES,
    **phone.SENTENCES,
    **cover.SENTENCES,
    **money.SENTENCES,
    **paid_by_partner.SENTENCES,
    **messages.SENTENCES,
}

Spoken = Mapping[type, Callable[[Any], Words]]

# Details of other types are there for programs, or choose the sentence.
SPOKEN: Spoken = {
    Plan: PLAN_NAMES.__getitem__,
    Channel: messages.CHANNELS.__getitem__,
    MessageKind: messages.SUBJECTS.__getitem__,
    Rupiah: spoken_rupiah,
    Month: spoken_month,
    tuple: spoken_months,
    datetime: spoken_instant,
    date: spoken_day,
    str: lambda text: Words(text, text),
}


def tell(kind: str, details: Details, documents: ConsentDocuments) -> Words:
    """:param documents: a document is called by its title."""
    return say(SENTENCES[TimelineKind(kind)], details, documents)


def say(
    sentence: Words | Callable[[Details], Words],
    details: Details,
    documents: ConsentDocuments,
    spoken: Spoken = SPOKEN,
) -> Words:
    """The sentence, chosen and filled in by the details.

    :param spoken: how values of a type are said.
    """
    chosen = sentence if isinstance(sentence, Words) else sentence(details)
    return chosen.with_(**dict(_parts(details, documents, spoken)))


def _parts(
    details: Details, documents: ConsentDocuments, spoken: Spoken
) -> Iterator[tuple[str, Words]]:
    """Those details that a sentence can name, as people say them."""
    for name, value in details.items():
        if type(value) in spoken:
            yield name, spoken[type(value)](value)
    document = documents.find(details.get("document", ""), details.get("version", ""))
    if document is not None:
        yield "document", document.title
