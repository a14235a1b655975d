"""How Indonesian names are spelled: the same name in many ways, with titles and abbreviations.

The KTP says what a clerk heard decades ago, and the caller says what friends call them. A spelling
here stands for all the ways to write one spoken word; it is for comparison only and never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from models.values.text import fold_name


def _words(text: str) -> list[str]:
    return text.split()


# Before and behind a name; people drop them on the phone, and clerks wrote them into the name.
_TITLES = frozenset(
    _words(
        "h hj haji hajah hajjah kh kyai kiai nyai ust ustad ustadz ustadzah ir drs dra dr drg drh prof"
        " alm almh almarhum almarhumah bpk bapak ibu tn ny nn sdr sdri rd r rr raden rm ra"
    )
)
_DEGREES = frozenset(
    _words(
        "se sh st ssi spd sag skom sos ssos sip sik ssn sp spt skm skep skh mkes mm msi mpd mkom mh mt"
        " msc ma ba bsc phd amd amdkeb amdkep ama apd sked str strkeb ners apt lc spdi shi sei"
    )
)
# Of a father, between two names.
_PATRONYMICS = frozenset(_words("bin binti bt bte"))

_MUHAMMAD = "muhamat"
_WHOLE = {
    **dict.fromkeys(
        _words(
            "muh mohd moh mhd md muhd moch much mochd mokh mukh mohamed muhammed mohammed mohamet"
            " mohamat muhamet mokhamat mukhamat"
            " muchammad muchamad mochamad mochammad mokhamad mokhammad mukhamad mukhammad"
        ),
        _MUHAMMAD,
    ),
    **dict.fromkeys(_words("ach akh achm ahm achmad akhmad ahmed ahmat"), "ahmat"),
    **dict.fromkeys(_words("abd abdl abdoel"), "abtul"),
    **dict.fromkeys(_words("st sitti sity"), "siti"),
    **dict.fromkeys(("sale", "sali", "soli"), "sole"),
    "nugraha": "nugroho",
}
WEAK = frozenset({_MUHAMMAD, "siti", "i", "ni"})
"""So many bear them that they are left out or shortened at will, and tell nobody from another."""

# In this order. Old spellings (Van Ophuijsen, Soewandi) come first; then letters that sound alike.
_SOUNDS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        ("oe|oo", "u"),
        ("tj", "c"),
        ("dj", "j"),
        ("nj", "ny"),
        ("sj|sy|sh|sch", "s"),
        # Rachmat, Rakhmat, Rahmat; but Khairul, Chairul; and Chandra, Candra.
        ("(?<=[aiueo])[kc]h(?=[^aiueo])", "h"),
        ("kh|ch(?!an|in|e)", "k"),
        ("ch", "c"),
        ("q", "k"),
        ("x", "ks"),
        ("dh|dz", "d"),
        ("th|ts", "t"),
        ("bh", "b"),
        ("ph|f|v", "p"),
        ("ae|ay|ey|ei", "ai"),
        ("ie|ee|iy|yi", "i"),
        ("^[zjy]", "y"),
        ("z", "s"),
        ("y(?![aiueo])", "i"),
        (r"(.)\1+", r"\1"),
        ("(?<=[aiueo])h$", ""),
        ("d$", "t"),
        ("b$", "p"),
    )
)


@lru_cache(maxsize=50_000)
def spelling(word: str) -> str:
    """What stands for every way to write one word of a folded name."""
    if word in _WHOLE:
        return _WHOLE[word]
    sounded = word
    for pattern, written in _SOUNDS:
        sounded = pattern.sub(written, sounded)
    return _WHOLE.get(sounded, sounded)


def spelled(name: str) -> tuple[str, ...]:
    """The words of a name that tell somebody from others, as they are compared.

    Titles in front and degrees behind go, unless nothing were left.
    """
    words = [part for token in re.split(r"[\s,]+", name) for part in _parts(token)]
    left = [word for word in words if word not in _PATRONYMICS] or words
    while len(left) > 1 and left[0] in _TITLES:
        del left[0]
    while len(left) > 1 and (left[-1] in _DEGREES or left[-1] in _TITLES - {"r", "h"}):
        del left[-1]
    return tuple(map(spelling, left))


def _parts(token: str) -> list[str]:
    """``S.Pd.`` is one word, ``M.Rizki`` and ``Siti-Nur`` are two."""
    squeezed = fold_name(token.replace(".", ""))
    if squeezed in _DEGREES or squeezed in _TITLES:
        return [squeezed]
    return fold_name(token).split()
