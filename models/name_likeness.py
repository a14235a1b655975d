"""Whether two names may be one person's, given that both were born on the same day.

Forgiving, because a caller spells a name as they hear it: case, spacing, order, accents, titles,
missing parts, abbreviations and close spellings. A pure rule, the same both ways round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from rapidfuzz.distance import OSA

from models.values.name_spelling import WEAK, spelled
from models.values.text import fold_name

MOST = 100.0
_BY_INITIAL = 0.9
# How many letters may be wrong, missing, too many or swapped with the next: by the longer word. In
# four letters another one makes another name (Rina, Rini; Dian, Dina).
_TYPOS = ((12, 3), (8, 2), (5, 1))
_VOWELS = frozenset("aiueo")
# Of so many words one may be another, as where both give only some of a long name.
_LONG_NAME = 4

Words = tuple[str, ...]


def likeness(one: str, other: str) -> float:
    """0: two people. Otherwise the more, the likelier it is one: 100 for the same name.

    The share of the words of both that have a partner in the other.
    """
    return judging(one)(other)


def judging(said: str) -> Callable[[str], float]:
    """``likeness`` to one name, of many others."""
    folded, words = fold_name(said), spelled(said)

    def judge(other: str) -> float:
        if folded and folded == fold_name(other):
            return MOST
        return _of_names(words, spelled(other))

    return judge


def _of_names(one: Words, other: Words) -> float:
    first, second = sorted((one, other))
    if not first or not second:
        return 0.0
    apart = max(
        _of_words(left, right)
        for left, right in ((first, second), _with_joined_words(first, second))
    )
    return min(MOST - 1, MOST * max(apart, _as_one_word(first, second)))


def _as_one_word(first: Words, second: Words) -> float:
    """Abdul Rahman, Abdurrahman: the words run together, with a letter lost."""
    if len(first) == len(second):
        return 0.0
    one, other = "".join(first), "".join(second)
    wrong = OSA.distance(one, other, score_cutoff=1)
    return 0.0 if wrong > 1 else 1 - wrong / max(len(one), len(other))


def _of_words(first: Words, second: Words) -> float:
    found = _partners(first, second)
    if not _enough(first, second, found):
        return 0.0
    return 2 * sum(alike for *_, alike in found) / (len(first) + len(second))


Partners = Sequence[tuple[int, int, float]]


def _partners(first: Words, second: Words) -> Partners:
    """Each word's partner in the other name, the likest first."""
    alike = [
        (left, right, score)
        for left, right in product(range(len(first)), range(len(second)))
        if (score := _word_likeness(first[left], second[right]))
    ]
    alike.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    found: list[tuple[int, int, float]] = []
    taken_left, taken_right = set[int](), set[int]()
    for left, right, score in alike:
        if left not in taken_left and right not in taken_right:
            found.append((left, right, score))
            taken_left.add(left)
            taken_right.add(right)
    return found


def _enough(first: Words, second: Words, found: Partners) -> bool:
    """Whether all that tells somebody from others in the shorter name is in the longer one."""
    paired_first = {left for left, *_ in found}
    paired_second = {right for _, right, _ in found}
    return any(
        _told(words, paired)
        for words, paired in ((first, paired_first), (second, paired_second))
        if _telling(words) <= min(_telling(first), _telling(second))
    )


def _told(words: Words, paired: set[int]) -> bool:
    strong = [place for place, word in enumerate(words) if _is_strong(word)]
    places = strong or list(range(len(words)))
    missing = sum(place not in paired for place in places)
    return bool(paired) and missing <= (len(places) >= _LONG_NAME)


def _telling(words: Words) -> int:
    return sum(map(_is_strong, words)) or len(words)


def _is_strong(word: str) -> bool:
    return len(word) > 1 and word not in WEAK


def _word_likeness(one: str, other: str) -> float:
    """0 to 1; 0: two words."""
    if one == other:
        return 1.0
    if one[0] != other[0]:
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return _BY_INITIAL
    if _ends_differ(one, other):
        return 0.0
    allowed = _typos(longer)
    wrong = OSA.distance(one, other, score_cutoff=allowed)
    return 0.0 if wrong > allowed else 1 - wrong / len(longer)


def _ends_differ(one: str, other: str) -> bool:
    """Yanto is a man and Yanti a woman. But Santoso and Santosa is one name: a Javanese a is
    spoken as o."""
    ends = {one[-1], other[-1]}
    return len(ends) > 1 and ends <= _VOWELS and ends != {"a", "o"}


def _typos(longer: str) -> int:
    return next((allowed for length, allowed in _TYPOS if len(longer) >= length), 0)


def _with_joined_words(first: Words, second: Words) -> tuple[Words, Words]:
    """Two words written as one in the other name are one: Nur Hayati, Nurhayati."""
    return _joined(first, second), _joined(second, first)


def _joined(words: Words, others: Words) -> Words:
    for place in range(len(words) - 1):
        together = words[place] + words[place + 1]
        if any(_word_likeness(together, other) > _BY_INITIAL for other in others):
            return (*words[:place], together, *words[place + 2 :])
    return words
