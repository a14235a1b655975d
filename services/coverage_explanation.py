"""One plain sentence that says why somebody is covered or not, and what to do."""

from __future__ import annotations

from datetime import date

from models.coverage import Coverage, CoverageStatus, ProgrammeStatus
from models.values.jakarta import day_of
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_day, spoken_months, spoken_rupiah
from models.values.words import Words

_NOT_STARTED = {
    "past": Words(
        "Pada {day} Anda belum terlindungi: pembayaran pertama belum diterima.",
        "On {day} you were not protected: no first payment had been received.",
    ),
    "present": Words(
        "Anda belum terlindungi: perlindungan mulai begitu pembayaran pertama diterima.",
        "You are not protected yet: protection starts as soon as your first payment is received.",
    ),
    "unverified": Words(
        "Anda belum terlindungi: data diri Anda harus terverifikasi dulu, lalu Anda dapat membayar.",
        "You are not protected yet: your identity has to be verified first, then you can pay.",
    ),
    "future": Words(
        "Pada {day} Anda belum terlindungi, kecuali pembayaran pertama sudah diterima.",
        "On {day} you will not be protected unless your first payment has been received.",
    ),
}
_ACTIVE = {
    "past": Words(
        "Pada {day} Anda terlindungi: iuran bulan itu sudah dibayar.",
        "On {day} you were protected: the contribution for that month had been paid.",
    ),
    "present": Words(
        "Anda terlindungi sampai {protected_until}; bayar paling lambat hari itu agar "
        "perlindungan tidak terputus.",
        "You are protected until {protected_until}; pay by that day to stay protected without "
        "a break.",
    ),
    "future": Words(
        "Pada {day} Anda terlindungi: iuran sudah dibayar sampai {protected_until}.",
        "On {day} you will be protected: contributions are paid until {protected_until}.",
    ),
}
_WAITING = Words(
    "Anda terlindungi sampai {protected_until}: bayar paling lambat hari itu agar perlindungan "
    "tidak terputus; santunan kematian penuh berlaku mulai {full_on} jika iuran terus dibayar, "
    "sebelum itu hanya biaya pemakaman.",
    "You are protected until {protected_until}: pay by that day to stay protected without a break; "
    "the full death benefit applies from {full_on} if contributions go on, before that the funeral "
    "grant only.",
)
# What is owed grows with every month that begins, so the sum is right until this one ends.
_PAY_TO_RESUME = Words(
    "Anda sedang tidak terlindungi: bayar iuran {unpaid}, {arrears} seluruhnya, paling lambat "
    "{pay_by}, dan perlindungan berlaku lagi begitu pembayaran diterima; ",
    "You are not protected now: pay {unpaid}, {arrears} in all, by {pay_by}, and protection "
    "resumes as soon as the payment is received; ",
)
_GRACE = {
    "past": Words(
        "Pada {day} Anda tidak terlindungi: saat itu iuran {unpaid} belum dibayar, dan "
        "pembayaran sesudahnya tidak mengubah itu.",
        "On {day} you were not protected: {unpaid} had not been paid by then, and later "
        "payments do not change that.",
    ),
    "present": Words(
        _PAY_TO_RESUME.id + "sesudah itu iuran bulan berikutnya harus ikut dibayar, dan sesudah "
        "{settle_by} kepesertaan tidak aktif lagi.",
        _PAY_TO_RESUME.en + "after that the next month has to be paid as well, and after "
        "{settle_by} the membership lapses.",
    ),
    "last month": Words(
        _PAY_TO_RESUME.id + "sesudah itu kepesertaan tidak aktif lagi.",
        _PAY_TO_RESUME.en + "after that the membership lapses.",
    ),
    "future": Words(
        "Pada {day} Anda tidak terlindungi, kecuali iuran {unpaid}, {arrears} seluruhnya, sudah "
        "dibayar.",
        "On {day} you will not be protected unless {unpaid}, {arrears} in all, has been paid.",
    ),
}
_LAPSED = {
    "past": Words(
        "Pada {day} kepesertaan Anda tidak aktif dan Anda tidak terlindungi: iuran sudah terlalu "
        "lama tidak dibayar.",
        "On {day} your membership had lapsed and you were not protected: contributions had been "
        "unpaid for too long.",
    ),
    "present": Words(
        "Kepesertaan Anda tidak aktif dan Anda tidak terlindungi: bayar mulai bulan ini, tanpa "
        "tunggakan, dan perlindungan mulai lagi begitu pembayaran diterima.",
        "Your membership has lapsed and you are not protected: pay from this month on, without "
        "arrears, and protection starts again as soon as the payment is received.",
    ),
    "future": Words(
        "Pada {day} kepesertaan Anda tidak aktif dan Anda tidak terlindungi jika tidak ada "
        "pembayaran sampai saat itu.",
        "On {day} your membership will have lapsed and you will not be protected if nothing is "
        "paid until then.",
    ),
}
# Whose identity was refused after a payment: no money is taken, so nobody is asked for any.
_NOT_VERIFIED = {
    CoverageStatus.NOT_STARTED: _NOT_STARTED["unverified"],
    CoverageStatus.ACTIVE: Words(
        "Anda terlindungi sampai {protected_until}, tetapi tidak sesudah itu: data diri Anda tidak "
        "terverifikasi, sehingga kami tidak dapat menerima pembayaran; hubungi petugas kami.",
        "You are protected until {protected_until}, but not after that: your identity is not "
        "verified, so we cannot take payments; contact our staff.",
    ),
    CoverageStatus.GRACE: Words(
        "Anda sedang tidak terlindungi: iuran {unpaid} belum dibayar, dan kami tidak dapat menerima "
        "pembayaran karena data diri Anda tidak terverifikasi; hubungi petugas kami.",
        "You are not protected now: {unpaid} has not been paid, and we cannot take payments because "
        "your identity is not verified; contact our staff.",
    ),
    CoverageStatus.LAPSED: Words(
        "Kepesertaan Anda tidak aktif dan Anda tidak terlindungi; kami tidak dapat menerima "
        "pembayaran karena data diri Anda tidak terverifikasi; hubungi petugas kami.",
        "Your membership has lapsed and you are not protected; we cannot take payments because "
        "your identity is not verified; contact our staff.",
    ),
}
# Who has asked to be erased, and cannot be billed until that is called off.
_LEAVING_UNPROTECTED = Words(
    "Anda tidak terlindungi, dan data Anda akan dihapus seperti yang Anda minta; batalkan permintaan "
    "itu jika Anda ingin membayar lagi.",
    "You are not protected, and your data is to be erased as you asked; call that off if you want "
    "to pay again.",
)
_LEAVING = dict.fromkeys(CoverageStatus, _LEAVING_UNPROTECTED) | {
    CoverageStatus.ACTIVE: Words(
        "Anda terlindungi sampai {protected_until}; sesudah itu data Anda akan dihapus seperti yang "
        "Anda minta.",
        "You are protected until {protected_until}; after that your data is to be erased as you "
        "asked.",
    ),
}
# Without a required consent there is no bill to pay.
_CONSENT_FIRST = Words(
    "; setujui dulu dokumen yang wajib, lalu bayar.",
    "; accept the required documents first, then pay.",
)
_SENTENCES = {
    CoverageStatus.NOT_STARTED: _NOT_STARTED,
    CoverageStatus.ACTIVE: _ACTIVE,
    CoverageStatus.GRACE: _GRACE,
    CoverageStatus.LAPSED: _LAPSED,
}


def explain(
    coverage: Coverage,
    *,
    arrears: Rupiah,
    today: date,
    verified: bool = True,
    leaving: bool = False,
    consents_given: bool = True,
) -> Words:
    """Why the cover is what it is, in a finished sentence per language.

    ``arrears``: the price of ``coverage.unpaid_months``, each at its own month's.
    About a day before ``today`` (both Jakarta's) it only reports; otherwise it also
    says what to pay and until when. It promises no protection that is not paid for, and asks
    nobody to pay whose identity is not verified, or who has asked to be erased.
    """
    tense = _tense(day_of(coverage.as_of), today)
    if leaving and tense == "present":
        sentence = _LEAVING[coverage.status]
    else:
        sentence = _sentence(coverage, tense, verified)
        if tense == "present" and verified and not consents_given:
            sentence = _joined(sentence, _CONSENT_FIRST)
    details = _details(coverage, arrears)
    return Words(
        sentence.id.format(**{name: words.id for name, words in details.items()}),
        sentence.en.format(**{name: words.en for name, words in details.items()}),
    )


def _sentence(coverage: Coverage, tense: str, verified: bool) -> Words:
    if tense == "present" and not verified:
        return _NOT_VERIFIED[coverage.status]
    if tense == "present" and _jkm_full_on(coverage) is not None:
        return _WAITING
    if tense == "present" and coverage.settle_by and coverage.settle_by == _pay_by(coverage):
        return _GRACE["last month"]
    return _SENTENCES[coverage.status][tense]


def _joined(sentence: Words, more: Words) -> Words:
    return Words(sentence.id.rstrip(".") + more.id, sentence.en.rstrip(".") + more.en)


def _tense(day: date, today: date) -> str:
    if day == today:
        return "present"
    return "past" if day < today else "future"


def _details(coverage: Coverage, arrears: Rupiah) -> dict[str, Words]:
    details = {"day": spoken_day(day_of(coverage.as_of)), "arrears": spoken_rupiah(arrears)}
    days = {
        "protected_until": coverage.protected_until,
        "pay_by": _pay_by(coverage),
        "settle_by": coverage.settle_by,
        "full_on": _jkm_full_on(coverage),
    }
    details |= {name: spoken_day(day) for name, day in days.items() if day is not None}
    if coverage.unpaid_months:
        details["unpaid"] = spoken_months(coverage.unpaid_months)
    return details


def _pay_by(coverage: Coverage) -> date | None:
    """The last day on which the arrears are what they are."""
    return coverage.unpaid_months[-1].last_day if coverage.unpaid_months else None


def _jkm_full_on(coverage: Coverage) -> date | None:
    waiting = (p for p in coverage.programmes if p.status is ProgrammeStatus.WAITING)
    return next((programme.waiting_until for programme in waiting), None)
