"""In which language a page is: the one that was chosen, or else what the browser likes best."""

from __future__ import annotations

from api.languages import language
from api.request import current
from console import cookies
from models.values.words import Language
from schemas.speaking import spoken_language


def choose() -> None:
    current().varies.add("Cookie")
    chosen = cookies.shown(cookies.LANGUAGE)
    spoken_language.set(next((each for each in Language if each == chosen), language()))
