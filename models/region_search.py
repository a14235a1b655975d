"""Finding an area by what people type, best first, in a few milliseconds.

Two searches in one statement. Names that begin with what was typed are read from an index
in their order, level by level, so that a single letter costs as little as a whole name.
Names that have its words elsewhere come from the index on words and are ranked afterwards.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, Executable, Integer, bindparam, column, select, text

from models.listed_region import ListedRegion
from models.values.area_query import AreaQuery


class Place(NamedTuple):
    """What the answers are ordered by.

    ``rank``: 0 the name is what was typed; 1 it begins so; 2 it has all the words; 3 it has
    some of them, and areas around it the others.
    """

    rank: int
    depth: int
    squeezed: str
    code: str


_START = Place(-1, 0, "", "")

# Both parts are cut to a page before they are joined. Within one level the name itself
# sorts before longer ones, so the index gives the ranks 0 and 1 in their order. Words
# around a name are checked by the function behind @@ and not by the operator, because no
# index should be read for them: half of all areas may have a word that begins with "b".
_SEARCH = """
WITH begun AS (
    SELECT found.* FROM generate_series(1, 4) AS level (level)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN squeezed = :beginning THEN 0 ELSE 1 END AS rank, depth, squeezed, code
        FROM listed_region
        WHERE depth = level AND squeezed >= :beginning AND squeezed < :beyond
            AND (CASE WHEN squeezed = :beginning THEN 0 ELSE 1 END, depth, squeezed, code)
                > (:rank, :depth, :squeezed, :code)
        ORDER BY squeezed, code LIMIT :limit
    ) AS found
), worded AS (
    SELECT CASE WHEN squeezed = :whole_name THEN 0
                WHEN ts_match_vq(own_words, CAST(:all_words AS tsquery)) THEN 2
                ELSE 3 END AS rank, depth, squeezed, code
    FROM listed_region
    WHERE own_words @@ CAST(:any_word AS tsquery)
        AND ts_match_vq(all_words, CAST(:all_words AS tsquery))
        AND NOT (squeezed >= :beginning AND squeezed < :beyond)
), places AS (
    SELECT * FROM begun
    UNION ALL
    SELECT * FROM worded WHERE (rank, depth, squeezed, code) > (:rank, :depth, :squeezed, :code)
    ORDER BY rank, depth, squeezed, code LIMIT :limit
)
SELECT {columns}, places.rank FROM places JOIN listed_region USING (code)
ORDER BY places.rank, places.depth, places.squeezed, code
"""

_COLUMNS = [each for each in ListedRegion.__table__.c if not each.name.endswith("_words")]
_RANK = column("rank", Integer)
# A cursor that somebody made up may hold any number.
_NUMBERS = [bindparam(name, type_=BigInteger) for name in ("rank", "depth")]
_MATCHES = (
    text(_SEARCH.format(columns=", ".join(map(str, _COLUMNS))))
    .bindparams(*_NUMBERS)
    .columns(*_COLUMNS, _RANK)
)


def select_matches(query: AreaQuery, *, after: Place | None, limit: int) -> Executable:
    """The areas that a query describes: rows of a ``ListedRegion`` and its rank.

    :param after: the place of the last one already seen.
    """
    values = (after or _START)._asdict() | {
        "beginning": query.beginning,
        "beyond": _just_after(query.beginning),
        "whole_name": query.whole_name,
        "all_words": query.all_words,
        "any_word": query.any_word,
        "limit": limit,
    }
    return select(ListedRegion, _RANK).from_statement(_MATCHES.bindparams(**values))


def _just_after(start: str) -> str:
    """The first text after all those that begin with ``start``, by code points."""
    return start[:-1] + chr(ord(start[-1]) + 1)
