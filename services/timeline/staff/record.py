"""Registering, agreeing, signing in, phones and personal-data requests: in words for our staff."""

from __future__ import annotations

from models.merged_list import Details
from models.phone_change_request import PhoneChangeStatus
from models.timeline.kind import TimelineKind
from models.timeline.phone import ChangedBy
from models.timeline.staff.kind import StaffKind
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences

_BY_THEMSELF = Words("Peserta mendaftar sendiri.", "The worker registered by themself.")
_BY_PARTNER = Words(
    "Peserta didaftarkan oleh sebuah platform.", "A platform registered the worker."
)
_CHANGED_BY = {
    ChangedBy.WORKER: Words(
        "Peserta mengganti nomor HP lewat aplikasi.",
        "The worker changed the phone number in the app.",
    ),
    ChangedBy.STAFF: Words(
        "Nomor HP diganti sesuai permintaan yang disetujui petugas.",
        "The phone number was replaced, by a request that staff approved.",
    ),
}
_ASKED = Words(
    "Ada permintaan mengganti nomor HP menjadi {phone_masked}; ditahan sampai {hold_until}.",
    "Somebody asked to replace the phone number by {phone_masked}; on hold until {hold_until}.",
)
_ASKED_ONCE = Words(
    "Ada permintaan mengganti nomor HP; ditahan sampai {hold_until}. Nomor yang diminta sudah tidak "
    "disimpan.",
    "Somebody asked to replace the phone number; on hold until {hold_until}. The number that they "
    "asked for is no longer kept.",
)
CLOSED = {
    PhoneChangeStatus.OBJECTED: Words(
        "Pemegang nomor lama menolak permintaan ganti nomor HP.",
        "Whoever holds the old number objected to the request for another.",
    ),
    PhoneChangeStatus.SUPERSEDED: Words(
        "Permintaan ganti nomor HP gugur, karena nomornya sudah diganti.",
        "The request for another number is void, because the number has been changed since.",
    ),
    PhoneChangeStatus.APPROVED: Words(
        "Petugas menyetujui permintaan ganti nomor HP.",
        "Staff approved the request for another number.",
    ),
    PhoneChangeStatus.REJECTED: Words(
        "Petugas tidak menyetujui permintaan ganti nomor HP.",
        "Staff did not approve the request for another number.",
    ),
}


def _registered(registration: Details) -> Words:
    return _BY_PARTNER if registration["by_partner"] else _BY_THEMSELF


def _asked(request: Details) -> Words:
    return _ASKED if request["phone_masked"] else _ASKED_ONCE


def _closed(request: Details) -> Words:
    return CLOSED[request["became"]]


def _changed(change: Details) -> Words:
    return _CHANGED_BY[change["changed_by"]]


SENTENCES: StaffSentences = {
    TimelineKind.REGISTERED: _registered,
    TimelineKind.CONSENT_GIVEN: Words(
        "Peserta menyetujui “{document}”, versi {version}.",
        "The worker agreed to “{document}”, version {version}.",
    ),
    TimelineKind.CONSENT_WITHDRAWN: Words(
        "Peserta menarik persetujuan atas “{document}”, versi {version}.",
        "The worker took back the consent to “{document}”, version {version}.",
    ),
    TimelineKind.SESSION_STARTED: Words(
        "Peserta masuk di aplikasi.", "The worker signed in to the app."
    ),
    TimelineKind.SESSION_ENDED: Words(
        "Satu sesi peserta di aplikasi berakhir.", "A session of the worker in the app ended."
    ),
    TimelineKind.ERASURE_REQUESTED: Words(
        "Peserta meminta datanya dihapus: paling cepat {not_before}, paling lambat {due_by}.",
        "The worker asked to have their data erased: on {not_before} at the earliest, by {due_by} at "
        "the latest.",
    ),
    TimelineKind.ERASURE_CANCELLED: Words(
        "Permintaan menghapus data dibatalkan.", "The erasure was called off."
    ),
    StaffKind.ERASED: Words(
        "Data peserta dihapus; yang tersisa hanya yang wajib disimpan.",
        "The worker's data was erased; only what has to be kept is left.",
    ),
    TimelineKind.PHONE_CHANGE_REQUESTED: _asked,
    TimelineKind.PHONE_CHANGE_CLOSED: _closed,
    TimelineKind.PHONE_CHANGED: _changed,
}
