"""Months that a partner paid for a worker: in plain words."""

from __future__ import annotations

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.words import Words
from services.timeline.sentences import Sentences

_PROTECTS = Words(
    "Iuran {month} dibayar oleh {partner}, dan melindungi Anda mulai {protected_from} sampai "
    "{protected_until}.",
    "The contribution for {month} was paid by {partner}, and protects you from {protected_from} "
    "until {protected_until}.",
)
_PROTECTS_NOT = Words(
    "Iuran {month} dibayar oleh {partner}. Bulan itu sudah lewat dan tidak ikut terlindungi, tetapi "
    "kepesertaan Anda tidak terputus.",
    "The contribution for {month} was paid by {partner}. That month had gone by and is not "
    "protected by it, but your membership is unbroken.",
)


def _month_paid(paid: Details) -> Words:
    return _PROTECTS if paid["protected_until"] else _PROTECTS_NOT


SENTENCES: Sentences = {
    TimelineKind.MONTH_PAID_BY_PARTNER: _month_paid,
    TimelineKind.PARTNER_MONTH_TAKEN_BACK: Words(
        "Data diri Anda tidak dapat diterima, jadi iuran {month} yang dibayar oleh {partner} tidak "
        "berlaku. Uangnya kembali kepada {partner}.",
        "Your identity could not be accepted, so {month}, which was paid by {partner}, will not "
        "begin. The money goes back to {partner}.",
    ),
}
