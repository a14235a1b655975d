"""Passwords as they are kept: by argon2id, which costs whoever tries many of them dearly."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import date

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from models.policy import Policy
from models.values.text import trimmed

MEMORY_KIB = Policy(
    9 * 1024,
    since=date(2026, 11, 25),
    basis="OWASP's Password Storage Cheat Sheet names pairs of memory and passes that are worth the "
    "same, from 46 MiB in one pass to 7 MiB in five. A process has eight threads, and the memory is "
    "that of each at once: strangers who send passwords all the time take 72 MiB of a process, not "
    "368.",
)
PASSES = Policy(4, since=date(2026, 11, 25), basis="OWASP, for 9 MiB.")

# What is easily taken for something else is left out: 0 and o, 1 and l and i, u and v.
_LETTERS = "abcdefghjkmnpqrstwxyz23456789"
_GROUPS, _GROUP = 4, 5

_HASHER = PasswordHasher(
    time_cost=PASSES.value, memory_cost=MEMORY_KIB.value, parallelism=1, type=Type.ID
)
# Of no password. Worked at for names that do not exist, so that they take as long as others.
_NOBODYS = (
    f"$argon2id$v=19$m={MEMORY_KIB.value},t={PASSES.value},p=1"
    "$bm9ib2R5J3Mgc2FsdC4uLg$bm9ib2R5J3MgcGFzc3dvcmQsIHJlYWxseSBub2JvZHk"
)


def drawn_password() -> str:
    """20 characters in groups that can be read out: 97 random bits."""
    groups = ("".join(map(secrets.choice, [_LETTERS] * _GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def as_kept(password: str) -> str:
    """One password, however it was typed or copied (NIST SP 800-63B-4, 3.1.1.2)."""
    whole = password.encode("utf-8", "replace").decode()
    return trimmed(unicodedata.normalize("NFKC", whole))


def hashed(password: str) -> str:
    return _HASHER.hash(as_kept(password))


def is_password(password: str, password_hash: str | None) -> bool:
    """:param password_hash: None is nobody's: it takes as long, and nothing is their password."""
    try:
        return _HASHER.verify(password_hash or _NOBODYS, as_kept(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was made at other costs than are right today."""
    return _HASHER.check_needs_rehash(password_hash)
