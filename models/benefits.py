"""What each programme pays, in money and in words.

JKK: PP 44/2015 and PP 82/2019; JKM: the same and Permenaker 1/2025; JHT: PP 46/2015.
"Wage" for a BPU worker is the reference income of the band of the month in question.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.values.plan import Programme
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_rupiah
from models.values.words import Words

HOME_CARE = Rupiah(20_000_000)
SCHOLARSHIPS = Rupiah(174_000_000)
DEATH_BENEFIT = Rupiah(20_000_000)
PERIODIC_BENEFIT = Rupiah(12_000_000)
FUNERAL_BENEFIT = Rupiah(10_000_000)
FULL_JKM = DEATH_BENEFIT + PERIODIC_BENEFIT + FUNERAL_BENEFIT

JKK_DEATH_TIMES = 48
JKK_DISABILITY_TIMES = 56


@dataclass(frozen=True, kw_only=True, slots=True)
class Benefit:
    """``amount``: the most that is paid; none where there is no ceiling or no fixed sum."""

    code: str
    words: Words
    amount: Rupiah | None = None


@cache  # One answer per programme and band, asked for on every reading of cover.
def benefits_of(programme: Programme, reference_income: Rupiah | None) -> tuple[Benefit, ...]:
    """All that a programme pays to whom it fully covers.

    Without a reference income (nobody in particular is meant) the benefits that
    are multiples of it have no amount.
    """
    match programme:
        case Programme.JKK:
            return _jkk(reference_income)
        case Programme.JKM:
            return (FULL_DEATH_BENEFIT, JKM_SCHOLARSHIPS)
        case Programme.JHT:
            return (OLD_AGE_SAVINGS,)


def benefits_kept(programme: Programme) -> tuple[Benefit, ...]:
    """What remains while the programme is not paid for: only the savings of JHT."""
    return (OLD_AGE_SAVINGS,) if programme is Programme.JHT else ()


def _fixed(code: str, amount: Rupiah, words: Words) -> Benefit:
    return Benefit(code=code, words=_with_amount(words, spoken_rupiah(amount)), amount=amount)


def _times(code: str, times: int, income: Rupiah | None, words: Words) -> Benefit:
    if income is None:
        count = "" if times == 1 else f"{times} × "
        multiple = Words(f"{count}penghasilan acuan", f"{count}the reference income")
        return Benefit(code=code, words=_with_amount(words, multiple))
    return _fixed(code, income * times, words)


def _with_amount(words: Words, amount: Words) -> Words:
    return Words(words.id.format(amount=amount.id), words.en.format(amount=amount.en))


def _jkk(reference_income: Rupiah | None) -> tuple[Benefit, ...]:
    return (
        TREATMENT,
        _times(
            "temporary-inability",
            1,
            reference_income,
            Words(
                "Pengganti penghasilan selama belum mampu bekerja: {amount} per bulan selama "
                "12 bulan, lalu separuhnya",
                "Income while unable to work: {amount} a month for 12 months, then half of it",
            ),
        ),
        _times(
            "death-at-work",
            JKK_DEATH_TIMES,
            reference_income,
            Words(
                "Santunan meninggal karena kecelakaan kerja: {amount}",
                "Death through a work accident: {amount}",
            ),
        ),
        _times(
            "total-disability",
            JKK_DISABILITY_TIMES,
            reference_income,
            Words(
                "Santunan cacat total tetap: {amount}",
                "Total permanent disability: {amount}",
            ),
        ),
        HOME_NURSING,
        JKK_SCHOLARSHIPS,
        RETURN_TO_WORK,
    )


TREATMENT = Benefit(
    code="treatment",
    words=Words(
        "Perawatan dan pengobatan kecelakaan kerja tanpa batas biaya",
        "Treatment after a work accident, without a ceiling",
    ),
)
HOME_NURSING = _fixed(
    "home-care",
    HOME_CARE,
    Words(
        "Perawatan di rumah sampai {amount}",
        "Care at home up to {amount}",
    ),
)
JKK_SCHOLARSHIPS = _fixed(
    "scholarships",
    SCHOLARSHIPS,
    Words(
        "Beasiswa untuk dua anak, seluruhnya sampai {amount}",
        "Scholarships for two children, up to {amount} in all",
    ),
)
RETURN_TO_WORK = Benefit(
    code="return-to-work",
    words=Words("Pendampingan kembali bekerja", "Support in returning to work"),
)
FULL_DEATH_BENEFIT = _fixed(
    "death",
    FULL_JKM,
    Words(
        "Santunan kematian {amount} (santunan, santunan berkala dan biaya pemakaman)",
        "Death benefit of {amount} (lump sum, periodic benefit and funeral costs)",
    ),
)
FUNERAL_GRANT = _fixed(
    "funeral-grant",
    FUNERAL_BENEFIT,
    Words(
        "Biaya pemakaman {amount}",
        "Funeral grant of {amount}",
    ),
)
JKM_SCHOLARSHIPS = Benefit(
    code="scholarships",
    words=Words(
        "Beasiswa untuk anak setelah tiga tahun iuran",
        "Scholarships for children after three years of contributions",
    ),
)
OLD_AGE_SAVINGS = Benefit(
    code="old-age-savings",
    words=Words(
        "Seluruh iuran JHT dan hasil pengembangannya, dibayarkan pada usia 56 tahun, saat cacat "
        "total tetap atau meninggal, atau ketika berhenti bekerja",
        "All JHT contributions and their yield, paid at the age of 56, on total disability or "
        "death, or when the work stops",
    ),
)
