"""Reads QR codes off pictures, with a decoder by other people than those who drew them."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import zxingcpp
from PIL import Image, ImageDraw

_SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([Mmhv])(-?[0-9.]+)(?: (-?[0-9.]+))?")


def read_png(picture: bytes) -> str:
    return _read(Image.open(BytesIO(picture)))


def read_svg(picture: bytes) -> str:
    return _read(drawn(picture))


def drawn(picture: bytes) -> Image.Image:
    """An SVG of one filled ground and strokes of one unit's width, in dots, on a black page."""
    root = ElementTree.fromstring(picture)  # noqa: S314 - we have just drawn it
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    [group] = root.findall(f"{_SVG}g")
    [scale] = re.findall(r"scale\(([0-9]+)\)", group.attrib["transform"])
    for path in group.findall(f"{_SVG}path"):
        if "fill" in path.attrib:
            assert path.attrib["fill"] == "#fff"
            pen.rectangle((0, 0, width, height), fill=255)
        else:
            assert path.attrib["stroke"] == "#000"
            _stroke(pen, path.attrib["d"], int(scale))
    return image


def _stroke(pen: ImageDraw.ImageDraw, steps: str, scale: int) -> None:
    x = y = 0.0
    for step, first, second in _STEP.findall(steps):
        if step == "h":
            box = (x * scale, (y - 0.5) * scale, (x + float(first)) * scale, (y + 0.5) * scale)
            left, top, right, bottom = map(round, box)
            pen.rectangle((left, top, right - 1, bottom - 1), fill=0)
            x += float(first)
        else:
            from_x, from_y = (0.0, 0.0) if step == "M" else (x, y)
            x, y = from_x + float(first), from_y + float(second)


def _read(image: Image.Image) -> str:
    [code] = zxingcpp.read_barcodes(image.convert("L"))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return str(code.text)
