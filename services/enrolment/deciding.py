"""What becomes of a row whose values are good: taken, unchanged, or refused.

Pure rules; whoever asks has looked at the register before. Nothing that is answered depends on
anybody but the partner and what it sent itself, so no file can tell who is registered elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple
from uuid import UUID

from models.driver import COLUMNS, NormalRow
from models.driver_faults import DUPLICATE_IN_FILE, EXTERNAL_ID_TAKEN, NIK_UNDER_OTHER_ID
from models.driver_form import CellFault
from models.enrolling_ground import MOST_ON_PHONE, Claim, Known
from services.enrolment.fingerprints import differing

REPEATED = CellFault("nik", DUPLICATE_IN_FILE.code)
UNDER_OTHER_ID = CellFault("nik", NIK_UNDER_OTHER_ID.code)
TAKEN_BY_OTHER = CellFault("external_id", EXTERNAL_ID_TAKEN.code)

_EXTERNAL_ID = COLUMNS.index("external_id")


# Thousands of these two are made for each chunk: tuples with names cost a third.
class Entry(NamedTuple):
    """One row, and the keys that it is found by.

    :param row: its number in the file; None where it came by itself.
    :param fingerprint: see ``fingerprints``.
    """

    row: int | None
    values: NormalRow
    nik_key: bytes
    phone_key: bytes
    fingerprint: bytes

    @property
    def external_id(self) -> str:
        external_id: str = self.values[_EXTERNAL_ID]
        return external_id


@dataclass(frozen=True, slots=True)
class Ground:
    """What the register says of some rows.

    :param claims: by the key of their NIK.
    :param by_nik: the partner's own ties; so is ``by_external_id``.
    :param on_phones: how many workers have a phone, by its key.
    """

    claims: Mapping[bytes, Sequence[Claim]]
    by_nik: Mapping[bytes, Known]
    by_external_id: Mapping[str, Known]
    on_phones: Mapping[bytes, int]


class Record(Enum):
    """Where what was sent goes."""

    NEW = auto()
    """It makes a worker."""
    OWN = auto()
    """It corrects the worker that the partner made, whom nobody else has to do with."""
    BESIDE = auto()
    """Another record stays as it is; what was sent is kept beside it until it has been compared."""


class Taken(NamedTuple):
    """:param worker_id: of the record; None where it is to be made.
    :param known: the tie that is changed; None where it is to be made.
    :param many_on_phone: people are to look at it.
    """

    record: Record
    worker_id: UUID | None
    known: Known | None
    many_on_phone: bool


@dataclass(frozen=True, slots=True)
class Unchanged:
    """:param ignored: names of the values that differ from those sent before, and are too late."""

    known: Known
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    faults: tuple[CellFault, ...]


Decision = Taken | Unchanged | Refused


def decide(
    entries: Iterable[Entry], ground: Ground, batch_id: UUID | None = None
) -> list[Decision]:
    """:param entries: in the order of the file: of two that claim one thing, the first has it.
    :param batch_id: the file that they came in, if any.
    """
    deciding = _Deciding(ground, batch_id)
    return [deciding.decision(entry) for entry in entries]


@dataclass
class _Deciding:
    ground: Ground
    batch_id: UUID | None
    niks: set[bytes] = field(default_factory=set)
    external_ids: dict[str, bytes] = field(default_factory=dict)
    more_on_phones: Counter[bytes] = field(default_factory=Counter)

    def decision(self, entry: Entry) -> Decision:
        known = self.ground.by_nik.get(entry.nik_key)
        faults = tuple(self._clashes(entry, known))
        self.niks.add(entry.nik_key)
        if faults:
            return Refused(faults)
        self.external_ids[entry.external_id] = entry.nik_key
        if known is None:
            return self._new(entry)
        if known.sent_digest == entry.fingerprint:
            return Unchanged(known)
        if known.asked or _taken_over(known):
            return Unchanged(known, differing(known.sent_digest, entry.fingerprint))
        return self._changed(entry, known)

    def _clashes(self, entry: Entry, known: Known | None) -> Iterable[CellFault]:
        if entry.nik_key in self.niks or (known and self._earlier_in_file(entry, known)):
            yield REPEATED
            return
        if self._holder_of(entry.external_id, entry.nik_key) != entry.nik_key:
            yield TAKEN_BY_OTHER
        if known and known.external_id != entry.external_id:
            yield UNDER_OTHER_ID

    def _earlier_in_file(self, entry: Entry, known: Known) -> bool:
        """Whether another row of the file has made the tie."""
        return (
            self.batch_id is not None
            and known.batch_id == self.batch_id
            and known.batch_row != entry.row
        )

    def _holder_of(self, external_id: str, otherwise: bytes) -> bytes:
        known = self.ground.by_external_id.get(external_id)
        return known.nik_key if known else self.external_ids.get(external_id, otherwise)

    def _new(self, entry: Entry) -> Taken:
        claim = self._claim(entry)
        many = self._many_on_phone(entry)
        if claim is None:
            return Taken(Record.NEW, None, None, many)
        return Taken(Record.BESIDE, claim.worker_id, None, many)

    def _changed(self, entry: Entry, known: Known) -> Taken:
        """As a new row, but that a record which is the partner's alone is corrected."""
        claim = self._claim(entry)
        many = self._many_on_phone(entry)
        own = not (known.apart or known.shared or known.claimed_at)
        if own and (claim is None or claim.worker_id == known.worker_id):
            return Taken(Record.OWN, known.worker_id, known, many)
        if claim is None:
            return Taken(Record.NEW, None, known, many)
        return Taken(Record.BESIDE, claim.worker_id, known, many)

    def _claim(self, entry: Entry) -> Claim | None:
        """Whose record it is: the holder's of the NIK, else that of the same NIK and phone."""
        claims = self.ground.claims.get(entry.nik_key, ())
        holders = (each for each in claims if each.holds)
        same = (each for each in claims if each.phone_key == entry.phone_key)
        return next(holders, None) or next(same, None)

    def _many_on_phone(self, entry: Entry) -> bool:
        claims = self.ground.claims.get(entry.nik_key, ())
        if not any(each.phone_key == entry.phone_key for each in claims):
            self.more_on_phones[entry.phone_key] += 1
        before = self.ground.on_phones.get(entry.phone_key, 0)
        return before + self.more_on_phones[entry.phone_key] > MOST_ON_PHONE


def _taken_over(known: Known) -> bool:
    """Whether the driver has confirmed the tie, or signed in for the first time since it was made.
    One who had signed in before is like any other to the partner."""
    if known.claimed_at is None:
        return known.confirmed
    return known.confirmed or known.claimed_at > known.enrolled_at


def by_nik_key(claims: Iterable[Claim]) -> Mapping[bytes, Sequence[Claim]]:
    found = defaultdict(list)
    for each in claims:
        found[each.nik_key].append(each)
    return found
