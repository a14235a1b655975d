"""Two lives agree, or it is said in what they differ."""

from __future__ import annotations

from pprint import pformat


def agree(jaring: object, plain: object, about: str) -> None:
    """:raises AssertionError: they say different things."""
    if jaring != plain:
        raise AssertionError(
            f"about {about} Jaring says\n{pformat(jaring, width=100)}\n"
            f"and the plain model\n{pformat(plain, width=100)}"
        )
