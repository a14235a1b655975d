"""A text as a QR code that a cheap camera reads off a cheap screen."""

from io import BytesIO

import segno

# Low: a screen is not worn like paper, and what is scarce is resolution. The lowest level gives the
# largest squares; segno takes a higher one where that costs none.
_CORRECTION = "L"
# Squares of white around it, as ISO/IEC 18004 asks for. Phones show pictures on any colour.
_QUIET_ZONE = 4
_WHITE = "white"
# Pixels for each square: the picture's own size, which fits the width of a small phone.
_SVG_SCALE, _PNG_SCALE = 4, 8


def svg(text: str, *, title: str) -> bytes:
    """Plain shapes, with neither style nor script: it needs nothing from a page's policy.

    :param title: what a screen reader says.
    """
    return _drawn(
        text, "svg", scale=_SVG_SCALE, unit="px", title=title, svgclass=None, lineclass=None
    )


def png(text: str) -> bytes:
    return _drawn(text, "png", scale=_PNG_SCALE)


def _drawn(text: str, kind: str, **options: object) -> bytes:
    out = BytesIO()
    code = segno.make(text, error=_CORRECTION, micro=False)
    code.save(out, kind=kind, border=_QUIET_ZONE, light=_WHITE, **options)
    return out.getvalue()
