import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrolment.content_digest import Digesting, DigestUnreadable, digests_of


def written(algorithm, data):
    digest = hashlib.new(algorithm.replace("-", ""), data).digest()
    return f"{algorithm}=:{base64.b64encode(digest).decode()}:"


def agrees(header, data):
    digesting = Digesting(digests_of(header))
    assert b"".join(digesting.passing([data[:3], data[3:]])) == data
    return digesting.agrees


@given(st.binary(max_size=50))
def test_the_examples_of_the_rfc_are_understood(data):
    for algorithm in ("sha-256", "sha-512"):
        assert agrees(written(algorithm, data), data)
        assert not agrees(written(algorithm, data), data + b"!")


def test_all_that_is_told_must_agree():
    good, bad = written("sha-256", b"a"), written("sha-512", b"b")
    assert agrees(f"{good}, {written('sha-512', b'a')}", b"a")
    assert not agrees(f"{good},{bad}", b"a")


def test_broken_algorithms_and_parameters_are_passed_over():
    assert agrees(f"md5=:AAAA:, {written('sha-256', b'a')};q=1", b"a")


@pytest.mark.parametrize(
    "header",
    ["", "sha-256", "sha-256=abc", "sha-256=:abc:", "sha-256=:AAAA:", "md5=:AAAA:", "SHA-256=:AAAA:",
     "sha-256=:" + "A" * 44 + ":, ,", "sha-256=:é:"],
)  # fmt: skip
def test_what_is_in_no_form_is_refused(header):
    with pytest.raises(DigestUnreadable):
        digests_of(header)


def test_the_sum_of_everything_is_known_in_any_case():
    digesting = Digesting({})
    list(digesting.passing([b"a", b"b"]))
    assert digesting.sha_256 == hashlib.sha256(b"ab").digest()
    assert digesting.agrees
