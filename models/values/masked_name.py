"""A name as strangers may see it: enough for the payer to know it, too little to learn it."""

_STARS = "***"
_MOST_WORDS = 4
_BEGINNING = 3


def masked_name(full_name: str) -> str:
    """Initials only, ``S*** N***``: neither the length of a word nor a fifth word is told."""
    return " ".join(word[0].upper() + _STARS for word in full_name.split()[:_MOST_WORDS])


def begun_name(full_name: str) -> str:
    """``Sit*** Ami***``: enough to tell Muhammad from Mohamad among people of one birthday. Of a
    word that is hardly longer only the initial is told."""
    return " ".join(_begun(word) for word in full_name.split()[:_MOST_WORDS])


def _begun(word: str) -> str:
    return word[: _BEGINNING if len(word) > _BEGINNING + 1 else 1] + _STARS
