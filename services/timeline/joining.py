"""Registering, agreeing, signing in, being checked, choosing: in plain words."""

from __future__ import annotations

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.identity import Element, Finding, IdentityStatus
from models.values.spoken import spoken_list
from models.values.words import Words
from services.timeline.sentences import Sentences

ELEMENTS = {
    Element.NAME: Words("nama", "the name"),
    Element.BIRTH_DATE: Words("tanggal lahir", "the birth date"),
    Element.SEX: Words("jenis kelamin", "the sex"),
}
_BY_THEMSELF = Words(
    "Anda mendaftar, dengan nomor pendaftaran {registration_number}.",
    "You registered, under the number {registration_number}.",
)
_BY_PARTNER = Words(
    "Anda didaftarkan oleh sebuah platform, dengan nomor pendaftaran {registration_number}.",
    "A platform registered you, under the number {registration_number}.",
)
_VERIFIED = Words(
    "Data diri Anda cocok dengan catatan Dukcapil.",
    "Your identity agrees with the population registry.",
)
_DIFFERS = Words(
    "Dukcapil menjawab bahwa data ini berbeda dengan catatannya: {elements}.",
    "The population registry answered that this differs from its records: {elements}.",
)
# By what passes today; what decided then may have been stricter.
_SOMETHING = Words("data diri", "your identity")
_IN_REVIEW = Words(
    "Dukcapil menjawab, dan petugas kami memeriksa data Anda lebih lanjut.",
    "The population registry answered, and our staff look at your data further.",
)
NOT_VERIFIED = {
    Finding.NOT_FOUND: Words(
        "Dukcapil menjawab bahwa NIK yang Anda isi tidak ditemukan.",
        "The population registry answered that it does not know the NIK that you gave.",
    ),
    Finding.INACTIVE: Words(
        "Dukcapil menjawab bahwa NIK Anda tidak aktif.",
        "The population registry answered that your NIK is inactive.",
    ),
    Finding.DECEASED: Words(
        "Pendaftaran belum dapat dilanjutkan berdasarkan catatan Dukcapil; petugas kami dapat "
        "membantu memeriksanya.",
        "The registration could not go on because of what the population registry holds; our "
        "staff can help to put it right.",
    ),
}


def _identity_answer(answer: Details) -> Words:
    if answer["outcome"] is IdentityStatus.VERIFIED:
        return _VERIFIED
    if answer["outcome"] is IdentityStatus.IN_REVIEW:
        return _IN_REVIEW
    if answer["finding"] is not Finding.FOUND:
        return NOT_VERIFIED[answer["finding"]]
    differing = [
        ELEMENTS[Element(each["name"])] for each in answer["elements"] if not each["matched"]
    ]
    return _DIFFERS.with_(elements=spoken_list(differing or [_SOMETHING]))


def _registered(registration: Details) -> Words:
    return _BY_PARTNER if registration["by_partner"] else _BY_THEMSELF


SENTENCES: Sentences = {
    TimelineKind.REGISTERED: _registered,
    TimelineKind.CONSENT_GIVEN: Words(
        "Anda menyetujui “{document}”.", "You agreed to “{document}”."
    ),
    TimelineKind.CONSENT_WITHDRAWN: Words(
        "Anda menarik persetujuan atas “{document}”.",
        "You took back your consent to “{document}”.",
    ),
    TimelineKind.SESSION_STARTED: Words(
        "Akun ini dibuka di aplikasi. Bukan Anda? Keluarkan semua perangkat.",
        "This account was signed in to. Not you? Sign out everywhere.",
    ),
    TimelineKind.SESSION_ENDED: Words(
        "Satu perangkat dikeluarkan dari akun ini.", "A device was signed out of this account."
    ),
    TimelineKind.IDENTITY_CHECK_REQUESTED: Words(
        "Kami meminta Dukcapil memeriksa data diri Anda.",
        "We asked the population registry to check your identity.",
    ),
    TimelineKind.IDENTITY_CHECK_SUPERSEDED: Words(
        "Pemeriksaan data diri yang belum dijawab Dukcapil tidak berlaku lagi.",
        "A check that the population registry had not answered no longer counts.",
    ),
    TimelineKind.IDENTITY_CHECK_ANSWERED: _identity_answer,
    TimelineKind.TERMS_CHOSEN: Words(
        "Mulai {from_month} berlaku {plan}, dengan penghasilan {monthly_income} sebulan.",
        "From {from_month} on the {plan} plan applies, with an income of {monthly_income} a month.",
    ),
}
