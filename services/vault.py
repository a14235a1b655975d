"""Personal data at rest: sealed so that only we can read it, findable only by those who hold the key.

A sealed value is ``[length of kid][kid][12-byte nonce][AES-256-GCM ciphertext and tag]``. The key's id
and the place (table, column, row) are associated data, so a value copied to another row or column
does not open there.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

from models.values.nik import Nik
from models.values.phone import PhoneNumber

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: random, at most 2**32 values under one key
_SEARCH_BYTES = 16


class SealBroken(Exception):
    """The value was altered, or belongs to another row, or its key is not ours."""


@dataclass(frozen=True)
class Vault:
    """:param sealing_keys: 32 bytes each, by key id; the first one seals, all of them open."""

    sealing_keys: Mapping[str, bytes] = field(repr=False)
    search_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        ciphers = {kid: AESGCM(key) for kid, key in self.sealing_keys.items()}
        kid = next(iter(ciphers))
        object.__setattr__(self, "_ciphers", ciphers)
        object.__setattr__(self, "_current", (_header(kid), ciphers[kid]))

    def seal(self, place: str, row: UUID, text: str) -> bytes:
        """:param place: ``table.column``."""
        return self.seal_bytes(place, row, text.encode())

    def seal_bytes(self, place: str, row: UUID, data: bytes) -> bytes:
        """``seal`` for what is no text.

        :param place: ``table.column``, and what else tells the row from its like.
        """
        header, cipher = self._current  # type: ignore[attr-defined]
        nonce = os.urandom(_NONCE_BYTES)
        bound = _associated(header, place, row)
        return bytes(header + nonce + cipher.encrypt(nonce, data, bound))

    def open(self, place: str, row: UUID, sealed: bytes) -> str:
        """:raises SealBroken: it is not what was sealed for this place and row."""
        try:
            return self.open_bytes(place, row, sealed).decode()
        except UnicodeDecodeError as broken:
            raise SealBroken(place) from broken

    def open_bytes(self, place: str, row: UUID, sealed: bytes) -> bytes:
        """:raises SealBroken: it is not what was sealed for this place and row."""
        try:
            size = 1 + sealed[0]
            header, nonce = sealed[:size], sealed[size : size + _NONCE_BYTES]
            cipher = self._ciphers[header[1:].decode()]  # type: ignore[attr-defined]
            data: bytes = cipher.decrypt(
                nonce, sealed[size + _NONCE_BYTES :], _associated(header, place, row)
            )
        except (IndexError, KeyError, ValueError, InvalidTag) as broken:
            raise SealBroken(place) from broken
        return data

    def search_key_of(self, value: Nik | PhoneNumber) -> bytes:
        """The form under which a number is found: the same for the same number, of no use without the key."""
        kind, text = ("nik", value.digits) if isinstance(value, Nik) else ("phone", value.e164)
        return self.digest(kind, text)

    def digest(self, kind: str, text: str) -> bytes:
        """16 bytes that stand for a text we want to recognise but not keep."""
        message = f"{kind}:{text}".encode()
        return hmac.digest(self.search_key, message, hashlib.sha256)[:_SEARCH_BYTES]

    def seal_many(self, place: str, rows: Sequence[tuple[UUID, str | None]]) -> list[bytes | None]:
        """``seal`` for many rows; None stays None. Nonces are drawn in one go: drawing each costs
        more than sealing does."""
        header, cipher = self._current  # type: ignore[attr-defined]
        bound, size = header + place.encode(), _NONCE_BYTES
        noise = os.urandom(size * len(rows))
        nonces = (noise[at : at + size] for at in range(0, len(noise), size))
        return [
            None
            if text is None
            else header + nonce + cipher.encrypt(nonce, text.encode(), bound + row.bytes)
            for (row, text), nonce in zip(rows, nonces, strict=True)
        ]

    def digests(self, kind: str, texts: Iterable[str]) -> list[bytes]:
        """``digest`` of many texts."""
        return [each[:_SEARCH_BYTES] for each in self._keyed(SHA256(), kind, texts)]

    def pads(self, kind: str, texts: Iterable[str]) -> list[bytes]:
        """64 bytes for each text, the same for the same one, that nobody can tell from noise
        without the key."""
        return self._keyed(SHA512(), kind, texts)

    def _keyed(self, algorithm: HashAlgorithm, kind: str, texts: Iterable[str]) -> list[bytes]:
        # The key goes in once: copying that state costs a third of starting anew.
        begun = HMAC(self.search_key, algorithm)
        begun.update(f"{kind}:".encode())
        found = []
        for text in texts:
            one = begun.copy()
            one.update(text.encode())
            found.append(one.finalize())
        return found


def _header(kid: str) -> bytes:
    return bytes([len(kid)]) + kid.encode()


def _associated(header: bytes, place: str, row: UUID) -> bytes:
    return header + place.encode() + row.bytes
