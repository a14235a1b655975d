import json

from hypothesis import given
from hypothesis import strategies as st

from services.bank.signatures import minified

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def compact(document, *, ascii_only):
    return json.dumps(document, separators=(",", ":"), ensure_ascii=ascii_only).encode(
        errors="surrogatepass"
    )


@given(DOCUMENTS, st.booleans(), st.sampled_from(["", " ", "\t", "\r\n  ", 3]))
def test_white_space_goes_and_all_else_stays(document, ascii_only, indent):
    written = json.dumps(document, indent=indent or None, ensure_ascii=ascii_only)
    assert minified(written.encode(errors="surrogatepass")) == compact(
        document, ascii_only=ascii_only
    )


@given(DOCUMENTS)
def test_what_is_minified_stays_as_it_is(document):
    once = compact(document, ascii_only=True)
    assert minified(once) == once


def test_strings_keep_their_spaces_quotes_and_escapes():
    body = rb'{ "a \" b" : " \\" , "c" : "\u0020 x" }'
    assert minified(body) == rb'{"a \" b":" \\","c":"\u0020 x"}'


def test_order_numbers_and_repeated_names_stay():
    assert minified(b'{"b": 1.0, "a": 1e3, "b": 01}') == b'{"b":1.0,"a":1e3,"b":01}'


@given(st.binary(max_size=200))
def test_it_never_fails(body):
    assert len(minified(body)) <= len(body)


def test_an_endless_string_of_quotes_takes_no_time():
    body = b'\\"' * 32_000
    assert minified(body) == body
