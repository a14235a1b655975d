"""Questions to the population registry and its answers: in words for our staff."""

from __future__ import annotations

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.identity import Element, Finding, IdentityStatus
from models.values.nik_review import NikNote
from models.values.spoken import spoken_list
from models.values.words import Words
from services.timeline.staff.sentences import StaffSentences, joined, number

ELEMENTS = {
    Element.NAME: Words("nama", "name"),
    Element.BIRTH_DATE: Words("tanggal lahir", "birth date"),
    Element.SEX: Words("jenis kelamin", "sex"),
    Element.BIRTH_PLACE: Words("tempat lahir", "birth place"),
    Element.MOTHER_MAIDEN_NAME: Words("nama gadis ibu kandung", "mother's maiden name"),
}
_SCORE = Words("{element} {score}", "{element} {score}")
_SCORE_TOO_LOW = Words(
    "{element} {score} (perlu {pass_mark})", "{element} {score} ({pass_mark} needed)"
)
FINDINGS = {
    Finding.FOUND: Words(
        "Dukcapil menjawab: {scores}.", "The population registry answered: {scores}."
    ),
    Finding.NOT_FOUND: Words(
        "Dukcapil menjawab bahwa NIK tidak ditemukan.",
        "The population registry answered that it does not know the NIK.",
    ),
    Finding.INACTIVE: Words(
        "Dukcapil menjawab bahwa NIK tidak aktif.",
        "The population registry answered that the NIK is inactive.",
    ),
    Finding.DECEASED: Words(
        "Dukcapil menjawab bahwa pemilik NIK tercatat meninggal.",
        "The population registry answered that the holder of the NIK is recorded as deceased.",
    ),
    Finding.DUPLICATE: Words(
        "Dukcapil menjawab bahwa catatannya ganda.",
        "The population registry answered that its record is a duplicate.",
    ),
}
_FOUND_WITHOUT_SCORES = Words(
    "Dukcapil menjawab tanpa membandingkan apa pun.",
    "The population registry answered without comparing anything.",
)
_NOT_SHOWN = Words(
    "Dukcapil menjawab; nilainya tidak ditampilkan untuk alasan ini.",
    "The population registry answered; the scores are not shown for this reason.",
)
_FORGOTTEN = Words(
    "Dukcapil menjawab; isi jawabannya tidak disimpan lagi.",
    "The population registry answered; what it said is no longer kept.",
)
OUTCOMES = {
    IdentityStatus.VERIFIED: Words("Hasilnya: terverifikasi.", "The result: verified."),
    IdentityStatus.NEEDS_CORRECTION: Words(
        "Hasilnya: peserta perlu memperbaiki data.", "The result: the worker has to correct it."
    ),
    IdentityStatus.IN_REVIEW: Words(
        "Hasilnya: untuk diperiksa petugas.", "The result: for staff to review."
    ),
    IdentityStatus.REFUSED: Words("Hasilnya: ditolak.", "The result: refused."),
}
_CODE = Words("Kode jawaban {response_code}.", "Response code {response_code}.")
NOTES = {
    NikNote.UNKNOWN_REGENCY: Words("kabupaten/kota tidak dikenal", "its regency is not known"),
    NikNote.UNKNOWN_DISTRICT: Words("kecamatan tidak dikenal", "its district is not known"),
    NikNote.RETIRED_DISTRICT: Words(
        "kecamatan lama yang sudah dihapus", "its district was given up long ago"
    ),
    NikNote.BIRTH_DATE_DISAGREES: Words(
        "tanggal lahir di NIK berbeda", "the birth date in it differs"
    ),
    NikNote.SEX_DISAGREES: Words("jenis kelamin di NIK berbeda", "the sex in it differs"),
}
_NOTES = Words("Tentang NIK: {notes}.", "About the NIK: {notes}.")
_TOO_LATE = Words(
    "Jawaban itu datang setelah tidak berlaku lagi, jadi tidak menentukan apa pun.",
    "The answer came when the check no longer counted, so it decided nothing.",
)
_OF_PARTNER = Words("Ini untuk {partner}.", "This was for {partner}.")
_OF_WHAT_PARTNER_SENT = Words(
    "Ini tentang data kiriman {partner}, yang bukan catatan peserta.",
    "This was about what {partner} sent, which is not the worker's record.",
)
_REQUESTED = Words(
    "Dukcapil diminta memeriksa data diri.",
    "The population registry was to be asked about the identity.",
)
_WAITING = Words("Belum dijawab.", "It has not answered yet.")
_TRYING = Words(
    "Belum ada jawaban setelah dicoba {attempts} kali; dicoba terus.",
    "There is no answer after {attempts} tries; they go on.",
)
_TRIED = Words(
    "Sebelum dijawab, {attempts} kali dicoba tanpa hasil.",
    "Before the answer, {attempts} tries brought nothing.",
)
_SUPERSEDED = Words(
    "Pemeriksaan yang belum dijawab Dukcapil tidak berlaku lagi: datanya diubah, atau sudah "
    "diputuskan.",
    "A check that the population registry had not answered no longer counts: the data was changed, "
    "or it has been decided.",
)

DECISIONS = {
    IdentityStatus.VERIFIED: Words(
        "Petugas memutuskan: data diri diterima.", "Staff decided: the identity is accepted."
    ),
    IdentityStatus.NEEDS_CORRECTION: Words(
        "Petugas memutuskan: peserta diminta memperbaiki data diri.",
        "Staff decided: the worker is asked to correct the identity.",
    ),
    IdentityStatus.REFUSED: Words(
        "Petugas memutuskan: data diri ditolak.", "Staff decided: the identity is refused."
    ),
}


def _for_whom(check: Details) -> Words | None:
    if check["partner"] is None:
        return None
    return _OF_PARTNER if check["of_record"] else _OF_WHAT_PARTNER_SENT


def _requested(check: Details) -> Words:
    return joined(_REQUESTED, _for_whom(check), _progress(check))


def _progress(check: Details) -> Words | None:
    if check["answered"]:
        return _TRIED if check["attempts"] else None
    if check["superseded"]:
        return None
    return _TRYING if check["attempts"] else _WAITING


def _answered(check: Details) -> Words:
    return joined(
        _said(check),
        _CODE if check["response_code"] is not None else None,
        _about_nik(check),
        _for_whom(check),
        _TOO_LATE if check["superseded"] else OUTCOMES.get(check["outcome"]),
    )


def _said(check: Details) -> Words:
    finding = check["finding"]
    if finding is None:
        return _FORGOTTEN
    if finding is not Finding.FOUND:
        return FINDINGS[finding]
    if check["elements"] is None:
        return _NOT_SHOWN
    if not check["elements"]:
        return _FOUND_WITHOUT_SCORES
    return FINDINGS[finding].with_(scores=spoken_list([_score(each) for each in check["elements"]]))


def _score(compared: Details) -> Words:
    score, pass_mark = compared["score"], compared["pass_mark"]
    said = {"element": ELEMENTS[compared["name"]], "score": number(score)}
    if pass_mark is not None and score < pass_mark:
        return _SCORE_TOO_LOW.with_(**said, pass_mark=number(pass_mark))
    return _SCORE.with_(**said)


def _about_nik(check: Details) -> Words | None:
    if not check["notes"]:
        return None
    return _NOTES.with_(notes=spoken_list([NOTES[NikNote(note)] for note in check["notes"]]))


def _decided(decision: Details) -> Words:
    return DECISIONS[decision["outcome"]]


def _superseded(check: Details) -> Words:
    return joined(_SUPERSEDED, _for_whom(check))


SENTENCES: StaffSentences = {
    TimelineKind.IDENTITY_CHECK_REQUESTED: _requested,
    TimelineKind.IDENTITY_CHECK_SUPERSEDED: _superseded,
    TimelineKind.IDENTITY_CHECK_ANSWERED: _answered,
    TimelineKind.IDENTITY_DECIDED: _decided,
}
