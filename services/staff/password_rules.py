"""Which passwords an officer may choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from zxcvbn_rs_py import zxcvbn

from models.policy import Policy
from models.values.faults import TOO_LONG, TOO_SHORT, Fault
from models.values.words import Words
from services.staff.hashing import as_kept

SHORTEST = Policy(
    12,
    since=date(2026, 11, 25),
    basis="NIST SP 800-63B-4 asks for 15 characters where the password stands alone and for 8 beside "
    "a second factor; we ask for more than that, because it opens other people's data.",
)
LONGEST = 200
LEAST_SCORE = Policy(
    3,
    since=date(2026, 11, 25),
    basis="zxcvbn's scale of 0 to 4: from 3 on it takes over a hundred million guesses by somebody "
    "who knows the commonest passwords, names, dates and keyboard walks.",
)
TOO_EASY = Fault(
    "password-too-easy",
    Words(
        "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berkaitan, tanpa nama Anda.",
        "This password is easy to guess. Use several words that do not belong together, without your "
        "name.",
    ),
)
UNCHANGED = Fault(
    "password-unchanged",
    Words(
        "Pilih kata sandi yang berbeda dari yang sekarang.", "Choose another than the present one."
    ),
)

# What zxcvbn does not know: words that Indonesians begin passwords with, and those of this work.
# They are taken out before the rest is judged, and so is the username.
_OWN_WORDS = (
    "bismillah",
    "alhamdulillah",
    "assalamualaikum",
    "indonesia",
    "jakarta",
    "bandung",
    "surabaya",
    "rahasia",
    "sandi",
    "sayang",
    "sayangku",
    "sayangkamu",
    "cinta",
    "cintaku",
    "akucintakamu",
    "merdeka",
    "pancasila",
    "garuda",
    "anakku",
    "keluarga",
    "jaring",
    "bpjs",
    "ketenagakerjaan",
    "ketenaga",
    "kerja",
    "keras",
    "bebas",
    "cemas",
    "peserta",
    "petugas",
    "admin",
    "iuran",
    "nelayan",
    "password",
    "passwd",
    "qwerty",
)
# zxcvbn looks no further: beyond, its time grows faster than the text.
_JUDGED = 72
_SHORTEST_NAME = 3


def faults_of(new: str, *, username: str, current: str) -> list[Fault]:
    """What is wrong with a new password; nothing, if it may be had."""
    return list(_faults(as_kept(new), username, as_kept(current)))


def _faults(new: str, username: str, current: str) -> Iterator[Fault]:
    if len(new) < SHORTEST.value:
        yield TOO_SHORT.with_(minimum=SHORTEST.value)
    elif len(new) > LONGEST:
        yield TOO_LONG.with_(maximum=LONGEST)
    elif new == current:
        yield UNCHANGED
    elif _score(new, username) < LEAST_SCORE.value:
        yield TOO_EASY


def _score(password: str, username: str) -> int:
    names = [each for each in re.split("[.-]", username) if len(each) >= _SHORTEST_NAME]
    known = sorted([username, *names, *_OWN_WORDS], key=len, reverse=True)
    left = re.sub("|".join(map(re.escape, known)), "", password.casefold())
    # Not by zxcvbn's user_inputs: it keeps them where other threads find them.
    return int(zxcvbn(left[:_JUDGED]).score) if left else 0
