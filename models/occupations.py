"""The occupations that a worker can choose from, kept in memory: there are few, and they
change with a release only."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.values.folding import folded_words
from models.values.sector import Sector
from models.values.words import Words


class BrokenOccupations(ValueError):
    """The file of occupations contradicts itself."""


@dataclass(frozen=True, kw_only=True)
class OccupationEntry:
    """:param isco08: unit group of the International Standard Classification of Occupations, 2008.
    :param aliases: what people call it in Indonesian; searched and shown as examples.
    """

    code: str
    name: Words
    isco08: str
    sector: Sector
    aliases: tuple[str, ...]

    def distance(self, word: str) -> int | None:
        """How far a folded word is from this occupation: 0 is a whole word of its Indonesian
        names, ``None`` is not at all. Half a word counts, since people search while they type."""
        for distance, whole_and_begun in enumerate(self._vocabularies):
            if word in whole_and_begun:
                return 2 * distance
            if any(known.startswith(word) for known in whole_and_begun):
                return 2 * distance + 1
        return None

    @cached_property
    def _vocabularies(self) -> tuple[frozenset[str], ...]:
        """Words by how much they say: names and aliases first, then English, then the code."""
        indonesian = folded_words(" ".join((self.name.id, *self.aliases)))
        return (
            frozenset(indonesian),
            frozenset(folded_words(self.name.en)),
            frozenset(folded_words(self.code)),
        )


@dataclass(frozen=True)
class Occupations:
    """All occupations on offer, in the order of the file."""

    by_code: Mapping[str, OccupationEntry]

    @classmethod
    def load(cls, path: Path) -> Occupations:
        """Read the catalogue from ``occupations.csv``.

        :raises BrokenOccupations: a code appears twice, or a row says neither that it is
            transport nor that it is not.
        """
        with path.open(encoding="utf-8", newline="") as file:
            entries = [_entry(row) for row in csv.DictReader(file)]
        by_code = {entry.code: entry for entry in entries}
        if len(by_code) != len(entries):
            raise BrokenOccupations("a code appears twice")
        return cls(by_code)

    def find(self, code: str) -> OccupationEntry | None:
        return self.by_code.get(code)

    def search(self, text: str) -> tuple[OccupationEntry, ...]:
        """The occupations that have every word of the text, best first; all, without words.

        Where none has every word, those that have the most of them: ``supir angkot merah``
        still finds the angkot driver.
        """
        words = folded_words(text)
        ranked = [(_rank(entry, words), entry) for entry in self.by_code.values()]
        fewest_missing = min((missing for (missing, _), _ in ranked), default=0)
        if words and fewest_missing == len(words):
            return ()
        found = [pair for pair in ranked if pair[0][0] == fewest_missing]
        return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _rank(entry: OccupationEntry, words: Iterable[str]) -> tuple[int, int]:
    """How many of the words the entry lacks, then how far it is from the others."""
    distances = [entry.distance(word) for word in words]
    known = [distance for distance in distances if distance is not None]
    return len(distances) - len(known), sum(known)


# The column beside it, "sector", groups occupations by trade. Relief knows only these two.
_SECTORS = {"true": Sector.TRANSPORT, "false": Sector.OTHER}


def _entry(row: dict[str, str]) -> OccupationEntry:
    try:
        sector = _SECTORS[row["transport_sector"]]
    except KeyError:
        raise BrokenOccupations(f"{row['code']}: transport or not?") from None
    return OccupationEntry(
        code=row["code"],
        name=Words(row["name_id"], row["name_en"]),
        isco08=row["isco08"],
        sector=sector,
        aliases=tuple(filter(None, row["aliases"].split(";"))),
    )
