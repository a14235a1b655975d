"""A name as strangers may see it: enough for the payer to know it, too little to learn it."""

_STARS = "***"
_MOST_WORDS = 4


def masked_name(full_name: str) -> str:
    """Initials only, ``S*** N***``: neither the length of a word nor a fifth word is told."""
    return " ".join(word[0].upper() + _STARS for word in full_name.split()[:_MOST_WORDS])
