"""What officers ask of a worker before they decide, in plain words."""

from __future__ import annotations

from models.identity_verdict import IdentityReason
from models.values.nik_review import NikNote
from models.values.review import ReviewKind
from models.values.words import Words

_KTP = Words("KTP asli, dilihat langsung atau lewat video", "The KTP itself, seen or on video")
_FAMILY_CARD = Words("Kartu Keluarga", "The family card (Kartu Keluarga)")
_SAME_PERSON = Words(
    "Wajah orangnya sama dengan foto di KTP", "The person looks like the photo on the KTP"
)
_DUKCAPIL = Words(
    "Surat keterangan Dinas Dukcapil tentang NIK ini",
    "A letter of the Dinas Dukcapil about this NIK",
)
_WHO_ENROLLED = Words(
    "Siapa yang mendaftarkan, dan nomor HP siapa yang dipakai",
    "Who enrolled them, and whose phone number it is",
)
_ON_RECORD = Words(
    "Jawaban yang cocok atas tiga hal yang tercatat: pekerjaan, paket, pembayaran terakhir",
    "Right answers about three things on record: the work, the plan, the last payment",
)
_NOT_BY_MOTHER = Words(
    "Nama ibu kandung saja bukan bukti", "The mother's name alone proves nothing"
)
_CALLED = Words(
    "Nomor lama sudah dihubungi, dan tidak ada yang keberatan",
    "The old number was called, and nobody objected",
)
_LOST = Words(
    "Surat kehilangan, atau keterangan bagaimana HP hilang",
    "A report of the loss, or how the phone was lost",
)
_ACCOUNT = Words("Rekening atas nama yang sama dengan KTP", "A bank account in the name on the KTP")

_IDENTITY = (_KTP, _SAME_PERSON, _NOT_BY_MOTHER)
_BY_REASON = {
    IdentityReason.DUPLICATE_RECORD: (_DUKCAPIL, _FAMILY_CARD),
    IdentityReason.DECEASED: (_DUKCAPIL, _FAMILY_CARD),
    IdentityReason.HELD_BY_ANOTHER: (_FAMILY_CARD, _ON_RECORD),
    IdentityReason.MANY_ON_PHONE: (_WHO_ENROLLED,),
}


def to_ask_for(kind: ReviewKind, reason: IdentityReason | None) -> tuple[Words, ...]:
    """What is to be seen and asked before a case is decided; the note says what was."""
    if kind is ReviewKind.PHONE_CHANGE:
        return (_KTP, _SAME_PERSON, _ON_RECORD, _CALLED, _LOST, _NOT_BY_MOTHER)
    if kind is ReviewKind.REFUND:
        return (_KTP, _ACCOUNT)
    return (*_IDENTITY, *_BY_REASON.get(reason, ())) if reason else _IDENTITY


NOTES = {
    NikNote.UNKNOWN_REGENCY: Words(
        "Kode kabupaten/kota di NIK tidak dikenal.", "The regency in the NIK is unknown."
    ),
    NikNote.UNKNOWN_DISTRICT: Words(
        "Kode kecamatan di NIK tidak dikenal.", "The district in the NIK is unknown."
    ),
    NikNote.RETIRED_DISTRICT: Words(
        "Kecamatan di NIK sudah tidak ada; itu biasa.",
        "The district in the NIK no longer exists, which is ordinary.",
    ),
    NikNote.BIRTH_DATE_DISAGREES: Words(
        "Tanggal lahir berbeda dengan yang di NIK.", "The birth date differs from the NIK's."
    ),
    NikNote.SEX_DISAGREES: Words(
        "Jenis kelamin berbeda dengan yang di NIK.", "The sex differs from the NIK's."
    ),
}
