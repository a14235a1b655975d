"""What hypothesis draws for the value types: numbers, the ways to type them, hostile text."""

from collections.abc import Callable

from hypothesis import strategies as st

from models.values.nik import PROVINCES, Nik

GROUPING = ["", "", "", " ", "-", ".", "\u00a0", "\u2011", "\u200b", "\t"]

# Any code point, surrogates included, and text that nearly is a number.
HOSTILE_TEXT = st.one_of(
    st.text(st.characters()),
    st.text(st.characters(categories=["Nd", "Cs", "Cc", "Cf", "Zs"])),
    st.text("0123456789+-(). eE,OoIl\x00\ud800٠０²①", max_size=30),
    st.sampled_from(["0", "6", "８", "(", "\ud800", "٣"]).map(lambda one: one * 5_000),
)


@st.composite
def group_digits(draw: st.DrawFn, digits: str) -> str:
    """The digits as somebody might type them."""
    width = {
        ord(digit): draw(st.sampled_from([digit, chr(ord(digit) + 0xFEE0)])) for digit in "0189"
    }
    parts = [digit.translate(width) + draw(st.sampled_from(GROUPING)) for digit in digits]
    return "".join(parts)


@st.composite
def niks(draw: st.DrawFn) -> Nik:
    born = draw(st.dates())
    day = born.day + draw(st.sampled_from([0, 40]))
    serial = draw(st.integers(1, 9999))
    area = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 99)):02}"
    district = draw(st.integers(1, 99))
    return Nik(f"{area}{district:02}{day:02}{born:%m}{born.year % 100:02}{serial:04}")


def scripted(*numbers: int) -> Callable[[int], int]:
    """A stand-in for ``secrets.randbelow`` that gives these numbers in turn."""
    left = iter(numbers)
    return lambda below: next(left) % below
