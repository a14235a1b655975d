"""Numbers as people type them: grouped, pasted from a chat, in full-width digits."""

# Longer than any number anyone types, spaced out or not. Longer text is not read, so that
# nobody can buy processor time with it.
LONGEST_TYPED = 64

_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("＋"): "+"}
_SPACES = [*map(ord, "\t\n\r \u00a0\u1680\u202f\u205f\u3000"), *range(0x2000, 0x200B)]
_HYPHENS = [*map(ord, "-\u2212\ufe63\uff0d"), *range(0x2010, 0x2016)]
_DOTS = [*map(ord, ".\uff0e\u00b7")]
# Contacts copied out of a phone arrive wrapped in marks of writing direction.
_INVISIBLE = [
    *map(ord, "\u00ad\u2060\ufeff"),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]
_PLAIN: dict[int, str | None] = {
    **_FULL_WIDTH,
    **dict.fromkeys([*_SPACES, *_HYPHENS, *_DOTS, *_INVISIBLE]),
}


def plain(text: str) -> str:
    """The text without spaces, hyphens, dots and invisible marks, full-width digits made 0-9.

    Everything else stays, so that the caller sees and refuses it: letters, a NUL, the
    digits of other scripts (Arabic-Indic ones included; no Indonesian form prints them).
    Of text longer than LONGEST_TYPED nothing is left, and nothing is no number.
    """
    if len(text) > LONGEST_TYPED:
        return ""
    # Files and apps send bare digits: most calls end here.
    return text if text.isascii() and text.isdigit() else text.translate(_PLAIN)
