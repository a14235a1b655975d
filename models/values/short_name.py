"""A name as it is said to a stranger who has its bearer before them: ``Siti A.``"""

# Longer first words are cut: a QR code grows with every letter.
_LONGEST = 24


def short_name(full_name: str) -> str:
    """The first word, and the initial of the last one if there are several.

    A word without any letter, such as a dash or a number, has no initial and is passed over,
    unless it is all there is.
    """
    words = full_name.split()
    named = [word for word in words if any(map(str.isalpha, word))] or words[:1]
    first, *others = named or [""]
    initials = [_initial(word) for word in others[-1:]]
    return " ".join([first[:_LONGEST], *initials])


def _initial(word: str) -> str:
    letter = next(filter(str.isalpha, word))
    return f"{letter.upper()[0]}."
