"""What can be wrong with the form that a worker fills in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.application import Accepted, Application, Occupation
from models.consent_documents import ConsentDocuments
from models.eligibility import too_old, too_young
from models.occupations import Occupations
from models.values.person_faults import (
    TOO_OLD,
    TOO_YOUNG,
    UNKNOWN_DOCUMENT,
    UNKNOWN_OCCUPATION,
    UNKNOWN_VILLAGE,
)
from models.values.words import Words
from models.worker import WorkerOccupation
from services.errors import FieldFault


def faults_of(
    application: Application,
    today: date,
    *,
    village_known: bool,
    occupations: Occupations,
    consents: ConsentDocuments,
) -> Iterator[FieldFault]:
    """Everything that is wrong with it, for somebody who registers today."""
    return faults_in(
        vars(application),
        today,
        village_known=village_known,
        occupations=occupations,
        consents=consents,
    )


def faults_in(
    values: Mapping[str, Any],
    today: date,
    *,
    village_known: bool,
    occupations: Occupations,
    consents: ConsentDocuments,
) -> Iterator[FieldFault]:
    """Everything that is wrong with a part of the form.

    :param values: by the names of ``Application``; what is absent is not judged.
    :param today: when the worker registers, or has registered.
    """
    if "birth_date" in values:
        yield from age_faults(values["birth_date"], today)
    if "village_code" in values and not village_known:
        yield FieldFault.of("/village_code", UNKNOWN_VILLAGE)
    yield from occupation_faults(occupations, values.get("occupations", ()))
    if "consents" in values:
        yield from consent_faults(consents, values["consents"])


def age_faults(birth_date: date, today: date) -> Iterator[FieldFault]:
    if too_young(birth_date, today):
        yield FieldFault.of("/birth_date", TOO_YOUNG)
    if too_old(birth_date, today):
        yield FieldFault.of("/birth_date", TOO_OLD)


def occupation_faults(
    known: Occupations, occupations: Sequence[Occupation]
) -> Iterator[FieldFault]:
    seen: set[str] = set()
    for position, occupation in enumerate(occupations):
        pointer = f"/occupations/{position}/code"
        if known.find(occupation.code) is None:
            yield FieldFault.of(pointer, UNKNOWN_OCCUPATION)
        elif occupation.code in seen:
            yield FieldFault(pointer, "repeated-occupation", REPEATED_OCCUPATION)
        seen.add(occupation.code)


def consent_faults(
    documents: ConsentDocuments, accepted: Sequence[Accepted]
) -> Iterator[FieldFault]:
    given = [documents.find(each.document, each.version) for each in accepted]
    for position, document in enumerate(given):
        if document is None:
            place = f"/consents/{position}/document"
            yield FieldFault.of(place, UNKNOWN_DOCUMENT)
        elif document in given[:position]:
            yield FieldFault(f"/consents/{position}", "repeated-document", REPEATED_DOCUMENT)
    if any(document not in given for document in documents.required()):
        yield FieldFault("/consents", "consent-required", CONSENT_REQUIRED)


def occupation_rows(worker_id: UUID, occupations: Sequence[Occupation]) -> list[WorkerOccupation]:
    return [
        WorkerOccupation(worker_id=worker_id, position=position, **vars(occupation))
        for position, occupation in enumerate(occupations, start=1)
    ]


REPEATED_OCCUPATION = Words(
    "Pekerjaan yang sama cukup disebut sekali.", "Name the same occupation only once."
)
REPEATED_DOCUMENT = Words(
    "Dokumen yang sama cukup disebut sekali.", "Name the same document only once."
)
CONSENT_REQUIRED = Words(
    "Setujui versi terbaru semua dokumen yang wajib.",
    "Accept the current version of every required document.",
)
