"""``Content-Digest`` (RFC 9530): what the sender says that the bytes add up to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

ALGORITHMS: Final = {"sha-256": 32, "sha-512": 64}
"""How many bytes each gives. Others that the RFC names are broken, and passed over."""

# A dictionary of byte sequences (RFC 9651, 3.2 and 3.3.5), each perhaps with parameters.
_MEMBER = re.compile(r"[ \t]*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):(;[^,]*)?[ \t]*")


class DigestUnreadable(ValueError):
    """The header is not in the form of RFC 9530, or names no algorithm that is known here."""


def digests_of(header: str) -> Mapping[str, bytes]:
    """The digests by algorithm, at least one.

    :raises DigestUnreadable: see there.
    """
    members = [_MEMBER.fullmatch(part) for part in header.split(",")]
    told = {found[1]: found[2] for found in members if found}
    digests = {name: _bytes(told[name], size) for name, size in ALGORITHMS.items() if name in told}
    if None in members or not digests:
        raise DigestUnreadable
    return digests


def _bytes(written: str, size: int) -> bytes:
    try:
        digest = base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise DigestUnreadable from error
    if len(digest) != size:
        raise DigestUnreadable
    return digest


class Digesting:
    """Adds up what passes through.

    :param expected: what the sender says. ``sha-256`` is added up in any case.
    """

    def __init__(self, expected: Mapping[str, bytes]) -> None:
        self._expected = expected
        self._sums = {name: hashlib.new(name.replace("-", "")) for name in {*expected, "sha-256"}}

    def passing(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        for block in blocks:
            for each in self._sums.values():
                each.update(block)
            yield block

    @property
    def sha_256(self) -> bytes:
        return self._sums["sha-256"].digest()

    @property
    def agrees(self) -> bool:
        return all(self._sums[name].digest() == told for name, told in self._expected.items())
