"""Names that a sender may have misspelt, told from somebody's data in the wrong place."""

import re

# Anything else, and anything with many digits, is not worth the risk of repeating it.
_PLAIN_NAME = re.compile(r"(?!.*[0-9]{4})[A-Za-z_][A-Za-z0-9_]{0,39}")


def tellable(name: str) -> str:
    """The name, if it may be repeated in an answer; otherwise a question mark."""
    return name if _PLAIN_NAME.fullmatch(name) else "?"
